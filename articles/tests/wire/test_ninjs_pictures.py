"""Pictures of ninjs, with a story or by themselves: words, rights, file, and who took them."""

import pathlib

import pytest

from articles.wire.values.item import Picture, Refusal

from ..ninjs_items import read

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"


def html(value, **told):
    return read(bodies=[{"role": "main", "contentType": "text/html", "value": value}], **told)


def test_a_picture_in_the_text_is_the_one_that_came_along():
    rendition = {"original": {"href": "https://a.example/view/1?r=2", "width": 900, "height": 600}}
    found = html(
        '<p>Satu</p><figure><img src="https://a.example/view/1?r=2"><figcaption>Kali ini</figcaption></figure>',
        associations={
            "editor_0": {"type": "picture", "uri": "urn:pic:1", "description_text": "Kapsi", "renditions": rendition},
            "editor_1": None,
            "featuremedia": {"type": "picture", "uri": "urn:pic:2"},
            "klip": {"type": "video", "uri": "urn:vid:3"},
        },
    )
    (inside,) = found.pictures
    assert (inside.uri, inside.caption, inside.use_caption) == ("urn:pic:1", "Kapsi", "Kali ini")
    assert (found.lead.uri, found.gallery) == ("urn:pic:2", [])
    assert any("video" in remark for remark in found.remarks)


PICTURE = {
    "type": "picture",
    "versioncreated": "2024-01-02T03:04:05Z",
    "version": "2",
    "by": "Karl Melander/TT",
    "usageterms": "Redaksi saja.",
    "ednote": "TURKEY OUT",
    "expires": "2030-01-01T00:00:00Z",
    "contentcreated": "2024-01-01T00:00:00Z",
    "descriptions": [
        {"role": "creditline", "value": "TT"},
        {"role": "caption", "value": "Seorang warga."},
        {"role": "alt", "value": "Warga"},
    ],
    "people": [{"name": "Ani"}, {"name": "Budi"}],
    "places": [{"name": "Edirne"}],
    "subjects": [{"name": "Banjir"}],
    "renditions": [
        {"name": "thumb", "href": "https://a.example/t.jpg", "width": 90, "height": 60, "contenttype": "image/jpeg"},
        {"name": "main", "href": "https://a.example/m.jpg", "width": 900, "height": 600, "contenttype": "image/jpeg"},
        {"name": "text", "href": "https://a.example/c.xml", "contenttype": "text/xml"},
    ],
}


def test_a_picture_by_itself_has_credit_rights_words_and_file():
    found = read(**PICTURE)
    assert isinstance(found, Picture)
    assert (found.title, found.caption, found.alt) == ("Judul", "Seorang warga.", "Warga")
    assert (found.photographer, found.agency) == ("Karl Melander", "TT")
    assert (found.people, found.place, found.keywords) == ("Ani, Budi", "Edirne", "Banjir")
    assert found.usage_terms == "Redaksi saja.\nTURKEY OUT"
    assert (found.file, found.other_files) == ("https://a.example/m.jpg", ("https://a.example/t.jpg",))
    assert (found.version, found.version_at.year, found.rights_end_at.year, found.taken_at.year) == (
        2,
        2024,
        2030,
        2024,
    )
    assert found.source["by"] == "Karl Melander/TT"


@pytest.mark.parametrize(
    ("told", "photographer", "agency"),
    [
        ({"byline": "Karl Melander/TT"}, "Karl Melander", "TT"),
        ({"byline": "Karl Melander/TT", "source": "TT"}, "Karl Melander", "TT"),
        ({"byline": "BAY ISMOYO", "infosource": [{"name": "AFP"}]}, "BAY ISMOYO", "AFP"),
        ({"descriptions": [{"role": "creditline", "value": "AFP/BAY ISMOYO"}]}, "BAY ISMOYO", "AFP"),
        ({"byline": "Samantha Zucchi", "copyrightholder": "SIPA USA"}, "Samantha Zucchi", ""),
        ({"copyrightholder": "SIPA USA"}, "", "SIPA USA"),
    ],
)
def test_who_took_a_picture_is_told_once(told, photographer, agency):
    found = read(type="picture", **told)
    assert (found.photographer, found.agency) == (photographer, agency)


def test_a_picture_without_uri_and_file_is_refused():
    assert isinstance(read(type="graphic", uri=""), Refusal)
