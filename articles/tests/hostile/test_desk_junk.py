"""Junk of every kind, at every address of the desk, by everybody: never answered with a failure of ours."""

import itertools
import os
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from .junk import IN_PATHS, JUNK, RAW, ROLES, JunkCase, desk_addresses

ACTIONS = ["submit", "return", "approve", "release", "withdraw", "delete_selected", "x", ""]
FILE_NAMES = ["berita.json", "p" * 300, "a\0b", "😀"]
FILES = [
    b"x", b'[{"headline": "\\ud800", "uri": "\\udfff"}]', b"\x00\xff", b"[" * 900, b"<rss>", b'{"x": 1}',
    b'{"uri": "u", "type": "text", "headline": "\\ud800 a", "body_html": "<p>\\udfff</p>"}',
]  # fmt: skip
MAKES_NOTHING = {"logout", "login", "password_change"}  # sessions end, or nothing but Django's own form is asked


class JunkTest(JunkCase):
    def questions(self):
        """(method, address, what is sent) of every junk in every part of every address that is only read."""
        for name, address in self.addresses():
            for param, junk in itertools.product(self.params(name), JUNK.values()):
                yield "get", f"{address}?{urlencode({param: junk[:3_000]})}", {}
            for param, raw in itertools.product(self.params(name)[:6], RAW.values()):
                yield "get", f"{address}?{param}={raw}", {}
        for _name, route in desk_addresses():
            for junk in IN_PATHS:
                yield "get", quote("/" + self.with_junk(route, junk), safe="/%"), {}
            for raw in RAW.values():
                yield "get", "/admin/", {"PATH_INFO": "/" + self.with_junk(route, raw.replace("%", ""))}

    def posts(self):
        """The same of what is written: each form as a browser would send it, with junk in one field, or in all."""
        for name, address in self.addresses():
            if name in MAKES_NOTHING or not name:
                continue
            filled = self.form_at(address)
            for field, junk in itertools.product(filled, JUNK.values()):
                yield "post", address, {"data": {**filled, field: junk}}
            for junk in JUNK.values():
                yield "post", address, {"data": dict.fromkeys(filled, junk)}
            for charset in ("utf-16", "utf-7", "raw_unicode_escape", "zip", "x"):
                yield "generic", address, _in_charset(filled, charset)
            if name.endswith("_changelist"):
                yield from self._actions(address)
        for name, junk in itertools.product(FILE_NAMES, FILES):
            there = {"edition": self.gorontalo.pk, "state": "draft"}
            wire, photo = SimpleUploadedFile(name, junk), SimpleUploadedFile(name, junk)
            yield "post", reverse("admin:articles_story_import"), {"data": {"file": wire, **there}}
            yield "post", reverse("admin:articles_photo_upload"), {"data": {"files": photo}}

    def _actions(self, address):
        row = str(self.ours["story"].pk)
        for action, junk in itertools.product(ACTIONS, JUNK.values()):
            words = {"action": action, "post": "yes", "_ask": "", "reason": junk, "note": junk}
            yield "post", address, {"data": {**words, "_selected_action": junk, "index": "0"}}
            yield "post", address, {"data": {**words, "_selected_action": [row, junk]}}
            yield "post", address, {"data": {**words, "_selected_action": row, "select_across": junk, "index": junk}}
        for junk in JUNK.values():
            cells = {"form-TOTAL_FORMS": junk, "form-INITIAL_FORMS": "1", "form-0-id": junk, "form-0-order": junk}
            yield "post", address, {"data": {"_save": "", **cells}}
            cells |= {"form-TOTAL_FORMS": "1", "form-0-id": str(self.ours["section"].pk)}
            yield "post", address, {"data": {"_save": "", **cells}}

    def walk(self, steps):
        """Each nth question and post, by everybody: {role: n}."""
        everything = [*self.questions(), *self.posts()]
        for number, (role, step) in enumerate(steps.items()):
            for method, address, sent in everything[number::step]:
                self.asks(role, method, address, **sent)

    @pytest.mark.wide
    def test_much_of_it(self):
        """All of it with JUNK_STEP=1, which takes hours."""
        step = int(os.environ.get("JUNK_STEP", "439"))
        self.walk({role: step if role == "admin" else step * 6 - 1 for role in ROLES})


def _in_charset(filled, charset):
    part = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n\\ud800\r\n'
    sent = "".join(map(part.format, filled)) + "--b--\r\n"
    return {"data": sent.encode(), "content_type": f"multipart/form-data; boundary=b; charset={charset}"}
