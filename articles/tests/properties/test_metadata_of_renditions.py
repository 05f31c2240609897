"""Any words of who has the rights come back from a rendition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.photo_metadata import read, rights_xmp

from ..photos.whole_metadata import RIGHTS
from ..picture_files import picture

pytestmark = pytest.mark.wide


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_words_come_back(words):
    found = read(picture("WEBP", xmp=rights_xmp(RIGHTS._replace(creator=words, credit_line=words, usage_terms=words))))
    again = read(picture("WEBP", xmp=rights_xmp(found)))
    assert found == again
