"""Before its hour a story is answered as one that there is not: same status, bytes and number of queries, so that
neither the answer nor its time tells of it."""

import datetime
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models.story import State

from ..newsroom import NewsroomTestCase

pytestmark = pytest.mark.wide

DAY = datetime.date(2023, 11, 2)
PATHS = ["", "?page=2", "?page=all", "?view=text", "?view=text&page=all", "ninjs.json", "embed/1/", "amp/", "feed/"]
FILM = '<p>Isi.</p><hr><p>Lagi.</p><figure data-embed="https://youtu.be/quasarita"></figure>'


class EmbargoUntoldTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.gorontalo.embed_providers = "youtube"
        cls.gorontalo.save()
        later = timezone.now() + datetime.timedelta(days=1)
        kept = {"day": DAY, "body": FILM, "lead_photo": cls.lilin, "tags": [cls.rusia]}
        cls.stories = {
            "under embargo": cls.story("Satu", slug="zulkarnain-1", embargo_until=later, **kept),
            "scheduled": cls.story("Dua", slug="zulkarnain-2", publish_at=later, **kept),
            "a draft": cls.story("Tiga", slug="zulkarnain-3", state=State.DRAFT, publish_at=None, **kept),
            "expired": cls.story("Empat", slug="zulkarnain-4", expires_at=timezone.now(), **kept),
        }

    def setUp(self):
        super().setUp()
        self.enterContext(time_machine.travel(timezone.now(), tick=False))

    def answered(self, address, *own):
        """(status, headers, body, number of queries), without what only repeats the address."""
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(address)
        told = f"{sorted(response.items())}{response.text}"
        for word in own:
            told = told.replace(word, "")
        return response.status_code, told.replace(response.headers.get("X-Request-ID", ""), ""), len(queries)

    def assert_the_same(self, addresses, nowhere):
        """`addresses`: {kind of story: (address, its own words)}"""
        self.answered(*nowhere)  # what a process asks once
        expected = self.answered(*nowhere)
        for kind, (address, *own) in addresses.items():
            with self.subTest(kind=kind, address=address):
                self.assertEqual(self.answered(address, *own), expected)
                self.assertEqual(expected[0], 404)

    def test_at_every_address_of_it(self):
        for path in PATHS:
            there = {kind: (f"/2023/11/02/{story.slug}/{path}", story.slug) for kind, story in self.stories.items()}
            self.assert_the_same(there, (f"/2023/11/02/zulkarnain-9/{path}", "zulkarnain-9"))

    def test_in_the_api(self):
        there = {kind: (f"/api/v1/stories/{story.uid}/", str(story.uid)) for kind, story in self.stories.items()}
        nowhere = str(uuid.uuid4())
        self.assert_the_same(there, (f"/api/v1/stories/{nowhere}/", nowhere))

    def test_in_a_search_for_words_that_only_it_has(self):
        self.assert_words_find_nothing("/search/?q=%s")
        self.assert_words_find_nothing("/api/v1/search/?q=%s")

    def assert_words_find_nothing(self, address):
        nothing = self.answered(address % "quasaritb", "quasaritb")[:2]
        self.assertEqual(self.answered(address % "quasarita", "quasarita")[:2], nothing)
