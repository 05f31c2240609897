"""The list of stories shows the first thousand, whatever the size of the archive, and says that there are more."""

import datetime
import re
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.story import changelist
from articles.desk import bounded
from articles.listings import few, search
from articles.listings.at_desk import at_desk
from articles.listings.search import engines
from articles.models import Story

from ...cases import DeskTest

UNORDERED = r"->\s+Sort|TEMP B-TREE FOR ORDER BY|Seq Scan|SCAN articles_story"
LIST = reverse("admin:articles_story_changelist")


class StoryListTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("editor")
        self.stories = [self.story(f"Pelabuhan {number}", standfirst="Kapal.") for number in range(6)]
        for number, story in enumerate(self.stories):
            changed_at = timezone.now() - datetime.timedelta(hours=number)
            Story.objects.filter(pk=story.pk).update(changed_at=changed_at)

    def listed(self, **asked):
        response = self.client.get(LIST, asked)
        self.assertEqual(response.status_code, 200)
        return [story.headline for story in response.context["cl"].result_list], response

    def show_three(self):
        self.enterContext(mock.patch.object(changelist, "MOST", 3))
        self.enterContext(mock.patch.object(bounded, "MOST", 3))

    def test_the_last_change_stands_first(self):
        headlines, _response = self.listed()
        self.assertEqual(headlines[:6], [story.headline for story in self.stories])

    def test_a_long_list_is_cut_off_and_says_so(self):
        self.show_three()
        headlines, response = self.listed()
        self.assertEqual(headlines, [story.headline for story in self.stories[:3]])
        self.assertContains(response, "lebih dari 3")

    def test_another_order_sorts_the_same_stories(self):
        self.show_three()
        self.assertEqual(self.listed(o="-2")[0], [story.headline for story in reversed(self.stories[:3])])

    def test_older_ones_are_found_by_words(self):
        self.show_three()
        headlines, response = self.listed(q="pelabuhan 5")
        self.assertEqual(headlines, ["Pelabuhan 5"])
        self.assertNotContains(response, "lebih dari")

    def test_a_word_that_very_many_hold_finds_some_and_says_that_there_are_more(self):
        for near in (engines.NEAR, 0, 1):  # those that PostgreSQL looks through first: all, none, three
            mocked = mock.patch.multiple(few, WITH_WORDS=2), mock.patch.object(engines, "NEAR", near)
            with self.subTest(near=near), mocked[0], mocked[1]:
                headlines, response = self.listed(q="pelabuhan")
                self.assertCountEqual(headlines, ["Pelabuhan 4", "Pelabuhan 5"])
                self.assertContains(response, "lebih dari 2")

    def test_among_the_days_that_were_chosen_such_a_word_finds_all(self):
        day = timezone.localtime(self.stories[0].live_from).date()
        days = {"publish_at__year": day.year, "publish_at__month": day.month, "publish_at__day": day.day}
        with mock.patch.object(few, "WITH_WORDS", 2):
            self.assertEqual(len(self.listed(q="pelabuhan", **days)[0]), 6)

    def test_the_number_of_queries_does_not_grow_with_the_stories(self):
        self.listed()
        with CaptureQueriesContext(connection) as before:
            self.listed()
        for number in range(20):
            self.story(f"Kabar {number}")
        with self.assertNumQueries(len(before)):
            self.listed()


class PlanTest(DeskTest):
    def plan(self, having=r"UNION ALL|live_from", **asked):
        """How the database answers `at_desk` for an editor of Gorontalo."""
        user = get_user_model().objects.first() or self.somebody("editor")
        with CaptureQueriesContext(connection) as asked_for:
            at_desk(user, **asked)
        sql = next(one["sql"] for one in asked_for if re.search(having, one["sql"]))
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # with so few rows it would read all of them
                cursor.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
                )
            cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}")
            return "\n".join(str(row[-1]) for row in cursor.fetchall())

    def test_lists_by_change_read_an_index_in_its_order(self):
        for condition in (Q(), Q(state="submitted") | Q(state="draft")):
            plan = self.plan(condition=condition)
            self.assertIn("story_changed", plan)
            self.assertNotRegex(plan, UNORDERED)

    def test_what_is_found_by_words_is_read_by_its_key(self):
        self.story("Pelabuhan")
        plan = self.plan("json_each|::bigint", condition=search.holding("pelabuhan"))
        self.assertIn("story_by_key" if connection.vendor == "sqlite" else "Index", plan)
        self.assertNotRegex(plan, r"Seq Scan on articles_story|SCAN articles_story\b")

    def test_lists_by_time_read_an_index_in_its_order(self):
        plan = self.plan(condition=Q(state="released"), order=("-live_from", "-pk"))
        # Of few rows, PostgreSQL takes the index of all editions for as cheap.
        self.assertRegex(plan, "story_by_edition" if connection.vendor == "sqlite" else "story_by_(edition|time)")
        self.assertNotRegex(plan, UNORDERED)


class AgendaTest(DeskTest):
    def test_the_number_of_queries_does_not_grow_with_the_entries(self):
        self.sign_in("editor")
        agenda = reverse("admin:articles_story_agenda")
        counts = []
        for number in range(1, 8):
            self.story(f"Besok {number}", publish_at=timezone.now() + datetime.timedelta(hours=number))
            with CaptureQueriesContext(connection) as queries:
                response = self.client.get(agenda)
            self.assertContains(response, f"Besok {number}")
            counts.append(len(queries))
        self.assertEqual(counts[1], counts[-1])
