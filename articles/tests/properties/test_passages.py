"""A passage is found again, however a text is edited around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.passages import Indexed, find, find_changed, passage, plain

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
    is_unique = edited.index(quote) == edited.rindex(quote)
    assert not is_unique or start == edited.index(quote)


@given(WORDS, WORDS)
def test_one_that_was_not_edited_around_is_found_where_it_stood(before, after):
    text = plain(f"{' '.join(before)} SATU KALI {' '.join(after)}")
    at = text.index("SATU")
    assert find(text, passage(text, at, at + 9)) == (at, at + 9)


@given(WORDS, WORDS)
def test_one_that_is_gone_is_nowhere(before, after):
    text = f"{' '.join(before)} {' '.join(after)}"
    assert find(text, ("SATU KALI", " ".join(before), " ".join(after))) is None


NUMBERED = st.integers(4, 30)


def numbered(first, count):
    return [f"kata{number}" for number in range(first, first + count)]


def edited(words, at, kind):
    """A list of words in which that one was replaced, taken out, or followed by another."""
    return {
        "replaced": [*words[:at], "lain", *words[at + 1 :]],
        "taken out": [*words[:at], *words[at + 1 :]],
        "followed": [*words[: at + 1], "lain", *words[at + 1 :]],
    }[kind]


@given(NUMBERED, NUMBERED, NUMBERED, st.data(), st.sampled_from(["replaced", "taken out", "followed"]))
def test_one_edit_within_it_leaves_it_between_its_neighbours(before, quote, after, data, kind):
    before, quote, after = numbered(100, before), numbered(200, quote), numbered(300, after)
    text = " ".join([*before, *quote, *after])
    start = len(" ".join(before)) + 1
    sought = passage(text, start, start + len(" ".join(quote)))
    now = " ".join(edited(quote, data.draw(st.integers(0, len(quote) - 2)), kind))
    text = " ".join([*before, now, *after])
    assert find(text, sought) is None
    start, end = find_changed(Indexed(text), sought)
    assert text[start:end] == now


@given(NUMBERED, NUMBERED, NUMBERED)
def test_one_that_was_taken_out_whole_is_nowhere(before, quote, after):
    before, quote, after = numbered(100, before), numbered(200, quote), numbered(300, after)
    text = " ".join([*before, *quote, *after])
    start = len(" ".join(before)) + 1
    sought = passage(text, start, start + len(" ".join(quote)))
    assert find_changed(Indexed(" ".join([*before, *after])), sought) is None


@given(WORDS, WORDS, WORDS, WORDS)
def test_whatever_the_text_is_what_is_found_lies_in_it(before, quote, after, text):
    text = " ".join(text)
    found = find_changed(Indexed(text), [" ".join(part) for part in (quote, before, after)])
    assert found is None or 0 <= found[0] < found[1] <= len(text)
