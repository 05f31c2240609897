"""Any Markdown becomes a body with all its words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import body
from articles.wire.html import convert, markdown

pytestmark = pytest.mark.wide


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab *_`[]()!<>#-+.\n\t|~\\^:\x001/")))
def test_any_text_becomes_a_body(written):
    made = convert.convert(markdown.to_html(written)).body
    assert body.clean(body.clean(made)) == body.clean(made)


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=1), min_size=1))
def test_no_word_is_lost(words):
    written = "\n".join(f"{'#->*'[at % 4]} {word}" for at, word in enumerate(words))
    assert body.text(convert.convert(markdown.to_html(written)).body).split() == words
