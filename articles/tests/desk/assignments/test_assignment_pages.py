"""The list and the form of assignments at the desk, over HTTP."""

import datetime

from django.urls import reverse
from django.utils import timezone

from articles.models import Assignment, Story
from articles.models.desk.assignment import Plan

from .assigned import HOUR, NOW, AssignmentTest

LIST = reverse("admin:articles_assignment_changelist")


def press(assignment, name):
    return reverse("admin:articles_assignment_act", args=[assignment.pk, name])


class ListTest(AssignmentTest):
    def listed(self, user, query=""):
        self.client.force_login(user)
        page = self.client.get(LIST + query)
        self.assertEqual(page.status_code, 200)
        return [row.headline for row in page.context["cl"].result_list]

    def test_the_tabs_show_ones_own_what_is_open_and_what_is_overdue(self):
        self.assignment("Punya Nina", [self.reporter], due_at=NOW + 2 * HOUR)
        self.assignment("Terlambat", [self.reporter], due_at=NOW - HOUR)
        self.assignment("Bebas", due_at=NOW + HOUR)
        self.assignment("Batal", state=Plan.DROPPED, closed_at=NOW, due_at=NOW - HOUR)
        for tab, expected in {
            "?tab=mine": ["Terlambat", "Punya Nina"],
            "?tab=open": ["Terlambat", "Bebas", "Punya Nina"],
            "?tab=overdue": ["Terlambat"],
        }.items():
            with self.subTest(tab=tab):
                self.assertEqual(self.listed(self.reporter, tab), expected)
        self.assertEqual(self.listed(self.chief), ["Punya Nina", "Bebas", "Batal", "Terlambat"])

    def test_words_lead_to_it(self):
        self.assignment("Rapat anggaran")
        self.assignment("Lomba perahu", place="Danau Limboto")
        self.assertEqual(self.listed(self.chief, "?q=limboto"), ["Lomba perahu"])

    def test_what_is_ones_own_is_begun_from_its_row(self):
        own = self.assignment("Punya Nina", [self.reporter])
        self.assertEqual(self.listed(self.reporter, "?tab=mine"), ["Punya Nina"])
        row = self.client.get(f"{LIST}?tab=mine")
        self.assertContains(row, f'formaction="{press(own, "start")}"')
        answer = self.client.post(press(own, "start"))
        again = self.client.post(press(own, "start"))
        story = Story.objects.get()
        for one in (answer, again):
            self.assertRedirects(one, reverse("admin:articles_story_change", args=[story.pk]))

    def test_the_form_of_its_story_shows_the_brief_and_no_reader_has_it(self):
        own = self.assignment(people=[self.reporter], brief="Tanya BPBD berapa rumah.")
        self.client.force_login(self.reporter)
        form = self.client.post(press(own, "start"), follow=True)
        self.assertContains(form, "Tanya BPBD berapa rumah.")
        story = Story.objects.get()
        preview = self.client.get(reverse("admin:articles_story_preview", args=[story.pk]))
        self.assertNotContains(preview, "Tanya BPBD")

    def test_an_address_alone_does_nothing(self):
        own = self.assignment(people=[self.reporter])
        self.client.force_login(self.reporter)
        self.client.get(press(own, "start"))
        self.assertFalse(Story.objects.exists())


class FormTest(AssignmentTest):
    def posted(self, section=None, people=(), **changes):
        due = timezone.localtime(NOW + HOUR, self.gorontalo.zone)
        return {
            "headline": "Rapat anggaran", "section": (section or self.dunia).pk, "due_at_0": f"{due:%d-%m-%Y}",
            "due_at_1": f"{due:%H.%M}", "people": [person.pk for person in people], "place": "", "kicker": "",
            "brief": "Hadir sejak pagi.", "state": Plan.CONFIRMED, **changes,
        }  # fmt: skip

    def add(self, **changes):
        return self.client.post(reverse("admin:articles_assignment_add"), self.posted(**changes))

    def test_a_chief_plans_one_in_the_zone_of_the_edition(self):
        self.client.force_login(self.chief)
        self.assertRedirects(self.add(people=[self.reporter]), LIST)
        made = Assignment.objects.get()
        self.assertEqual(made.due_at, NOW + HOUR)
        self.assertEqual((made.created_by, made.assignees.get().user), (self.chief, self.reporter))

    def test_people_of_another_edition_are_refused_and_what_was_typed_stays(self):
        network = self.somebody("chief", name="jaringan")
        network.memberships.update(edition=None)
        stranger = self.somebody("reporter", name="orang-jogja", edition=self.jogja)
        self.client.force_login(network)
        answer = self.add(people=[stranger])
        self.assertContains(answer, "orang-jogja: bukan dari edisi rubrik ini.")
        self.assertContains(answer, "Hadir sejak pagi.")
        self.assertFalse(Assignment.objects.exists())

    def test_a_section_editor_plans_for_their_section_only(self):
        editor = self.somebody("editor", section=self.dunia)
        self.client.force_login(editor)
        self.assertEqual(self.add(section=self.olahraga).status_code, 200)
        self.assertEqual(self.add(section=self.dunia).status_code, 302)

    def test_a_reporter_reads_it_and_changes_nothing(self):
        own = self.assignment(people=[self.reporter], brief="Tanya BPBD.")
        address = reverse("admin:articles_assignment_change", args=[own.pk])
        self.client.force_login(self.reporter)
        self.assertContains(self.client.get(address), "Tanya BPBD.")
        self.assertEqual(self.client.post(address, self.posted()).status_code, 403)

    def test_what_somebody_dropped_meanwhile_is_not_changed(self):
        own = self.assignment(people=[self.reporter])
        address = reverse("admin:articles_assignment_change", args=[own.pk])
        Assignment.objects.update(state=Plan.DROPPED, closed_at=NOW - datetime.timedelta(minutes=1))
        self.client.force_login(self.chief)
        self.client.post(address, self.posted())
        self.assertEqual(Assignment.objects.get().headline, "Banjir di Limboto")
        self.client.post(press(own, "reopen"))
        self.assertRedirects(self.client.post(address, self.posted()), LIST)
        self.assertEqual(Assignment.objects.get().headline, "Rapat anggaran")
