import gzip
import io
import json
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from articles import xml_parser
from articles.wire import files, formats, markup, syndication, xml_parts, xml_stream
from articles.wire.item import Item, Refusal

SAMPLES = Path(__file__).parent / "samples"
ZONE = ZoneInfo("Asia/Makassar")
WITA = timezone(timedelta(hours=8))
SPACES = """xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" """
SOUND = "<item><title>Hujan</title><guid>https://a.example/1</guid><description>Deras.</description></item>"


@pytest.fixture(autouse=True)
def foreign_html(monkeypatch):
    """These tests look at the HTML that the reader hands on; what becomes of it is the matter of markup.py."""
    monkeypatch.setattr(syndication, "_body", lambda html: (html, []))
    with translation.override("en"):
        yield


def sample(name):
    with (SAMPLES / name).open("rb") as file:
        return [item for _position, item in syndication.read(file, ZONE)]


def read(data):
    """(what comes, why nothing more comes)."""
    came = []
    try:
        for pair in syndication.read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), ZONE):
            came.append(pair)
    except Refusal as refusal:
        return came, str(refusal)
    return came, ""


def rss(*items, link="https://a.example/berita/"):
    return f'<rss version="2.0" {SPACES}><channel><link>{link}</link>{"".join(items)}</channel></rss>'


def rss_item(inside):
    """What comes of an RSS item with a title, an id, a text, a date and this."""
    sound = "<title>Hujan</title><guid>tag:a.example,1</guid><content:encoded>Deras.</content:encoded>"
    (((_position, found),), _end) = read(rss(f"<item>{inside}{sound}<pubDate>23 Oct 2023 10:00 GMT</pubDate></item>"))
    return found


def atom_item(inside, feed=""):
    data = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}<entry><id>tag:a.example,1</id>{inside}</entry></feed>'
    (((_position, found),), _end) = read(data)
    return found


def json_item(feed=None, **item):
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Danau", **(feed or {}), "items": [item]}
    (((_position, found),), _end) = read(json.dumps(told))
    return found


def names(people):
    return [person.name for person in people]


def test_rss_2_with_its_modules():
    item, _other = sample("rss-2.xml")
    assert item.headline == "Harga cakalang & tuna turun"
    assert item.uri == "https://dermaga.example/berita/#dermaga-881"
    assert item.old_addresses == ["https://dermaga.example/berita/cakalang-turun"]
    assert item.body == '<p>Nelayan <a href="https://dermaga.example/tarif">menimbang</a> hasil.</p>'
    assert item.standfirst == "Cuaca baik membuat tangkapan melimpah."
    assert names(item.people) == ["Rani Mooduto", "Anton S."]
    assert (item.section.name, names(item.tags)) == ("Ekonomi", ["Ikan"])
    assert item.publish_at == item.first_published_at == datetime(2023, 10, 23, 10, 15, tzinfo=WITA)
    assert (item.state, item.version_at, item.remarks) == ("released", None, [])


def test_the_widest_picture_of_media_rss_leads_with_credit_and_caption():
    lead = sample("rss-2.xml")[0].lead
    assert (lead.uri, lead.file) == ("https://dermaga.example/foto/ikan%20segar.jpg?w=9", "foto/ikan segar.jpg")
    assert (lead.photographer, lead.caption) == ("Yusuf Bau", "Ikan di lelang pagi")


def test_plain_rss_has_a_description_for_its_text():
    item = sample("rss-2.xml")[1]
    assert item.uri == item.old_addresses[0] == "https://dermaga.example/berita/tutup"
    assert (item.body, item.standfirst) == ("<p>Perbaikan tiang.</p>", "")
    assert item.remarks == ["The feed has only a summary of it, which is taken as its text."]
    assert names(item.people) == ["Siti Aminah"]
    assert (item.lead.uri, item.lead.file) == ("https://dermaga.example/foto/tiang.jpg", "foto/tiang.jpg")


def test_rss_1_in_the_encoding_that_it_declares():
    (item,) = sample("rss-1.xml")
    assert (item.headline, names(item.people)) == ("Kafé baru di bukit", ["René Lahay"])
    assert (item.uri, item.section.name) == ("https://bukit.example/kafe", "Desa")
    assert item.publish_at == datetime(2023, 10, 23, 2, tzinfo=UTC)


def test_atom_with_bases_within_bases_and_markup_for_a_text():
    item, _other = sample("atom-1.xml")
    assert (item.uri, item.headline) == ("tag:teluk.example,2023:1", "Mangrove ditanam lagi")
    assert item.body == (
        '<div><p>Warga menanam <a href="https://teluk.example/2023/bibit">bibit</a>.<br>Lalu pulang.</p></div>'
    )
    assert (item.standfirst, item.section.name, names(item.tags)) == ("Seribu bibit.", "Lingkungan", ["pesisir"])
    assert item.old_addresses == ["https://teluk.example/2023/mangrove"]
    assert (item.lead.uri, item.lead.file) == (
        "https://teluk.example/2023/foto/mangrove.jpg",
        "2023/foto/mangrove.jpg",
    )
    assert item.publish_at == datetime(2023, 10, 23, 8, tzinfo=WITA)
    assert item.version_at == datetime(2023, 10, 24, 9, tzinfo=WITA)


def test_an_atom_feed_names_its_author_once_even_behind_its_stories():
    assert [names(item.people) for item in sample("atom-1.xml")] == [["Redaksi Teluk"], ["Yusuf Bau"]]


def test_atom_text_is_text_not_markup():
    item = sample("atom-1.xml")[1]
    assert (item.headline, item.body) == ("Rapat < satu jam", "<p>Rapat selesai.</p><p>Semua &lt;setuju&gt;.</p>")
    assert item.publish_at == item.version_at


def test_json_feed_1_1():
    item, other = sample("jsonfeed-1.1.json")
    assert (item.uri, item.headline) == ("https://danau.example/#31", "Lomba perahu usai")
    assert item.body == '<p>Juara dari <a href="https://danau.example/desa">desa</a>.</p>'
    assert (item.standfirst, item.section.name, names(item.tags)) == ("Enam tim ikut.", "Olahraga", ["Danau"])
    assert (names(item.people), names(other.people)) == (["Rani Mooduto", "Anton S."], ["Redaksi Danau"])
    assert (item.lead.uri, item.lead.file) == ("https://danau.example/foto/perahu.jpg", "foto/perahu.jpg")
    assert item.version_at == datetime(2023, 10, 23, 11, tzinfo=WITA)


def test_a_story_without_title_is_headed_by_its_first_words():
    item = sample("jsonfeed-1.1.json")[1]
    assert (item.lead, item.old_addresses) == (None, [])
    assert item.headline == "Air danau naik < 1 meter. Warga diminta waspada sepanjang malam ini …"
    assert "It has no title: the first words of its text stand in." in item.remarks


def test_json_feed_1_has_one_author_and_maybe_no_more_than_a_summary():
    (item,) = sample("jsonfeed-1.json")
    assert (item.body, names(item.people)) == ("<p>Kerja bakti &amp; makan siang.</p>", ["Redaksi Danau"])
    assert item.publish_at == datetime(2023, 10, 23, 9, tzinfo=ZONE)
    assert item.remarks == [
        "The feed has only a summary of it, which is taken as its text.",
        "The date “2023-10-23 09:00” names no time zone: Asia/Makassar is assumed.",
    ]
    assert item.lead.file == "foto/eceng.jpg"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("<author>siti@a.example (Siti Aminah)</author>", ["Siti Aminah"]),
        ("<author>Siti Aminah &lt;siti@a.example&gt;</author>", ["Siti Aminah"]),
        ("<author>siti@a.example</author>", []),
        ("<author>Siti (Gorontalo)</author>", ["Siti (Gorontalo)"]),
        ("<author>siti@a.example</author><dc:creator>Siti</dc:creator>", ["Siti"]),
        ("<dc:creator>Siti</dc:creator><dc:creator>SITI</dc:creator><dc:creator> </dc:creator>", ["Siti"]),
        ("<atom:author><atom:name>Siti</atom:name></atom:author>", ["Siti"]),
    ],
)
def test_authors_of_rss_in_every_way_they_are_written(written, people):
    assert names(rss_item(written).people) == people


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ('<enclosure url="https://a.example/a.mp3" type="audio/mpeg"/>', None),
        ('<enclosure url="https://a.example/a.jpg"/>', "https://a.example/a.jpg"),
        ('<media:content url="a.jpg" type="image/jpeg"/>', "https://a.example/berita/a.jpg"),
        ('<media:content url="a.mp4" medium="video"/><media:thumbnail url="a.jpg"/>', "https://a.example/berita/a.jpg"),
        ("<image><url>https://a.example/b.png</url></image>", "https://a.example/b.png"),
        ('<media:thumbnail url="data:image/png;base64,AAAA"/>', None),
        ('<media:thumbnail url="http://[::1/a.jpg"/>', None),
        ('<media:thumbnail url="a.jpg"/><media:content url="b.jpg"/>', "https://a.example/berita/b.jpg"),
    ],
)
def test_the_lead_picture_is_the_best_image_there_is(written, uri):
    lead = rss_item(written).lead
    assert (lead and lead.uri) == uri


def test_the_credit_of_one_picture_is_not_that_of_another():
    other = '<media:content url="b.jpg"><media:credit>B</media:credit></media:content>'
    lead = rss_item(f'<media:content url="a.jpg" width="9"/>{other}').lead
    assert (lead.file, lead.photographer) == ("berita/a.jpg", "")


@pytest.mark.parametrize(
    ("summary", "standfirst"),
    [
        ("Lain dari isinya.", "Lain dari isinya."),
        ("Deras", ""),
        ("Deras …", ""),
        ("Der [&amp;#8230;] &lt;p&gt;Baca di situs&lt;/p&gt;", ""),
        ("", ""),
    ],
)
def test_the_beginning_of_the_text_is_no_standfirst(summary, standfirst):
    assert rss_item(f"<link> </link><description>{summary}</description>").standfirst == standfirst


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ('<content type="html">&lt;p&gt;a&lt;/p&gt;</content>', "<p>a</p>"),
        ('<content type="text/html" mode="escaped">&lt;p&gt;a&lt;/p&gt;</content>', "<p>a</p>"),
        ('<content type="text">a &lt; b</content>', "<p>a &lt; b</p>"),
        ('<content type="image/png">AAAA</content><summary>a</summary>', "<p>a</p>"),
        ('<content src="https://a.example/x" type="text/html"/><summary type="html">a</summary>', "a"),
        (
            '<content type="xhtml" xml:base="https://b.example/"><div xmlns="http://www.w3.org/1999/xhtml">'
            '<img src="x.png"/></div></content>',
            '<div><img src="https://b.example/x.png"></div>',
        ),
    ],
)
def test_atom_says_what_its_text_is_written_in(content, body):
    assert atom_item(f"<title>Hujan</title>{content}").body == body


def test_an_entry_from_another_feed_keeps_that_feeds_author():
    feed = "<author><name>Pengumpul</name></author>"
    source = "<source><author><name>Asal</name></author></source>"
    assert names(atom_item(f"<title>Hujan</title>{source}", feed).people) == ["Asal"]


@pytest.mark.parametrize(
    ("dates", "state", "remark"),
    [
        ({"date_published": "2023-10-23T09:00:00Z"}, "released", None),
        ({"date_published": "Mon, 23 Oct 2023 09:00:00 GMT"}, "released", None),
        ({"date_modified": "2023-10-23T09:00:00Z"}, "released", None),
        ({}, "draft", "The feed gives no date for it: the story stays a draft."),
        ({"date_published": "kemarin"}, "draft", "“kemarin” is no date: the story stays a draft."),
        ({"date_published": ["2023"]}, "draft", "“['2023']” is no date: the story stays a draft."),
        (
            {"date_published": "2023-02-30T09:00:00Z"},
            "draft",
            "“2023-02-30T09:00:00Z” is no date: the story stays a draft.",
        ),
        (
            {"date_published": "2023-10-23T09:00:00Z", "date_modified": "?"},
            "draft",
            "“?” is no date: the story stays a draft.",
        ),
    ],
)
def test_a_story_with_a_date_that_is_none_stays_a_draft(dates, state, remark):
    item = json_item(id="tag:a.example,1", title="Hujan", content_text="Deras.", **dates)
    assert (item.state, item.remarks) == (state, [remark] if remark else [])
    assert (item.first_published_at is None) == (state == "draft")


def test_a_story_without_id_is_the_same_until_it_changes():
    def uri(text):
        return json_item({"home_page_url": "https://a.example/"}, title="Hujan", content_text=text).uri

    assert uri("Deras.") == uri("Deras.") != uri("Reda.")
    assert uri("Deras.").startswith("https://a.example/#")


@pytest.mark.parametrize(
    "item", [{}, {"id": "1", "title": " "}, {"id": "1", "title": "<b></b>", "content_html": "<p> </p>"}, ["1"], None]
)
def test_what_is_no_story_says_so_and_the_next_one_follows(item):
    data = {"version": "https://jsonfeed.org/version/1.1", "items": [item, {"id": "2", "title": "Hujan"}]}
    ((position, refusal), (_position, found)), end = read(json.dumps(data))
    assert (position, type(refusal), type(found), end) == ("item 1", Refusal, Item, "")


def test_an_item_too_large_is_passed_over_and_the_next_one_follows(monkeypatch):
    monkeypatch.setattr(xml_parts, "LARGEST", 200_000)
    ((_position, refusal), (_other, found)), end = read(rss(f"<item>{'x' * 200_001}</item>", SOUND))
    assert "larger than" in str(refusal)
    assert (found.headline, end) == ("Hujan", "")


def test_a_tag_too_large_to_be_held_ends_the_file(monkeypatch):
    monkeypatch.setattr(xml_parser, "LARGEST_TAG", 200_000)
    assert "a tag or comment that is larger" in read(rss(SOUND, f"<a b='{'x' * 300_000}'/>", SOUND))[1]


def test_an_item_nested_too_deeply_is_passed_over_and_the_next_one_follows():
    ((_position, refusal), (_other, found)), _end = read(rss("<item>" + "<b>" * 200 + "</b>" * 200 + "</item>", SOUND))
    assert "nested deeper than 100 levels" in str(refusal)
    assert found.headline == "Hujan"


BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>"""
OUTSIDE = """<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>"""


@pytest.mark.parametrize(
    ("data", "came", "sentence"),
    [
        (rss(SOUND) + "x", 1, "no sound XML from line 2, column"),
        ("\n\n" + rss(SOUND).replace("</channel>", "</chanel>"), 1, "no sound XML from line 4, column"),
        (rss(SOUND, SOUND)[:-40], 1, "not whole: its XML breaks off in line 2"),
        (f'<?xml version="1.0" encoding="entah"?>{rss(SOUND)}', 0, "encoding that the file declares is not known"),
        (f'<?xml version="1.0" encoding="rot13"?>{rss(SOUND)}', 0, "encoding that the file declares is not known"),
        (BOMB, 0, "document type or entities"),
        (OUTSIDE, 0, "document type or entities"),
        ("<!DOCTYPE html><html></html>", 0, "document type or entities"),
        ("<html><body/></html>", 0, "This is no feed: its first element is <html>."),
        ("<rss>" + "<a>" * 2_000, 0, "nested deeper than 1000 levels"),
        ("", 0, "neither XML nor JSON"),
        ("Selamat pagi", 0, "neither XML nor JSON"),
        ('{"items": [{"id": "1", "title": "Hujan"}, {"id"', 1, "breaks off after byte 47"),
        ('{"items": [{"id": "1", "title": "Hujan"}, x', 1, "broken near byte 43"),
        ('{"items": [{"id": "1", "title": "é"}]}'.encode("latin-1"), 0, "not in UTF-8"),
        ('{"items": []}'.encode("utf-16"), 0, "not in UTF-8"),
        ('{"data": []}', 0, "no JSON Feed"),
    ],
)
def test_stories_before_a_break_come_and_the_break_is_told_with_its_place(data, came, sentence):
    found, told = read(data)
    assert (len(found), sentence in told) == (came, True), told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252", "iso-8859-15"])
def test_xml_is_read_in_the_encoding_that_it_declares(encoding):
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    data = f'<?xml version="1.0" encoding="{declared}"?>{rss(SOUND.replace("Deras", "Kafé"))}'
    ((_position, item),), _end = read(data.encode(encoding))
    assert item.body == "Kafé."


@pytest.mark.parametrize("name", ["rss-2.xml", "jsonfeed-1.1.json"])
def test_a_packed_feed_is_read_as_well(name):
    packed = gzip.compress((SAMPLES / name).read_bytes())
    assert len(list(syndication.read(files.unpacked(io.BytesIO(packed)), ZONE))) == 2


class Endless(io.RawIOBase):
    """A feed of so many stories, made as it is read."""

    def __init__(self, before, story, after, count):
        self.before, self.story, self.after, self.count = before, story, after, count
        self.seek(0)

    def seek(self, _place):
        self.parts, self.rest = self.written(), b""

    def tell(self):
        return 0

    def seekable(self):
        return True

    def written(self):
        yield self.before
        for _number in range(self.count):
            yield self.story
        yield self.after

    def read(self, size=-1):
        while len(self.rest) < size and (part := next(self.parts, b"")):
            self.rest += part
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


TEXT = "kata " * 400
XML = rss("|").encode().split(b"|")[0], SOUND.replace("Deras", TEXT).encode(), b"</channel></rss>"
JSON = b'{"items":[{"id":"0","title":"a"}', b',{"id":"1","title":"a","content_text":"%s"}' % TEXT.encode(), b"]}"


@pytest.mark.parametrize("feed", [XML, JSON])
def test_memory_does_not_grow_with_the_file(feed):
    def peak(count):
        tracemalloc.start()
        try:
            assert sum(1 for _found in syndication.read(Endless(*feed, count), ZONE)) >= count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(2_000) < peak(200) + 300_000


def case(name):
    """What comes of a file, the converter of HTML with it."""
    with (SAMPLES / name).open("rb") as file:
        return [item for _position, item in syndication.read(file, ZONE)]


@pytest.fixture
def whole_reader(monkeypatch):
    monkeypatch.setattr(syndication, "_body", lambda html: markup.story_html(html))


def test_bylines_name_several_people_their_degrees_and_who_is_none():
    told = [[(person.name, person.role) for person in item.people] for item in case("feed-bylines.xml")]
    siti, budi = ("Siti Aminah", "author"), ("Budi Santoso", "author")
    assert told[:5] == [[siti, budi], [siti, budi], [siti, budi, ("Ani Mokodompit", "author")], [siti, budi], [siti]]
    assert told[5:9] == [[siti, ("Budi", "author")], [siti, ("Budi", "author")], [siti], [siti]]
    assert told[9:12] == [[("Siti Aminah", "contributor")], [siti], [siti]]
    assert told[12:] == [[("admin", "author")], [], [("Dr. Siti Aminah, M.Pd.", "author")]]


def test_who_looks_like_a_sign_in_is_one_of_that_site():
    admin = case("feed-bylines.xml")[12].people[0]
    assert (admin.is_login, admin.uri) == (True, "https://contoh.example/#author:admin")
    siti = case("feed-bylines.xml")[0].people[0]
    assert (siti.is_login, siti.uri) == (False, "")


def test_an_author_with_an_address_is_known_by_it():
    atom = atom_item("<title>Hujan</title><author><name>Siti</name><uri>https://a.example/siti</uri></author>")
    named = json_item(id="1", title="Hujan", authors=[{"name": "Siti", "url": "https://a.example/siti"}])
    assert atom.people[0].uri == named.people[0].uri == "https://a.example/siti"


def test_files_that_are_enclosed_are_links_of_the_text(whole_reader):
    sound, film, document, photo = case("feed-enclosure.xml")
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


def test_the_first_category_is_the_sources_section_and_every_other_a_tag():
    told = [(item.section.name, names(item.tags)) for item in case("feed-categories.xml")]
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


def test_a_category_of_a_scheme_is_one_of_its_own():
    assert rss_item('<category domain="https://a.example/topik">Seni</category>').section.uri == (
        "https://a.example/topik#Seni"
    )
    atom = atom_item('<title>a</title><category scheme="https://a.example/topik#" term="seni" label="Seni"/>')
    assert (atom.section.name, atom.section.uri) == ("Seni", "https://a.example/topik#seni")
    assert rss_item('<category domain="post_tag">Seni</category>').section.uri == ""


def test_dates_are_obeyed_as_they_are_written():
    told = case("feed-dates.xml")
    at = datetime(2006, 2, 9, 23, 59, 45, tzinfo=UTC)
    wib = at - timedelta(hours=7)
    assert [item.publish_at for item in told] == [at, wib, wib, None]
    assert [item.state for item in told] == ["released"] * 3 + ["draft"]
    assert told[3].remarks[-1] == "The feed gives no date for it: the story stays a draft."


def test_situations_of_an_agencys_feed(whole_reader):
    told = {item.uri.rpartition("#")[2]: item for item in case("feed-situations.xml")}
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


def test_a_heading_that_repeats_the_headline_goes(whole_reader):
    assert json_item(id="1", title="Hujan “deras”", content_html='<h1>Hujan "deras"</h1><p>a</p>').body == "<p>a</p>"
    assert json_item(id="1", title="Hujan", content_html="<h1>Lain</h1><p>a</p>").body == "<h2>Lain</h2><p>a</p>"


def test_an_atom_document_of_one_entry_is_read():
    data = """<entry xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/b/"><id>tag:a.example,1</id>
        <title>Hujan</title><updated>2023-10-23T09:00:00Z</updated><content type="html">Deras.</content></entry>"""
    ((_position, item),), end = read(data)
    assert (item.headline, item.body, end) == ("Hujan", "Deras.", "")
    assert formats.recognised(io.BufferedReader(io.BytesIO(data.encode()))) == "feed"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_feed_in_any_encoding_is_recognised_and_read(encoding):
    data = f'<?xml version="1.0" encoding="utf-16"?>\n{rss(SOUND)}'.encode(encoding)
    found = list(formats.entries(io.BytesIO(data), ZONE))
    assert [item.headline for _position, item in found] == ["Hujan"]


@pytest.mark.parametrize(
    ("written", "text", "remarks"),
    [
        (b"Tom & Jerry", "Tom & Jerry", 0),
        (b"5&nbsp;kg", "5\xa0kg", 0),
        (b"caf\xe9", "café", 1),
        (b"\x93a\x94 &entah;", "“a” &entah;", 1),
    ],
)
def test_what_cuts_other_readers_off_is_mended(written, text, remarks):
    data = rss("<item><title>Satu</title><guid>1</guid><description>|</description></item>", SOUND).encode()
    ((_position, first), (_other, second)), end = read(data.replace(b"|", written))
    assert (first.body, second.headline, end) == (text, "Hujan", "")
    assert [remark for remark in first.remarks if "Windows-1252" in remark] == [xml_stream.mended()] * remarks
    assert not any("Windows-1252" in remark for remark in second.remarks)


def test_a_feed_that_forgets_to_declare_its_namespaces_is_read():
    said = SOUND.replace("</item>", "<content:encoded>Isi.</content:encoded><x:y/></item>")
    data = f"<rss><channel>{said}</channel></rss>"
    ((_position, item),), end = read(data)
    assert (item.body, item.standfirst, end) == ("Isi.", "Deras.", "")


def test_the_sources_own_words_are_the_same_in_every_language_and_layout():
    one, other = rss_item("<category> Seni </category>\n"), None
    with translation.override("id"):
        other = rss_item('<category>Seni</category><x:n xmlns:x="urn:x">7</x:n>')
    assert one.source == other.source != rss_item("<category>Tari</category>").source
    assert one.remarks != other.remarks or not one.remarks


def test_the_feeds_author_stands_beside_a_story_that_names_none():
    author = {"author": {"name": "Redaksi"}}
    assert json_item(author, id="1", title="Hujan").beside == {"authors": [("Redaksi", "")]}
    assert json_item(author, id="1", title="Hujan", author={"name": "Siti"}).beside is None
