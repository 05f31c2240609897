"""With 50,000 notes and 50,000 notices the frame, the home, the page of news and a form ask as much as with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Note, Notice
from articles.publishing import told

from ...bulk_rows import insert
from ...plans import plan_of
from .tellings import TellingTest

MANY = 50_000


class ManyNoticesTest(TellingTest):
    def rows(self, count):
        stories = [self.naskah, *(self.draft(f"Naskah {number}") for number in range(3))]
        people = [self.reporter.pk, self.editor.pk, self.chief.pk]
        insert(Notice, (
            {
                "to_id": people[number % 3], "kind": "noted", "story_id": stories[number % 4].pk, "by_id": people[0],
                "at": self.now, "seen_at": None if number % 50 == 0 else self.now, "mail": "digest", "mailed_at": None,
                "assignment_id": None,
            }
            for number in range(count)
        ))  # fmt: skip
        return stories

    def notes(self, stories, count):
        Note.objects.bulk_create(
            Note(story=stories[number % 4], author=self.editor, text=f"Catatan {number}", made_at=self.now)
            for number in range(count)
        )

    def asked(self, address):
        self.client.get(address)
        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(self.client.get(address).status_code, 200)
        return len(asked)

    @pytest.mark.wide
    @pytest.mark.both_databases
    def test_as_few_queries_each_by_an_index(self):
        self.client.force_login(self.chief)
        stories = self.rows(60)
        self.notes(stories, 40)
        pages = ["/admin/", "/admin/told/", "/admin/told/count/", self.address("change", self.naskah)]
        few = [self.asked(page) for page in pages]
        self.rows(MANY)
        self.notes(stories, MANY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.assertEqual([self.asked(page) for page in pages], few)
        self.assertLessEqual(len(told.unseen(self.chief.pk)), told.notices.MOST)
        by_index = {
            "notice_unseen": Notice.objects.filter(to=self.chief.pk, seen_at__isnull=True).order_by("-pk")[:100],
            "note_of_story": Note.objects.filter(story=self.naskah).order_by("-made_at", "-pk")[:200],
        }
        for name, rows in by_index.items():
            self.assertIn(name, plan_of(*rows.query.sql_with_params()))
