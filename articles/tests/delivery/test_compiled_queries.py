"""A prepared queryset gives the rows of the queryset it stands for, whatever it is asked."""

import datetime
import decimal
from unittest import mock

import django
from django.db import connection
from django.db.models.sql import Query
from django.test.utils import CaptureQueriesContext

from articles.database import compiled
from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.models import Photo, Story
from articles.models.story import State

from ..newsroom import PUBLISHED, NewsroomTestCase

SECOND = datetime.timedelta(seconds=1)


class PreparedTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.stories = [cls.story(f"Berita {n}", publish_at=PUBLISHED + n * SECOND) for n in range(4)]

    def test_times_days_keys_and_words(self):
        ask = CompiledQuery(
            lambda at, edition, day, slug: Story.objects.live(at).filter(edition=edition, day=day, slug=slug)
        )
        first, second = self.stories[:2]
        given = {"edition": self.gorontalo.pk, "day": first.day, "slug": second.slug}
        self.assertEqual(ask(at=second.publish_at, **given), [second])
        self.assertEqual(ask(at=first.publish_at, **given), [])
        self.assertEqual(ask(at=second.publish_at, **given | {"slug": "Berita' OR 1=1 --"}), [])

    def test_several_values_one_and_none(self):
        ask = CompiledQuery(
            lambda ids=(), uids=(): Story.objects.filter(pk__in=ids) | Story.objects.filter(uid__in=uids)
        )
        by_id, by_uid, other, _ = self.stories
        self.assertCountEqual(ask(ids=[by_id.pk, other.pk], uids=[by_uid.uid]), [by_id, by_uid, other])
        self.assertEqual(ask(ids=[], uids=[by_uid.uid]), [by_uid])
        self.assertEqual(ask(ids=[], uids=[]), [])

    def test_rows_of_other_tables_come_along(self):
        ask = CompiledQuery(lambda pk: Story.objects.filter(pk=pk).select_related("section", "lead_photo"))
        led = self.story("Berfoto", lead_photo=self.lilin)
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                [story] = ask(pk=led.pk)
                self.assertEqual((story.section, story.lead_photo), (self.dunia, self.lilin))
            self.assertEqual(len(asked), 1)

    def test_an_order_a_slice_and_a_part_of_many(self):
        newest = CompiledQuery(lambda at: Story.objects.live(at).newest().values("pk")[:2])
        at = self.stories[2].publish_at
        found = together({"then": newest.sql(at=at), "before": newest.sql(at=at - SECOND)})
        ids = [story.pk for story in self.stories]
        self.assertEqual(found, {"then": [ids[2], ids[1]], "before": [ids[1], ids[0]]})

    def test_photos_by_their_public_ids(self):
        ask = CompiledQuery(lambda uids=(): Photo.objects.filter(uid__in=uids))
        self.assertEqual(ask(uids=[self.lilin.uid, self.stories[0].uid]), [self.lilin])

    def test_a_value_of_an_enumeration_is_its_value(self):
        self.assertEqual(len(CompiledQuery(lambda state: Story.objects.filter(state=state))(state=State.RELEASED)), 4)

    def test_a_value_that_only_a_field_could_adapt_is_refused(self):
        ask = CompiledQuery(lambda pk: Story.objects.filter(pk=pk))
        for value in (self.stories[0], decimal.Decimal(1), datetime.timedelta(1), [1]):
            with self.subTest(value), self.assertRaisesRegex(TypeError, type(value).__name__):
                ask(pk=value)


class FenceTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        compiled.is_sound.cache_clear()
        self.addCleanup(compiled.is_sound.cache_clear)

    def test_it_was_read_on_this_django(self):
        self.assertTrue(
            django.get_version().startswith(f"{compiled.READ_ON}."),
            f"Django is {django.get_version()}. Read what {compiled.READ_ON} had of Query.clone (does a copy keep "
            "attributes of the instance?), Query.get_compiler, and SQLCompiler.as_sql, execute_sql, results_iter and "
            "get_converters (who calls them, with what?), then change READ_ON in articles/database/compiled.py.",
        )
        self.assertEqual(compiled.check(None), [])

    def test_where_a_copy_of_a_query_has_another_compiler_the_rows_are_the_same_and_a_check_warns(self):
        story = self.story()
        of_day = CompiledQuery(lambda day, states=(): Story.objects.filter(day=day, state__in=states))
        given = {"day": story.day, "states": ["released"]}
        newest = CompiledQuery(lambda pk: Story.objects.filter(pk=pk).values("pk"))
        clone = Query.clone

        def forgetful(query):
            copy = clone(query)
            copy.__dict__.pop("get_compiler", None)
            return copy

        with mock.patch.object(Query, "clone", forgetful):
            self.assertEqual([each.id for each in compiled.check(None)], ["articles.W001"])
            self.assertEqual(of_day(**given), [story])
            self.assertEqual(together({"all": newest.sql(pk=story.pk)}), {"all": [story.pk]})
            self.page("/")

    def test_where_django_calls_it_otherwise_it_is_not_used(self):
        with mock.patch.object(compiled._Compiled, "sql_with", side_effect=TypeError), self.assertLogs("articles"):
            self.assertFalse(compiled.is_sound())
