"""A reporter proposes what is to be told; the desk of that section takes it up, gives it to somebody, or declines."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles import assigning, permissions, publishing
from articles.models import Assignment, AuditEntry, Notice
from articles.models.audit_entry import Kind
from articles.models.desk.assignment import Plan
from articles.models.desk.notice import Told

from .assigned import HOUR, NOW, AssignmentTest

LIST = reverse("admin:articles_assignment_changelist")
ADD = reverse("admin:articles_assignment_add")


def page(assignment, name="change"):
    return reverse(f"admin:articles_assignment_{name}", args=[assignment.pk])


class IdeaTest(AssignmentTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.editor = cls.somebody("editor", section=cls.dunia)
        cls.of_sports = cls.somebody("editor", name="olahraga", section=cls.olahraga)
        cls.of_jogja = cls.somebody("chief", name="jogja", edition=cls.jogja)
        cls.colleague = cls.somebody("reporter", name="budi")

    def idea(self, headline="Air sumur di Limboto", **fields):
        new = Assignment(section=self.dunia, headline=headline, due_at=NOW + HOUR, brief="Ada yang mengeluh.", **fields)
        return assigning.propose(new, self.reporter, NOW)

    def told(self):
        return {(notice.to.username, notice.kind) for notice in Notice.objects.select_related("to")}

    def posted(self, **changes):
        return {
            "headline": "Air sumur", "section": self.dunia.pk, "due_at_0": "30-11-2030", "due_at_1": "10.00",
            "place": "", "kicker": "", "brief": "Ada yang mengeluh.", **changes,
        }  # fmt: skip

    def test_those_who_plan_for_its_section_are_told_and_nobody_else(self):
        self.idea()
        self.assertEqual(self.told(), {("chief", Told.PROPOSED), ("editor", Told.PROPOSED)})
        self.assertEqual(AuditEntry.objects.get(kind=Kind.ASSIGNMENT).account, "nina")

    def test_only_who_proposed_it_and_those_who_plan_see_it(self):
        idea = self.idea(wants_photo=True)
        photo = self.somebody("photo")
        seeing = [
            user.username
            for user in (self.reporter, self.chief, self.editor, self.of_sports, self.of_jogja, self.colleague, photo)
            if permissions.assignments(user).filter(pk=idea.pk).exists()
        ]
        self.assertEqual(seeing, ["nina", "chief", "editor"])

    def test_a_reporter_proposes_in_the_form_and_gives_it_to_nobody(self):
        self.client.force_login(self.reporter)
        form = self.client.get(ADD)
        self.assertContains(form, "Usulkan ide")
        self.assertNotContains(form, 'name="people"')
        self.client.post(ADD, self.posted(people=[self.reporter.pk], state=Plan.CONFIRMED))
        idea = Assignment.objects.get()
        self.assertEqual((idea.state, idea.proposed_by), (Plan.PROPOSED, self.reporter))
        self.assertFalse(idea.assignees.exists())
        self.assertContains(self.client.get("/admin/"), "Air sumur")

    def test_nothing_is_proposed_to_the_desk_of_another_edition(self):
        self.client.force_login(self.reporter)
        self.assertEqual(self.client.post(ADD, self.posted(section=self.kota.pk)).status_code, 200)
        with self.assertRaises(PermissionDenied):
            assigning.propose(Assignment(section=self.kota, headline="Ide", due_at=NOW), self.reporter, NOW)
        self.assertFalse(Assignment.objects.exists())

    def test_who_proposed_it_has_it_once_it_is_taken_up(self):
        idea = self.idea()
        assigning.take_up(idea, self.editor, NOW)
        idea.refresh_from_db()
        self.assertEqual((idea.state, idea.assignees.get().user), (Plan.CONFIRMED, self.reporter))
        self.assertIn(("nina", Told.ASSIGNED), self.told())
        self.assertNotIn(("nina", Told.TAKEN_UP), self.told(), "one word is enough")

    def test_given_to_another_in_the_form_it_is_taken_up_and_both_are_told(self):
        idea = self.idea()
        self.client.force_login(self.editor)
        self.client.post(page(idea), self.posted(people=[self.colleague.pk]))
        idea.refresh_from_db()
        self.assertEqual((idea.state, idea.assignees.get().user), (Plan.CONFIRMED, self.colleague))
        self.assertLessEqual({("nina", Told.TAKEN_UP), ("budi", Told.ASSIGNED)}, self.told())
        self.client.force_login(self.reporter)
        self.assertContains(self.client.get(page(idea)), "budi")

    def test_an_editor_who_only_mends_its_words_has_not_answered_it(self):
        idea = self.idea()
        self.client.force_login(self.editor)
        self.client.post(page(idea), self.posted(headline="Air sumur di Limboto keruh"))
        idea.refresh_from_db()
        self.assertEqual((idea.headline, idea.state), ("Air sumur di Limboto keruh", Plan.PROPOSED))

    def test_it_is_declined_with_a_word_that_only_its_proposer_and_the_desk_read(self):
        idea = self.idea()
        self.client.force_login(self.editor)
        self.assertContains(self.client.post(page(idea, "decline"), {"answer": " "}), "errorlist")
        self.client.post(page(idea, "decline"), {"answer": "Sudah kami muat kemarin."})
        idea.refresh_from_db()
        self.assertEqual((idea.state, idea.answer), (Plan.DROPPED, "Sudah kami muat kemarin."))
        self.assertIn(("nina", Told.DECLINED), self.told())
        self.client.force_login(self.reporter)
        self.assertContains(self.client.get(page(idea)), "Sudah kami muat kemarin.")
        self.client.force_login(self.colleague)
        self.assertEqual(self.client.get(page(idea)).status_code, 302)

    def test_who_proposed_it_changes_it_and_takes_it_back_until_it_is_answered(self):
        idea = self.idea()
        self.client.force_login(self.reporter)
        self.client.post(page(idea), self.posted(headline="Air sumur keruh"))
        idea.refresh_from_db()
        self.assertEqual((idea.headline, idea.state), ("Air sumur keruh", Plan.PROPOSED))
        assigning.withdraw(idea, self.reporter, NOW)
        second = self.idea()
        assigning.take_up(second, self.editor, NOW)
        with self.assertRaises((publishing.Refused, PermissionDenied)):
            assigning.withdraw(second, self.reporter, NOW)
        answer = self.client.post(page(second), self.posted(headline="Lain", brief="Panjang sekali."))
        self.assertContains(answer, "Panjang sekali.", msg_prefix="what was typed is not lost")
        second.refresh_from_db()
        self.assertEqual(second.headline, "Air sumur di Limboto")

    def test_nobody_else_answers_it(self):
        idea = self.idea()
        for by in (self.reporter, self.colleague, self.of_sports, self.of_jogja):
            for act in (assigning.take_up, lambda *given: assigning.decline(*given, "Tidak.")):
                with self.subTest(by=by), self.assertRaises(PermissionDenied):
                    act(idea, by, NOW)
            self.client.force_login(by)
            self.assertIn(self.client.post(page(idea, "decline"), {"answer": "Tidak."}).status_code, (403, 404))

    def test_before_its_answer_it_is_neither_begun_nor_done_and_it_is_answered_once(self):
        idea = self.idea()
        for act in (assigning.start, assigning.take, assigning.finish, assigning.drop, assigning.confirm):
            with self.subTest(act=act.__name__), self.assertRaises(publishing.Refused):
                act(idea, self.editor, NOW)
        assigning.take_up(idea, self.editor, NOW)
        with self.assertRaises(publishing.Refused):
            assigning.decline(idea, self.editor, NOW, "Tidak.")

    def test_ideas_have_a_tab_and_stand_on_the_home_of_those_who_answer(self):
        self.idea(headline="Air sumur jauh hari", place="Limboto")
        Assignment.objects.update(due_at=NOW + 30 * 24 * HOUR)
        self.client.force_login(self.editor)
        rows = self.client.get(f"{LIST}?tab=ideas").context["cl"].result_list
        self.assertEqual([row.headline for row in rows], ["Air sumur jauh hari"])
        self.assertContains(self.client.get("/admin/"), "Air sumur jauh hari")
        for other in (self.of_sports, self.of_jogja, self.colleague):
            self.client.force_login(other)
            self.assertNotContains(self.client.get("/admin/"), "Air sumur jauh hari")
