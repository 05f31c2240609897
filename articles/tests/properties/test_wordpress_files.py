"""Whatever stands in an export of WordPress, or is missing, it is read as far as it goes."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import body
from articles.wire.values.item import Item, Passed, Picture, Refusal

from ..wordpress_exports import (
    POST,
    SAMPLES,
    element,
    export,
    read,
)

pytestmark = pytest.mark.wide


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(list(POST)))
def test_whatever_stands_in_a_field_is_an_item_a_refusal_or_nothing(text, name):
    for _position, found in read(export(element(POST | {name: text.replace("]]>", "")}))):
        assert isinstance(found, (Item, Picture, Passed, Refusal))
        assert not isinstance(found, Item) or body.clean(body.clean(found.body)) == body.clean(found.body)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3_000), st.binary(max_size=6))
def test_a_file_with_a_hole_is_read_up_to_it_or_beyond(at, hole):
    data = (SAMPLES / "wordpress-classic.xml").read_bytes()
    with contextlib.suppress(Refusal):
        read(data[:at] + hole + data[at + 5 :])
