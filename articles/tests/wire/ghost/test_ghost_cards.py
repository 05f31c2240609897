"""Cards of Ghost's editors: what they show to readers comes, what Ghost fills by itself is told by name."""

import json

import pytest

from articles.wire.values.item import Picture

from ...ghost_exports import POST, SAMPLES, export, one, read

pytestmark = pytest.mark.usefixtures("in_english")

MEDIA = "__GHOST_URL__/content/media/2024/01"


@pytest.fixture(params=["lexical", "mobiledoc"])
def card(request, tmp_path):
    """What becomes of a post that is one card, in either editor."""

    def made(kind, **parts):
        if request.param == "lexical":
            text = {"root": {"children": [{"type": kind, **parts}]}}
        else:
            text = {"cards": [[kind, parts]], "sections": [[10, 0]]}
        return one(tmp_path, **{request.param: json.dumps(text)})

    return made


def test_every_card_of_the_sample_comes_or_is_told():
    [found] = read(SAMPLES / "ghost-cards.json")
    for words in (
        "<h2>Judul kecil</h2><p>Teks <strong>tebal</strong> dan <a href=",
        "<ul><li>satu</li><li>dua</li></ul>",
        "<p>SPONSORED</p>",
        '<p><a href="https://x.example/ikut">Ikuti</a></p>',
        "Jawaban",
        "<p>A · P</p>",
        '<p><a href="/content/media/2024/01/v.mp4">v.mp4</a></p><p>Rekaman</p>',
        '<p><a href="/content/media/2024/01/a.mp3">Siaran pagi</a></p>',
        '<p><a href="/content/files/2024/01/p.pdf">Putusan</a></p><p>PDF</p>',
        '<p><a href="https://b.example/beli">Beli</a></p>',
        "a &lt; b &amp;&amp; c",
        "a · b",
    ):
        assert words in found.body
    assert [picture.file for picture in found.pictures] == [
        "2024/01/cta.jpg",
        "2024/01/1.jpg",
        "2024/01/2.jpg",
        "2024/01/b.jpg",
    ]
    assert found.remarks == [
        "Cards of it that Ghost fills by itself or sends by mail only did not come: transistor.",
        "Files that it plays or offers do not come, their links keep the old path: v.mp4, a.mp3, p.pdf.",
    ]


@pytest.mark.parametrize(
    ("kind", "parts", "body"),
    [
        ("markdown", {"markdown": "**a** b"}, "<p><strong>a</strong> b</p>"),
        ("card-markdown", {"markdown": "# a\n\n> b"}, "<h2>a</h2><blockquote><p>b</p></blockquote>"),
        ("header", {"header": "a", "subheader": "b", "buttonEnabled": False, "buttonText": "c"}, "<p>a</p><p>b</p>"),
        (
            "product",
            {
                "productTitle": "a",
                "productButtonEnabled": False,
                "productButton": "b",
                "productUrl": "https://b.example",
            },
            "<p>a</p>",
        ),
        ("call-to-action", {"textValue": "<p>a</p>", "hasSponsorLabel": False, "sponsorLabel": "<p>b</p>"}, "<p>a</p>"),
        (
            "embed",
            {"url": "https://v.example/1", "html": ""},
            '<p><a href="https://v.example/1">https://v.example/1</a></p>',
        ),
        (
            "nft",
            {"url": "https://v.example/1", "metadata": {"title": "a"}},
            '<p><a href="https://v.example/1">a</a></p>',
        ),
        ("code", {"code": "a <b>"}, "<p>a &lt;b&gt;</p>"),
        ("paywall", {}, ""),
    ],
)
def test_a_card_comes_as_its_readers_see_it(card, kind, parts, body):
    found = card(kind, **parts)
    assert (found.body, [remark for remark in found.remarks if "ards" in remark]) == (body, [])


@pytest.mark.parametrize("kind", ["signup", "transistor", "collection", "email", "kartu-lain"])
def test_a_card_of_which_nothing_stands_in_the_file_is_told(card, kind):
    assert card(kind).remarks == [f"Cards of it that Ghost fills by itself or sends by mail only did not come: {kind}."]


def test_two_pictures_to_compare_are_both_taken(card):
    found = card(
        "before-after", beforeImage={"src": "/content/images/a.jpg"}, afterImage={"src": "/content/images/b.jpg"}
    )
    assert [picture.file for picture in found.pictures] == ["a.jpg", "b.jpg"]


def test_a_recording_that_ghost_wrote_as_html_is_a_link_and_told(tmp_path):
    html = f'<figure><video src="{MEDIA}/a.mp4" controls></video><figcaption>Banjir</figcaption></figure>'
    found = one(tmp_path, html=html)
    assert '<a href="/content/media/2024/01/a.mp4">a.mp4</a>' in found.body
    assert "Banjir" in found.body
    assert found.remarks == ["Files that it plays or offers do not come, their links keep the old path: a.mp4."]


@pytest.mark.parametrize("damage", [{"cards": [["markdown", 5]]}, {"cards": [["gallery", {"images": 5}]]}])
def test_a_card_that_ghost_never_wrote_is_told(tmp_path, damage):
    found = one(tmp_path, mobiledoc=json.dumps({"sections": [[10, 0]], **damage}), plaintext="Kata")
    assert (found.body, "could not be read" in found.remarks[0]) == ("<p>Kata</p>", True)


def person(tmp_path, title="Kabar", **user):
    tables = {"users": [{"id": "1", "name": "Rani", **user}], "settings": [{"key": "title", "value": title}]}
    (tmp_path / "ghost.json").write_bytes(export(POST | {"author_id": user.get("id", "1")}, **tables))
    return read(tmp_path / "ghost.json")[0].people[0]


def test_the_owner_of_every_site_has_the_number_1_and_is_another_person(tmp_path):
    here, there = person(tmp_path), person(tmp_path, title="Warta")
    assert here.uri == "urn:ghost:kabar:user:1" != there.uri
    by_mail = person(tmp_path, email="rani@a.example"), person(tmp_path, title="Warta", email="Rani@a.example")
    assert by_mail[0].uri == by_mail[1].uri
    assert "rani" not in by_mail[0].uri
    assert person(tmp_path, title="").uri == ""


def test_an_id_that_no_two_sites_share_names_its_person(tmp_path):
    found = person(tmp_path, id="65101f0000000000000000ab", slug="rani")
    assert (found.uri, found.slug, found.is_login) == ("urn:ghost:user:65101f0000000000000000ab", "", False)
    assert person(tmp_path, id="2", name="", slug="rani").is_login


def test_a_date_of_creation_that_stands_in_is_told(tmp_path):
    found = one(tmp_path, html="<p>Isi</p>", published_at=None, created_at="2023-10-20T01:00:00.000Z")
    assert (found.state, found.publish_at.day) == ("released", 20)
    assert found.remarks == ["It has no date of publication: that of its creation stands in."]


def test_what_ghost_makes_of_a_text_is_no_part_of_its_words(tmp_path):
    text = json.dumps({"root": {"children": []}})
    first, second = (one(tmp_path, html=html, lexical=text) for html in ("<p>Isi</p>", "<p class='x'>Isi</p>"))
    assert first.source == second.source
    assert one(tmp_path, html="<p>a</p>").source != one(tmp_path, html="<p>b</p>").source


def test_pictures_of_the_text_have_their_file(tmp_path):
    found = one(tmp_path, html='<img src="__GHOST_URL__/content/images/size/w600/2024/a%20b.jpg" alt="A">')
    assert found.pictures == [Picture("/content/images/2024/a%20b.jpg", file="2024/a b.jpg", alt="A")]
