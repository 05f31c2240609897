"""Thousands of texts are scanned at once, and told the same as if each were read by itself."""

from hypothesis import given
from hypothesis import strategies as st

from articles.listings.search import question
from articles.listings.search.matching import follow, match
from articles.listings.search.scanning import Scanner
from articles.text import words

SAID = ["perang", "berperang", "Perangkat", "penyerangan", "serang", "U-20", "u", "20", "85.000", "85000", "rumah",
        "sakit", "rumah-sakit", "Rumah,", "Jum'at", "jumat", "é", "\n", "(perang)", "anak-anak", "x"]  # fmt: skip
texts = st.lists(st.sampled_from(SAID), max_size=6).map(" ".join)
asked = st.lists(st.sampled_from([*SAID, '"rumah sakit"', "serangan"]), min_size=1, max_size=3).map(" ".join)


def one_by_one(terms, text):
    its_words = words.split(text)
    found = {number: how for number, term in enumerate(terms) if (how := match(term, its_words))}
    return found, len(terms) > 1 and follow(terms, its_words)


@given(asked, st.lists(texts, min_size=1, max_size=5))
def test_a_scan_tells_what_each_text_alone_would(typed, every):
    terms = question.read(typed).terms
    expected = {number: one_by_one(terms, text) for number, text in enumerate(every)} if terms else {}
    assert Scanner(terms).scan(every) == {number: told for number, told in expected.items() if told[0]}


def test_a_word_is_found_whole_in_parts_and_where_it_begins():
    terms = question.read("rumah perang").terms
    told = Scanner(terms).scan(["Perangkat rumahnya", "", "Rumah perang", "Kapal"])
    assert {number: (dict(held), is_row) for number, (held, is_row) in told.items()} == {
        0: ({0: 2, 1: 1}, False),
        2: ({0: 3, 1: 3}, True),
    }
