"""A doubt holds a story up until a person overrules it; what a released story needs stays with it."""

import datetime

import pytest
from django.utils.translation import override

from articles import publishing
from articles.models import Edition, Revision, Series, Story

from ..cases import DeskTest
from ..newsroom import PUBLISHED, NewsroomTestCase

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


class DoubtTest(NewsroomTestCase):
    NAMES = "<p>Kata warga Ukraina. Di sana Ukraina menang. Lalu Ukraina kalah. Tentara Ukaina mundur.</p>"
    DOUBTED = {
        "weekday": ({"body": "<p>Terjadi pada Rabu (19/10/2023).</p>"}, "weekday:Rabu (19/10/2023)"),
        "date": ({"standfirst": "Terjadi pada 30 Februari 2023."}, "date:30 Februari 2023"),
        "name": ({"body": NAMES}, "name:Ukaina"),
        "photo": ({"lead_photo": None}, "photo:"),
        "day number": ({"headline": "Perang Hari Ke-604", "slug": "perang"}, "day_number:Hari Ke-604"),
    }

    def doubted(self, story, acknowledged=()):
        with self.assertRaises(publishing.Doubtful, msg="A doubt did not stop the story") as caught:
            publishing.release(story, None, PUBLISHED, acknowledged)
        return {doubt.key for doubt in caught.exception.doubts}

    @pytest.mark.wide
    def test_each_stops_a_release_until_it_is_overruled_which_is_logged(self):
        for kind, (changes, key) in self.DOUBTED.items():
            story = self.draft(series=self.perang, **{"slug": f"s-{kind.replace(' ', '-')}", **changes})
            with self.subTest(kind), override("en"):
                (message,) = [doubt.message for doubt in publishing.doubts(story, PUBLISHED)]
                self.assertEqual(self.doubted(story), {key})
                self.assertFalse(Revision.objects.filter(story=story).exists())
                publishing.release(story, None, PUBLISHED, [key])
                self.assertEqual(Revision.objects.get(story=story, number=2).note, f"Overruled: {message}")

    def test_one_that_is_not_named_still_stops(self):
        story = self.draft(lead_photo=None, body=self.NAMES)
        self.assertEqual(self.doubted(story, ["photo:"]), {"photo:", "name:Ukaina"})
        self.doubted(story, ["photo:", "name:Ukraina"])
        publishing.release(story, None, PUBLISHED, ["photo:", "name:Ukaina"])

    def test_what_is_not_doubted_is_not_logged_as_overruled(self):
        publishing.release(self.draft(), None, PUBLISHED, ["photo:", "name:Ukaina"])
        self.assertEqual(Revision.objects.get(move="released").note, "")

    def test_the_day_number_is_that_of_the_hour_it_goes_live(self):
        late = PUBLISHED.replace(hour=23, minute=30)
        for told, changes, at, is_right in (
            ("released at once", {}, PUBLISHED, True),
            ("an hour later, past midnight", {}, late + HOUR, False),
            ("its hour is tomorrow", {"publish_at": PUBLISHED + DAY}, PUBLISHED, False),
            ("its embargo ends tomorrow", {"embargo_until": PUBLISHED + DAY}, PUBLISHED, False),
            ("its hour passed yesterday", {"publish_at": PUBLISHED - DAY}, PUBLISHED, True),
        ):
            story = self.draft("Hari Ke-603", series=self.perang)
            Story.objects.filter(pk=story.pk).update(**changes)
            story.refresh_from_db()
            with self.subTest(told):
                self.assertEqual(not publishing.doubts(story, at), is_right, told)

    def test_the_zone_of_the_edition_counts(self):
        at = datetime.datetime(2023, 10, 19, 16, 30, tzinfo=datetime.UTC)  # 23.30 WIB, 00.30 WITA
        Series.objects.update(day_one=datetime.date(2022, 2, 24))
        for zone, headline in (("Asia/Jakarta", "Hari Ke-603"), ("Asia/Makassar", "Hari Ke-604")):
            Edition.objects.update(time_zone=zone)
            story = Story.objects.get(pk=self.draft(headline, series=self.perang).pk)
            self.assertEqual(publishing.doubts(story, at), [], f"{headline} is right in {zone}")


class ReleasedStoryKeepsThemTest(DeskTest):
    """Through the form of the admin, as a browser posts it."""

    def kept(self, story, told, status=200, **changes):
        """The change is refused with `told`, nothing is stored, and what was typed stands in the form."""
        before = Story.objects.filter(pk=story.pk).values().get()
        credited = list(story.credits.values_list("person", "role"))
        with override("id"):
            response = self.post(story, status=status, **changes)
        self.assertIn(told, str(response.context["adminform"].form.errors))
        self.assertEqual(Story.objects.filter(pk=story.pk).values().get(), before, "A refused change was stored")
        self.assertEqual(list(story.credits.values_list("person", "role")), credited, "A refused change was stored")
        self.assertFalse(story.revisions.exists(), "A refused change left a revision")
        for value in changes.values():
            self.assertIn(str(value), response.text, "What was typed is lost")

    @pytest.mark.wide
    def test_a_change_that_would_break_one_is_refused_and_what_was_typed_comes_back(self):
        self.sign_in()
        for standing, publish_at in (("live", PUBLISHED), ("scheduled", PUBLISHED.replace(year=2099))):
            story = self.story(publish_at=publish_at, lead_photo=self.lilin)
            with self.subTest(standing):
                self.kept(story, "Selesaikan", standfirst="Sebanyak XXX orang terketik")
                self.kept(story, "kecerdasan buatan", is_made_with_ai="on", kicker="Terketik")

    @pytest.mark.wide
    def test_so_is_taking_away_the_last_author(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.kept(story, "penulis", **{"credits-0-DELETE": "on", "kicker": "Terketik"})

    def test_a_sound_change_is_stored_and_recorded(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Ringkasan yang lebih baik.")
        self.assertEqual(story.standfirst, "Ringkasan yang lebih baik.")
        self.assertEqual(story.revisions.get(number=2).snapshot["standfirst"], story.standfirst)

    def test_a_draft_may_lack_anything(self):
        story = self.draft(lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Sebanyak XXX orang")
        self.assertEqual(story.standfirst, "Sebanyak XXX orang")

    @pytest.mark.wide
    def test_an_overruled_doubt_is_logged_and_one_that_nobody_ticked_stops(self):
        story = self.draft("Perang Hari Ke-1", series=self.perang, slug="perang", lead_photo=None)
        self.sign_in("chief")
        self.post(story, status=200, _release="", acknowledged=["photo:"])
        self.assertEqual(story.state, "draft")
        self.post(story, _release="", acknowledged=["photo:", "day_number:Hari Ke-1"])
        self.assertEqual(story.state, "released")
        note = story.revisions.get(move="released").note
        self.assertEqual(note.count("Dikesampingkan:"), 2, note)

    @pytest.mark.wide
    def test_a_slip_of_the_pen_is_not_told_to_readers_and_another_change_is(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Ringkasan berita!", is_minor="on")
        self.assertIsNone(story.updated_at, "A slip of the pen is shown as an update")
        self.assertNotIn("Diperbarui", self.page(story.get_absolute_url()))
        self.post(story, standfirst="Ringkasan lain.")
        self.assertIsNotNone(story.updated_at)
        self.assertIn("Diperbarui", self.page(story.get_absolute_url()))

    def test_a_save_that_changes_nothing_is_no_update(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in()
        self.post(story)
        self.assertIsNone(story.updated_at)

    def test_mending_what_readers_do_not_have_yet_is_no_update(self):
        story = self.story(publish_at=PUBLISHED.replace(year=2099), lead_photo=self.lilin)
        self.sign_in()
        self.post(story, standfirst="Ringkasan lain.")
        self.assertIsNone(story.updated_at)
