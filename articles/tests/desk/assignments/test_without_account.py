"""An assignment is given to a person who has no account: a freelancer, a stringer. Nobody tells them; all see it."""

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from articles import assigning, permissions
from articles.models import Assignee, Assignment, Credit, Notice, Person
from articles.models.desk.assignment import Plan
from articles.publishing import Refused

from .assigned import HOUR, NOW, AssignmentTest


class WithoutAccountTest(AssignmentTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.wira = Person.objects.create(name="Wira Stringer", slug="wira-stringer")

    def given(self, people=()):
        new = Assignment(section=self.dunia, headline="Ombak di Boalemo", due_at=NOW + HOUR)
        return assigning.plan(new, list(people), self.chief, NOW, [self.wira])

    def test_it_is_given_in_the_form_and_nothing_is_sent(self):
        self.client.force_login(self.chief)
        due = timezone.localtime(NOW + HOUR, self.gorontalo.zone)
        self.client.post(
            reverse("admin:articles_assignment_add"),
            {
                "headline": "Ombak", "section": self.dunia.pk, "due_at_0": f"{due:%d-%m-%Y}", "place": "", "kicker": "",
                "due_at_1": f"{due:%H.%M}", "brief": "", "state": Plan.CONFIRMED, "outside": [self.wira.pk],
            },
        )  # fmt: skip
        self.assertEqual(Assignee.objects.get().person, self.wira)
        self.assertEqual((Notice.objects.count(), mail.outbox), (0, []))

    def test_lists_home_agenda_and_form_say_that_there_is_no_account(self):
        given = self.given()
        self.client.force_login(self.chief)
        day = f"{timezone.localtime(given.due_at, self.gorontalo.zone):%Y-%m-%d}"
        for address in (
            reverse("admin:articles_assignment_changelist"), "/admin/articles/story/agenda/",
            f"/admin/articles/assignment/budget/?day={day}",
        ):  # fmt: skip
            self.assertContains(self.client.get(address), "Wira Stringer (tanpa akun)", msg_prefix=address)
        form = self.client.get(reverse("admin:articles_assignment_change", args=[given.pk]))
        self.assertContains(form, f'<option value="{self.wira.pk}" selected>')

    def test_nobody_else_takes_it_and_its_story_is_credited_to_them(self):
        given = self.given()
        self.assertFalse(permissions.assignments(self.reporter, "take").exists())
        story = assigning.start(given, self.chief, NOW)
        self.assertEqual(Credit.objects.get(story=story).person, self.wira)

    def test_with_an_account_of_their_own_they_find_it(self):
        given = self.given()
        self.wira.user = self.somebody("reporter", name="wira")
        self.wira.save()
        self.assertIn(given, permissions.assignments(self.wira.user, "start"))
        self.client.force_login(self.wira.user)
        self.assertContains(self.client.get("/admin/"), "Ombak di Boalemo")
        assigning.plan(given, [], self.chief, NOW, [self.wira])
        self.assertEqual(given.assignees.get().person, self.wira, "a form that is only saved takes it from nobody")

    def test_people_with_an_account_are_given_it_by_the_account(self):
        with self.assertRaises(Refused):
            assigning.plan(
                Assignment(section=self.dunia, headline="Rapat", due_at=NOW), [], self.chief, NOW, [self.nina]
            )

    def test_a_person_who_is_deleted_leaves_it_to_others(self):
        given = self.given([self.reporter])
        self.wira.delete()
        self.assertEqual(given.assignees.get().user, self.reporter)
