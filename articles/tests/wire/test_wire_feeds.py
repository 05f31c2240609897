"""Feeds as they come from other systems: what they write wrongly, and what they mean by it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from articles.wire import formats
from articles.wire.streams import xml_stream

from ..feeds import SOUND, ZONE, atom_item, json_item, names, read, rss, rss_item, sample


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_bylines_name_several_people_their_degrees_and_who_is_none():
    told = [[(person.name, person.role) for person in item.people] for item in sample("feed-bylines.xml")]
    siti, budi = ("Siti Aminah", "author"), ("Budi Santoso", "author")
    assert told[:5] == [[siti, budi], [siti, budi], [siti, budi, ("Ani Mokodompit", "author")], [siti, budi], [siti]]
    assert told[5:9] == [[siti, ("Budi", "author")], [siti, ("Budi", "author")], [siti], [siti]]
    assert told[9:12] == [[("Siti Aminah", "contributor")], [siti], [siti]]
    assert told[12:] == [[("admin", "author")], [], [("Dr. Siti Aminah, M.Pd.", "author")]]


def test_who_looks_like_a_sign_in_is_one_of_that_site():
    admin = sample("feed-bylines.xml")[12].people[0]
    assert (admin.is_login, admin.uri) == (True, "https://contoh.example/#author:admin")
    siti = sample("feed-bylines.xml")[0].people[0]
    assert (siti.is_login, siti.uri) == (False, "")


def test_authors_who_share_an_address_are_not_one():
    by = "<author><name>{}</name><uri>https://a.example/</uri></author>"
    people = atom_item(f"<title>Hujan</title>{by.format('Siti A')}{by.format('Budi')}").people
    assert [person.uri for person in people] == ["https://a.example/#author:Siti%20A", "https://a.example/#author:Budi"]
    named = json_item(id="1", title="Hujan", authors=[{"name": "Budi", "url": "https://a.example/"}])
    assert named.people[0].uri == people[1].uri


@pytest.mark.parametrize(
    "root",
    [
        '<rss version="0.91">{}</rss>',
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/x"><rss>{}</rss>',
        '<rss version="2.0" xmlns="http://backend.userland.com/rss2">{}</rss>',
        '<rss version="2.0" xmlns="http://blogs.law.harvard.edu/tech/rss">{}</rss>',
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">{}</r:RDF>',
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://channel.netscape.com/rdf/simple/0.9/">{}</r:RDF>',
    ],
)
def test_rss_of_every_version_is_recognised_and_read(root):
    data = root.format(f"<channel><link>https://a.example/</link>{SOUND}</channel>").encode()
    ((_position, item),) = formats.entries(io.BytesIO(data), ZONE)
    assert (item.headline, item.uri) == ("Hujan", "https://a.example/1")


def test_files_that_are_enclosed_are_links_of_the_text():
    sound, film, document, photo = sample("feed-enclosure.xml")
    assert sound.body == '<p>Isi.</p><p><a href="https://contoh.example/siniar.mp3">siniar.mp3</a></p>'
    assert film.body.endswith('<p><a href="https://contoh.example/film.mp4">film.mp4</a></p>')
    assert document.body.endswith('<p><a href="https://contoh.example/putusan.pdf">putusan.pdf</a></p>')
    assert "It encloses a file, to which its text now links: siniar.mp3." in sound.remarks
    assert (photo.body, photo.lead.uri, photo.pictures) == ("<p>Isi.</p>", "https://contoh.example/a.jpg", [])


@pytest.mark.parametrize(
    ("enclosed", "words"),
    [
        ('<enclosure url="javascript:alert(1)" type="audio/mpeg"/>', "whose address is none"),
        ('<enclosure url="https://a.example/a.jpg"/><enclosure url="https://a.example/b.jpg"/>', "left out: 1"),
        ('<enclosure url="https://a.example/a.mp3"/>' * 3, "now links: a.mp3"),
        ("".join(f'<enclosure url="https://a.example/{n}.mp3"/>' for n in range(25)), "left out: 5"),
    ],
)
def test_what_is_enclosed_is_never_lost_without_a_word(enclosed, words):
    found = rss_item(enclosed)
    assert [words in remark for remark in found.remarks].count(True) == 1
    assert "javascript" not in found.body


def test_attached_files_of_json_and_atom_are_links_too():
    attached = [{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg", "title": "Siniar & kabar"}]
    link = '<p><a href="https://a.example/a.mp3">{}</a></p>'
    assert json_item(id="1", content_html="<p>a</p>", attachments=attached).body.endswith(
        link.format("Siniar &amp; kabar")
    )
    enclosed = '<link rel="enclosure" href="https://a.example/a.mp3" type="audio/mpeg"/>'
    assert atom_item(f"<title>Hujan</title>{enclosed}").body.endswith(link.format("a.mp3"))


def test_a_film_of_a_channel_is_told_and_linked():
    film = atom_item(
        '<title>Banjir</title><media:group xmlns:media="http://search.yahoo.com/mrss/">'
        '<media:content url="https://a.example/v/1" type="application/x-shockwave-flash"/>'
        "<media:description>Air naik.</media:description></media:group>"
    )
    assert film.body == '<p>Air naik.</p><p><a href="https://a.example/v/1">1</a></p>'
    player = rss_item('<media:player url="https://a.example/putar?v=1"/>')
    assert player.body.endswith('<p><a href="https://a.example/putar?v=1">putar</a></p>')


def test_the_first_category_is_the_sources_section_and_every_other_a_tag():
    told = [(item.section.name, names(item.tags)) for item in sample("feed-categories.xml")]
    assert told == [
        ("Rusli Habibie", ["Gorontalo", "Pilkada"]),
        ("Banjir", ["Limboto"]),
        ("Prabowo Subianto", []),
        ("food", ["garden", "nature"]),
        ("Business", ["Industries", "Publishing"]),
    ]


@pytest.mark.parametrize("name", ["Uncategorized", "uncategorised", "Tak Berkategori", "Tanpa Kategori", " "])
def test_the_lack_of_a_section_is_none(name):
    found = rss_item(f"<category>{name}</category><category>Seni</category>")
    assert (found.section.name, found.tags) == ("Seni", [])
    assert rss_item(f"<category>{name}</category>").section is None


def test_an_id_that_is_a_short_address_of_the_site_is_an_old_address():
    link = "<link>https://a.example/seni/</link>"
    short = "https://a.example/?p=9"
    assert rss_item(f"{link}<guid>{short}</guid>").old_addresses == ["https://a.example/seni/", short]
    for other in ("https://b.example/?p=9", "https://a.example/#9", "tag:9", "https://[a.example/?p=9"):
        assert rss_item(f"{link}<guid>{other}</guid>").old_addresses == ["https://a.example/seni/"]


def test_a_category_of_a_scheme_is_one_of_its_own():
    assert rss_item('<category domain="https://a.example/topik">Seni</category>').section.uri == (
        "https://a.example/topik#Seni"
    )
    atom = atom_item('<title>a</title><category scheme="https://a.example/topik#" term="seni" label="Seni"/>')
    assert (atom.section.name, atom.section.uri) == ("Seni", "https://a.example/topik#seni")
    assert rss_item('<category domain="post_tag">Seni</category>').section.uri == ""


def test_dates_are_obeyed_as_they_are_written():
    told = sample("feed-dates.xml")
    at = datetime(2006, 2, 9, 23, 59, 45, tzinfo=UTC)
    wib = at - timedelta(hours=7)
    assert [item.publish_at for item in told] == [at, wib, wib, None]
    assert [item.state for item in told] == ["released"] * 3 + ["draft"]
    assert told[3].remarks[-1] == "The feed gives no date for it: the story stays a draft."


def test_situations_of_an_agencys_feed():
    told = {item.uri.rpartition("#")[2]: item for item in sample("feed-situations.xml")}
    then = datetime(2023, 10, 19, 13, 5, tzinfo=UTC)
    assert told["k1"].body.startswith(
        '<p>Lihat <a href="https://kantor.example/berita/2/">berita kedua</a>, '
        '<a href="https://kantor.example/berita/1/lampiran.pdf">lampiran</a>, <a href="https://kantor.example/x">x</a>.</p>'
    )
    assert {told[key].publish_at for key in ("k1", "k2", "k3", "k4", "k7", "k10", "k11")} == {then}
    assert told["k7"].headline == "Tom & Jerry \"kutip\" 'satu'"
    assert told["k8"].headline == "Tag <head> dan a<b dalam judul"
    assert told["k8"].publish_at == datetime(2023, 10, 19, 15, 7, 41, tzinfo=ZONE)
    assert told["k9"].publish_at == datetime(2017, 1, 1, tzinfo=UTC)
    assert told["k11"].lead.uri == "https://kantor.example/a.jpg?w=100&h=50"
    assert all(item.state == "released" for item in told.values())


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("<title>&lt;b&gt;Hujan&lt;/b&gt; &amp;amp; angin</title>", "Hujan & angin"),
        ("<title>&lt;b&gt;Hujan&lt;/b&gt;</title>", "Hujan"),
        ("<title>5 &lt; 6 &amp; 7 &lt;head&gt;</title>", "5 < 6 & 7 <head>"),
        ('<title type="html">&lt;i&gt;Hujan&lt;/i&gt; &amp;nbsp;deras</title>', "Hujan deras"),
        ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Hu<b>jan</b></div></title>', "Hujan"),
    ],
)
def test_a_headline_in_html_is_read(title, headline):
    assert atom_item(title).headline == headline


def test_a_heading_that_repeats_the_headline_goes():
    assert json_item(id="1", title="Hujan “deras”", content_html='<h1>Hujan "deras"</h1><p>a</p>').body == "<p>a</p>"
    assert json_item(id="1", title="Hujan", content_html="<h1>Lain</h1><p>a</p>").body == "<h2>Lain</h2><p>a</p>"


def test_an_atom_document_of_one_entry_is_read():
    data = """<entry xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/b/"><id>tag:a.example,1</id>
        <title>Hujan</title><updated>2023-10-23T09:00:00Z</updated><content type="html">Deras.</content></entry>"""
    ((_position, item),), end = read(data)
    assert (item.headline, item.body, end) == ("Hujan", "<p>Deras.</p>", "")
    assert formats.recognised(io.BufferedReader(io.BytesIO(data.encode()))) == "feed"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_feed_in_any_encoding_is_recognised_and_read(encoding):
    data = f'<?xml version="1.0" encoding="utf-16"?>\n{rss(SOUND)}'.encode(encoding)
    found = list(formats.entries(io.BytesIO(data), ZONE))
    assert [item.headline for _position, item in found] == ["Hujan"]


@pytest.mark.parametrize(
    ("written", "text", "remarks"),
    [
        (b"Tom & Jerry", "Tom &amp; Jerry", 0),
        (b"5&nbsp;kg", "5&nbsp;kg", 0),
        (b"caf\xe9", "café", 1),
        (b"\x93a\x94 &entah;", "“a” &amp;entah;", 1),
    ],
)
def test_what_cuts_other_readers_off_is_mended(written, text, remarks):
    data = rss("<item><title>Satu</title><guid>1</guid><description>|</description></item>", SOUND).encode()
    ((_position, first), (_other, second)), end = read(data.replace(b"|", written))
    assert (first.body, second.headline, end) == (f"<p>{text}</p>", "Hujan", "")
    assert [remark for remark in first.remarks if "Windows-1252" in remark] == [xml_stream.mended()] * remarks
    assert not any("Windows-1252" in remark for remark in second.remarks)


def test_a_feed_that_forgets_to_declare_its_namespaces_is_read():
    said = SOUND.replace("</item>", "<content:encoded>Isi.</content:encoded><x:y/></item>")
    data = f"<rss><channel>{said}</channel></rss>"
    ((_position, item),), end = read(data)
    assert (item.body, item.standfirst, end) == ("<p>Isi.</p>", "Deras.", "")


def test_the_sources_own_words_are_the_same_in_every_language_and_layout():
    one, other = rss_item("<category> Seni </category>\n"), None
    with translation.override("id"):
        other = rss_item('<category>Seni</category><x:n xmlns:x="urn:x">7</x:n><media:community>9</media:community>')
    assert one.source == other.source != rss_item("<category>Tari</category>").source
    assert one.remarks != other.remarks or not one.remarks


def test_the_feeds_author_stands_beside_a_story_that_names_none():
    author = {"author": {"name": "Redaksi"}}
    assert json_item(author, id="1", title="Hujan").beside == {"authors": [("Redaksi", "")]}
    assert json_item(author, id="1", title="Hujan", author={"name": "Siti"}).beside is None
