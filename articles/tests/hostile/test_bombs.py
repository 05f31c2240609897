"""Small things that would become large: packed files, XML, JSON, pictures, letters, at every door. Each is answered, in
bounded memory, and nothing of it is kept."""

import gzip
import io
import json
import logging
import resource
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
DEEP = 200_000


def packed(begin, count):
    """What unpacks to `count` bytes."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        file.write(begin)
        for _part in range(count // 1_000_000):
            file.write(b" " * 1_000_000)
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("berita.json", b"0" * 100_000_000)
    return out.getvalue()


def png(width, height):
    """A picture that says it is so large, with one line of it."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(width))) + chunk(b"IEND", b"")


def png_with_text():
    """A small picture with a text of 300 MB, packed."""
    text = zlib.compress(b"a" * 300_000_000, 9)
    data = b"Comment\0\0" + text
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    whole = png(400, 300)
    return whole[:33] + chunk + whole[33:]


WIRE = {
    "gzip of 250 MB": packed(b'{"uri": "u", "type": "text", "headline": "', 250_000_000),
    "gzip of gzip": gzip.compress(packed(b"", 100_000_000)),
    "zip": zipped(),
    "a billion laughs": LAUGHS,
    "a file of the server": FILE,
    "deep XML": b"<rss><channel><item>" + b"<a>" * DEEP,
    "deep JSON": b'{"uri": "u", "type": "text", "bodies": ' + b"[" * DEEP,
    "deep text": json.dumps({"uri": "u", "type": "text", "headline": "x", "body_html": "<b>" * DEEP}).encode(),
    "an endless number": b'{"uri": "u", "urgency": ' + b"9" * 1_000_000 + b"}",
    "many attributes": b"<rss><channel " + b"".join(b'a%d="" ' % n for n in range(50_000)) + b"/></rss>",
}
PICTURES = {
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


class BombsTest(ImportTestCase):
    def setUp(self):
        super().setUp()
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
        self.before = Story.objects.count(), Photo.objects.count()

    def assert_bounded(self, ask, *expected):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        answer = ask()
        self.assertIn(answer.status_code, expected)
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, MOST)
        self.assertEqual((Story.objects.count(), Photo.objects.count()), self.before)
        return answer

    def test_at_the_page_of_imports(self):
        for kind, sent in WIRE.items():
            with self.subTest(kind):
                answer = self.assert_bounded(lambda sent=sent: self.send(sent, name="kiriman"), 200)
                self.assertNotContains(answer, "root:x:")

    def test_at_the_upload_of_photos(self):
        for kind, sent in PICTURES.items():
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
