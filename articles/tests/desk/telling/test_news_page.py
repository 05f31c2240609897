"""What somebody was told stands on a page of theirs, on their home and as a count on every page."""

from django.urls import reverse

from articles import publishing
from articles.desk.telling import polled
from articles.desk.writing import questions
from articles.models import Membership, Notice
from articles.publishing import told

from .tellings import TellingTest


class NewsPageTest(TellingTest):
    def setUp(self):
        super().setUp()
        self.story_returned = publishing.return_to_writer(self.submitted(), self.editor, self.now, "Sumber kedua?")
        self.client.force_login(self.reporter)

    def count(self):
        return self.client.get(polled.ADDRESS).json()["unseen"]

    def test_the_page_names_story_act_and_person_and_no_reason(self):
        page = self.page(reverse("admin:told"))
        self.assertIn(self.naskah.headline, page)
        self.assertIn("edo mengembalikannya", page)
        self.assertNotIn("Sumber kedua", page)

    def test_the_frame_counts_it_until_it_is_opened(self):
        self.assertIn('data-told="1"', self.page("/admin/articles/story/"))
        self.assertEqual(self.count(), 1)
        notice = Notice.objects.get()
        answer = self.client.get(reverse("admin:told_open", args=[notice.pk]))
        self.assertRedirects(answer, self.address("change", self.naskah), fetch_redirect_response=False)
        self.assertEqual(self.count(), 0)

    def test_who_opens_the_form_of_its_story_has_seen_it(self):
        other = publishing.submit(self.begun("Lain"), self.editor, self.now)
        publishing.return_to_writer(other, self.editor, self.now, "Panjang")
        told.tell("returned", [self.reporter.pk], self.editor, self.now, story=other)
        before = self.count()
        self.assertGreater(before, 1)
        answer = self.client.post(questions.ADDRESS % self.naskah.pk, {"version": 1})
        self.assertEqual(answer.json()["unseen"], before - 1)

    def begun(self, headline):
        story = self.draft(headline)
        publishing.record(story, self.editor, self.now)
        return story

    def test_the_home_shows_it_and_its_poll_tells_that_it_came(self):
        page = self.client.get("/admin/")
        self.assertIn('data-block="told"', page.text)
        tag = self.client.get(reverse("admin:home_state"))["ETag"]
        same = self.client.get(reverse("admin:home_state"), headers={"If-None-Match": tag})
        self.assertEqual(same.status_code, 304)
        self.client.post(reverse("admin:told_seen"))
        changed = self.client.get(reverse("admin:home_state"), headers={"If-None-Match": tag})
        self.assertEqual(changed.status_code, 200)
        self.assertNotIn('data-block="told"', changed.text)

    def test_who_lost_the_right_to_see_the_story_reads_no_headline(self):
        Membership.objects.filter(user=self.reporter).delete()
        self.client.force_login(self.reporter)
        self.assertNotIn(self.naskah.headline, self.page(reverse("admin:told")))

    def test_nobody_opens_what_somebody_else_was_told(self):
        self.client.force_login(self.editor)
        self.page(reverse("admin:told_open", args=[Notice.objects.get().pk]), 404)
        self.assertIsNone(Notice.objects.get().seen_at)

    def test_the_count_is_for_who_is_signed_in(self):
        self.client.logout()
        self.assertEqual(self.client.get(polled.ADDRESS).status_code, 401)
        self.assertEqual(self.client.post(polled.ADDRESS).status_code, 405)

    def test_a_question_for_the_count_is_three_queries(self):
        self.count()
        with self.assertNumQueries(3):
            self.count()
