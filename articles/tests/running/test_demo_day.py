"""The demo's newsroom looks as if its desk had just been at work, on whatever day somebody tries it."""

import datetime
import io

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse

from articles import publishing
from articles.management import demo_day
from articles.management.commands.demo import make_accounts
from articles.models import Correction, Edition, ReadCount, Revision, Series, Story

from ..newsroom import SEED_PATH

pytestmark = pytest.mark.both_databases

MINUTE = datetime.timedelta(minutes=1)


def released():
    return list(Story.objects.filter(state="released").select_related("edition", "series", "lead_photo"))


def doubted(stories):
    """What the desk doubts about dates and days in stories, each on the day on which it went out."""
    return {
        (story.uid, doubt.kind)
        for story in stories
        for doubt in publishing.doubts(story, story.live_from)
        if doubt.kind in ("weekday", "date", "day_number")
    }


class OnADay:
    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(time_machine.travel(cls.now, tick=False))
        call_command("loaddata", "newsroom", verbosity=0)
        cls.doubted = doubted(released())
        cls.corrected = cls.corrections()
        demo_day.move(cls.now)
        make_accounts("sandi-percobaan", renew=False)
        user = get_user_model().objects
        demo_day.work(cls.now, user.get(username="reporter"), user.get(username="chief"))

    @staticmethod
    def corrections():
        """How long after its story each came."""
        return {c.uid: c.at - c.story.first_published_at for c in Correction.objects.select_related("story")}

    def test_no_story_was_changed_in_the_future(self):
        self.assertFalse(Story.objects.filter(changed_at__gt=self.now).exists())

    def test_the_newest_story_of_each_edition_is_minutes_old_and_the_seed_story_stays(self):
        for edition in Edition.objects.all():
            first, second, *_others = Story.objects.live(self.now).filter(edition=edition).newest()
            self.assertLess(self.now - first.live_from, 60 * MINUTE, edition)
            self.assertLess(self.now - second.live_from, datetime.timedelta(days=5), edition)
        self.assertEqual(self.client.get(SEED_PATH, headers={"host": "gorontalo.localhost"}).status_code, 200)
        self.assertTrue(Story.objects.filter(live_from__lt=self.now - datetime.timedelta(days=14)).count() > 5)

    def test_no_date_in_a_text_becomes_false(self):
        self.assertEqual(doubted(released()) - self.doubted, set())
        bridge = Series.objects.get(slug="perbaikan-jembatan-bone")
        story = Story.objects.get(headline__contains="Jembatan Bone Hari Ke-83")
        self.assertEqual(bridge.day_number(story.day), 83)

    def test_all_that_hangs_on_a_story_moves_with_it(self):
        self.assertEqual(self.corrections(), self.corrected)
        self.assertFalse(Correction.objects.filter(at__gt=self.now).exists())
        for story in released():
            self.assertEqual(story.day, story.edition.day(story.first_published_at), story)
            self.assertLessEqual(story.first_published_at, story.live_from)
        for count in ReadCount.objects.select_related("story"):
            self.assertGreater(count.hour, count.story.live_from - 60 * MINUTE)
        self.assertTrue(ReadCount.objects.filter(hour__gt=self.now - 60 * MINUTE).exists())

    def test_the_agenda_has_rows_of_today(self):
        self.client.force_login(get_user_model().objects.get(username="chief"))
        page = self.client.get(reverse("admin:articles_story_agenda"), headers={"host": "gorontalo.localhost"})
        entries = page.context["days"][0][2]
        today = {entry.what for entry in entries if entry.day == entry.story.edition.day(self.now)}
        self.assertLessEqual({"tayang", "tenggat", "perubahan keluar"}, today)
        self.assertEqual(Story.objects.filter(state="submitted").count(), 1)
        call_command("check_revisions", stdout=io.StringIO())
        self.assertFalse(Revision.objects.filter(at__gt=self.now).exists())

    def test_the_change_that_waits_goes_out_in_its_hour(self):
        publishing.apply_due(self.now + datetime.timedelta(hours=4))
        self.assertTrue(Revision.objects.filter(move="went_out").exists())


@pytest.mark.wide
class OnSundayTest(OnADay, TestCase):
    now = datetime.datetime(2026, 11, 28, 19, 47, tzinfo=datetime.UTC)


@pytest.mark.wide
class JustBeforeMidnightTest(OnADay, TestCase):
    now = datetime.datetime(2026, 12, 31, 15, 30, tzinfo=datetime.UTC)  # 23.30 in Gorontalo, tomorrow in Papua


@pytest.mark.wide
class OnALeapDayTest(OnADay, TestCase):
    now = datetime.datetime(2028, 2, 29, 1, 15, tzinfo=datetime.UTC)
