"""The short way through HTML gives what the long one does."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text import body
from articles.wire.html import convert

pytestmark = pytest.mark.wide

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>&["), max_size=12)
marked = st.sampled_from(["strong", "em"]).flatmap(lambda tag: words.map(lambda found: f"<{tag}>{found}</{tag}>"))
inner = st.lists(words | marked | st.sampled_from(["kata", " ", "&amp;", "&lt;b"]), max_size=6).map("".join)
line = st.sampled_from(["p", "p", "h2", "h3"]).flatmap(lambda tag: inner.map(lambda found: f"<{tag}>{found}</{tag}>"))
pieces = st.lists(words | st.sampled_from(["<p>", "</p>", "</p>\n<p>", "kata", " ", "[a]", "https://a.id", "&amp;"]))


@settings(max_examples=600, deadline=None)
@given(st.lists(line | st.just("\n"), max_size=4).map("".join) | pieces.map("".join))
@example("<p>satu dua</p>\n<p>tiga</p>\n\n")
@example("<p>a\u3000</p><p>\u2003</p>")
@example("<p>a</p>\n b")
@example("<p><strong>a</strong> <strong>b</strong></p>")
@example("<p>a <em>b</em>\u3000<em>c</em> d</p>")
@example("<p>&amp;lt; &amp;amp;</p>")
def test_the_short_way_gives_what_the_long_one_does(source):
    if ordinary := convert._ordinary(source):
        assert isinstance(ordinary, body.Clean)
        for lines in (True, False):
            found = convert.convert(source + "<i></i>", lines=lines)
            assert (str(ordinary), [], []) == (found.body, found.remarks, found.pictures)
        assert body.clean(str(ordinary)) == ordinary
