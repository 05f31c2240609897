"""An assignment is planned, given, taken, begun, done or dropped; what of it is refused, and what is logged."""

from django.core.exceptions import PermissionDenied

from articles import assigning, publishing
from articles.models import Assignment, AuditEntry, Credit, Notice, Story
from articles.models.audit_entry import Kind
from articles.models.desk.assignment import Plan, Progress
from articles.models.desk.notice import Told
from articles.models.person import Role
from articles.models.story import State

from .assigned import HOUR, NOW, AssignmentTest


class AssigningTest(AssignmentTest):
    def logged(self):
        return list(AuditEntry.objects.filter(kind=Kind.ASSIGNMENT).order_by("pk").values_list("action", flat=True))

    def test_a_chief_plans_and_gives_it(self):
        new = Assignment(section=self.dunia, headline="Rapat anggaran", due_at=NOW + HOUR)
        made = assigning.plan(new, [self.reporter], self.chief, NOW)
        self.assertEqual(list(made.assignees.values_list("user", flat=True)), [self.reporter.pk])
        self.assertEqual((made.created_by, made.standing), (self.chief, Progress.CONFIRMED))
        self.assertEqual(self.logged(), ["added", "assigned"])
        self.assertEqual([(notice.to, notice.assignment) for notice in Notice.objects.all()], [(self.reporter, made)])

    def test_nobody_plans_for_a_section_that_is_not_theirs(self):
        editor = self.somebody("editor", section=self.dunia)
        for by, section in ((editor, self.olahraga), (self.chief, self.kota), (self.reporter, self.dunia)):
            with self.subTest(by=by, section=section), self.assertRaises(PermissionDenied):
                assigning.plan(Assignment(section=section, headline="Rapat", due_at=NOW), [], by, NOW)
        self.assertFalse(Assignment.objects.exists())

    def test_it_is_given_to_people_of_its_edition_only(self):
        stranger = self.somebody("reporter", name="orang-jogja", edition=self.jogja)
        given = self.assignment(people=[self.reporter])
        with self.assertRaises(publishing.Refused):
            assigning.give(given, [stranger], self.chief, NOW)
        self.assertEqual(given.assignees.get().user, self.reporter)

    def test_a_reporter_takes_what_nobody_has_and_the_second_is_told(self):
        free, second = self.assignment(state=Plan.PLANNED), self.somebody("reporter", name="budi")
        taken = assigning.take(free, self.reporter, NOW)
        self.assertEqual((taken.assignees.get().user, taken.state), (self.reporter, Plan.CONFIRMED))
        with self.assertRaisesMessage(publishing.Refused, "Penugasan ini sudah diambil orang lain."):
            assigning.take(free, second, NOW)

    def test_two_presses_begin_one_story_with_all_that_is_known(self):
        given = self.assignment(people=[self.reporter], place="Limboto", kicker="Banjir", brief="Tanya BPBD.")
        story = assigning.start(given, self.reporter, NOW)
        self.assertEqual(assigning.start(given, self.reporter, NOW), story)
        self.assertEqual(Story.objects.count(), 1)
        told = (story.headline, story.section, story.edition, story.kicker, story.place, story.state)
        self.assertEqual(told, ("Banjir di Limboto", self.dunia, self.gorontalo, "Banjir", "Limboto", State.DRAFT))
        self.assertEqual(list(Credit.objects.values_list("person", "role")), [(self.nina.pk, Role.AUTHOR)])
        self.assertEqual(story.revisions.get().by, self.reporter)
        self.assertNotIn("BPBD", str(story.revisions.get().snapshot), "the brief is no text of the story")

    def test_only_those_who_have_it_begin_it(self):
        given, other = self.assignment(people=[self.reporter]), self.somebody("reporter", name="budi")
        with self.assertRaises(PermissionDenied):
            assigning.start(given, other, NOW)
        with self.assertRaises(PermissionDenied):
            assigning.start(given, self.somebody("photo"), NOW)

    def test_the_release_of_its_story_does_it(self):
        given = self.assignment(people=[self.reporter])
        story = assigning.start(given, self.reporter, NOW)
        given.refresh_from_db()
        self.assertEqual(given.standing, Progress.STARTED)
        Story.objects.filter(pk=story.pk).update(standfirst="Ringkasan.", body="<p>Isi.</p>", lead_photo=self.lilin)
        Credit.objects.create(story=story, person=self.ananda, role=Role.EDITOR)
        publishing.release(story, self.chief, NOW)
        given.refresh_from_db()
        self.assertEqual((given.standing, given.closed_at is None), (Progress.DONE, False))

    def test_a_story_that_is_deleted_leaves_its_assignment_open(self):
        given = self.assignment(people=[self.reporter])
        assigning.start(given, self.reporter, NOW).delete()
        given.refresh_from_db()
        self.assertEqual(given.standing, Progress.CONFIRMED)

    def test_what_is_dropped_is_not_begun_until_it_is_opened_again(self):
        given = self.assignment(people=[self.reporter])
        assigning.drop(given, self.chief, NOW)
        self.assertEqual(Notice.objects.get().kind, Told.CALLED_OFF)
        with self.assertRaises(publishing.Refused):
            assigning.start(given, self.reporter, NOW)
        assigning.reopen(given, self.chief, NOW)
        self.assertTrue(assigning.start(given, self.reporter, NOW).pk)
        self.assertEqual(self.logged(), ["dropped", "changed", "changed"])

    def test_an_account_that_is_deleted_leaves_the_assignment_to_others(self):
        given = self.assignment(people=[self.somebody("reporter", name="pergi")], created_by=None)
        given.assignees.get().user.delete()
        self.assertEqual(Assignment.objects.get().assignees.count(), 0)
