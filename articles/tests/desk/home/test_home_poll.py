"""The home asks whether anything changed: the answer costs little, tells nothing more, and lengthens no sign-in."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import DeskSession, Membership

from ...cases import later
from .homes import DAY, HOUR, MINUTE, HomeTest

STATE = "/admin/home_state/"


class HomePollTest(HomeTest):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.editor)

    def tag(self):
        return self.client.get("/admin/").context["tag"]

    def ask(self, tag):
        return self.client.get(STATE, headers={"if-none-match": tag})

    def test_nothing_changed_is_one_query_and_an_empty_answer(self):
        self.submitted("Diserahkan")
        tag = self.tag()
        with CaptureQueriesContext(connection) as asked:
            answer = self.ask(tag)
        self.assertEqual((answer.status_code, answer.content), (304, b""))
        about_work = [one["sql"] for one in asked if "articles_revision" in one["sql"] or "headline" in one["sql"]]
        self.assertEqual(len(about_work), 1, about_work)

    def test_a_submitted_story_comes_with_the_next_answer(self):
        tag = self.tag()
        self.submitted("Baru diserahkan")
        answer = self.ask(tag)
        self.assertContains(answer, "Baru diserahkan")
        self.assertContains(answer, 'data-news="Waiting for you: 1"')
        self.assertEqual(self.ask(answer["ETag"]).status_code, 304)

    def test_a_correction_a_release_and_a_time_that_comes_are_changes(self):
        story = self.due(self.begun("Siang ini"), self.now + HOUR)
        tag = self.tag()
        with later(2 * HOUR):
            self.assertContains(self.ask(tag), "late by 1 hour")
        publishing.release(story, None, self.now)
        self.assertEqual(self.ask(tag).status_code, 200)

    def test_another_role_is_another_home(self):
        tag = self.tag()
        Membership.objects.filter(user=self.editor).update(role="reporter")
        self.client.force_login(self.editor)
        self.assertEqual(self.ask(tag).status_code, 200)

    def test_the_tag_of_somebody_else_opens_nothing_and_is_another(self):
        tag = self.tag()
        self.client.force_login(self.somebody("chief"))
        self.assertNotEqual(self.tag(), tag)

    def test_who_is_signed_out_gets_nothing(self):
        self.submitted("Rahasia")
        answer = Client(headers={"host": self.host}).get(STATE, headers={"if-none-match": self.tag()})
        self.assertRedirects(answer, f"/admin/login/?next={STATE}", fetch_redirect_response=False)

    def test_asking_lengthens_no_sign_in(self):
        tag, ends = self.tag(), DeskSession.objects.get().expire_date
        with later(DAY):
            first, second = self.ask(tag), self.client.get(STATE)
        self.assertEqual(DeskSession.objects.get().expire_date, ends)
        self.assertNotIn("sessionid", first.cookies)
        self.assertNotIn("sessionid", second.cookies)
        self.assertIn("no-store", second["Cache-Control"])

    def test_reads_make_it_old_after_some_minutes(self):
        tag = self.tag()
        with later(11 * MINUTE):
            self.assertEqual(self.ask(tag).status_code, 200)
