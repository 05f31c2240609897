"""On SQLite, which knows no sizes, what starts from few rows does not begin with the stories of an edition."""

from unittest import skipUnless

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import permissions
from articles.admin.home import reads
from articles.admin.story.agenda import entries as agenda
from articles.models import ReadCount

from ...newsroom import make_photo
from .homes import DAY, HomeTest


@skipUnless(connection.vendor == "sqlite", "PostgreSQL plans by how many rows there are, and here are few")
class HomePlansTest(HomeTest):
    def setUp(self):
        super().setUp()
        self.shown = self.story("Memakai", lead_photo=make_photo(rights_end_at=self.now + 3 * DAY, colour="#111213"))

    def assert_not_by_edition(self, ask):
        permissions.memberships(self.editor)  # those read the sections of an edition
        with CaptureQueriesContext(connection) as asked:
            found = ask()
        with connection.cursor() as cursor:
            for one in asked:
                if one["sql"].startswith("SELECT"):
                    cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
                    plan = "\n".join(row[-1] for row in cursor.fetchall())
                    self.assertNotIn("story_by_edition", plan, one["sql"])
                    self.assertNotIn("edition_id=", plan, one["sql"])
                    self.assertNotIn("SCAN articles_readcount", plan, one["sql"])
        return found

    def test_the_agenda_finds_the_stories_of_a_photo_by_their_keys(self):
        entries = self.assert_not_by_edition(lambda: list(agenda._ending_rights(self.editor, self.now)))
        self.assertEqual([entry.story for entry in entries], [self.shown])

    def test_the_most_read_stories_are_found_by_the_hour(self):
        ReadCount.objects.create(story=self.shown, hour=reads.since(self.now), reads=3)
        top, _hours = self.assert_not_by_edition(lambda: reads.most_read(self.editor, self.now))
        self.assertEqual(top, [(self.shown.pk, 3)])
