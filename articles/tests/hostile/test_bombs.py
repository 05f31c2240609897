"""Small things that would become large: packed files, XML, JSON, pictures, letters, at every door. Each is answered, in
bounded memory, and nothing of it is kept."""

import gzip
import io
import json
import logging
import pathlib
import re
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Photo, Story

from ..cases import ImportTestCase

pytestmark = pytest.mark.wide

MOST = 200_000  # kilobytes that the process may grow by, where a bomb would want gigabytes
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">' + LAUGHS + b"]><rss><channel>&l9;</channel></rss>"
FILE = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>'
DEEP, MEGABYTE = 200_000, 1_000_000


def repeated(part, count, begin=b""):
    """Bytes that unpack to `begin` and `count` times `part`, packed once: what is flushed in full may be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(begin) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * count + packer.flush()


def gzipped(part, count, begin=b""):
    check = zlib.crc32(begin)
    for _time in range(count):
        check = zlib.crc32(part, check)
    size = len(begin) + count * len(part)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + repeated(part, count, begin) + struct.pack("<II", check, size)


def zlibbed(part, count, begin=b""):
    check = zlib.adler32(begin)
    for _time in range(count):
        check = zlib.adler32(part, check)
    return b"\x78\xda" + repeated(part, count, begin) + struct.pack(">I", check)


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("berita.json", b"0" * 100_000_000)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height):
    """A picture that says it is so large, with one line of it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    line = zlibbed(bytes(min(width, MEGABYTE)), max(width // MEGABYTE, 1))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", line) + chunk(b"IEND", b"")


def png_with_text():
    """A small picture with a text of 300 MB, packed."""
    whole = png(400, 300)
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + zlibbed(b"a" * MEGABYTE, 300)) + whole[33:]


def wire():
    return {
        "gzip of 250 MB": gzipped(b" " * MEGABYTE, 250, b'{"uri": "u", "type": "text", "headline": "'),
        "gzip of gzip": gzip.compress(gzipped(b" " * MEGABYTE, 100)),
        "zip": zipped(),
        "a billion laughs": LAUGHS,
        "a file of the server": FILE,
        "deep XML": b"<rss><channel><item>" + b"<a>" * DEEP,
        "deep JSON": b'{"uri": "u", "type": "text", "bodies": ' + b"[" * DEEP,
        "deep text": json.dumps({"uri": "u", "type": "text", "headline": "x", "body_html": "<b>" * DEEP}).encode(),
        "an endless number": b'{"uri": "u", "urgency": ' + b"9" * 1_000_000 + b"}",
        "many attributes": b"<rss><channel " + b"".join(b'a%d="" ' % n for n in range(50_000)) + b"/></rss>",
    }


def pictures():
    return {
        "60,000 × 60,000": png(60_000, 60_000),
        "a strip": png(2_000_000_000, 1),
        "a text of 300 MB": png_with_text(),
        "a zip": zipped(),
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "ICO of nothing": b"\0\0\1\0\xff\xff" + bytes(600),
    }


LETTERS = {
    "marks": "a" + "\u0301" * 200_000,
    "what grows": "\ufdfa" * 100_000,  # one letter that becomes eighteen
    "flags": "\U0001f3f4" * 100_000,
    "joiners": "\u200d" * 200_000,
    "turns": "\u202e" * 200_000,
    "spaces": "a" + " " * 200_000 + "b",
    "brackets": "(" * 100_000,
    "wildcards": "*?%_" * 50_000,
}


def most_memory():
    """Kilobytes that the process had at the most since that is counted."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])


class BombsTest(ImportTestCase):
    def setUp(self):
        super().setUp()
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
        self.before = Story.objects.count(), Photo.objects.count()

    def assert_bounded(self, ask, *expected):
        pathlib.Path("/proc/self/clear_refs").write_text("5")  # the most memory is counted anew
        before = most_memory()
        answer = ask()
        self.assertIn(answer.status_code, expected)
        self.assertLess(most_memory() - before, MOST)
        self.assertEqual((Story.objects.count(), Photo.objects.count()), self.before)
        return answer

    def test_at_the_page_of_imports(self):
        for kind, sent in wire().items():
            with self.subTest(kind):
                answer = self.assert_bounded(lambda sent=sent: self.send(sent, name="kiriman"), 200)
                self.assertNotContains(answer, "root:x:")

    def test_at_the_upload_of_photos(self):
        for kind, sent in pictures().items():
            with self.subTest(kind):
                file = SimpleUploadedFile("foto.png", sent)
                answer = self.assert_bounded(lambda file=file: self.client.post(UPLOAD, {"files": file}), 200)
                self.assertContains(answer, "0 diterima, 1 ditolak")

    def test_letters_in_every_word_that_a_stranger_sends(self):
        for kind, sent in LETTERS.items():
            with self.subTest(kind):
                self.client.logout()
                self.assert_bounded(lambda sent=sent: self.client.get("/search/", {"q": sent}), 200, 400)
                self.assert_bounded(lambda sent=sent: self.client.get("/api/v1/search/", {"q": sent}), 200, 400)
                self.assert_bounded(lambda sent=sent: self.client.get(f"/tag/{sent[:150]}/"), 301, 404)
                wrong = {"username": sent, "password": sent}
                self.assert_bounded(lambda wrong=wrong: self.client.post("/admin/login/", wrong), 200)
                self.assert_bounded(lambda sent=sent: self.client.post("/preview/", {"code": sent}), 404, 429)

    def test_letters_in_a_new_story(self):
        new = reverse("admin:articles_story_add")
        for kind, sent in LETTERS.items():
            with self.subTest(kind):
                typed = dict.fromkeys(["headline", "slug", "standfirst", "kicker", "place", "source_line"], sent)
                self.assert_bounded(lambda typed=typed: self.client.post(new, typed), 200)


UPLOAD = "/admin/articles/photo/upload/"
