"""Feeds that are too large, hostile, cut, packed or in another encoding: the sound stories come, the rest is told."""

import functools
import gzip
import io
import itertools

import pytest
from django.utils import translation

from articles.text import xml_parser
from articles.wire.feed import reader
from articles.wire.streams import files, xml_parts

from ..endless import reading
from ..feeds import SAMPLES, SOUND, ZONE, read, rss


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


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
    assert item.body == "<p>Kafé.</p>"


@pytest.mark.parametrize("name", ["rss-2.xml", "jsonfeed-1.1.json"])
def test_a_packed_feed_is_read_as_well(name):
    packed = gzip.compress((SAMPLES / name).read_bytes())
    assert len(list(reader.read(files.unpacked(io.BytesIO(packed)), ZONE))) == 2


TEXT = "kata " * 400
XML = rss("|").encode().split(b"|")[0], SOUND.replace("Deras", TEXT).encode(), b"</channel></rss>"
JSON = b'{"items":[{"id":"0","title":"a"}', b',{"id":"1","title":"a","content_text":"%s"}' % TEXT.encode(), b"]}"


@pytest.mark.parametrize("feed", [XML, JSON])
@pytest.mark.wide
def test_memory_does_not_grow_with_the_file(feed):
    before, story, after = feed

    def peak(count):
        made = functools.partial(itertools.chain, [before], [story] * count, [after])
        found, most = reading(reader.read, made, ZONE)
        assert found >= count
        return most

    assert peak(2_000) < peak(200) + 300_000
