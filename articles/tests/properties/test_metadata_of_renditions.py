"""Any words of who has the rights come back from a rendition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.photo_metadata import Metadata, read, rights_xmp

from ..picture_files import (
    SOURCE_TYPES,
    picture,
)  # fmt: skip

pytestmark = pytest.mark.wide

RIGHTS = Metadata(
    creator='Bay "Bayu" <Ismoyo> & Ñ',
    credit_line="AFP/BAY \"X\" & 'Y' <Z>",
    copyright="© AFP 2023 ]]> &amp;",
    usage_terms="Hanya untuk berita.\nTidak dijual.",
    web_statement="https://www.afp.com/?a=1&b='2'",
    licensor_url="https://www.afpforum.com/?a=1&b=2",
    digital_source_type=SOURCE_TYPES + "trainedAlgorithmicMedia",
    alt_text="Perempuan 🕯 <memegang> lilin",
)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_words_come_back(words):
    found = read(picture("WEBP", xmp=rights_xmp(RIGHTS._replace(creator=words, credit_line=words, usage_terms=words))))
    again = read(picture("WEBP", xmp=rights_xmp(found)))
    assert found == again
