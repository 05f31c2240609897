"""Whatever is written as an address is https, or not stored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import body, embeds

pytestmark = pytest.mark.wide


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(max_size=30).map(lambda text: f"https://youtu.be/{text}")))
def test_whatever_is_written_as_an_address_is_stored_as_https_or_not_at_all(written):
    clean = body.clean(f"<figure data-embed='{written.replace(chr(39), '')}'><figcaption>a</figcaption></figure>")
    assert body.clean(clean) == clean
    for address in body.embeds(clean):
        assert address.startswith("https://")
        assert embeds.address(address) == address
        frame = embeds.frame(address)
        assert frame is None or frame.address.startswith(f"{frame.origin}/")
