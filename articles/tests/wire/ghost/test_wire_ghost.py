"""Posts of Ghost: what their tables say of them, and what is told of what they lack."""

import json
from datetime import UTC, datetime

import pytest

from articles.wire import ghost
from articles.wire.ghost import reader
from articles.wire.values.item import Item, Passed, Picture, Refusal

from ...ghost_exports import POST, SAMPLES, UUID, ZONE, export
from .entries import foreign_html, one, read  # noqa: F401


def sample(name):
    with (SAMPLES / name).open("rb") as file:
        return list(ghost.read(file, ZONE))


def test_a_post_of_ghost_5_comes_with_all_that_its_tables_say():
    (position, item), page = sample("ghost-5.json")
    assert page[1] == Passed("page", "Tentang kami")
    assert position == "post 65101f000000000000000001"
    assert (item.uri, item.slug, item.state) == (f"urn:uuid:{UUID}", "pasar-ikan-pindah", "released")
    assert [(person.name, person.slug, person.role) for person in item.people] == [
        ("Rani Mooduto", "", "author"),
        ("Anton S.", "", "author"),
    ]
    assert (item.section.name, [tag.slug for tag in item.tags]) == ("Ekonomi", ["pelabuhan"])
    assert item.first_published_at == item.publish_at == datetime(2023, 10, 23, 2, tzinfo=UTC)
    assert item.version_at == datetime(2023, 10, 23, 4, 30, tzinfo=UTC)
    assert item.standfirst == "Sewa lapak gratis tiga bulan."
    assert item.old_addresses == ["/pasar-ikan-pindah/", "https://lama.contoh.example/pasar-ikan/"]
    assert item.remarks == []


def test_its_picture_is_found_by_its_path_in_full_size():
    lead = sample("ghost-5.json")[0][1].lead
    assert (lead.uri, lead.file) == ("/content/images/2023/10/dermaga.jpg", "2023/10/dermaga.jpg")
    assert (lead.caption, lead.alt) == ("Dermaga timur. Foto: Rani", "Perahu di dermaga")


def test_links_and_pictures_of_the_text_lose_the_placeholder_of_the_site():
    text = sample("ghost-5.json")[0][1].body
    assert 'href="/jadwal-feri/"' in text
    assert 'src="/content/images/2023/10/lapak.jpg"' in text


def test_pictures_of_the_text_are_found_like_the_lead(monkeypatch):
    found = [
        Picture("/content/images/2023/10/lapak.jpg", file="else"),
        Picture("https://a.example/b.jpg", file="b.jpg"),
    ]
    monkeypatch.setattr(reader, "_body", lambda html, *rest: (html, found))
    assert [picture.file for picture in one().pictures] == ["2023/10/lapak.jpg", "b.jpg"]


def test_an_export_of_2015_has_numbers_for_ids_and_milliseconds_for_dates():
    ((position, item),) = sample("ghost-0.json")
    assert (position, item.headline, item.section.name) == ("post 7", "Jembatan gantung dibuka", "Desa")
    assert [person.name for person in item.people] == ["Rani Mooduto"]
    assert item.publish_at == datetime(2015, 10, 27, 13, tzinfo=UTC)
    assert (item.lead.file, item.standfirst) == ("2015/10/jembatan.jpg", "Jembatan baru.")


def test_lexical_becomes_html_and_keeps_every_word():
    item = sample("ghost-lexical.json")[0][1]
    assert item.body == (
        '<h2>Jadwal</h2><p>Feri <em><strong>berangkat</strong></em><br><a href="/tarif/">tarif &amp; jam</a></p>'
        "<ol><li>Pagi</li></ol><blockquote>Tepat waktu.</blockquote><hr>"
        '<figure><img src="/content/images/2024/01/feri.jpg" alt="Feri"><figcaption>Feri sandar</figcaption></figure>'
        '<p><p>Bawa KTP.</p></p><p><a href="https://contoh.example/feri">Loket feri</a></p><p>Daring</p>'
    )
    assert item.remarks == ["Parts of its text, for members only, are left out."]


def test_mobiledoc_becomes_html_and_keeps_every_word():
    assert sample("ghost-mobiledoc.json")[0][1].body == (
        '<h2>Kopra</h2><p>Harga <strong><a href="/kopra/">naik</a></strong><br>lagi &amp; lagi</p>'
        "<ul><li>Satu</li><li>Dua</li></ul><hr>"
        '<figure><img src="/content/images/2019/02/kopra.jpg" alt="Kopra"><figcaption>Kopra dijemur</figcaption>'
        "</figure><p>Harga naik.</p><p>Petani senang.</p>"
    )


@pytest.mark.parametrize("name", ["lexical", "mobiledoc"])
@pytest.mark.parametrize("written", ["{", "[]", '{"root":{"children":[1]}}', '{"sections":[[1]]}', "[" * 90_000])
def test_a_text_that_no_editor_of_ghost_wrote_is_told_and_its_plain_words_stand_in(name, written):
    item = one(html=None, plaintext="Baris satu\n\nBaris dua", **{name: written})
    assert item.body == "<p>Baris satu</p><p>Baris dua</p>"
    assert any("could not be read" in remark for remark in item.remarks)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "released"),
        ({"visibility": None}, "released"),
        ({"status": "scheduled", "published_at": "2099-01-01T00:00:00.000Z"}, "released"),
        ({"status": "scheduled", "email_only": 1}, "draft"),
        ({"status": "scheduled", "published_at": None}, "draft"),
        ({"status": "draft"}, "draft"),
        ({"status": "sent"}, "draft"),
        ({"status": "unknown"}, "draft"),
        ({"status": None}, "draft"),
        ({"visibility": "members"}, "draft"),
        ({"visibility": "paid"}, "draft"),
        ({"visibility": "tiers"}, "draft"),
        ({"visibility": ["public"]}, "draft"),
        ({"published_at": "kemarin"}, "draft"),
        ({"published_at": {}}, "draft"),
        ({"published_at": 10**18}, "draft"),
        ({"updated_at": "0000-00-00 00:00:00"}, "draft"),
    ],
)
def test_only_what_everybody_could_read_is_released(changes, state):
    item = one(**changes)
    assert item.state == state
    assert (item.first_published_at is not None) <= (state == "released")
    assert item.remarks or state == "released" or changes == {"status": "draft"}


def test_a_scheduled_post_is_released_at_its_time():
    item = one(status="scheduled", published_at="2099-01-01T00:00:00.000Z")
    assert (item.publish_at, item.first_published_at) == (datetime(2099, 1, 1, tzinfo=UTC), None)


def test_a_newsletter_is_known_by_the_table_beside_the_posts():
    assert one(status="scheduled", tables={"posts_meta": [{"post_id": "a1", "email_only": 1}]}).state == "draft"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('a<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" -->b<!--kg-gated-block:end-->c', "ac"),
        ('a<!--kg-gated-block:begin nonMember:true memberSegment:"" -->b<!--kg-gated-block:end-->c', "abc"),
        ("a<!--kg-gated-block:begin nonMember:false -->b", "a"),
        ("a<!--kg-gated-block:begin -->b<!--kg-gated-block:end-->", "a"),
    ],
)
def test_what_members_alone_may_read_never_comes_even_in_a_public_post(html, kept):
    assert one(html=html).body == kept


@pytest.mark.parametrize("changes", [{"page": 1}, {"page": True}, {"type": "page"}])
def test_pages_of_the_site_are_no_stories(changes):
    assert read(export(POST | changes)) == [("post a1", Passed("page", "Pasar pindah"))]


def test_internal_and_missing_tags_are_left_out():
    tags = [{"id": 1, "name": "#dalam"}, {"id": 2, "name": "Laut", "visibility": "internal"}, {"id": 3, "name": "Desa"}]
    links = [{"post_id": "a1", "tag_id": key, "sort_order": key} for key in (1, 2, 3, 4)]
    item = one(tables={"tags": tags, "posts_tags": links})
    assert (item.section.name, item.tags, item.missing) == ("Desa", [], 1)
    assert item.remarks == ["Tags of it that are not in the file: 1."]


def test_an_author_who_is_not_in_the_file_is_told():
    assert "An author of it is not in the file." in one(author_id="9").remarks


@pytest.mark.parametrize(
    ("changes", "standfirst"),
    [
        ({"meta_description": "Untuk mesin."}, "Sewa gratis."),
        ({"custom_excerpt": None, "meta_description": "Untuk mesin."}, "Untuk mesin."),
        ({"custom_excerpt": None}, ""),
    ],
)
def test_the_standfirst_is_the_excerpt_or_the_description(changes, standfirst):
    item = one(**changes)
    assert item.standfirst == standfirst
    assert bool(item.remarks) == (not standfirst)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ikan &amp; garam", "Ikan & garam"),
        ("Ikan <em>segar</em>", "Ikan segar"),
        ("dua\nbaris\x00", "dua baris"),
        ("5 < 7", "5 < 7"),
        ("", "Pedagang pindah pagi ini."),
        (None, "Pedagang pindah pagi ini."),
    ],
)
def test_headlines_are_plain_and_never_missing(title, headline):
    assert one(title=title).headline == headline


def test_a_long_text_lends_its_first_words_as_headline():
    assert one(title="", html="<p>" + "kata " * 40 + "</p>").headline == "kata " * 12 + "…"


def test_a_date_without_zone_is_taken_in_the_zone_given_and_told():
    item = one(published_at="2018-10-10 10:00:00")
    assert item.publish_at == datetime(2018, 10, 10, 10, tzinfo=ZONE)
    assert item.remarks == ["The date “2018-10-10 10:00:00” names no time zone: Asia/Makassar is assumed."]


@pytest.mark.parametrize(
    ("changes", "uri"), [({"uuid": "28"}, "ghost:a1:pasar-pindah"), ({"uuid": UUID.upper()}, f"urn:uuid:{UUID}")]
)
def test_a_post_is_known_again_by_its_uuid_or_else_its_id(changes, uri):
    assert one(**changes).uri == uri


@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        (POST | {"title": "", "html": ""}, "neither a title nor a text"),
        ({"title": "Tanpa apa pun"}, "no id"),
        (["bukan"], "no post"),
        (POST | {"extra": "x" * 20_000_001}, "larger than 20 million bytes"),
        (POST | {"extra": json.loads("[" * 200 + "]" * 200)}, "nested deeper than 100 levels"),
    ],
)
def test_a_post_that_cannot_be_taken_says_why_and_the_next_one_follows(post, sentence):
    (position, refusal), (_next, item) = read(export(post, POST))
    assert isinstance(refusal, Refusal)
    assert sentence in str(refusal)
    assert position == ("post a1" if "id" in post else "post number 1")
    assert isinstance(item, Item)
