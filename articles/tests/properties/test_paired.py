"""Two texts are paired with every paragraph once and in its order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.differences import paired

pytestmark = pytest.mark.wide

texts = st.lists(st.lists(st.sampled_from(["satu", "dua", "tiga", "empat"]), min_size=1, max_size=6), max_size=8)


@settings(deadline=None)
@given(texts, texts)
def test_every_paragraph_stands_once_and_in_its_order(before, after):
    rows = paired(before, after)
    assert [was for was, _now in rows if was] == before
    assert [now for _was, now in rows if now] == after
