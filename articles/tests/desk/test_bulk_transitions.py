"""Transitions of many stories from the list: asked first, made in parts, told by name and by number."""

from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.story import asking
from articles.models import Story

from ..cases import SOON, DeskTest, later
from ..newsroom import LATER
from ..posting import form_of

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

LIST = reverse("admin:articles_story_changelist")


class BulkTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def chosen(self, action, *stories, address=LIST, **more):
        posted = {"action": action, "_selected_action": [story.pk for story in stories], **more}
        return self.client.post(address, posted)

    def confirm(self, asked, **words):
        address, fields = form_of(asked, "chosen")
        return self.client.post(address, {**fields, "_ask": "", **words}, follow=True)

    def states(self):
        return sorted(Story.objects.values_list("state", flat=True))

    def test_to_publish_asks_first_and_tells_when(self):
        self.draft("Terbit sekarang")
        stories = [*Story.objects.all(), self.draft("Terbit nanti")]
        Story.objects.filter(headline="Terbit nanti").update(publish_at=LATER)
        asked = self.chosen("release", *stories)
        self.assertEqual(self.states(), ["draft", "draft"])
        for told in ("Terbit sekarang", "Terbit nanti", "1 Jan 2099", "WITA"):
            self.assertContains(asked, told)
        self.confirm(asked)
        self.assertEqual(self.states(), ["released", "released"])

    def test_so_do_submit_and_approve(self):
        for action, state in (("submit", "submitted"), ("approve", "approved")):
            story = self.draft(f"Naskah {action}")
            asked = self.chosen(action, story)
            self.assertEqual(Story.objects.get(pk=story.pk).state, "draft")
            self.confirm(asked)
            self.assertEqual(Story.objects.get(pk=story.pk).state, state)

    def test_the_answer_holds_the_links_of_those_that_moved_and_of_those_that_did_not(self):
        moved, blocked = self.draft("<b>Naskah</b>"), self.draft("Tanpa penulis", credited=False)
        told = self.confirm(self.chosen("approve", moved, blocked))
        self.assertContains(told, f'<a href="{self.address("change", moved)}">&lt;b&gt;Naskah&lt;/b&gt;</a>')
        self.assertContains(told, f'<a href="{self.address("change", blocked)}">Tanpa penulis</a>: tidak dilakukan.')

    def test_each_move_tells_first_what_it_would_do(self):
        story, live = self.draft(), self.story("Yang tayang")
        Story.objects.filter(pk=story.pk).update(state="submitted", publish_at=LATER)
        for action, told in (
            ("return", "dikembalikan kepada penulisnya"),
            ("approve", "disetujui; belum terbit"),
            ("release", "dijadwalkan 1 Jan 2099, 00.00 WITA"),
        ):
            self.assertContains(self.chosen(action, story), told)
        self.assertContains(self.chosen("withdraw", live), "alamatnya menyebut alasannya")
        Story.objects.filter(pk=story.pk).update(publish_at=None)
        self.assertContains(self.chosen("release", story), "terbit sekarang")
        Story.objects.filter(pk=story.pk).update(expires_at="2024-01-01T00:00Z")
        self.assertContains(self.chosen("release", story), "asked-blocked")

    def test_what_blocks_and_what_is_doubtful_is_told_before(self):
        asked = self.chosen(
            "release", self.draft("Tanpa penulis", credited=False), self.draft("Polos", lead_photo=None)
        )
        self.assertContains(asked, "asked-blocked", 1)
        self.assertContains(asked, "asked-doubts", 1)

    def test_a_time_that_was_emptied_after_it_was_told_is_not_published_at_once(self):
        story = self.draft()
        Story.objects.update(publish_at=LATER)
        asked = self.chosen("release", story)
        Story.objects.update(publish_at=None)
        self.assertContains(self.confirm(asked), "Belum ada yang dilakukan")
        self.assertEqual(self.states(), ["draft"])

    def test_nor_one_whose_time_passed_meanwhile(self):
        story = self.draft()
        Story.objects.update(publish_at=timezone.now() + SOON)
        asked = self.chosen("release", story)
        with later(2 * SOON):
            self.confirm(asked)
        self.assertEqual(self.states(), ["draft"])

    @pytest.mark.wide
    def test_many_are_done_in_parts_with_a_count(self):
        for number in range(7):
            self.draft(f"Naskah {number}")
        with mock.patch.object(asking, "PART", 3), mock.patch.object(asking, "NAMED", 2):
            asked = self.chosen("submit", Story.objects.first(), select_across=1)
            self.assertContains(asked, "7 berita dipilih")
            for left in (4, 1):
                asked = self.confirm(asked)
                self.assertContains(asked, f"tersisa {left}")
                self.assertContains(asked, "1 berita lagi")
            self.confirm(asked)
        self.assertEqual(self.states(), ["submitted"] * 7)

    def test_the_page_that_asks_reads_them_at_once(self):
        stories = [self.draft(f"Naskah {number}") for number in range(7)]
        counts = []
        for some in (stories[:2], stories):
            with CaptureQueriesContext(connection) as asked:
                self.chosen("submit", *some)
            counts.append(len(asked))
        self.assertEqual(counts[0], counts[1])

    @pytest.mark.wide
    def test_more_than_a_thousand_are_one_field(self):
        self.draft()
        rows = [
            Story(headline=f"N {n}", slug=f"n-{n}", edition=self.gorontalo, section=self.dunia) for n in range(1100)
        ]
        Story.objects.bulk_create(rows)
        asked = self.chosen("return", Story.objects.first(), select_across=1)
        self.assertLess(len(form_of(asked, "chosen")[1]), 12)
        self.assertContains(self.confirm(asked, note="Lengkapi"), "tersisa 1001")

    def test_so_many_boxes_that_were_ticked_one_by_one_are_no_error(self):
        story = self.draft()
        posted = {"action": "submit", "_selected_action": [story.pk, *range(10_000, 11_500)]}
        self.assertEqual(self.client.post(LIST, posted).status_code, 200)

    def test_what_somebody_chose_is_not_chosen_by_another(self):
        asked = self.chosen("submit", self.draft())
        address, fields = form_of(asked, "chosen")
        self.sign_in("editor")
        self.assertEqual(self.client.post(address, {**fields, "_ask": ""}).status_code, 403)
        self.assertEqual(self.client.post(address, {**fields, "chosen": "x", "_ask": ""}).status_code, 403)
        self.assertEqual(self.states(), ["draft"])

    def test_the_lists_filters_stay(self):
        filtered = f"{LIST}?standing=draft"
        asked = self.chosen("submit", self.draft(), address=filtered)
        self.assertContains(asked, f'href="{filtered}"')
        response = self.client.post(filtered, {**form_of(asked, "chosen")[1], "_ask": ""})
        self.assertEqual(response["Location"], filtered)

    def test_and_after_a_button_under_the_form(self):
        story = self.draft()
        address = self.address("change", story) + "?_changelist_filters=standing%3Ddraft"
        fields = form_of(self.client.get(address), "headline")[1]
        response = self.client.post(address, {**fields, "_submit": ""})
        self.assertIn("_changelist_filters=standing%3Ddraft", response["Location"])
