"""Texts have a longest size and a deepest nesting, and the steps over them grow only as the text does."""

import datetime
import io
import re
import sys
from types import SimpleNamespace

import pytest
from django.urls import reverse

from articles.models import Policy, Story
from articles.publishing import checks
from articles.text import body, facts, html_in
from articles.wire import ghost, ninjs
from articles.wire.feed import reader
from articles.wire.values.item import Refusal

from ..newsroom import NewsroomTestCase
from ..wire_cases import IngestTestCase, told

pytestmark = pytest.mark.wide

UID = "6f1c1d1e-0000-4000-8000-000000000001"
FIGURE = f'<figure data-photo="{UID}"><figcaption>a</figcaption></figure>'
ASIDE = f'<aside data-story="{UID}"></aside>'
DAY = datetime.date(2023, 10, 19)
DEEPEST = 16 + 1 + 6  # lists and quotations, a line, its marks

# Each is repeated up to the longest text that is taken.
NASTY = {
    "open blocks": "<div>",
    "open blocks of all kinds": "<div><ul><li><blockquote><ol><li><table><tr><td>a",
    "open items": "<li>a<ul>",
    "open quotations": "<blockquote>a",
    "open marks": "<strong><em><p>a",
    "crossed marks": "<strong><em>a</strong></em>",
    "open links": '<a href="/a">a',
    "addresses": '<a href="a@a.a.">a</a>',
    "quotes that never end": "<p a=\"'>a",
    "tags that never end": '<a b="',
    "attributes": "<p a a=a>",
    "comments": "<!--",
    "declarations": "<![",
    "entities": "&amp",
    "numbers": "&#9",
    "signs": "a < b > ",
    "dropped": "<svg><script>",
    "empty paragraphs": "<p></p>",
    "short paragraphs": "<p>a</p>",
    "page breaks": "<p>a</p><hr>",
    "figures": FIGURE,
    "figures in a list": f"<li>a{FIGURE}",
    "figures that never end": f'<figure data-photo="{UID}">a',
    "related stories": f"{ASIDE}<hr>",
    "cells": "<td>a",
    "lines": "a<br>",
    "one word": "a",
    "words": "Aaaaab ",
    "invisible": "\u200b",
    "quotation marks": "“a ",
    "brackets": "[cek (",
    "digits": "1",
    "dates": "Rabu dan Kamis malam (19/10/2023) ",
    "named days": "malam Jumat lalu, ",
    "marks of work": "TK XXX ??? ",
    "numbered days": "Hari Ke-603 ",
}


def filled(piece, size):
    return piece * (size // len(piece))


def calls(step, *given):
    """How many functions a step calls, of Python and of its libraries."""
    count = 0

    def counted(_frame, event, _given):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        step(*given)
    finally:
        sys.setprofile(None)
    return count


def every_step(source):
    """What the form, the checks and the readers' pages ask of a text."""
    body._cleaned.cache_clear()
    body.blocks.cache_clear()
    clean = body.clean(source)
    text = body.text(clean)
    body.pages(clean)
    body.references(clean)
    facts.leftovers({"body": text})
    facts.doubts({"body": text}, day=DAY, day_one=DAY)


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.wide
def test_twice_the_text_takes_twice_the_steps(kind):
    once, twice = (calls(every_step, filled(NASTY[kind], size)) for size in (10_000, 20_000))
    assert twice < 2.2 * once + 200


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.wide
def test_the_largest_text_is_cleaned_and_stays_flat(kind, monkeypatch):
    deepest = 0

    def measured(markup):
        nonlocal deepest
        depth = 0
        for tag in re.finditer(r"<(/?)(?!br|hr)\w+[^>]*>", markup):
            depth += -1 if tag[1] else 1
            deepest = max(deepest, depth)
        return cleaner.clean(markup)

    cleaner = body._cleaner
    monkeypatch.setattr(body, "_cleaner", SimpleNamespace(clean=measured))
    body._cleaned.cache_clear()
    body.clean(filled(NASTY[kind], body.LONGEST))
    assert deepest <= DEEPEST


def test_the_name_of_an_attribute_is_read_once_however_long_it_is():
    name = "a" * body.LONGEST
    assert html_in.attributes(f"{name} b=c") == {name: "", "b": "c"}
    assert body.clean(f"<a {name[:-20]}>a</a>") == "<p>a</p>"


def test_pages_add_up_the_words_of_a_text_once(monkeypatch):
    added = 0

    class Count(int):
        def __radd__(self, other):
            nonlocal added
            added += 1
            return int(self) + other

    blocks = body.blocks(body.clean("<p>a</p>" * 20_000))
    monkeypatch.setattr(body, "word_count", lambda _html: Count(1))
    assert len(body._cuts_by_length(blocks)) == 20_000 // body.WORDS_A_PAGE - 1 + (20_000 % body.WORDS_A_PAGE > 225)
    assert added <= 2 * len(blocks)


def test_a_break_moves_up_over_related_stories_in_one_step_each():
    few, many = (
        calls(body.pages, body.clean("<p>a</p>" + f"{ASIDE}<hr>" * count + "<p>b</p>")) for count in (500, 1_000)
    )
    assert many < 2.2 * few


def test_protected_names_are_looked_for_in_one_walk():
    names = [f"Nama Orang{number}" for number in range(500)]
    words = "Nama kata " * 5_000
    few, many = (
        calls(lambda count=count: list(checks.revealing(SimpleNamespace(protected=names[:count]), words)))
        for count in (5, 500)
    )
    assert many - few < 100 * len(names)


@pytest.mark.parametrize(
    ("name", "words", "is_told"),
    [
        ("Budi", "Budi pulang", True),
        ("Budi", "budi, pulang", True),
        ("Budi", "ibunya budinya pulang", True),
        ("Budi", "Budiman pulang", False),
        ("Budi", "abudi", False),
        ("Siti Nur-Aini", "kata SITI\u00a0nur aini.", True),
        ("Siti Nur", "Siti", False),
        ("Siti Nur", "Siti Siti Nur", True),
        ("A. Yani", "Jalan A. Yani", True),
        ("A.", "A.Yani", False),
        ("-", "apa saja", False),
        ("kata " * 60, "kata " * 60, True),
        ("Ma'ruf", "Ma’ruf pulang", True),
        ("Renée", "kata Renee pulang", True),
        ("Siti Nur-Aini", "Siti Nur–Aini", True),
    ],
)
def test_a_protected_name_is_found_as_a_word_of_its_own(name, words, is_told):
    assert bool(list(checks.revealing(SimpleNamespace(protected=[name.strip()]), words))) == is_told


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (ninjs.read, b"[" * 200_000),
        (ninjs.read, b'[{"uri":' + b"[" * 200_000),
        (ninjs.read, b'{"a":1}\n' + b'{"uri":' * 20_000),
        (ninjs.read, b'{\n"a":' + b"[" * 200_000),
        (ninjs.read, b'{\n"a":' + b'{"b":' * 100_000),
        (ghost.read, b'{"db":' + b"[" * 200_000),
        (ghost.read, b'{"db":[{"data":{"posts":[{"id":"1","mobiledoc":"' + b"[" * 200_000 + b'"}]}}]}'),
        (reader.read, b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 200_000),
        (reader.read, b"<rss><channel>" + b"<item>" * 20_000),
    ],
)
def test_no_reader_of_the_wire_goes_down_an_abyss(read, source):
    found = []
    try:
        found += [entry for _position, entry in read(io.BufferedReader(io.BytesIO(source)), datetime.UTC)]
    except Refusal as refusal:
        found.append(refusal)
    assert found
    assert all(isinstance(entry, Refusal) for entry in found)


class LongestTest(NewsroomTestCase):
    longer = f"<p>{'kata ' * (body.LONGEST // 5)}</p>"

    def test_no_way_into_the_database_takes_a_longer_text(self):
        story = self.story()
        with self.assertRaises(body.TooLong):
            Story.objects.update(body=self.longer)
        with self.assertRaises(body.TooLong):
            self.story("Lain", body=self.longer)
        with self.assertRaises(body.TooLong):
            Policy.objects.create(edition=self.gorontalo, title="a", slug="a", text=self.longer)
        grows = "&" * (body.LONGEST // 2)  # what is stored is longer than what was sent
        with self.assertRaises(body.TooLong):
            Story.objects.filter(pk=story.pk).update(body=grows)

    def test_the_form_says_so(self):
        self.client.force_login(self.somebody("admin"))
        story = self.draft()
        address = reverse("admin:articles_story_change", args=[story.pk])
        form = self.client.get(address).context["adminform"].form
        typed = {f"{form.add_prefix(name)}": value for name, value in form.initial.items() if value is not None}
        answer = self.client.post(address, typed | {"body": self.longer})
        self.assertIn("body", answer.context["adminform"].form.errors)
        self.assertIn("400 ribu huruf", str(answer.context["adminform"].form.errors["body"]))

    def test_a_stored_text_is_not_cleaned_again(self):
        self.story()
        self.assertIsInstance(Story.objects.get().body, body.Clean)


class LongestOnTheWireTest(IngestTestCase):
    def test_a_story_with_a_longer_text_is_refused_and_the_next_one_taken(self):
        longer = told(1, bodies=[{"contentType": "text/html", "value": LongestTest.longer}])
        self.assertEqual(self.ingest(self.file(longer, told(2)), refused=1)["baru"], 1)
