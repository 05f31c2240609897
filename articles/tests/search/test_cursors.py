"""A cursor is what a page of the same list gave, to the letter."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.listings import cursors


@given(st.text(max_size=30), st.lists(st.integers(0, 10**12), min_size=1, max_size=3))
def test_a_list_reads_back_the_places_it_gave_and_no_other_list_does(name, place):
    cursor = cursors.write(name, *place)
    assert cursors.read(name, cursor) == [str(part) for part in place]
    with pytest.raises(cursors.Unknown):
        cursors.read(f"{name}x", cursor)


@pytest.mark.parametrize("place", [1, 12, 123])
def test_no_other_last_letter_will_do(place):
    cursor = cursors.write("berita", place)
    for letter in set(string.ascii_letters + string.digits + "-_=") - {cursor[-1]}:
        with pytest.raises(cursors.Unknown):
            cursors.read("berita", cursor[:-1] + letter)


@given(st.text(max_size=200))
def test_nothing_made_up_is_one(text):
    with pytest.raises(cursors.Unknown):
        cursors.read("berita", text)
