"""Any text on any day is read for its facts."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text import facts

pytestmark = pytest.mark.wide

PIECES = """Kamis Jum’at malam Minggu dan ( ) , 19/10/2023 31/2/2023 29/2 19.10 0/0/1000 99 30 Februari Oktober 2024 May
Thursday October 19th Hari Ke- ke 604 1.000 Day Nomor Ukraina Ukaina Ukrainanya TK [cek ] [TK XXX ??? lorem ipsum HUT
. \x00 \ud800 \xa0 İ ſ K 1٣/٣/2023 é ǅungla"""


words = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(PIECES.split()), st.text(max_size=4)), max_size=40).map(" ".join)
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@settings(max_examples=400, deadline=None)
@given(words, words, st.none() | st.dates(), st.none() | st.dates())
@example("Kamis (29/2) Minggu (31/12)", "", date.max, date.min)
@example("Kamis (29/2) Minggu (1/1)", "Hari Ke-1.000.000", date.min, date.max)
def test_any_text_on_any_day_is_read(headline, story, day, day_one):
    texts = {"headline": headline, "body": story}
    found = facts.doubts(texts, day, day_one)
    assert len({doubt.key for doubt in found}) == len(found)
    assert all(mark in headline or mark in story for mark in facts.leftovers(texts))
