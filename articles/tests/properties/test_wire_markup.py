"""Any HTML from outside becomes a clean body with all its words."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text import body
from articles.wire.html import convert

pytestmark = pytest.mark.wide

PIECES = """<p>|</p>|<h2>|</h4>|<b>|</b>|<i>|</em>|<ul>|<ol>|<li>|</li>|</ul>|<blockquote>|</blockquote>|<hr>|<br>|<tr>
<td>|</tr>|<table>|</table>|<figure>|</figure>|<figcaption>|</figcaption>|<img src="https://a.id/x.jpg">|<div>|</div>
<a href="https://a.id/?b=1&c=2">|</a>|<a href="javascript:x()">|<pre>|</pre>|<dl>|<dt>|<dd>|<script>|</script>|<svg>
<figure class="kg-bookmark-card">|<div class="kg-callout-emoji">|<p class="wp-caption-text">|<iframe src="//b.id/e">
<!--nextpage-->|<!--|-->|[caption id="a"]|[/caption]|[embed]|[/embed]|[gallery]|[sic]|<section x=">|<i y='1>|<|>|&
&nbsp;|&#1;|&lt;|kata|dua| |https://a.id/z"""


PIECES = ["\n", "\n\n", *PIECES.replace("\n", "|").split("|")]
source = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(PIECES)), max_size=30).map("".join)


def made(source, lines=None):
    return convert.convert(source, lines=lines).body


@settings(max_examples=300, deadline=None)
@given(source, st.sampled_from([True, False, None]))
@example("<p>a</p>\u2003<b>\x85</b><h2>\ud800&#xFFFE;</h2>", None)
@example('<a href="https://[x">a</a>', None)
def test_whatever_comes_is_a_clean_body(dirty, lines):
    made, _remarks, pictures = convert.convert(dirty, lines=lines)
    clean = body.clean(made)
    assert body.clean(clean) == clean
    assert body.text(clean).split() == body.text(made).split()
    assert {str(picture.uid) for picture in pictures} == set(body.references(clean).photos)
    assert not re.search(
        r"<(?!/?(?:p|h2|h3|ul|ol|li|blockquote|hr|br|a|strong|em|s|sub|sup|figure|figcaption)\b)", made
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([piece for piece in PIECES if "://" not in piece])).map("".join))
def test_what_it_writes_is_left_as_it_is(dirty):
    assert body.clean(made(dirty)) == made(dirty)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="[")))
def test_no_word_of_a_plain_text_is_lost(plain):
    assert body.text(made(html.escape(plain))).split() == plain.split()
