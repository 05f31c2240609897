"""The home's day runs by the clock of each story's edition; reads are told to those who may see them."""

import datetime

import time_machine
from django.utils import timezone

from articles import publishing
from articles.models import ReadCount, Section
from articles.models.correction import Kind

from .homes import HOUR, MINUTE, HomeTest

NOON = datetime.datetime(2026, 11, 29, 12, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))  # a Sunday


@time_machine.travel(NOON, tick=False)
class DayTest(HomeTest):
    def setUp(self):
        super().setUp()
        self.now = NOON

    def test_what_was_and_what_will_be_with_now_between(self):
        self.story("Pagi", publish_at=NOON - 3 * HOUR)
        self.story("Kemarin", publish_at=NOON - 20 * HOUR)
        self.story("Sore", publish_at=NOON + 3 * HOUR)
        self.story("Embargo", publish_at=NOON - HOUR, embargo_until=NOON + 4 * HOUR)
        self.due(self.begun("Petang, belum siap", standfirst=""), NOON + 5 * HOUR)
        self.due(self.begun("Terlambat"), NOON - HOUR)
        self.story("Lewat tengah malam", publish_at=NOON + 13 * HOUR)
        block = self.home(self.editor)["day"]
        day = block.content
        self.assertEqual(block.title, "Today, Sunday 29 November")
        self.assertEqual([(e.clock, e.story.headline) for e in day.past], [("09.00", "Pagi"), ("11.00", "Terlambat")])
        coming = [("15.00", "Sore"), ("16.00", "Embargo"), ("17.00", "Petang, belum siap")]
        self.assertEqual([(e.clock, e.story.headline) for e in day.coming], coming)
        self.assertEqual(day.now, "12.00")
        for word in ("late", "blocked", "embargo", "scheduled", "live"):
            self.assertContains(self.answer, f">{word}</span>")

    def test_a_story_of_another_zone_has_the_day_and_clock_of_its_own(self):
        papua = self.edition(name="TribunPapua.com", slug="papua", host="papua.localhost", time_zone="Asia/Jayapura")
        kota = Section.objects.create(edition=papua, name="Kota", slug="kota")
        self.story("Di Papua", edition=papua, section=kota, publish_at=NOON + 3 * HOUR)
        self.story("Di Papua sudah Senin", edition=papua, section=kota, publish_at=NOON + 11 * HOUR + 30 * MINUTE)
        day = self.home(self.somebody("admin"))["day"].content
        self.assertEqual([(e.clock, e.zone, e.story.headline) for e in day.coming], [("16.00", "WIT", "Di Papua")])


class ReadsTest(HomeTest):
    def setUp(self):
        super().setUp()
        self.live = publishing.release(self.begun("Jembatan Bone"), None, self.now - HOUR)
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        for ago, reads in enumerate([1_200, 300, 20]):
            ReadCount.objects.create(story=self.live, hour=hour - ago * HOUR, reads=reads)

    def test_an_editor_sees_reads_and_their_hours(self):
        home = self.home(self.editor)
        self.assertEqual([line.reads_told for line in home["released"].content], ["1,520 reads"])
        [line] = home["most_read"].content
        self.assertEqual(line.reads, 1_520)
        self.assertEqual([bar.height for bar in line.chart.bars][-3:], [1, 6, 24])
        self.assertIn("20, 300, 1200", line.chart.told)
        self.assertContains(self.answer, '<rect x="77" y="0" width="5" height="24" />')

    def test_a_reporter_sees_no_reads(self):
        home = self.home(self.reporter)
        self.assertEqual([line.reads for line in home["released"].content], [0])
        self.assertNotIn("most_read", home)
        self.assertNotContains(self.answer, "1,520")

    def test_reads_of_another_edition_are_nobody_else_s(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        of_jogja = self.somebody("chief", name="jogja", edition=jogja)
        self.assertNotIn("most_read", self.home(of_jogja))
        self.assertNotContains(self.answer, "Jembatan Bone")

    def test_without_reads_there_is_no_list(self):
        ReadCount.objects.all().delete()
        self.assertNotIn("most_read", self.home(self.editor))

    def test_what_was_corrected_is_marked(self):
        publishing.correct(self.live, None, timezone.now(), Kind.CORRECTION, "Bukan 82.")
        [line] = self.home(self.editor)["released"].content
        self.assertTrue(line.is_corrected)
        self.assertContains(self.answer, "corrected")
