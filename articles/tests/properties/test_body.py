"""Any text is cleaned once and for all, and its pages are the whole."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text import body

pytestmark = pytest.mark.wide

UID = "6f1c1d1e-0000-4000-8000-000000000001"
RELATED = f'<aside data-story="{UID}"></aside>'
PHOTO = f'<figure data-photo="{UID}"><figcaption>Tepi danau</figcaption></figure>'
PIECES = f"""<p> </p> <h2> </h2> <strong> </strong> <em> </em> <ul> <li> </li> </ul> <ol> </ol> <blockquote>
</blockquote> <hr> {RELATED} <aside> </aside> {PHOTO} <figure> <figcaption> </figcaption> </figure>
<script> </script> <br> &nbsp; &#13; <a_href="javascript:x"> <a_href="https://a.example/?a=1&b=2"> </a>
<svg> <math> <table> <td> <select> <plaintext> <!-- --> <template> <p <b> </b> <i> <img_src=x_onerror=1>
&#1; &lt;""".split()


source = st.lists(
    st.one_of(st.text(max_size=12), st.sampled_from([piece.replace("_", " ") for piece in PIECES])), max_size=25
).map("".join)


paragraphs = st.lists(
    st.sampled_from(["<p>satu dua</p>", "<h2>judul</h2>", "<h3>judul</h3>", RELATED, PHOTO, "<hr>"]), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(source)
@example('<p>&lt;a href="javascript:x"&gt;</p>')
@example("<b><p>x</b></p><hr><hr>\x00\ud800")
def test_cleaning_never_raises_and_cleaning_twice_equals_once(dirty):
    clean = body.clean(dirty)
    assert body.clean(clean) == clean
    assert "".join(block.html for block in body.blocks(clean)) == clean
    assert {block.kind for block in body.blocks(clean)} <= body.TEXT_BLOCKS | body.OUR_NODES
    assert not re.search(r"<script|<[^>]*javascript:", clean)


@settings(max_examples=300, deadline=None)
@given(st.one_of(source, paragraphs.map("".join)))
def test_pages_joined_equal_the_whole_and_no_page_is_empty(dirty):
    clean = body.clean(dirty)
    pages = body.pages(clean)
    content = [block for block in body.blocks(clean) if block.kind != "hr"]
    assert [block for page in pages for block in page] == content
    assert all(pages) or not content


@settings(max_examples=200, deadline=None)
@given(paragraphs.map("".join))
@example("<p>satu</p><h2>dua</h2><hr><p>tiga</p>")
@example("<p>satu</p><h3>dua</h3><hr><p>tiga</p>")
def test_no_page_ends_with_a_related_story_or_a_heading(dirty):
    for page in body.pages(body.clean(dirty))[:-1]:
        assert page[-1].kind not in ("aside", "h2", "h3")


def words_of_pages(html):
    return [sum(body.word_count(block.html) for block in page) for page in body.pages(body.clean(html))]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 3000), max_size=30))
def test_no_page_is_a_rest_of_less_than_half_a_page(counts):
    pages = words_of_pages("".join(f"<p>{'kata ' * count}</p>" for count in counts))
    assert len(pages) == 1 or min(pages) >= body.WORDS_A_PAGE / 2
