"""A prepared queryset gives the rows of the queryset it stands for, whatever it is asked."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Photo, Story
from articles.prepared import Prepared
from articles.ranges import together

from .newsroom import PUBLISHED, NewsroomTestCase

SECOND = datetime.timedelta(seconds=1)


class PreparedTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.stories = [cls.story(f"Berita {n}", publish_at=PUBLISHED + n * SECOND) for n in range(4)]

    def test_times_days_keys_and_words(self):
        ask = Prepared(
            lambda at, edition, day, slug: Story.objects.live(at).filter(edition=edition, day=day, slug=slug)
        )
        first, second = self.stories[:2]
        given = {"edition": self.gorontalo.pk, "day": first.day, "slug": second.slug}
        self.assertEqual(ask(at=second.publish_at, **given), [second])
        self.assertEqual(ask(at=first.publish_at, **given), [])
        self.assertEqual(ask(at=second.publish_at, **given | {"slug": "Berita' OR 1=1 --"}), [])

    def test_several_values_one_and_none(self):
        ask = Prepared(lambda ids=(), uids=(): Story.objects.filter(pk__in=ids) | Story.objects.filter(uid__in=uids))
        by_id, by_uid, other, _ = self.stories
        self.assertCountEqual(ask(ids=[by_id.pk, other.pk], uids=[by_uid.uid]), [by_id, by_uid, other])
        self.assertEqual(ask(ids=[], uids=[by_uid.uid]), [by_uid])
        self.assertEqual(ask(ids=[], uids=[]), [])

    def test_rows_of_other_tables_come_along(self):
        ask = Prepared(lambda pk: Story.objects.filter(pk=pk).select_related("section", "lead_photo"))
        led = self.story("Berfoto", lead_photo=self.lilin)
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                [story] = ask(pk=led.pk)
                self.assertEqual((story.section, story.lead_photo), (self.dunia, self.lilin))
            self.assertEqual(len(asked), 1)

    def test_an_order_a_slice_and_a_part_of_many(self):
        newest = Prepared(lambda at: Story.objects.live(at).newest().values("pk")[:2])
        at = self.stories[2].publish_at
        found = together({"then": newest.sql(at=at), "before": newest.sql(at=at - SECOND)})
        ids = [story.pk for story in self.stories]
        self.assertEqual(found, {"then": [ids[2], ids[1]], "before": [ids[1], ids[0]]})

    def test_photos_by_their_public_ids(self):
        ask = Prepared(lambda uids=(): Photo.objects.filter(uid__in=uids))
        self.assertEqual(ask(uids=[self.lilin.uid, self.stories[0].uid]), [self.lilin])
