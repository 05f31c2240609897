"""What a foreign text had and ours cannot have is told, a sentence for each kind; what can be kept is kept."""

import json

import pytest
from django.utils import translation

from articles.text import body
from articles.wire.html import convert

from ..markup_samples import IMG_A, IMG_B, A, B, figure, link

BASE = "https://lama.example/2020/02/nisbi/"


def taken(source, **options):
    """(body, remarks in English)."""
    with translation.override("en"):
        found = convert.convert(source, **options)
    return found.body, found.remarks


def kept(source, **options):
    made, remarks = taken(source, **options)
    assert remarks == []
    return made


# Links


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("../lain/", "https://lama.example/2020/02/lain/"),
        ("lampiran.pdf", "https://lama.example/2020/02/nisbi/lampiran.pdf"),
        ("/kontak/", "https://lama.example/kontak/"),
        ("?page=2", "https://lama.example/2020/02/nisbi/?page=2"),
        ("//b.id/x", "https://b.id/x"),
        ("kompas.com/a", "https://kompas.com/a"),
        ("mailto:redaksi@kompas.com", "mailto:redaksi@kompas.com"),
    ],
)
def test_a_relative_link_is_made_absolute_by_the_address_of_its_text(written, address):
    assert kept(f'<p><a href="{written}">a</a></p>', base=BASE) == f"<p>{link(address, 'a')}</p>"


def test_paths_stay_paths_where_the_site_itself_moves_here():
    made = kept('<p><a href="/kontak/">a</a> <a href="../x/">b</a></p>', base=BASE, keeps_paths=True)
    assert made == f"<p>{link('/kontak/', 'a')} {link('https://lama.example/2020/02/x/', 'b')}</p>"


@pytest.mark.parametrize("written", ["#bagian-2", "javascript:x()", "../lain/", "lampiran.pdf", "https://"])
def test_a_link_that_leads_nowhere_leaves_its_words_and_a_remark(written):
    made, remarks = taken(f'<p>a <a href="{written}">b</a> <a href="#c">c</a></p>')
    assert made == "<p>a b c</p>"
    assert remarks == [f"Links left out, their words kept: 2 (“{written}”)."]


def test_a_link_in_a_caption_is_told_but_not_that_of_its_picture():
    inside = f'<a href="/besar">{IMG_A}</a>'
    assert kept(f"[caption id='x']{inside} b[/caption]") == figure("https://a.id/a.jpg", "b")
    made, remarks = taken(f'<figure>{inside}<figcaption>b <a href="https://c.id"><b>c</b> d</a></figcaption></figure>')
    assert made == figure("https://a.id/a.jpg", "b c d")
    assert remarks == ["Links left out, their words kept: 1 (“https://c.id”)."]


def test_pictures_and_films_get_absolute_addresses_too():
    written = '<p><img src="/gambar/a.jpg"></p><video src="../v.mp4"></video>'
    made, remarks = taken(written, base="https://a.id/2020/x/")
    address = "https://a.id/2020/v.mp4"
    assert (made, remarks) == (figure("https://a.id/gambar/a.jpg") + f"<p>{link(address)}</p>", [])


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("<audio><source src='https://b.id/a.mp3'></audio>", "https://b.id/a.mp3"),
        ("<amp-video src='https://b.id/v'></amp-video>", "https://b.id/v"),
        ("<amp-youtube data-videoid='abc'></amp-youtube>", "https://www.youtube.com/watch?v=abc"),
        ("<iframe src='about:blank' data-src='//b.id/e'></iframe>", "https://b.id/e"),
        ("<div class='fb-post' data-href='https://b.id/p'></div>", "https://b.id/p"),
    ],
)
def test_what_others_show_is_a_link(written, address):
    assert kept(written) == f"<p>{link(address)}</p>"


def test_what_has_no_address_is_counted():
    told = ["Pictures, films or frames without an address, left out: 2."]
    assert taken('<p>a <img src="data:x"></p><iframe></iframe>') == ("<p>a</p>", told)
    assert kept('<p><img srcset="https://a.id/s.jpg 300w, https://a.id/a.jpg 600w"></p>') == A


def test_words_of_what_readers_clicked_are_told():
    made, remarks = taken("<p>a</p><button>Ikuti <b>kami</b></button><select><option>Satu<option>Dua</select><p>b</p>")
    assert made == "<p>a</p><p>b</p>"
    assert remarks == ["Words of buttons, choices or formulas left out: “Ikuti kami Satu Dua”."]
    assert kept("<p>a</p><button><svg><path></svg></button>") == "<p>a</p>"


# Shortcodes, lines, headlines


def test_shortcodes_are_told_and_the_words_in_them_kept():
    made, remarks = taken("<p>a</p>[ads]<p>b [related] [vc_row x='1']c[/vc_row]</p><p>[kata]</p><p>d [sic] e</p>")
    assert made == "<p>a</p><p>b c</p><p>[kata]</p><p>d [sic] e</p>"
    assert remarks == [
        "Shortcodes left out, the words in them kept: ads, related, vc_row.",
        "Words in brackets that may be shortcodes, and are kept: [kata].",
    ]


@pytest.mark.parametrize("name", ["ads", "ads2", "ads_tengah", "irp", "toc", "related", "baca-juga", "contact-form-7"])
def test_a_shortcode_of_a_plugin_is_none_of_the_words(name):
    assert taken(f"<p>a</p>[{name}]<p>b</p>")[0] == "<p>a</p><p>b</p>"


@pytest.mark.parametrize("words", ["[sic]", "[Ads]", "[kata-kata]", "[adil]", "[Related]", "[foto]", "[VIDEO]", "[2]"])
def test_a_word_in_brackets_stays(words):
    assert kept(f"<p>a {words} b</p>") == f"<p>a {words} b</p>"


def test_only_what_says_so_breaks_the_page():
    assert taken("<p>a</p><hr><p>b</p><hr class='x'>c") == (
        "<p>a</p><p>b</p><p>c</p>", ["Lines across the text (hr) left out: 2."],
    )  # fmt: skip
    for break_of_page in ("<!--nextpage-->", '<hr class="page-break">', "[nextpage]"):
        assert kept(f"<p>a</p>{break_of_page}<p>b</p>") == "<p>a</p><hr><p>b</p>"


def test_a_heading_that_says_the_headline_again_goes():
    written = "<article><h1>Banjir &amp; <b>longsor</b></h1><p>a</p><h1>Lain</h1></article>"
    assert kept(written, headline="Banjir & Longsor") == "<p>a</p><h2>Lain</h2>"
    assert kept("<h2>Banjir</h2><p>a</p>", headline="Banjir") == "<h2>Banjir</h2><p>a</p>"


# Words that touch each other


@pytest.mark.parametrize(
    ("written", "are_apart"),
    [
        ('<a href="https://a.id/x">Laporan</a><a href="https://a.id/x" class="wp-block-file__button">Unduh</a>', True),
        ('<a href="https://a.id/x">laporan</a><a href="https://a.id/y">unduh</a>', True),
        ('<span class="a">Laporan</span><span class="b">Unduh</span>', True),
        ('<span class="a"><b>Rp</b></span><span class="b">5.000</span>', True),
        ('<span class="SpellE">Gor</span><span class="GramE">ontalo</span>', False),
        ('<span lang="id">Gor</span><span>Ontalo</span>', False),
        ('<span class="a">satu</span><span class="b">,dua</span>', False),
        ("<b>Gor</b>ontalo", False),
    ],
)
def test_elements_that_touch_are_apart_where_style_sets_them_apart(written, are_apart):
    assert (" " in body.text(kept(f"<p>{written}</p>"))) == are_apart


# Figures


def test_the_caption_of_a_gallery_is_that_of_no_single_picture():
    inner = f"<figure>{IMG_A}</figure><figure>{IMG_B}</figure>"
    assert kept(f"<figure>{inner}<figcaption>c</figcaption></figure>") == f"{A}{B}<p>c</p>"
    listed = f"<ul><li><figure>{IMG_A}</figure></li><li><figure>{IMG_B}</figure></li></ul>"
    caption = '<figcaption class="blocks-gallery-caption">c</figcaption>'
    assert kept(listed + caption) == kept(f"<figure>{listed}{caption}</figure>") == f"{A}{B}<p>c</p>"


def test_figures_and_asides_keep_their_words_in_lists_and_quotations():
    figured = f"<figure>{IMG_A}<figcaption>b</figcaption></figure><aside>c</aside>"
    assert kept(f"<ul><li>a{figured}</li></ul>") == f"<ul><li>a<br>c</li></ul>{figure('https://a.id/a.jpg', 'b')}"
    quoted = kept(f"<blockquote>a{figured}</blockquote>")
    assert quoted == f"<blockquote><p>a</p><p>c</p></blockquote>{figure('https://a.id/a.jpg', 'b')}"


# Other kinds of text


def test_line_ends_are_spaces_in_what_is_called_html():
    assert kept("satu\ndua\n\ntiga", media_type="text/html") == "<p>satu dua tiga</p>"
    assert kept("satu <b>x\ny</b>\n<\n", media_type="text/plain") == (
        "<p>satu &lt;b&gt;x</p><p>y&lt;/b&gt;</p><p>&lt;</p>"
    )


NITF = """<?xml version="1.0"?><nitf><head><title>Kepala</title></head><body>
<body.head><hedline><hl1>Judul</hl1></hedline><byline>Oleh Siti<person>Siti</person></byline></body.head><body.content>
<hl2>Antara</hl2><block><p>Isi <em>satu</em>.</p></block>
<bq>Kutip</bq><media media-type="image"><media-reference mime-type="image/jpeg" source="https://a.id/a.jpg"/>
<media-caption>Ket.</media-caption></media></body.content><body.end><tagline>(sa)</tagline></body.end></body></nitf>"""


@pytest.mark.parametrize("media_type", ["text/vnd.IPTC.NITF", "application/nitf+xml", ""])
def test_of_nitf_the_content_is_the_text(media_type):
    made, remarks = taken(NITF, media_type=media_type)
    assert made == (
        "<h3>Antara</h3><p>Isi <em>satu</em>.</p><blockquote><p>Kutip</p></blockquote>"
        + figure("https://a.id/a.jpg", "Ket.")
    )
    assert remarks == ["What stood behind the text in NITF is left out: “(sa)”."]


# The short way


def test_an_ordinary_story_goes_the_short_way():
    assert convert._ordinary("<p><strong>GORONTALO</strong> – Warga “menolak” Rp5 &amp; pindah.</p>\n<h2>Dua</h2>")
    assert not convert._ordinary("<p>a</p>" * body.LONGEST)


def test_remarks_are_plain_sentences_of_bounded_length():
    source = "".join(f'<a href="#{"x" * 500}">a</a>[x{number}_y]' for number in range(1_000))
    assert all(len(remark) < 500 for remark in json.loads(json.dumps(taken(source)[1])))
