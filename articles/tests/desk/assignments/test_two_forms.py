"""Two people change one assignment at once: nothing of either is lost, and the second sees what the first did."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import assigning
from articles.models import Assignment
from articles.models.desk.assignment import Plan

from .assigned import HOUR, NOW, AssignmentTest

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


class TwoFormsTest(AssignmentTest):
    def setUp(self):
        self.editor = self.somebody("editor", name="rina", section=self.dunia)
        self.colleague = self.somebody("reporter", name="budi")
        self.row = self.assignment(people=[self.reporter], place="Limboto", brief="Tanya BPBD.")
        self.address = reverse("admin:articles_assignment_change", args=[self.row.pk])
        self.client.force_login(self.chief)
        self.began = self.began_of(self.client.get(self.address))

    def began_of(self, page):
        return html.unescape(re.search(r'name="began" value="([^"]*)"', page.text)[1])

    def posted(self, **changes):
        due = timezone.localtime(self.row.due_at, self.gorontalo.zone)
        return {
            "headline": self.row.headline, "section": self.dunia.pk, "due_at_0": f"{due:%d-%m-%Y}",
            "due_at_1": f"{due:%H.%M}", "people": [self.reporter.pk], "place": "Limboto", "kicker": "",
            "brief": "Tanya BPBD.", "state": Plan.CONFIRMED, "began": self.began, **changes,
        }  # fmt: skip

    def first(self, people=None, **changes):
        row = Assignment.objects.get()
        vars(row).update(changes)
        assigning.plan(row, people or [self.reporter], self.editor, NOW)

    def stored(self):
        return Assignment.objects.get()

    def test_what_only_the_first_changed_stays_and_the_second_is_told(self):
        self.first(place="Telaga", due_at=NOW + 5 * HOUR)
        answer = self.client.post(self.address, self.posted(brief="Tanya BPBD dan camat."), follow=True)
        self.assertContains(answer, "rina")
        row = self.stored()
        self.assertEqual((row.place, row.due_at, row.brief), ("Telaga", NOW + 5 * HOUR, "Tanya BPBD dan camat."))

    def test_what_both_changed_comes_back_with_the_words_of_the_first(self):
        self.first(brief="Tanya camat.")
        answer = self.client.post(self.address, self.posted(brief="Tanya warga."))
        for words in ("rina", "Tanya camat.", "Tanya warga."):
            self.assertContains(answer, words)
        self.assertEqual(self.stored().brief, "Tanya camat.")
        self.client.post(self.address, self.posted(brief="Tanya camat dan warga.", began=self.began_of(answer)))
        self.assertEqual(self.stored().brief, "Tanya camat dan warga.")

    def test_junk_in_place_of_what_the_form_began_with_counts_as_not_said(self):
        for junk in ("x", "[]", "[" * 100_000, '{"people": [[1]], "place": {}}', '{"people": 1}'):
            with self.subTest(junk[:40]):
                self.first(place="Telaga")
                answer = self.client.post(self.address, self.posted(place="Batudaa", began=junk))
                self.assertEqual((answer.status_code, self.stored().place), (302, "Batudaa"))

    def test_junk_in_place_of_people_is_refused(self):
        for field in ("people", "outside"):
            for junk in ("[]", "1,2", "x", "-1"):
                with self.subTest(field=field, junk=junk):
                    self.assertEqual(self.client.post(self.address, self.posted(**{field: junk})).status_code, 200)

    def test_a_third_change_is_seen_too(self):
        self.first(brief="Tanya camat.")
        answer = self.client.post(self.address, self.posted(brief="Tanya warga."))
        self.first(brief="Tanya bupati.")
        again = self.client.post(self.address, self.posted(brief="Tanya warga.", began=self.began_of(answer)))
        self.assertContains(again, "Tanya bupati.")

    def test_people_whom_each_added_have_it(self):
        other = self.somebody("reporter", name="sari")
        self.first(people=[self.reporter, self.colleague])
        self.client.post(self.address, self.posted(people=[self.reporter.pk, other.pk]))
        having = set(self.stored().assignees.values_list("user__username", flat=True))
        self.assertEqual(having, {"nina", "budi", "sari"})

    def test_whom_one_took_out_is_out(self):
        self.first(people=[self.colleague])
        self.client.post(self.address, self.posted(people=[self.reporter.pk], place="Telaga"))
        having = set(self.stored().assignees.values_list("user__username", flat=True))
        self.assertEqual((having, self.stored().place), ({"budi"}, "Telaga"))

    def test_what_was_typed_stands_there_if_it_was_closed_meanwhile(self):
        assigning.drop(self.row, self.editor, NOW)
        answer = self.client.post(self.address, self.posted(brief="Tanya warga."))
        self.assertContains(answer, "rina")
        self.assertContains(answer, "Tanya warga.")
        self.assertEqual(self.stored().brief, "Tanya BPBD.")

    def test_a_story_begun_meanwhile_keeps_it_confirmed(self):
        Assignment.objects.update(state=Plan.PLANNED)
        self.began = self.began_of(self.client.get(self.address))
        assigning.start(self.row, self.reporter, NOW)
        self.client.post(self.address, self.posted(state=Plan.PLANNED, place="Telaga"))
        self.assertEqual((self.stored().state, self.stored().place), (Plan.CONFIRMED, "Telaga"))

    def test_nonsense_instead_of_what_it_began_with_is_no_error(self):
        for nonsense in ("", "x", "[]", '{"brief": [1]}', "null"):
            self.assertEqual(self.client.post(self.address, self.posted(began=nonsense)).status_code, 302, nonsense)
