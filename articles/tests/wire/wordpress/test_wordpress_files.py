"""Exports of WordPress that are too large, cut, packed or unsound: what can be read is read, the rest is told."""

import gzip
import io

import pytest

from articles.wire import wordpress
from articles.wire.streams import files
from articles.wire.values.item import Passed, Refusal
from articles.wire.wordpress import wxr

from ...endless import reading
from ...wordpress_exports import (
    HEAD,
    POST,
    SAMPLES,
    TAIL,
    WITA,
    element,
    export,
    meta,
    photo,
    post,
    read,
)

pytestmark = pytest.mark.usefixtures("in_english")


def test_an_item_that_is_too_large_is_refused_and_the_next_one_read(monkeypatch):
    monkeypatch.setattr(wxr, "LARGEST", 10_000)
    large = {"content:encoded": "kata " * 5_000, "wp:post_id": "6"}
    data = export(element(POST | large), element(POST), element(POST | large | {"wp:post_type": "page"}))
    [(position, refusal), (_position, found), (_page, passed)] = read(data)
    assert isinstance(passed, Passed)
    assert (position, str(refusal)) == ("item 1 (post 6)", "It is larger than 20,000,000 bytes.")
    assert found.headline == "Judul"


def test_letters_that_xml_forbids_are_left_out():
    assert post(title="Ha\x00ri\x0b \x1fini&#x8;", content__encoded="a\ufffe").headline == "Hari ini"


def test_names_of_letters_that_xml_does_not_know_are_read():
    found = read(export(element(POST).replace("<![CDATA[Judul]]>", "Rp&nbsp;5&hellip; &amp;")))
    assert found[0][1].headline == "Rp 5… &"


def test_bytes_that_are_no_utf8_are_read_as_windows_1252():
    data = export(element(POST)).replace(b"Judul", b"\x93Judul\x94 caf\xe9 \x81")
    [(_position, found)] = read(data)
    assert found.headline == "“Judul” café �"
    assert found.remarks == ["Some letters were no UTF-8; they were read as Windows-1252."]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig"])
def test_an_encoding_that_the_file_names_is_read(encoding):
    text = export(element(POST)).decode().replace("UTF-8", encoding.removesuffix("-sig")).replace("Judul", "café")
    assert read(text.encode(encoding))[0][1].headline == "café"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "breaks off in line 1, column 1"),
        (b"{}", "no sound XML from line 1, column 1 on"),
        (b"<html></html>", "The file is no export of WordPress."),
        (b"<rss><channel><item><title>a</title></item></channel></rss>", "The file is no export of WordPress."),
        ((SAMPLES / "wordpress-bomb.xml").read_bytes(), "The file declares a document type"),
        (b"<rss " + b'x="' * 9, "no sound XML"),
        (HEAD.encode() + b"<a>" * 60, "deeper in each other"),
    ],
)
def test_a_file_that_is_none_is_refused(data, why):
    with pytest.raises(Refusal, match=why):
        read(data)


def until_refused(entries):
    """(headlines, why): what was read before the file was refused."""
    headlines = []
    with pytest.raises(Refusal) as caught:
        headlines.extend(found.headline for _position, found in entries)
    return headlines, str(caught.value)


def test_where_the_xml_breaks_is_told_after_the_items_before_it():
    data = export(element(POST), "\n<item><title>Satu</b></title></item>", element(POST))
    found, why = until_refused(wordpress.read(io.BytesIO(data), WITA))
    assert found == ["Judul"]
    assert why == "The file is no sound XML from line 4, column 20 on; what follows was not read."


@pytest.mark.wide
def test_a_gzip_file_that_breaks_off_is_told_after_the_items_before_it():
    packed = gzip.compress(export(*[element(POST | {"wp:post_name": str(number)}) for number in range(2_000)]))
    found, why = until_refused(wordpress.read(files.unpacked(io.BytesIO(packed[:-300])), WITA))
    assert len(found) > 100
    assert "breaks off within its compression" in why


def test_a_gzip_file_is_read_like_a_plain_one():
    data = export(element(POST, meta("_thumbnail_id", "77")), photo(77, "a.jpg"))
    packed = files.unpacked(io.BytesIO(gzip.compress(data)))
    assert list(wordpress.read(packed, WITA)) == read(data)


def posts_and_photos(count):
    yield HEAD.encode()
    for number in range(count):
        fields = {
            "wp:post_id": str(number),
            "guid": f"urn:post:{number}",
            "content:encoded": "Kabar dari tepi. " * 2_500,
        }
        yield (element(POST | fields) + photo(number, f"{number}.jpg", "Lilin")).encode()
    yield TAIL.encode()


def peak(count):
    found, most = reading(wordpress.read, lambda: posts_and_photos(count), WITA)
    assert found == 2 * count
    return most


@pytest.mark.wide
def test_memory_does_not_grow_with_the_file():
    peak(3)
    assert peak(400) < peak(40) * 1.2  # 20 MB, 2 MB
