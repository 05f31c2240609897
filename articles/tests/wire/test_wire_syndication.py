"""RSS, Atom and JSON Feed of every version: each field of a story from where it may stand."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import translation

from articles.wire.values.item import Item, Refusal

from ..feeds import ZONE, atom_item, json_item, names, read, rss_item, sample

WITA = timezone(timedelta(hours=8))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


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
    assert item.body == '<p>Warga menanam <a href="https://teluk.example/2023/bibit">bibit</a>.<br>Lalu pulang.</p>'
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
        ("<author>Siti (Gorontalo)</author>", ["Siti"]),
        ("<author>siti@a.example</author><dc:creator>Siti</dc:creator>", ["Siti"]),
        ("<dc:creator>Siti</dc:creator><dc:creator>SITI</dc:creator><dc:creator> </dc:creator>", ["Siti"]),
        ("<atom:author><atom:name>Siti</atom:name></atom:author>", ["Siti"]),
        (
            "<dc:creator>Siti</dc:creator><atom:contributor><atom:name>Budi</atom:name></atom:contributor>",
            ["Siti", "Budi"],
        ),
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


def test_the_agency_in_a_credit_is_no_photographer():
    lead = rss_item('<media:content url="a.jpg"><media:credit>Bay Ismoyo/AFP</media:credit></media:content>').lead
    assert (lead.agency, lead.photographer) == ("AFP", "Bay Ismoyo")


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
        ('<content src="https://a.example/x" type="text/html"/><summary type="html">a</summary>', "<p>a</p>"),
    ],
)
def test_atom_says_what_its_text_is_written_in(content, body):
    assert atom_item(f"<title>Hujan</title>{content}").body == body


def test_a_picture_stands_by_the_base_of_its_text():
    (picture,) = atom_item(
        '<title>Hujan</title><content type="xhtml" xml:base="https://b.example/"><div xmlns="http://www.w3.org/1999/xhtml">'
        '<img src="x.png"/></div></content>'
    ).pictures
    assert picture.uri == "https://b.example/x.png"


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
