"""Junk at every address of the desk, by everybody and by a stranger, by a fixed seed.

    .venv/bin/pytest -m slow articles/tests/hostile/test_desk_fuzz.py

sends 5,000 requests; RACE_ROUNDS=10 sends 250. Nothing fails, nothing of the inside of the program is told, each stays
within a bound of queries and bytes, and nobody is told what is another's: not by words, and not by the difference
between what is there and what is not.
"""

import collections
import os
import random
import re
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from articles.models import Section

from .junk import IN_PATHS, JUNK, RAW, ROLES, JunkCase, desk_addresses

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("RACE_ROUNDS", "200")) * 25
SEED = int(os.environ.get("FUZZ_SEED", "20261130"))
SECRET = "rahasia7391"  # stands in every row of the other edition that Gorontalo's desk may not see
EVERYBODY = ["stranger", *ROLES]
MOST_QUERIES, MOST_BYTES = 150, 500_000
METHODS = ["get"] * 10 + ["post"] * 9 + ["head", "options", "put", "patch", "delete"]
HEADERS = [
    "accept-language", "cookie", "x-requested-with", "referer", "accept", "if-none-match", "if-modified-since",
    "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-http-method-override", "range",
]  # fmt: skip
KINDS = ["text/plain", "application/json", "application/xml", "multipart/form-data", "x", ""]
FILES = [b"", b"x", b"\x00\xff", b"[" * 900, b"<rss>", b'{"uri": "\\ud800"}', b"GIF89a" + b"\xff" * 40, b"PK\x03\x04"]
INSIDE = ("Traceback (most", "/site-packages/", "django.db", "OperationalError", "<script>alert", "X-Evil")
MANAGED = re.compile(r"-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$")
LINK = re.compile(r'\b(?:href|src|action|formaction|data-[a-z-]+)="(/admin/[^"#]*)"')
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=|nonce=|"nonce": )"[^"]*"')


class DeskFuzzTest(JunkCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        jogja = cls.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        kota = Section.objects.create(edition=jogja, name=SECRET.title(), slug=SECRET)
        chief = cls.somebody("chief", name=SECRET, edition=jogja)
        cls.theirs = cls.rows(SECRET.title(), jogja, kota, chief)
        cls.people = {role: get_user_model().objects.get(pk=somebody.pk) for role, somebody in cls.people.items()}

    def setUp(self):
        super().setUp()
        self.clients["stranger"] = Client(headers={"host": self.host})
        self.signed_in = {role: client.cookies.output() for role, client in self.clients.items()}
        self.most = collections.Counter()

    def asks(self, role, method, address, **sent):
        """One request, held against the bounds. The session is that of before, whatever the answer did with it."""
        asked = []

        def counted(execute, *args):
            asked.append(args[0])
            return execute(*args)

        with connection.execute_wrapper(counted):
            response = super().asks(role, method, address, **sent)
        self.clients[role].cookies = SimpleCookie(self.signed_in[role].replace("Set-Cookie: ", ""))
        if response is None:
            return None
        told = _told(response)
        self.most |= collections.Counter({"queries": len(asked), "bytes": len(told)})
        faults = [f"more than {MOST_QUERIES} queries"] * (len(asked) > MOST_QUERIES)
        faults += [f"more than {MOST_BYTES} bytes"] * (len(told) > MOST_BYTES)
        is_page = response.get("Content-Type", "").startswith("text/html")
        faults += [f"tells of {word}" for word in INSIDE if word in told and (is_page or word[0] != "<")]
        if role != "admin" and SECRET in told.lower():
            faults.append("tells of another edition")
        if role in ("stranger", "nobody") and "Terang naskah" in told:
            faults.append("tells of a story")
        for fault in faults:
            self.failed(fault, role, method, address, str(sent)[:150])
        return response

    # Where ------------------------------------------------------------------------------

    def crawled(self, role):
        """Every address that pages of the desk lead to, one of each shape."""
        found, waiting = {}, ["/admin/"]
        while waiting:
            address = waiting.pop(0).replace("&amp;", "&")
            shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+", "0", address.partition("?")[0])
            if shape in found:
                continue
            found[shape] = address.partition("?")[0]
            response = self.asks(role, "get", address)
            if response is not None and response.get("Content-Type", "").startswith("text/html"):
                waiting += LINK.findall(response.text)
        return list(found.values())

    def of(self, rows):
        """(address, name) of every route with an id, with the ids of those rows."""
        for name, route in desk_addresses():
            model = next((model for model in rows if f"/{model}/" in route), None)
            if model and "<" in route:
                yield "/" + self.with_junk(route.replace("\\Z", ""), str(rows[model].pk)), name

    # What is asked ----------------------------------------------------------------------

    def test_whatever_is_sent_is_answered_without_a_failure_and_tells_nothing(self):
        chance = self.chance = random.Random(SEED)
        names = {address: name for name, address in self.addresses()}
        self.names = {**dict(self.of(self.theirs)), **names}
        for role in ("admin", "reporter"):
            self.names |= {address: self.names.get(address, "") for address in self.crawled(role)}
        self.filled = dict.fromkeys(self.names)
        self.assertGreater(len(self.names), 200)
        for _number in range(ROUNDS):
            role, method = chance.choice(EVERYBODY), chance.choice(METHODS)
            headers = {chance.choice(HEADERS): self.junk()[:2_000]} if chance.random() < 0.2 else {}
            headers = {name: "".join(c for c in value if " " <= c <= "ÿ") for name, value in headers.items()}
            address = self.address()
            sent = self.posted(address) if method == "post" else {}
            self.asks(role, method, address + self.query(address), headers=headers, **sent)
        print(f"{ROUNDS} requests, seed {SEED}: at most {dict(self.most)}")  # noqa: T201 - pytest -s shows it

    def junk(self):
        return self.chance.choice(list(JUNK.values()))

    def address(self):
        if self.chance.random() < 0.85:
            return self.chance.choice(list(self.names))
        _name, route = self.chance.choice(desk_addresses())
        return quote("/" + self.with_junk(route.replace("\\Z", ""), self.chance.choice(IN_PATHS)), safe="/%")

    def query(self, address):
        if self.chance.random() < 0.4:
            return ""
        params = self.params(self.names.get(address))
        asked = [(self.chance.choice(params), self.junk()[:3_000]) for _turn in range(self.chance.randrange(1, 4))]
        if self.chance.random() < 0.1:
            return f"?{asked[0][0]}={self.chance.choice(list(RAW.values()))}"
        return "?" + urlencode(asked, errors="surrogatepass")

    def posted(self, address):
        """A form as a browser sends it, with one to three wrong things; or what is no form."""
        chance = self.chance
        if chance.random() < 0.15:
            return {"data": chance.choice(FILES), "content_type": chance.choice(KINDS)}
        if address in self.filled and self.filled[address] is None:
            self.filled[address] = self.form_at(address)
        data = {**(self.filled.get(address) or {"_ask": "", "post": "yes"})}
        for _turn in range(chance.randrange(4)):
            field = chance.choice(list(data))
            if MANAGED.search(field):
                data[field] = chance.choice(["999999999", "1001", "-1", "9" * 5_000, "x", ""])
            else:
                data[field] = chance.choice([self.junk(), self.foreign(), [self.junk(), self.foreign()]])
        if chance.random() < 0.15:
            file = SimpleUploadedFile(chance.choice(["x.jpg", "p" * 300, "😀.json", "../x"]), chance.choice(FILES))
            data[chance.choice(["file", "files", chance.choice(list(data))])] = file
        return {"data": data}

    def foreign(self):
        return str(self.chance.choice(list(self.theirs.values())).pk)

    # What is another's is as if it were not there -----------------------------------------

    def test_a_row_of_another_edition_is_answered_as_one_that_is_not_there(self):
        apart = {name: row for name, row in self.theirs.items() if name not in SHARED}
        wrong = []
        for role in ("stranger", "nobody", "reporter", "photo", "editor", "chief"):
            for (there, name), (nowhere, _name) in zip(self.of(apart), self.of(_missing(apart)), strict=True):
                for method in ("get", "post"):
                    answers = [self.asks(role, method, address) for address in (there, nowhere)]
                    first, second = (_without_ids(answer, apart) for answer in answers)
                    if first != second:
                        wrong.append(f"{role} {method} {there} ({name}): {_difference(first, second)}")
        self.assertFalse(wrong, "\n".join(wrong))


SHARED = {"photo", "person", "series", "tag", "network", "owner"}
FAR = 987_654


class _Missing:
    def __init__(self, pk):
        self.pk = pk


def _missing(rows):
    return {name: _Missing(row.pk + FAR) for name, row in rows.items()}


def _told(response):
    body = "" if response.streaming else response.content.decode("utf-8", "replace")
    return body + "".join(f"{name}: {value}\n" for name, value in response.items())


def _without_ids(response, rows):
    """Status, place and body, without what differs at every request or is only the number that was asked for."""
    if response is None:
        return "failed"
    told = f"{response.status_code} {response.get('Location', '')} {response.content.decode('utf-8', 'replace')}"
    told = TOKEN.sub("", told)
    for row in rows.values():
        told = re.sub(rf"\b{row.pk + FAR}\b", str(row.pk), told)
    return told


def _difference(first, second):
    at = next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 40)
    return f"{first[:4]}…{first[at - 40 : at + 60]} — {second[:4]}…{second[at - 40 : at + 60]}"
