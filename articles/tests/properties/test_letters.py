"""Every rule of letters holds for any text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import letters

pytestmark = pytest.mark.wide

ANY = st.text(st.characters(codec=None), max_size=60)


@settings(deadline=None)
@given(ANY)
def test_every_rule_holds_for_whatever_it_is_given(text):
    for rule in (letters.sound, letters.line, letters.prose, letters.visible, letters.folded, letters.slug):
        assert rule(rule(text)) == rule(text), rule.__name__
    assert not letters.slug(text).strip(letters.SLUG_LETTERS)
    assert letters.slug(text)
    assert letters.line(text) == "" or letters.line(text).isprintable() or "\u200d" in text or _is_unassigned(text)
    assert letters.folded(letters.line(text)) == letters.folded(text)


def _is_unassigned(text):
    return any(unicodedata.category(sign) in ("Cn", "Co") for sign in text)


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_the_database_can_tell_the_folding_of_plain_letters(name):
    assert letters.folded(letters.line(name)) == letters.line(name).lower()
