"""A passage is found again, however a text is edited around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.passages import find, passage, plain

WORDS = st.lists(st.sampled_from(["air", "naik", "di", "Gorontalo", "warga", "mengungsi,", "Senin."]), min_size=1)
pytestmark = pytest.mark.wide


@given(WORDS, WORDS, WORDS, WORDS, WORDS)
def test_whatever_is_written_before_and_after_it(before, quote, after, new_before, new_after):
    before, quote, after, new_before, new_after = map(" ".join, (before, quote, after, new_before, new_after))
    text = f"{before} {quote} {after}"
    sought = passage(text, len(before) + 1, len(before) + 1 + len(quote))
    assert sought.quote == quote
    edited = f"{new_before} {text} {new_after}"
    start, end = find(edited, sought)
    assert edited[start:end] == quote
    unique = edited.count(quote) == 1
    assert not unique or start == edited.index(quote)


@given(WORDS, WORDS)
def test_one_that_was_not_edited_around_is_found_where_it_stood(before, after):
    text = plain(f"{' '.join(before)} SATU KALI {' '.join(after)}")
    at = text.index("SATU")
    assert find(text, passage(text, at, at + 9)) == (at, at + 9)


@given(WORDS, WORDS)
def test_one_that_is_gone_is_nowhere(before, after):
    text = f"{' '.join(before)} {' '.join(after)}"
    assert find(text, ("SATU KALI", " ".join(before), " ".join(after))) is None
