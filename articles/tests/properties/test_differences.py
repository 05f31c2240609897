"""The difference of two texts leads from the one to the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.differences import changes

pytestmark = pytest.mark.wide

texts = st.lists(st.sampled_from(["satu", "dua", "tiga", "empat", "lima"]), max_size=30)


@settings(deadline=None)
@given(texts, texts)
def test_it_leads_from_the_one_to_the_other(before, after):
    found = changes(before, after)
    assert [word for change in found for word in change.before] == before
    assert [word for change in found for word in change.after] == after
    assert all((change.before == change.after) == change.is_kept for change in found)
