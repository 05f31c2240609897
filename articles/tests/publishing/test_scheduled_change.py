import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from articles import publishing
from articles.models import Credit, Revision, Story, WaitingChange

from ..cases import DeskTest
from ..newsroom import PUBLISHED, NewsroomTestCase

HOUR = datetime.timedelta(hours=1)
EIGHT = PUBLISHED + 10 * HOUR


class WaitingChangeTest(NewsroomTestCase):
    def prepare(self, story, by=None, **changes):
        wanted = {**publishing.snapshot(Story.objects.for_page().get(pk=story.pk)), **changes}
        return publishing.schedule_change(story, by, PUBLISHED + HOUR, wanted, EIGHT)

    def page_at(self, at, story, status=200):
        with time_machine.travel(at, tick=False):
            return self.page(story.get_absolute_url(), status)

    def test_the_old_text_stays_up_until_its_hour_and_the_new_comes_whole(self):
        story = self.story(body="<p>Dermaga belum dibuka.</p>")
        self.prepare(
            story,
            headline="Dermaga dibuka",
            body="<p>Dermaga sudah dibuka.</p>",
            credits=[[self.nina.uid, "editor"], [self.ananda.uid, "author"]],
        )
        before = self.page_at(EIGHT - HOUR, story)
        self.assertIn("belum dibuka", before)
        self.assertNotIn("sudah dibuka", before)
        after = self.page_at(EIGHT, story)
        self.assertIn("<h1>Dermaga dibuka</h1>", after)
        self.assertIn("sudah dibuka", after)
        self.assertIn("Diperbarui", after)
        self.assertEqual(story.credits.get(role="editor").person, self.nina)
        self.assertFalse(WaitingChange.objects.exists())

    def test_what_is_mended_meanwhile_stays_mended(self):
        story = self.story(body="<p>Lama.</p>")
        self.prepare(story, body="<p>Baru.</p>")
        Story.objects.update(standfirst="Ringkasan yang diperbaiki.")
        after = self.page_at(EIGHT, story)
        self.assertIn("Ringkasan yang diperbaiki.", after)
        self.assertIn("Baru.", after)

    def test_a_new_slug_goes_out_with_it_and_the_old_address_leads_there(self):
        story = self.story(slug="lama")
        self.prepare(story, slug="baru")
        with time_machine.travel(EIGHT, tick=False):
            response = self.client.get("/2023/10/19/lama/")
        self.assertRedirects(response, "/2023/10/19/baru/", status_code=301, fetch_redirect_response=False)

    def test_one_that_would_break_a_rule_by_then_stays_and_says_why(self):
        story = self.story(body="<p>Lama.</p>")
        self.prepare(story, body="<p>Baru.</p>")
        Credit.objects.filter(role="editor").delete()
        self.assertIn("Lama.", self.page_at(EIGHT, story))
        self.assertIn("editor", WaitingChange.objects.get().refusal)

    def test_where_the_same_words_were_changed_meanwhile_it_does_not_go_out(self):
        story = self.story(body="<p>Lama.</p>")
        self.prepare(story, body="<p>Lama, dan baru.</p>")
        Story.objects.update(body="<p>Tanpa yang keliru.</p>")
        self.assertIn("Tanpa yang keliru.", self.page_at(EIGHT, story))
        self.assertIn("sementara itu", WaitingChange.objects.get().refusal)

    def test_one_that_is_broken_stops_no_page(self):
        story = self.story()
        for changes in ({"headline": None}, {"credits": [["x"]]}, {"urgency": 77}):
            WaitingChange.objects.update_or_create(
                story=story, defaults={"changes": changes, "refusal": "", "goes_out_at": EIGHT, "made_at": PUBLISHED}
            )
            with self.subTest(changes), self.assertLogs("articles", "ERROR"):
                self.page_at(EIGHT, story)
                self.assertTrue(WaitingChange.objects.get().refusal)

    def test_it_does_not_go_out_once_its_maker_has_lost_the_right(self):
        story, chief = self.story(headline="Tetap"), self.somebody("chief")
        self.prepare(story, by=chief, headline="Lain")
        chief.memberships.all().delete()
        self.assertIn("Tetap", self.page_at(EIGHT, story))
        self.assertTrue(WaitingChange.objects.get().refusal)

    def test_it_is_called_off_and_the_log_keeps_its_words(self):
        story = self.story()
        self.prepare(story, headline="Judul yang batal")
        publishing.cancel_change(story, None, PUBLISHED + 2 * HOUR)
        self.assertNotIn("Judul yang batal", self.page_at(EIGHT, story))
        self.assertEqual(Revision.objects.first().note, "judul: Judul yang batal")

    def test_refused(self):
        story = self.story()
        for changes, told in (({}, "Tidak ada yang diubah"),):
            with self.subTest(told), self.assertRaises(publishing.Refused):
                self.prepare(story, **changes)
        with self.assertRaises(PermissionDenied):
            self.prepare(story, by=self.somebody("reporter"), headline="Lain")
        with self.assertRaises(publishing.Refused):
            self.prepare(self.draft(), headline="Lain")


class BringBackTest(NewsroomTestCase):
    def test_words_and_credits_come_back_address_and_time_do_not(self):
        story = self.draft("Judul pertama", tags=[self.rusia])
        first = publishing.record(story, None, PUBLISHED)
        story.headline, story.slug = "Judul kedua", "judul-kedua"
        story.save()
        story.tag_links.all().delete()
        publishing.bring_back(first, None, PUBLISHED + HOUR)
        story.refresh_from_db()
        self.assertEqual((story.headline, story.slug), ("Judul pertama", "judul-kedua"))
        self.assertEqual([link.tag for link in story.tag_links.all()], [self.rusia])
        self.assertEqual(Revision.objects.first().move, "restored")

    def test_who_is_protected_since_stays_so(self):
        story = self.draft(body="<p>Ani Sari menangis.</p>")
        first = publishing.record(story, None, PUBLISHED)
        story.body, story.protected_names, story.involves_child = "<p>Seorang anak menangis.</p>", "Ani Sari", True
        story.child_is_unnamed = True
        story.save()
        story = publishing.release(story, None, PUBLISHED + HOUR)
        with self.assertRaisesMessage(publishing.Refused, "Ani Sari"):
            publishing.bring_back(first, None, PUBLISHED + 2 * HOUR)

    def test_a_photo_editor_brings_no_words_back(self):
        first = publishing.record(self.draft(), None, PUBLISHED)
        with self.assertRaises(PermissionDenied):
            publishing.bring_back(first, self.somebody("photo"), PUBLISHED + HOUR)


class WaitingAtTheDeskTest(DeskTest):
    @pytest.mark.wide
    def test_a_time_in_the_form_lets_the_change_wait_and_it_can_be_gone_on_with(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in("chief")
        self.post(story, headline="Judul nanti", goes_out_at_0="2099-01-02", goes_out_at_1="20:00:00")
        self.assertEqual(story.headline, "Perdamaian dirundingkan lagi")
        self.assertEqual(WaitingChange.objects.get().changes, {"headline": "Judul nanti"})
        change = self.address("change", story)
        self.assertIn("20.00 WITA", self.page(change))
        ahead = self.page(f"{change}?waiting=1")
        self.assertIn("Judul nanti", ahead)
        self.assertRegex(ahead, 'goes_out_at_0" value="[^"]*2099')
        self.assertIn("Judul nanti", self.page(f"{self.address('preview', story)}?waiting=1"))
        self.assertNotIn("Judul nanti", self.page(self.address("preview", story)))
        story.refresh_from_db()
        self.assertEqual(story.headline, "Perdamaian dirundingkan lagi")
        self.client.post(self.move("call-off", story), {"_ask": ""})
        self.assertFalse(WaitingChange.objects.exists())

    @pytest.mark.wide
    def test_what_cannot_go_out_any_more_cannot_be_looked_at_ahead_and_says_why(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in("chief")
        self.post(story, headline="Judul nanti", goes_out_at_0="2099-01-02", goes_out_at_1="20:00:00")
        publishing.withdraw(story, None, PUBLISHED + HOUR, "decency")
        for page in ("change", "preview"):
            response = self.client.get(f"{self.address(page, story)}?waiting=1", follow=True)
            self.assertContains(response, "tidak diterbitkan lagi")

    @pytest.mark.wide
    def test_a_time_that_has_passed_is_refused_and_what_was_typed_stays(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in("chief")
        response = self.post(story, 200, headline="Terlambat", goes_out_at_0="2020-01-02", goes_out_at_1="20:00:00")
        self.assertContains(response, "Terlambat")
        self.assertFalse(WaitingChange.objects.exists())

    @pytest.mark.wide
    def test_a_revision_shows_what_changed_and_brings_its_words_back(self):
        story = self.draft("Judul pertama", credited=True)
        publishing.record(story, None, PUBLISHED)
        self.sign_in("chief")
        self.post(story, headline="Judul kedua")
        second, first = Revision.objects.filter(story=story)
        page = self.page(f"/admin/articles/revision/{second.pk}/change/")
        self.assertIn("<del>pertama</del>", page)
        self.assertIn("<ins>kedua</ins>", page)
        asks = f"/admin/articles/revision/{first.pk}/bring-back/"
        self.assertContains(self.client.get(asks), 'name="_ask" value="Kembalikan kata-kata ini"')
        self.client.post(asks, {"_ask": ""})
        story.refresh_from_db()
        self.assertEqual(story.headline, "Judul pertama")
