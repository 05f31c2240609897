"""The page of a running story: its key events, what happened so far, live coverage; and its box below each story."""

import datetime
import json
import re

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Series, Story
from articles.models.label import Label

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
TIMELINE = "/series/perang-rusia-ukraina/"


def box(page):
    """The text of “Sejauh ini”; "" where there is none."""
    found = re.search(r'<section class="so-far".*?</section>', page, re.S)
    return found[0] if found else ""


def marked(page):
    """The headlines that a timeline marks as key events."""
    items = re.findall(r'<li class="timeline-key">(.*?)</li>', page, re.S)
    return [re.search(r"<h3.*?<a[^>]*>(.*?)</a>", item, re.S)[1] for item in items]


class RunningStoryTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.plain = cls.story("Kabar biasa", series=cls.perang)
        cls.urgent = cls.story("Gencatan senjata", series=cls.perang, urgency=3, publish_at=PUBLISHED + DAY)
        cls.told = cls.story(
            "Kapal kembali melintas", series=cls.perang, key_event="Jalur gandum dibuka", publish_at=PUBLISHED + 2 * DAY
        )

    def give(self, **values):
        Series.objects.filter(pk=self.perang.pk).update(**values)

    def test_a_story_is_a_key_event_by_what_the_desk_wrote_or_by_its_urgency(self):
        self.assertEqual(marked(self.page(TIMELINE)), ["Kapal kembali melintas", "Gencatan senjata"])
        self.assertIn("</b> Jalur gandum dibuka</p>", self.page(TIMELINE))

    def test_the_database_and_a_story_agree_on_what_a_key_event_is(self):
        chosen = set(Story.objects.key_events())
        self.assertEqual(chosen, {story for story in Story.objects.all() if story.is_key_event})

    def test_what_happened_so_far_stands_on_the_timeline_and_below_a_story(self):
        self.give(so_far="Kedua pihak berunding.")
        for address in (TIMELINE, self.plain.get_absolute_url()):
            seen = box(self.page(address))
            self.assertIn("Kedua pihak berunding.", seen)
            self.assertIn("Kamis, 19 Oktober 2023, 21.05 WITA", seen)
            self.assertLess(seen.index("Jalur gandum dibuka"), seen.index("Gencatan senjata"))
            self.assertNotIn("Kabar biasa", seen)

    def test_a_key_event_does_not_lead_to_itself(self):
        seen = box(self.page(self.told.get_absolute_url()))
        self.assertIn('<b aria-current="page">Jalur gandum dibuka</b>', seen)

    def test_without_key_events_and_words_there_is_no_box(self):
        Story.objects.update(urgency=5, key_event="")
        for address in (TIMELINE, self.plain.get_absolute_url()):
            self.assertEqual(box(self.page(address)), "")

    def test_what_readers_may_not_see_is_no_event_of_the_box(self):
        for changes in ({"expires_at": PUBLISHED + 3 * DAY}, {"publish_at": LATER, "expires_at": None}):
            Story.objects.filter(pk=self.told.pk).update(**changes)
            for address in (TIMELINE, self.plain.get_absolute_url()):
                self.assertNotIn("Jalur gandum dibuka", self.page(address))

    def test_what_is_unverified_or_paid_for_did_not_happen(self):
        for label in (Label.UNVERIFIED, Label.ADVERTORIAL):
            Story.objects.filter(pk=self.told.pk).update(label=label)
            for address in (TIMELINE, self.plain.get_absolute_url()):
                self.assertNotIn("Jalur gandum dibuka", box(self.page(address)))

    def test_the_feed_names_key_events(self):
        items = json.loads(self.page(f"{TIMELINE}feed/json/"))["items"]
        self.assertEqual(["Peristiwa kunci" in item.get("tags", []) for item in items], [True, True, False])
        self.assertIn("Jalur gandum dibuka", items[0]["content_html"])

    def test_of_many_key_events_the_newest_are_told(self):
        for number in range(6):
            self.story(f"Kabar {number}", series=self.perang, key_event=f"Ke-{number}", publish_at=PUBLISHED + 3 * DAY)
        self.assertEqual(re.findall(r"Ke-\d", box(self.page(TIMELINE))), ["Ke-5", "Ke-4", "Ke-3", "Ke-2", "Ke-1"])


class LiveCoverageTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for hours in (-1, 0, 1, 2):
            cls.story(f"Jam {hours + 1}", series=cls.perang, publish_at=PUBLISHED + hours * HOUR)

    def told(self, page=None):
        """(What the page says of its coverage, what it tells machines of it)."""
        page = page or self.page(TIMELINE)
        said = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
        shown = re.search(r'<p class="coverage">(.*?)</p>', page, re.S)
        return (shown or [""])[0], [one for one in said if one["@type"] == "LiveBlogPosting"]

    def cover(self, start, end=None):
        Series.objects.filter(pk=self.perang.pk).update(coverage_starts_at=start, coverage_ends_at=end)

    def test_a_running_story_is_no_live_blog_by_itself(self):
        self.assertEqual(self.told(), ("", []))

    def test_covered_live_it_says_so_to_readers_and_machines_alike(self):
        self.cover(PUBLISHED, PUBLISHED + HOUR)
        shown, (said,) = self.told()
        self.assertIn("Kamis, 19 Oktober 2023, 21.05 WITA", shown)
        self.assertIn("Kamis, 19 Oktober 2023, 22.05 WITA", shown)
        self.assertEqual(said["coverageStartTime"], "2023-10-19T21:05:00+08:00")
        self.assertEqual(said["coverageEndTime"], "2023-10-19T22:05:00+08:00")
        self.assertEqual([one["headline"] for one in said["liveBlogUpdate"]], ["Jam 2", "Jam 1"])
        self.assertEqual(said["dateModified"], said["liveBlogUpdate"][0]["datePublished"])

    def test_coverage_that_goes_on_has_no_end(self):
        self.cover(PUBLISHED)
        shown, (said,) = self.told()
        self.assertNotIn("sampai", shown)
        self.assertNotIn("coverageEndTime", said)
        self.assertEqual(len(said["liveBlogUpdate"]), 3)

    def test_before_it_starts_nothing_is_said(self):
        self.cover(LATER)
        self.assertEqual(self.told(), ("", []))

    def test_coverage_without_a_story_in_it_is_none(self):
        self.cover(PUBLISHED - 9 * DAY, PUBLISHED - 8 * DAY)
        self.assertEqual(self.told()[1], [])


class SeriesRowTest(NewsroomTestCase):
    def test_what_happened_so_far_is_dated(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Series.objects.create(kicker="Banjir", slug="banjir", so_far="Air surut.")

    def test_coverage_does_not_end_before_it_starts(self):
        self.perang.coverage_starts_at, self.perang.coverage_ends_at = PUBLISHED, PUBLISHED - HOUR
        with self.assertRaises(ValidationError):
            self.perang.validate_constraints()
        with self.assertRaises(IntegrityError), transaction.atomic():
            self.perang.save()
