"""The cards of a page are read by their keys, however large the archive is."""

import unittest

from django.db import connection
from django.utils import timezone

from articles.listings import rails

from ..newsroom import NewsroomTestCase


@unittest.skipUnless(connection.vendor == "sqlite", "PostgreSQL has statistics, by which it chooses")
class CardsPlanTest(NewsroomTestCase):
    def plan(self, ids, uids):
        sql, values = rails._cards.sql(at=timezone.now(), ids=ids, uids=uids)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            return "\n".join(row[-1] for row in cursor.fetchall())

    def test_no_page_reads_all_stories_of_a_state_for_a_few_cards(self):
        stories = [self.story(f"Kabar {number}", credited=False) for number in range(40)]
        ids, uids = [story.pk for story in stories], [story.uid for story in stories]
        for few in ((ids[:3], []), (ids, []), (ids[:14], uids[:3]), ([], uids[:3]), (ids, uids)):
            plan = self.plan(*few)
            for slow in ("story_changed", "SCAN articles_story", "story_by_time"):
                self.assertNotIn(slow, plan, few)
