"""Junk at every address of readers, by a fixed seed: no failure of ours, and no word of the inside of the program.

    .venv/bin/pytest -m slow articles/tests/running/test_reader_fuzz.py

sends 5,000 requests; RACE_ROUNDS=10 sends 250.
"""

import os
import random
import re
from urllib.parse import quote, urlencode

import pytest

from articles import urls

from ..cases import DeliveryTestCase

ROUNDS = int(os.environ.get("RACE_ROUNDS", "200")) * 25
SEED = int(os.environ.get("FUZZ_SEED", "20261130"))
JUNK = [
    "", "0", "-1", "x", "9" * 400, "٣٤", "a\0b", "\ud800", "\u202e\u200b", "😀", "%", "%zz",
    "../../etc/passwd", "'\"`--;",
    "<script>alert(1)</script>", "{{7*7}}", "%s%n", "\r\nX-Evil: 1", "9999-12-31", "0000-00-00", "1e400", "NaN", "[]",
    "p" * 5_000, "00000000-0000-0000-0000-000000000000", "ada", "2023",
]  # fmt: skip
NAMES = [
    "page", "q", "p", "after", "cursor", "limit", "format", "view", "order", "network", "section", "since", "until",
]  # fmt: skip
METHODS = ["GET"] * 8 + ["HEAD", "OPTIONS", "PUT", "PROPFIND"]
HEADERS = ["accept_encoding", "if_none_match", "if_modified_since", "range", "accept", "cookie", "accept_language"]
INSIDE = (b"Traceback", b"/site-packages/", b"django.db", b"SELECT ", b"<script>alert")
_PART = re.compile(r"\([^()]*\)|\(\?:\([^()]*\)/\)\?|<[^<>]*>")


def _bytes(text):
    return text.encode("utf-8", "surrogatepass").decode("latin-1")  # as a server puts a path into the environ


class ReaderFuzzTest(DeliveryTestCase):
    @pytest.mark.slow
    def test_whatever_is_asked_is_answered_without_a_failure(self):
        self.story(slug="ada")
        chance = random.Random(SEED)
        routes = [str(pattern.pattern).strip("^$").replace("\\", "") for pattern in urls.urlpatterns]
        for number in range(ROUNDS):
            path = "/" + _PART.sub(lambda _part: chance.choice(JUNK), chance.choice(routes))
            asked = [(chance.choice(NAMES), chance.choice(JUNK)) for _turn in range(chance.randrange(4))]
            query = chance.choice(
                [urlencode(asked, errors="surrogatepass"), quote(chance.choice(JUNK), errors="replace")]
            )
            headers = {chance.choice(HEADERS): _bytes(chance.choice(JUNK))} if chance.random() < 0.5 else {}
            method = chance.choice(METHODS)
            told = f"request {number}: {method} {path[:150]!a}?{query[:150]} {str(headers)[:100]!a}"
            with self.subTest(told):
                status, answered, body = self.ask(f"{_bytes(path).replace('?', '')}?{query}", method, **headers)
                self.assertLess(status, 500)
                self.assertLess(len(body), 500_000)
                self.assertFalse([word for word in INSIDE if word in body])
                self.assertNotIn("\n", "".join(answered.values()))
