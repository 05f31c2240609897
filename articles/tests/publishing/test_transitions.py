"""The table of transitions: from each state, each is made or refused with a reason, and the log tells which."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from articles import publishing
from articles.models import Correction, Person, Revision, Story
from articles.models.story import Standing, State

from ..moves import FIT, LOGGED, STARTS, broken
from ..newsroom import PUBLISHED, NewsroomTestCase

HOUR = datetime.timedelta(hours=1)
NOW = PUBLISHED + HOUR

MOVES = {
    "submit": lambda story, by: publishing.submit(story, by, NOW),
    "take_back": lambda story, by: publishing.take_back(story, by, NOW),
    "return": lambda story, by: publishing.return_to_writer(story, by, NOW, "Tambah tanggapan."),
    "approve": lambda story, by: publishing.approve(story, by, NOW),
    "release": lambda story, by: publishing.release(story, by, NOW),
    "reschedule": lambda story, by: publishing.reschedule(story, by, NOW, NOW + 9 * HOUR),
    "correct": lambda story, by: publishing.correct(story, by, NOW, "erratum", "Yang benar."),
    "withdraw": lambda story, by: publishing.withdraw(story, by, NOW, "trauma"),
}
IN_TIME = {"reschedule", "correct", "withdraw"}  # of a released story, but for its time
TIMES = {
    Standing.SCHEDULED: {"publish_at": NOW + HOUR},
    Standing.EMBARGOED: {"embargo_until": NOW + HOUR},
    Standing.LIVE: {},
    Standing.EXPIRED: {"expires_at": PUBLISHED + HOUR / 2},
}


class StandingCase(NewsroomTestCase):
    def standing(self, standing):
        """A story that stands so at NOW, with all that a release needs."""
        headline = f"Naskah {standing} {Story.objects.count()}"
        if standing in TIMES:
            return self.story(headline, lead_photo=self.lilin, **TIMES[standing])
        return self.story(headline, lead_photo=self.lilin, state=State(standing), publish_at=None)


class TableTest(StandingCase):
    def test_the_stories_of_this_test_stand_where_it_says(self):
        for standing in STARTS:
            self.assertEqual(self.standing(standing).standing(NOW), standing)
        self.assertEqual(set(STARTS), set(Standing))

    def test_no_move_is_left_out(self):
        self.assertEqual(set(MOVES), set(publishing.TRANSITIONS) | {"reschedule"})

    @pytest.mark.wide
    def test_each_move_is_made_where_it_may_start_and_is_logged_once(self):
        for standing, names in STARTS.items():
            for name in names:
                story = self.standing(standing)
                with self.subTest(standing=standing, move=name):
                    MOVES[name](story, None)
                    story.refresh_from_db()
                    self.assertEqual((story.state, story.version), (FIT[name], 2))
                    loaded, revision = story.revisions.order_by("number")
                    self.assertEqual((loaded.move, loaded.by), ("loaded", None))
                    self.assertEqual((revision.move, revision.at), (LOGGED.get(name, FIT[name]), NOW))
                    self.assertEqual(revision.snapshot["state"], story.state)

    def test_every_other_is_refused_in_a_sentence_and_changes_nothing(self):
        for standing, names in STARTS.items():
            for name in MOVES.keys() - names:
                story = self.standing(standing)
                before = Story.objects.filter(pk=story.pk).values().get()
                with self.subTest(standing=standing, move=name), override("en"):
                    with self.assertRaises(publishing.Refused) as caught:
                        MOVES[name](story, None)
                    (reason,) = caught.exception.reasons
                    self.assertRegex(reason, r"^[A-Z].{20,}\.$", "This is no sentence to act on")
                    if standing not in TIMES or name not in IN_TIME:
                        self.assertIn(f"The story is {State(story.state).label}: from there", reason)
                    self.assertEqual(Story.objects.filter(pk=story.pk).values().get(), before)
                    self.assertFalse(Revision.objects.filter(story=story).exists(), "A refused move is logged")
                    self.assertFalse(Correction.objects.filter(story=story).exists())

    def test_the_reason_names_the_state_and_the_move_in_the_language_of_who_tried(self):
        for language, words in (("en", ("submitted", "withdrawn")), ("id", ("diserahkan", "ditarik"))):
            with override(language), self.assertRaises(publishing.Refused) as caught:
                MOVES["withdraw"](self.standing(Standing.SUBMITTED), None)
            for word in words:
                self.assertIn(word, str(caught.exception), language)

    def test_a_time_that_has_passed_or_lies_after_the_end_is_refused(self):
        story = self.standing(Standing.SCHEDULED)
        Story.objects.filter(pk=story.pk).update(expires_at=NOW + 2 * HOUR)
        for publish_at in (NOW - HOUR, NOW, NOW + 2 * HOUR, NOW + 3 * HOUR):
            with self.subTest(publish_at), self.assertRaises(publishing.Refused):
                publishing.reschedule(story, None, NOW, publish_at)
        self.assertEqual(publishing.reschedule(story, None, NOW, NOW + HOUR / 2).day, PUBLISHED.date())


class WhoTest(StandingCase):
    def test_a_role_that_may_not_is_told_so_and_changes_nothing(self):
        nobody = {role: self.somebody(role) for role in ("reporter", "photo")}
        for standing, names in STARTS.items():
            for name in names:
                for role, user in nobody.items():
                    story = self.standing(standing)
                    with self.subTest(standing=standing, move=name, role=role):
                        with self.assertRaisesRegex(PermissionDenied, "Peran Anda"), override("id"):
                            MOVES[name](story, user)
                        self.assertFalse(Revision.objects.filter(story=story).exists())

    def test_by_hand_twice_the_second_is_told_why_not(self):
        story = self.story()
        self.client.force_login(self.somebody("editor"))
        address = reverse("admin:articles_story_move", args=[story.pk, "withdraw"])
        self.client.post(address, {"_ask": "", "reason": "trauma"})
        again = self.client.post(address, {"_ask": "", "reason": "child"})
        self.assertContains(again, "ditarik")
        self.assertEqual([told.reason for told in Correction.objects.all()], ["trauma"])


class ReturnTest(StandingCase):
    def test_it_needs_a_reason(self):
        for note in ("", " \n"):
            story = self.standing(Standing.SUBMITTED)
            with self.assertRaises(publishing.Refused) as caught, override("en"):
                publishing.return_to_writer(story, None, NOW, note)
            self.assertIn("what to mend", str(caught.exception))
            self.assertFalse(story.revisions.exists())

    def test_the_reporter_sees_it_and_may_hand_the_story_in_again(self):
        reporter, editor = self.somebody("reporter"), self.somebody("editor")
        story = self.draft()
        publishing.record(story, reporter, PUBLISHED)
        publishing.submit(story, reporter, PUBLISHED)
        self.client.force_login(reporter)
        form = reverse("admin:articles_story_change", args=[story.pk])
        publishing.return_to_writer(story, editor, NOW, "Tambah tanggapan wali kota.")
        self.assertIn("Tambah tanggapan wali kota.", self.page(form))
        publishing.submit(story, reporter, NOW + HOUR)
        self.assertNotIn("Tambah tanggapan wali kota.", self.page(form), "A reason that was answered is still shown")


class FourEyesTest(StandingCase):
    def setUp(self):
        super().setUp()
        self.reporter, self.editor, self.other, self.chief = (
            self.somebody(role, name)
            for role, name in (("reporter", ""), ("editor", ""), ("editor", "lain"), ("chief", ""))
        )

    def written(self, *hands):
        story = self.draft()
        for user in hands:
            publishing.record(story, user, PUBLISHED)
        return story

    def refused(self, name, story, user):
        count = story.revisions.count()
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            MOVES[name](story, user)
        self.assertIn("Nobody else", str(caught.exception))
        story.refresh_from_db()
        self.assertEqual((story.state, story.revisions.count()), ("draft", count))

    def test_nobody_approves_or_publishes_what_they_alone_wrote(self):
        for name in ("approve", "release"):
            self.refused(name, self.written(self.editor), self.editor)
            self.refused(name, self.written(self.editor, self.editor), self.editor)

    def test_having_handed_it_in_is_no_second_pair(self):
        story = self.written(self.editor)
        publishing.submit(story, self.editor, PUBLISHED)
        with self.assertRaises(publishing.Refused):
            publishing.release(story, self.editor, NOW)

    def test_nor_is_having_it_handed_in_or_given_back_by_another(self):
        story = self.written(self.editor)
        publishing.submit(story, self.editor, PUBLISHED)
        publishing.return_to_writer(story, self.other, PUBLISHED, "Tambah.")
        with self.assertRaises(publishing.Refused):
            publishing.release(story, self.editor, NOW)

    def test_another_editor_may(self):
        for name in ("approve", "release"):
            self.assertEqual(MOVES[name](self.written(self.editor), self.other).state, FIT[name])

    def test_so_may_whoever_edited_what_a_reporter_wrote(self):
        for name, slug in (("approve", "a"), ("release", "b")):
            story = self.written(self.reporter, self.editor)
            Story.objects.filter(pk=story.pk).update(slug=slug)
            self.assertEqual(MOVES[name](story, self.editor).state, FIT[name])

    def test_so_may_the_writer_once_another_approved(self):
        story = self.written(self.editor)
        publishing.approve(story, self.other, PUBLISHED)
        self.assertEqual(publishing.release(story, self.editor, NOW).state, "released")

    def test_the_chief_may_alone(self):
        self.assertEqual(publishing.release(self.written(self.chief), self.chief, NOW).state, "released")


class ChainTest(StandingCase):
    def walked(self):
        """A story through every move."""
        story = self.draft("Semua langkah")
        Story.objects.filter(pk=story.pk).update(publish_at=NOW + HOUR)
        for name in ("submit", "return", "submit", "approve", "release", "reschedule", "withdraw", "release"):
            MOVES[name](story, None)
        later = NOW + 24 * HOUR
        publishing.correct(story, None, later, "erratum", "Yang benar.")
        publishing.withdraw(story, None, later, "trauma")
        return story

    def test_it_holds_through_all_moves(self):
        story = self.walked()
        self.assertEqual(story.revisions.count(), 11)
        made = {"loaded", "submitted", "returned", "approved", "released", "rescheduled", "corrected", "withdrawn"}
        self.assertEqual(set(story.revisions.values_list("move", flat=True)), made)
        self.assertEqual(broken(story), [])

    def test_one_altered_row_is_found(self):
        story = self.walked()
        third = Revision.objects.get(story=story, number=3)
        someone = self.somebody("chief")
        for field, value in (
            ("move", "approved"),
            ("note", "Bukan begitu."),
            ("by", someone),
            ("at", NOW - HOUR),
            ("snapshot", {**third.snapshot, "headline": "Lain"}),
            ("previous_hash", "0" * 64),
        ):
            Revision.objects.filter(pk=third.pk).update(**{field: value})
            with self.subTest(field):
                self.assertTrue(broken(story), f"Another {field} in an old revision goes unnoticed")
            third.save()
        self.assertEqual(broken(story), [])

    def test_so_is_one_that_is_taken_out(self):
        story = self.walked()
        Revision.objects.get(story=story, number=3).delete()
        self.assertTrue(broken(story))

    def test_people_and_other_stories_do_not_enter_it(self):
        story = self.walked()
        Person.objects.update(name="Nama baru")
        MOVES["withdraw"](self.standing(Standing.LIVE), None)
        self.assertEqual(broken(story), [])
