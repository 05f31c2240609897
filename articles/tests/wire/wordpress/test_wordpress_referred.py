"""What a post of WordPress shows though it stands elsewhere in the file: it comes along, or it is told by name."""

import html
import json

import pytest

from articles.wire.values.item import Passed, Picture, Refusal
from articles.wire.wordpress import texts

from ...wordpress_exports import UPLOADS, element, meta, numbered, photo, post, sample

pytestmark = pytest.mark.usefixtures("in_english")

NOTE = "6a72f4e2-36f7-4d39-a34e-79d9f9a37342"
MARK = f'<p>Jelas<sup data-fn="{NOTE}"><a href="#{NOTE}" id="{NOTE}-link">1</a></sup>.</p>'


def block(number, text, kind="wp_block"):
    return element({"wp:post_id": str(number), "wp:post_type": kind, "content:encoded": text})


def notes(*contents):
    return meta("footnotes", html.escape(json.dumps([{"id": NOTE, "content": content} for content in contents])))


def stories():
    return {found.headline: found for _position, found in sample("wordpress-situations.xml") if hasattr(found, "body")}


def test_footnotes_are_a_list_under_the_text():
    assert stories()["Catatan kaki"].body == (
        "<p>Sumbernya jelas<sup>1</sup>.</p><ol><li>Laporan BPS 2019, halaman 12</li></ol>"
    )


def test_footnotes_stand_where_their_block_stands():
    text = f"<!-- wp:paragraph -->{MARK}<!-- /wp:paragraph --><!-- wp:footnotes /--><p>Tentang penulis</p>"
    found = post(notes("Laporan <em>BPS</em>"), content__encoded=text)
    assert found.body == "<p>Jelas<sup>1</sup>.</p><ol><li>Laporan <em>BPS</em></li></ol><p>Tentang penulis</p>"
    assert found.remarks == []


@pytest.mark.parametrize("written", ["{", "[1]", '{"a": 1}', '[{"id": "x"}]', "[" * 5_000, "null"])
def test_footnotes_that_cannot_be_read_are_told(written):
    found = post(meta("footnotes", written), content__encoded="<p>Isi</p>")
    assert (found.body, found.remarks) == ("<p>Isi</p>", ["Its footnotes could not be read as WordPress writes them."])


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_pattern_comes_with_the_posts_that_show_it(side):
    text = '<!-- wp:paragraph --><p>Pembuka.</p><!-- /wp:paragraph --><!-- wp:block {"ref":900} /-->'
    found = post(content__encoded=text, **{side: block(900, "<p>Nomor darurat: 112.</p>")})
    assert (found.body, found.missing) == ("<p>Pembuka.</p><p>Nomor darurat: 112.</p>", 0)


def test_patterns_hold_patterns_but_never_themselves():
    patterns = block(1, '<p>satu</p><!-- wp:block {"ref":2} /-->') + block(2, '<p>dua</p><!-- wp:block {"ref":1} /-->')
    assert post(content__encoded='<!-- wp:block {"ref":1} /-->', after=patterns).body == "<p>satu</p><p>dua</p>"


def test_a_pattern_that_is_elsewhere_is_told_and_counts_as_missing():
    found = post(content__encoded='<p>Isi</p><!-- wp:block {"ref":900} /-->')
    assert (found.body, found.missing) == ("<p>Isi</p>", 1)
    assert found.remarks == ["A pattern that it shows (900) is not in the file: its words did not come."]


def test_patterns_make_no_large_text_of_a_small_one(monkeypatch):
    monkeypatch.setattr(texts, "LARGEST", 100_000)
    found = post(content__encoded='<!-- wp:block {"ref":900} /-->' * 200, after=block(900, "kata " * 200))
    assert isinstance(found, Refusal)


@pytest.mark.parametrize(
    ("written", "body", "remark"),
    [
        (
            '<!-- wp:latest-posts {"n":5} /-->',
            "",
            "A block that makes its text by itself did not come: latest-posts.",
        ),
        ("<!-- wp:acf/kutipan /-->", "", "A block that makes its text by itself did not come: acf/kutipan."),
        ('<!-- wp:embed {"url":"https://v.example/1"} /-->', "https://v.example/1", ""),
        ("<!-- wp:spacer /--><!-- wp:core/more /-->", "", ""),
        ("<!-- wp:block {broken /-->", "", "A pattern that it shows () is not in the file: its words did not come."),
    ],
)
def test_a_block_without_html_gives_its_address_or_is_told_by_name(written, body, remark):
    found = post(content__encoded=f"<p>Isi</p>{written}")
    assert found.body == "<p>Isi</p>" + (f'<p><a href="{body}">{body}</a></p>' if body else "")
    assert "".join(found.remarks) == remark


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("[gallery]", [8, 7]),
        ('[gallery columns="3" ids=""]', [8, 7]),
        ('[gallery id="5" exclude="7"]', [8]),
        ('[gallery include="9"]', [9]),
        ("[gallery ids='9, 7'] [gallery ids=7,8]", [9, 7, 8]),
        ("[gallery_lain]", []),
    ],
)
def test_a_gallery_without_a_list_has_all_photos_of_its_post(code, numbers, side):
    photos = photo(7, "a.jpg", parent="5", order="2") + photo(8, "b.jpg", parent="5", order="1") + photo(9, "c.jpg")
    found = post(content__encoded=f"Isi {code}", **{side: photos})
    assert ([picture.uri for picture in found.gallery], found.missing) == ([numbered(one) for one in numbers], 0)


def test_a_gallery_whose_photos_are_all_elsewhere_is_told_and_counts_as_missing():
    found = post(content__encoded="Isi [gallery]")
    assert (found.gallery, found.missing) == ([], 1)
    assert found.remarks == ["It has a gallery of all its photos, but the file has none that belongs to it."]


def test_links_are_absolute_and_those_to_a_part_of_the_text_are_told():
    found = stories()["Tautan nisbi"]
    assert '<a href="https://lama.example/kontak/">' in found.body
    assert '<a href="https://lama.example/2020/02/lain/">' in found.body
    assert "bagian 2" in found.body
    assert "Links left out, their words kept: 1 (“#bagian-2”)." in found.remarks


def test_a_playlist_is_links_to_its_recordings():
    recording = element(
        {"wp:post_id": "7", "title": "Siaran", "wp:post_type": "attachment", "wp:attachment_url": f"{UPLOADS}a.mp3"}
    )
    found = post(content__encoded='Isi\n\n[playlist ids="7"]', after=recording)
    assert found.body == f'<p>Isi</p><p><a href="{UPLOADS}a.mp3">Siaran</a></p>'
    told = post(content__encoded='Isi [playlist ids="7"]').remarks
    assert told == ["A playlist of it names recordings that are not in the file."]


def test_a_lead_that_is_no_photo_is_told():
    film = element({"wp:post_id": "7", "wp:post_type": "attachment", "wp:attachment_url": f"{UPLOADS}a.mp4"})
    found = post(meta("_thumbnail_id", "7"), after=film)
    assert (found.lead, found.missing) == (None, 0)
    assert found.remarks == ["What it has for a lead photo (attachment 7) is a file of another kind."]


def test_every_item_of_the_file_is_something():
    kinds = [type(found).__name__ for _position, found in sample("wordpress-situations.xml")]
    assert (kinds.count("Item"), kinds.count("Picture"), kinds.count("Passed")) == (8, 2, 1)
    assert isinstance(sample("wxr-only-custom-type.xml")[0][1], Passed)


def test_a_photo_comes_by_itself_with_what_the_library_says_of_it():
    [found] = [one for _position, one in sample("wordpress-situations.xml") if isinstance(one, Picture)][:1]
    assert (found.file, found.caption) == ("2020/01/banjir1.jpg", "Air naik di Kota Timur")
