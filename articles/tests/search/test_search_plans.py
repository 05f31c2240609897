"""What a question reads is bounded: the newest stories of a range of an index, and no more of them than are ranked."""

from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.listings.search import candidates, engines, question

from ..newsroom import PUBLISHED, NewsroomTestCase
from ..plans import plans

pytestmark = pytest.mark.both_databases

READ = 'AS "live_from" FROM "articles_story"'


class SearchPlansTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for number in range(6):
            cls.story(f"Pasar {number}", publish_at=PUBLISHED, credited=False)

    def plans(self, query, most):
        """How the database finds the stories of a question; `most`: how many are ranked."""
        with mock.patch.multiple(candidates, MOST=most, FEW=0, LOOKED_THROUGH=4):
            return plans(self, f"/search/?{query}", READ).values()

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="of so few stories PostgreSQL reads all")
    def test_the_newest_are_read_backwards_in_time(self):
        for query, index in (
            ("q=pasar", "story_by_edition (edition_id=? AND live_from<?)"),
            ("q=pasar&since=2023-10-01", "story_by_edition (edition_id=? AND live_from>? AND live_from<?)"),
            ("q=pasar&until=2023-10-30", "story_by_edition (edition_id=? AND live_from<?)"),
        ):
            for plan in self.plans(query, most=3):
                self.assertIn(index, plan, query)
                self.assertNotIn("TEMP B-TREE", plan, query)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL begins with the words")
    def test_a_few_are_looked_up_in_an_index_before_their_rows_are_read(self):
        [plan] = self.plans("q=pasar", most=100)
        self.assertIn("INDEX story_by_key (id=?", plan)

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite jumps to the first of the stories")
    def test_of_a_frequent_word_only_the_stories_near_the_newest_are_read(self):
        with mock.patch.object(engines, "read") as read:
            engines.held(question.read("pasar").terms, (), range(1, 2 * engines.ONE_BY_ONE))
        sql, values = read.call_args.args
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            cursor.execute(f"EXPLAIN {sql}", values)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        self.assertRegex(plan, r"articles_story_blocks.*\n *Index Cond: \(\(search @@ .* AND \(ARRAY")

    def test_a_frequent_word_and_a_seldom_one_are_looked_up_by_different_ways_to_the_same_stories(self):
        found = []
        for are_few, through in ((True, 9), (False, 9), (False, 4)):  # by keys, of the newest, back in time
            with (
                mock.patch.object(candidates, "LOOKED_THROUGH", through),
                mock.patch.object(engines, "are_few", return_value=are_few),
            ):
                response = self.client.get("/search/?q=pasar+-lima&since=2023-10-01")
                found.append([story.pk for story in response.context["stories"]])
        self.assertEqual(len(found[0]), 6)
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])

    def test_days_bound_the_time_that_is_read(self):
        """A day alone would be looked up in every story of the edition."""
        with CaptureQueriesContext(connection) as asked:
            self.client.get("/search/?q=pasar&since=2023-10-01&until=2023-10-30")
        [sql] = [each["sql"] for each in asked if READ in each["sql"]]
        self.assertIn("2023-09-30", sql)
        self.assertIn("2023-10-31", sql)

    def test_a_story_of_the_first_or_the_last_hour_of_a_day_is_within_it(self):
        for hour, minute in ((0, 0), (23, 59)):
            self.story("Kapal", slug=f"k{hour}", publish_at=PUBLISHED.replace(hour=hour, minute=minute))
        response = self.client.get("/search/?q=kapal&since=2023-10-19&until=2023-10-19")
        self.assertEqual(len(response.context["stories"]), 2)
