"""JSON that is not in UTF-8 is read as XML is: what was meant is taken in, what was mended is told."""

import gzip
import io
import json
import zoneinfo

import pytest
from django.utils import translation

from articles.wire import formats

ZONE = zoneinfo.ZoneInfo("Asia/Makassar")
TITLE, TEXT = "Pasár “Sentral”", "Harga naik 5 € – kata warga."
TOLD = "The file has letters that are no UTF-8; they were read as Windows-1252."
FILES = {
    "ninjs": [{"uri": "urn:x:1", "type": "text", "headline": TITLE, "body_text": TEXT}],
    "ninjs of one object": {"uri": "urn:x:1", "type": "text", "headline": TITLE, "body_text": TEXT},
    "JSON Feed": {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "https://a.example/1", "title": TITLE, "content_html": f"<p>{TEXT}</p>"}],
    },
    "Ghost": {
        "db": [{"data": {"posts": [{"id": "1", "title": TITLE, "html": f"<p>{TEXT}</p>", "status": "published"}]}}]
    },
}


def found(content):
    with translation.override("en"):
        return [one for _position, one in formats.entries(io.BytesIO(content), ZONE)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_what_was_meant_is_read(name, encoding, packed):
    (item,) = found(packed(json.dumps(FILES[name], ensure_ascii=False).encode(encoding)))
    assert item.headline == TITLE
    assert TEXT in item.body
    assert (TOLD in item.remarks) == (encoding == "cp1252")


@pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_utf8_is_left_as_it_is(packed):
    (item,) = found(packed(json.dumps(FILES["ninjs"], ensure_ascii=False).encode()))
    assert (item.headline, TOLD in item.remarks) == (TITLE, False)


def test_one_wrong_byte_costs_no_other_letter():
    lines = [json.dumps({**FILES["ninjs"][0], "uri": f"urn:x:{number}"}, ensure_ascii=False) for number in range(3)]
    content = "\n".join(lines).encode() + b'\n{"uri": "urn:x:3", "type": "text", "headline": "caf\xe9"}\n'
    items = found(content)
    assert [item.headline for item in items] == [TITLE] * 3 + ["café"]
    assert [TOLD in item.remarks for item in items].count(True) == 1


def test_letters_on_the_border_of_two_pieces_are_whole():
    content = json.dumps([{**FILES["ninjs"][0], "body_text": "é" * 70_001}], ensure_ascii=False)
    (item,) = found(content.encode("utf-16-le"))
    assert item.body.count("é") == 70_001


def test_a_file_that_breaks_off_within_a_letter_is_told_as_cut():
    content = json.dumps(FILES["ninjs"], ensure_ascii=False).encode()
    with pytest.raises(formats.Refusal, match="breaks off"):
        found(content[: content.index("á".encode()) + 1])
