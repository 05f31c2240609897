"""ninjs of agencies and other systems, of every version: read as what it is, nothing lost without a word."""

import json
import pathlib

import pytest

from articles.wire.values.item import Item, Passed, Picture, Refusal

from ..ninjs_items import entries, read

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"


def sample(name):
    (found,) = entries((SAMPLES / name).read_bytes())
    return found


def html(value, **told):
    return read(bodies=[{"role": "main", "contentType": "text/html", "value": value}], **told)


def test_bold_lists_tables_and_links_of_video_are_kept():
    found = sample("ninjs-bold.json").body
    assert "<strong>Catatan:</strong> teks <em>miring</em>" in found
    assert '<a href="https://x.example/v.mp4">' in found
    assert "Kotak samping" in found
    table = html("<table><tr><td>Satu</td><td>Dua</td></tr></table><ol><li>tiga</li></ol>").body
    assert "Satu · Dua" in table
    assert "<ol><li>tiga</li></ol>" in table


def test_plain_text_is_taken_before_nitf_and_of_nitf_only_its_content():
    assert sample("ninjs-nitf.json").body == "<p>Isi satu.</p>"
    nitf = json.loads((SAMPLES / "ninjs-nitf.json").read_text())
    del nitf["bodies"][1]
    (found,) = entries(json.dumps(nitf).encode())
    assert found.body == "<p>Isi satu.</p>"


def test_html_is_taken_before_plain_text_wherever_it_stands():
    plain = {"role": "main", "contentType": "text/plain", "value": "Polos"}
    rich = {"role": "html5", "contentType": "text/html; charset=utf-8", "value": "<p>Kaya</p>"}
    assert read(bodies=[plain, rich]).body == "<p>Kaya</p>"
    assert read(bodies=[plain, {**rich, "value": "<p> </p>"}]).body == "<p>Polos</p>"
    assert read(body_text="Polos", body_xhtml="Kaya\n sekali<br/>ya").body == "<p>Kaya sekali<br>ya</p>"


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Satu.\n\nDua.\r\n\r\nTiga <b>.", "<p>Satu.</p><p>Dua.</p><p>Tiga &lt;b&gt;.</p>"),
        ("Satu.\nDua.", "<p>Satu.</p><p>Dua.</p>"),
        ("Alamat:\n\nJalan 1\nKota", "<p>Alamat:</p><p>Jalan 1<br>Kota</p>"),
        (f"{'kata ' * 14}\n{'kata ' * 13}\nakhir.\n\nDua.", f"<p>{'kata ' * 27}akhir.</p><p>Dua.</p>"),
    ],
)
def test_blank_lines_of_plain_text_part_its_paragraphs(plain, expected):
    assert read(bodies=[{"contentType": "text/plain", "value": plain}]).body == expected


def test_line_ends_within_html_are_spaces():
    assert html("<p>Satu\ndua</p>").body == "<p>Satu dua</p>"
    assert html("Satu\ndua").body == "<p>Satu dua</p>"


def test_a_heading_that_repeats_the_headline_goes():
    assert html("<html><head><title>x</title></head><body><h1>JUDUL</h1><p>Isi</p></body></html>").body == "<p>Isi</p>"
    assert html("<h1>Lain</h1><p>Isi</p>").body == "<h2>Lain</h2><p>Isi</p>"


@pytest.mark.parametrize(
    ("told", "headline", "short"),
    [
        ({"headline": "", "headline_main": "Utama", "headline_short": "Pendek"}, "Utama", "Pendek"),
        ({"headline": "Biasa", "headline_main": "Utama"}, "Utama", ""),
        ({"headline": "Biasa &amp; <b>tebal</b>"}, "Biasa & tebal", ""),
        ({"headline": "", "headlines": [{"role": "short", "value": "P"}, {"role": "web", "value": "W"}]}, "W", "P"),
        ({"headline": "", "title": "Nama"}, "Nama", ""),
        ({"headline": "Ikan &amp; &#8220;udang&#8221;"}, "Ikan & “udang”", ""),
    ],
)
def test_headlines_of_every_version(told, headline, short):
    found = read(**told)
    assert (found.headline, found.short_headline) == (headline, short)


@pytest.mark.parametrize(
    "told",
    [
        {"description_text": "Ringkas"},
        {"description_html": "<p>Ringkas</p>"},
        {"descriptions": [{"role": "lead", "value": "Ringkas"}]},
        {"descriptions": [{"role": "caption", "value": "x"}, {"value": "Ringkas"}]},
    ],
)
def test_whatever_describes_a_story_is_its_standfirst(told):
    assert read(**told).standfirst == "Ringkas"


def test_what_has_no_field_here_is_kept_in_the_history_and_told():
    found = read(
        edNote="Ganti yang tadi.",
        usageTerms="Bukan untuk arsip.",
        copyrightNotice="Hak NTB",
        copyrightHolder="NTB",
        people=[{"name": "Jonas Svensson", "rel": "about"}],
        organisation=[{"name": "Aurora"}],
        places=[{"name": "Gotland"}, {"name": "Finlandia"}],
        descriptions=[{"role": "summary", "value": "R"}, {"role": "lead", "value": "Lain"}],
        extra={"kode": 7},
        infosource=[{"name": "dpa"}],
        attachments=[{"name": "putusan.pdf"}],
    )
    for words in (
        "edNote: Ganti yang tadi.",
        "usageTerms: Bukan untuk arsip.",
        "copyrightNotice: Hak NTB",
        "people: Jonas Svensson",
        "organisations: Aurora",
        "places: Gotland, Finlandia",
        "description lead: Lain",
        'extra: {"kode": 7}',
        "attachments: putusan.pdf",
        "copyrightHolder: NTB",
        "infoSources: dpa",
    ):
        assert words in found.note
        name = words.partition(":")[0]
        assert any(f"“{name}”" in remark for remark in found.remarks) is (
            name not in ("copyrightHolder", "infoSources")
        ), name


@pytest.mark.usefixtures("in_english")
def test_credits_come_from_people_authors_and_byline():
    found = read(byline="Oleh: Siti Aminah dan Budi", authors=[{"name": "Rina", "role": "editor"}])
    assert [(one.name, one.role) for one in found.people] == [
        ("Siti Aminah", "author"),
        ("Budi", "author"),
        ("Rina", "editor"),
    ]
    found = read(byline="Oleh Siti Aminah", authors=[{"name": "Rina", "role": "writer"}])
    assert [one.name for one in found.people] == ["Rina"]
    assert found.remarks == ["Its byline names others than its authors, who were taken: Oleh Siti Aminah"]
    found = read(by="Von Christian Hollmann, dpa", copyrightholder="dpa")
    assert [one.name for one in found.people] == ["Christian Hollmann"]
    assert [one.name for one in read(by="NTB", copyrightholder="NTB").people] == ["NTB"]
    people = [{"name": "Ani", "rel": "http://cv.iptc.org/newscodes/rel/author", "uri": "https://a.example/ani"}]
    assert [(one.name, one.uri) for one in read(people=people).people] == [("Ani", "https://a.example/ani")]


def test_what_others_call_literal_is_a_code_and_no_address_of_ours():
    subjects = [
        {"name": "Ekonomi", "rel": "category", "literal": "04000000"},
        {"name": "Pasar", "rel": "topic", "literal": "ekonomi", "uri": "http://cv.example/pasar"},
        {"name": "Olahraga", "code": "15000000", "scheme": "http://cv.iptc.org/newscodes/subjectcode/"},
    ]
    found = read(subject=subjects, keywords=["Banjir", "pasar"])
    assert (found.section.name, found.section.slug, found.section.uri) == ("Ekonomi", "", "")
    assert [(tag.name, tag.slug, tag.uri) for tag in found.tags] == [
        ("Pasar", "", "http://cv.example/pasar"),
        ("Olahraga", "", "http://cv.iptc.org/newscodes/subjectcode/15000000"),
        ("Banjir", "", ""),
    ]


def test_without_a_date_no_time_is_made_up():
    found = sample("ninjs-nodate.json")
    assert [found.version_at, found.publish_at, found.first_published_at] == [None] * 3


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("usable", "released"),
        ("", "released"),
        ("withheld", "draft"),
        ("Canceled", "withdrawn"),
        ("stat:canceled", "withdrawn"),
        ("killed", "withdrawn"),
        ("entah", "draft"),
    ],
)
def test_what_its_source_may_call_its_state(status, state):
    found = read(pubstatus=status)
    assert found.state == state
    assert any("entah" in remark for remark in found.remarks) is (status == "entah")


@pytest.mark.parametrize("kind", ["event", "planning", "video", "audio", "composite", "component", "hologram"])
def test_what_is_no_story_on_purpose_is_passed_over_by_its_kind(kind):
    found = read(type=kind)
    assert isinstance(found, Passed)
    assert (bool(found.kind), found.name) == (True, "Judul")


def test_a_package_with_a_text_is_a_story():
    assert isinstance(read(type="composite", body_xhtml="<p>Isi</p>"), Item)


def test_only_what_is_generated_is_made_with_ai():
    assert not read(digitalSourceType={"literal": "digitalCapture"}).is_made_with_ai
    assert read(digitalsourcetype="trainedAlgorithmicMedia").is_made_with_ai


@pytest.mark.wide
def test_what_is_hostile_is_read_in_time_that_grows_with_its_length():
    for value in ("<body.content" * 20_000, "<!--" * 40_000, "<h2>" * 20_000, "\n" * 100_000):
        for kind in ("text/vnd.IPTC.NITF", "text/html", "text/plain", "application/xml"):
            assert isinstance(read(bodies=[{"contentType": kind, "value": value}]), Item)


@pytest.mark.parametrize("value", [7, True, None, [], {}, [7], [[]], "x", {"a": 1}, {"name": {"a": []}}])
def test_whatever_a_field_holds_nothing_breaks(value):
    fields = [
        "headlines",
        "descriptions",
        "bodies",
        "people",
        "places",
        "subjects",
        "events",
        "genres",
        "infoSources",
        "altIds",
        "associations",
        "renditions",
        "keywords",
        "authors",
        "service",
        "rightsInfo",
        "digitalSourceType",
        "edNote",
        "eventDetails",
        "version",
        "urgency",
        "pubStatus",
        "language",
    ]
    for kind in ("text", "picture"):
        for field in fields:
            assert isinstance(read(type=kind, **{field: value}), Item | Picture | Refusal), field
