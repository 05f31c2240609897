"""Whoever opens a page of the desk is in nobody's way: reading takes no write lock."""

import datetime
import sqlite3
from contextlib import closing
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import publishing
from articles.models import Revision, Story
from articles.text import html_in

from ..cases import ROLES, DeskTest
from ..databases import database_in_a_file
from ..newsroom import LATER, PUBLISHED, make_photo
from ..posting import form_of

# What begins a transaction, which is a savepoint within a test's own, and what writes.
LOCKS = ("SAVEPOINT", "BEGIN", "INSERT", "UPDATE", "DELETE")


@pytest.mark.wide
class LockTest(DeskTest):
    def locks(self, address):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = self.client.get(address)
        locks = [query["sql"] for query in asked if query["sql"].startswith(LOCKS) or "FOR UPDATE" in query["sql"]]
        return response, locks

    def pages(self, story):
        """Every address that a role's own pages lead to, and those of the story."""
        index = self.client.get("/admin/")
        models = [model for app in index.context["available_apps"] for model in app["models"]]
        lists = [address for model in models for address in (model["admin_url"], model["add_url"]) if address]
        moves = [self.move(name, story) for name in ("return", "correct", "withdraw", "call-off")]
        of_story = [
            reverse(f"admin:articles_story_{name}", args=[story.pk])
            for name in ("change", "preview", "history", "delete")
        ]
        revision = Revision.objects.filter(story=story).first()
        others = [
            reverse("admin:articles_story_agenda"),
            reverse("admin:articles_story_import"),
            reverse("admin:articles_story_front"),
            reverse("admin:articles_story_find"),
            reverse("admin:articles_photo_upload"),
            reverse("admin:articles_photo_change", args=[self.lilin.pk]),
            reverse("admin:articles_person_change", args=[self.nina.pk]),
            reverse("admin:articles_section_change", args=[self.dunia.pk]),
            reverse("admin:articles_revision_change", args=[revision.pk]),
            reverse("admin:articles_revision_bring_back", args=[revision.pk]),
        ]
        return ["/admin/", *lists, *moves, *of_story, *others]

    def test_no_page_takes_it_for_any_role(self):
        story, opened = self.story(lead_photo=make_photo(colour="#123456")), 0
        publishing.record(story, None, PUBLISHED)
        for role in ROLES:
            self.sign_in(role)
            for address in self.pages(story):
                response, locks = self.locks(address)
                self.assertEqual(locks, [], (role, address))
                opened += response.status_code == 200
        self.assertGreater(opened, 100)

    def test_only_a_look_at_a_change_that_waits_takes_it(self):
        story, now = self.story(), PUBLISHED + datetime.timedelta(days=1)
        wanted = {**publishing.snapshot(Story.objects.for_page().get(pk=story.pk)), "headline": "Nanti"}
        publishing.schedule_change(story, None, now, wanted, LATER)
        self.sign_in()
        for page in ("change", "preview"):
            self.assertEqual(self.locks(self.address(page, story))[1], [])
            response, locks = self.locks(f"{self.address(page, story)}?waiting=1")
            self.assertContains(response, "Nanti")
            self.assertTrue(locks)
        story.refresh_from_db()
        self.assertEqual(story.headline, "Perdamaian dirundingkan lagi")


class TextTest(DeskTest):
    def test_a_text_is_cleaned_before_the_lock_is_taken(self):
        story, outside, depths = self.story(), len(connection.savepoint_ids), []
        self.sign_in()
        _address, fields = form_of(self.client.get(self.address("change", story)), "headline")
        sent = fields | {"body": "<div>Satu</div><div>dua</div>"}
        read = html_in.read

        def noted(source):
            depths.append(len(connection.savepoint_ids))
            return read(source)

        with mock.patch.object(html_in, "read", noted):
            self.client.post(self.address("change", story), sent)
        self.assertEqual(Story.objects.get(pk=story.pk).body, "<p>Satu</p><p>dua</p>")
        self.assertEqual(set(depths), {outside})


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time is SQLite's rule")
def test_a_form_opens_while_somebody_else_holds_the_write_lock(transactional_db):
    class Cast(DeskTest):
        pass

    with database_in_a_file():
        Cast.setUpTestData()
        story, client = Cast.story(), Client(headers={"host": Cast.host})
        client.force_login(Cast.somebody("editor"))
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("BEGIN IMMEDIATE")
            for page in ("change", "preview"):
                assert client.get(reverse(f"admin:articles_story_{page}", args=[story.pk])).status_code == 200
            assert client.get(reverse("admin:articles_story_changelist")).status_code == 200
            other.execute("ROLLBACK")
