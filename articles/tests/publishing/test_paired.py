"""Which paragraph became which: right for any two texts."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text.differences import paired

from ..examples import examples

texts = st.lists(st.lists(st.sampled_from(["satu", "dua", "tiga", "empat"]), min_size=1, max_size=6), max_size=8)


@examples()
@given(texts, texts)
def test_every_paragraph_stands_once_and_in_its_order(before, after):
    rows = paired(before, after)
    assert [was for was, _now in rows if was] == before
    assert [now for _was, now in rows if now] == after


def test_one_that_changed_stands_beside_what_it_was():
    before, after = (
        [one.split() for one in lines]
        for lines in (
            ["Wali kota datang pagi tadi.", "Warga senang."],
            ["Ini baru sama sekali.", "Wali kota datang siang tadi.", "Warga senang."],
        )
    )
    assert paired(before, after) == [(None, after[0]), (before[0], after[1]), (before[1], after[2])]
