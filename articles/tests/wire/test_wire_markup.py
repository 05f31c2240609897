import time

import pytest

from articles.wire.html import convert
from articles.wire.values.item import Picture

from ..markup_samples import IMG_A, IMG_B, A, B, figure, link


def made(source, lines=None):
    return convert.convert(source, lines=lines).body


A_WITH_CAPTION = figure("https://a.id/a.jpg", "b c d")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # blocks and marks
        ("<div><section><p>satu</p>dua</section></div>", "<p>satu</p><p>dua</p>"),
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h6>d</h6>", "<h2>a</h2><h2>b</h2><h3>c</h3><h3>d</h3>"),
        ("<p><b>a</b><i>b</i><u>c</u><del>d</del></p>", "<p><strong>a</strong><em>b</em>c<s>d</s></p>"),
        ('<p><b style="font-weight: normal">a</b></p>', "<p>a</p>"),
        ("<b><p>a</p><p>b</p></b><p>c", "<p><strong>a</strong></p><p><strong>b</strong></p><p>c</p>"),
        ("<p><b>a</p><p>b</p>", "<p><strong>a</strong></p><p>b</p>"),
        ("<p>a <b>b </b>c</p>", "<p>a <strong>b</strong> c</p>"),
        ("<p>a<br>b<br><br>c</p>", "<p>a<br>b</p><p>c</p>"),
        ("<p>&nbsp;</p><p>Rp&nbsp;5 &lt; 6 &amp;amp; &hellip;</p>", "<p>Rp&nbsp;5 &lt; 6 &amp;amp; …</p>"),
        ("<pre><code>a\n  b</code></pre>", "<p>a<br>b</p>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p><p>b</p>"),
        ("<script>x()</script><style>p{}</style><p>a</p><noscript>b</noscript>", "<p>a</p>"),
        ("<blockquote>a<h3>b</h3><p>c</p></blockquote>d", "<blockquote><p>a</p><p>b</p><p>c</p></blockquote><p>d</p>"),
        # lists and tables
        ("<ul>\n<li>a<ol><li>b</li></ol></li>\n</ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li><li></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<li>a</li><li>b</li><p>c</p>", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        (
            "<table><tr><td>a<th>b<tr><td>c</td><td></td><td><p>d</p></td></table>e",
            "<table><tbody><tr><td>a</td><td>b</td><td></td></tr><tr><td>c</td><td></td><td>d</td></tr></tbody></table>"
            "<p>e</p>",
        ),
        (
            "<table><tr><td rowspan=2>a<td>b<img></tr><tr><td>c</tr><tr><td>d</table>",
            "<p>a · b</p><p>– · c</p><p>d</p>",
        ),
        # breaks of the page
        ("<p>a</p><!--nextpage--><p>b</p>", "<p>a</p><hr><p>b</p>"),
        ("<p>a</p><!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage --><p>b</p>", "<p>a</p><hr><p>b</p>"),
        ('<p>a</p><hr class="page-break"><hr><p>b</p><hr>', "<p>a</p><hr><p>b</p>"),
        ('<p>a</p><hr class="wp-block-separator"><p>b</p>', "<p>a</p><p>b</p>"),
        ("<p>a</p><!--more--><p>b</p>", "<p>a</p><p>b</p>"),
        # links
        ('<p><a href="javascript:x()">a</a><a href="#b">b</a><a href="/c">c</a></p>', '<p>ab<a href="/c">c</a></p>'),
        ('<p><a href="www.a.id?b=1&copy=2">a</a></p>', '<p><a href="https://www.a.id?b=1&amp;copy=2">a</a></p>'),
        # what third parties would load
        ("<p>a</p><iframe src='//b.id/e'>x</iframe>b", f"<p>a</p><p>{link('https://b.id/e')}</p><p>b</p>"),
        ("<video><source src=https://b.id/v><source src=https://b.id/w></video>", f"<p>{link('https://b.id/v')}</p>"),
        ("<object data=https://b.id/o><embed src=https://b.id/o></object>", f"<p>{link('https://b.id/o')}</p>"),
        ("<p>https://b.id/?a=1&amp;b</p>", f"<p>{link('https://b.id/?a=1&amp;b')}</p>"),
        # broken
        ('<p>a <b>b<p title="c>d</p> 3 < 5 <!-- e', "<p>a <strong>b</strong></p><p>d</p><p>3 &lt; 5 &lt;!-- e</p>"),
        ("<h2>a<p>b</p>", "<h2>a</h2><p>b</p>"),
        ("<figure><figcaption>a</figure><p>b", "<p>a</p><p>b</p>"),
    ],
)
def test_html_becomes_our_blocks(written, expected):
    assert made(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("a <b>b\n\nc</b>\n<!--nextpage-->\nd", "<p>a <strong>b</strong></p><p><strong>c</strong></p><hr><p>d</p>"),
        ("<h2>a</h2>\nb\n<ul>\n<li>c\nd</li>\n</ul>\ne", "<h2>a</h2><p>b</p><ul><li>c<br>d</li></ul><p>e</p>"),
        ("a<br />\nb\r\n\r\n<p>c</p>", "<p>a<br>b</p><p>c</p>"),
        ("a\nhttps://b.id/x\nb", f"<p>a<br>{link('https://b.id/x')}<br>b</p>"),
        (f"a\n\n{IMG_A} b\n\nc", f"<p>a</p>{A}<p>b</p><p>c</p>"),
    ],
)
def test_lines_of_the_classic_editor_become_paragraphs(written, expected):
    assert made(written, lines=True) == expected


def test_lines_mean_nothing_in_html_unless_told():
    assert made("<p>a\nb</p>\n\n<p>c</p>") == "<p>a b</p><p>c</p>"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a [sic] b [Red] c [VIDEO] d [1] [lihat di sini]", "<p>a [sic] b [Red] c [VIDEO] d [1] [lihat di sini]</p>"),
        ("a [lihat <a href='https://b.id'>b</a>]", f"<p>a [lihat {link('https://b.id', 'b')}]</p>"),
        ('[gallery ids="1,2"] a [ads id=3] [vc_row]b[/vc_row] [kotak]c[/kotak] [kata]', "<p>a b c [kata]</p>"),
        ("[[gallery]]", "<p>[gallery]</p>"),
        ("[embed]https://b.id/x[/embed]", f"<p>{link('https://b.id/x')}</p>"),
        ("a [youtube https://b.id/x] b", f"<p>a</p><p>{link('https://b.id/x')}</p><p>b</p>"),
        ('[video poster="https://b.id/p" mp4="https://b.id/v"][/video]', f"<p>{link('https://b.id/v')}</p>"),
        ("a[nextpage]b", "<p>a</p><hr><p>b</p>"),
        (f'[caption id="x"]<a href="/y">{IMG_A}</a> b <em>c</em>\nd[/caption] e', A_WITH_CAPTION + "<p>e</p>"),
        (f'[caption caption="b"]{IMG_A}[/caption]', figure("https://a.id/a.jpg", "b")),
        (f'[caption id="x"]{IMG_A} b', A + "<p>b</p>"),
    ],
)  # fmt: skip
def test_shortcodes_go_and_words_in_brackets_stay(written, expected):
    assert made(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"<p>a <a href='/x'>b {IMG_A} c</a></p>", f'<p>a <a href="/x">b</a></p>{A}<p><a href="/x">c</a></p>'),
        (f"<ul><li>a {IMG_A}</li><li>b</li></ul>", f"<ul><li>a</li><li>b</li></ul>{A}"),
        (f"<blockquote>a {IMG_A} b</blockquote>", f"<blockquote><p>a b</p></blockquote>{A}"),
        (f"<table><tr><td>{IMG_A}</td><td>a</td></tr></table>", f"<p>a</p>{A}"),
        (f"<figure>{IMG_A}<figcaption>a <b>b</b></figcaption></figure>", figure("https://a.id/a.jpg", "a b")),
        (
            f"<figure><figure>{IMG_A}<figcaption>a</figcaption></figure><figure>{IMG_B}</figure>"
            "<figcaption>b</figcaption></figure>",
            figure("https://a.id/a.jpg", "a") + B + "<p>b</p>",
        ),
        (
            f'<div class="wp-caption">{IMG_A}<p class="wp-caption-text">a</p></div><p>b</p>',
            figure("https://a.id/a.jpg", "a") + "<p>b</p>",
        ),
        ('<img class="emoji" alt="🙂" src="https://s.w.org/x.png">', "<p>🙂</p>"),
        ('<img src="data:image/gif;base64,x" data-src="https://a.id/a.jpg">', A),
        ('<figure><img src="data:image/gif;base64,x"><figcaption>a</figcaption></figure>', "<p>a</p>"),
    ],
)
def test_a_picture_is_a_block_of_its_own_with_its_caption(written, expected):
    assert made(written) == expected


def test_pictures_are_returned_once_each_as_the_reader_names_them():
    seen = []

    def picture(given, caption):
        seen.append((given.get("link"), caption))
        return Picture("urn:x", caption=caption)

    written = f"<a href='https://a.id/full.jpg'>{IMG_A}</a><figure>{IMG_B}<figcaption>b</figcaption></figure>"
    html, _remarks, pictures = convert.convert(written, picture=picture)
    assert seen == [("https://a.id/full.jpg", ""), (None, "b")]
    assert (pictures, html) == ([Picture("urn:x")], figure("urn:x") + figure("urn:x", "b"))


BOOKMARK = """<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://b.id/x"><div
class="kg-bookmark-content"><div class="kg-bookmark-title">Judul</div><div class="kg-bookmark-description">Isi</div>
<div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://b.id/i.png"><span
class="kg-bookmark-author">Ani</span><span class="kg-bookmark-publisher">B</span></div></div></a></figure><p>c</p>"""
TOGGLE = """<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">a</h4>
<button class="kg-toggle-card-icon"><svg><path d="x"/></svg></button></div><div class="kg-toggle-content"><p>b</p>
</div></div>"""


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (BOOKMARK, f"<p>{link('https://b.id/x', 'Judul<br>Isi<br>Ani · B')}</p><p>c</p>"),
        (TOGGLE, "<h3>a</h3><p>b</p>"),
        (
            f'<figure class="kg-gallery-card"><div>{IMG_A}</div><div>{IMG_B}</div><figcaption>c</figcaption></figure>',
            A + B + "<p>c</p>",
        ),
        (
            '<figure class="kg-card kg-embed-card"><iframe src="https://b.id/e"></iframe><figcaption>c</figcaption></figure>',
            f"<p>{link('https://b.id/e')}</p><p>c</p>",
        ),
        (
            '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
            '<div class="kg-callout-text">a</div></div>',
            "<p>a</p>",
        ),
        ("<!--kg-card-begin: html--><div>a</div><!--kg-card-end: html-->", "<p>a</p>"),
    ],
)  # fmt: skip
def test_cards_of_ghost(card, expected):
    assert made(card) == expected


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<a ", '<a b="', "<b>x", "<svg>", "<!--", "[a ", "[caption]x", "<figure><figcaption>x</figure>",
     "<ul><li>x", "<a href=x>y", " ", "\xa0", "</", "<p class=wp-caption-text>x", "[ads]", "[a]\n",
     "<td>", "<span class=a>A</span>", '<a href="#">x', "<button>x", "<hl1><body.end>x",
     "<ul><li>x</ul>", "<h1>x</h1>", "<tr>" + "<td rowspan=900>x" * 60],
)  # fmt: skip
@pytest.mark.wide
def test_time_grows_with_the_length_alone(piece):
    start = time.process_time()
    made(piece * (300_000 // len(piece)) + "</figcaption>")
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ('<p>Baca juga: <a href="https://a.id/x?a=1&amp;b=2">Judul</a></p>', "https://a.id/x?a=1&b=2"),
        ('<p><strong>BACA JUGA :&nbsp;</strong><a href="/x">Judul</a>.</p>', "/x"),
        ('<p><em>(Simak juga<br><a href="/x"><strong>Judul</strong></a>)</em></p>', "/x"),
        ('<h3>Lihat Juga » <a href="/x">Judul</a></h3>', "/x"),
        ('<ul><li>Read also: <a href="/x">Title</a></li></ul>', "/x"),
        ('<p>Read more – <a href="/x">Title</a></p>', "/x"),
        ('<blockquote><p>Related: <a href="/x">Title</a></p></blockquote>', "/x"),
        ('<p>Related stories: <a href="/x">Title</a></p>', "/x"),
        ('<p><a href="/x">Baca juga: Judul</a></p>', "/x"),
        ('<p>Baca: <a href="/x">Judul</a></p>', "/x"),
        ('<p>Baca juga: <a href="/x">Satu</a> dan <a href="/y">dua</a></p>', None),
        ('<p>Baca juga: <a href="/x">Judul</a> di halaman lain</p>', None),
        ('<p>Warga dapat membaca juga: <a href="/x">Judul</a></p>', None),
        ('<p>Baca <a href="/x">buku</a></p>', None),
        ('<p><a href="/x">Read more</a></p>', None),
        ("<p>Baca juga: Judul</p>", None),
        ('<p>Baca juga: <a href="/x">…</a></p>', None),
        ("", None),
    ],
)
def test_a_related_story_is_a_label_and_one_link(block, expected):
    assert convert.related_link(block) == expected


def test_a_related_story_stays_a_paragraph():
    written = '<p>Baca juga: <a href="/x">Judul</a></p>'
    assert made(written) == written
