"""Who else has a story open, and who has unsaved text of it."""

import datetime
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.desk.writing import presence, questions
from articles.models import DeskPreference, DeskSession, Presence, Section

from ...cases import later
from .copies import CopyTest

SECOND = datetime.timedelta(seconds=1)


class PresenceTest(CopyTest):
    def setUp(self):
        super().setUp()
        self.other = Client(headers={"host": self.host})
        self.chief = self.somebody("chief", name="rahma")
        self.other.force_login(self.chief)

    def ask(self, client=None, **sent):
        return (client or self.client).post(self.asked_at, {"version": self.naskah.version, **sent})

    @property
    def asked_at(self):
        return questions.ADDRESS % self.naskah.pk

    def people(self, client=None):
        return self.ask(client).json()["people"]

    def test_who_opens_it_is_told_at_once_who_has_it_open(self):
        self.assertEqual(self.people(), [])
        self.assertEqual(self.people(self.other), ["editor membuka berita ini"])
        self.assertEqual(self.people(), ["rahma membuka berita ini"])

    def test_and_who_has_unsaved_text_here_or_left_it(self):
        self.ask()
        self.keep()
        self.assertEqual(self.people(self.other), ["editor sedang menulis di sini: belum disimpan"])
        with later(presence.LASTS):
            (told,) = self.people(self.other)
        self.assertIn("editor punya naskah yang belum disimpan", told)

    def test_who_leaves_is_gone_at_once(self):
        self.ask()
        self.assertEqual(self.ask(leave="1").status_code, 204)
        self.assertEqual(self.people(self.other), [])

    def test_whose_browser_died_is_gone_within_thirty_seconds(self):
        self.ask()
        with later(30 * SECOND):
            self.assertEqual(self.people(self.other), [])

    def test_who_stays_stays_while_asking_every_eight_seconds(self):
        for seconds in range(0, 64, 8):
            with later(seconds * SECOND):
                self.ask()
            with later((seconds + 7) * SECOND):
                self.assertEqual(self.people(self.other), ["editor membuka berita ini"], seconds)

    def test_most_questions_write_nothing_and_each_is_six_queries(self):
        self.ask()
        self.people(self.other)
        self.keep(client=self.other, by=self.chief)
        with self.assertNumQueries(6) as queries:
            self.assertEqual(self.people(), ["rahma sedang menulis di sini: belum disimpan"])
        asked = [query["sql"] for query in queries]
        self.assertFalse([sql for sql in asked if not sql.startswith("SELECT")])

    def test_the_second_question_of_an_account_writes_no_sql_anew(self):
        self.ask()
        with mock.patch.object(SQLCompiler, "pre_sql_setup", side_effect=AssertionError):
            self.assertEqual(self.ask().status_code, 200)

    def test_it_extends_no_sign_in(self):
        self.ask()
        before = DeskSession.objects.values_list("session_key", "session_data", "expire_date")
        before = list(before)
        with later(datetime.timedelta(hours=1)):
            self.assertNotIn("sessionid", self.ask().cookies)
        self.assertEqual(list(DeskSession.objects.values_list("session_key", "session_data", "expire_date")), before)

    def test_it_tells_that_somebody_saved_meanwhile(self):
        self.ask()
        self.naskah.headline = "Disimpan oleh orang lain"
        version = self.naskah.version
        publishing.changed(self.naskah, self.naskah, timezone.now())
        self.naskah.save()
        publishing.record(self.naskah, self.chief, timezone.now())
        self.naskah.refresh_from_db()
        self.assertGreater(self.naskah.version, version)
        self.assertIn("rahma menyimpan berita ini", self.ask(version=version).json()["saved"])
        self.assertEqual(self.ask().json()["saved"], "")

    def test_nobody_learns_of_a_story_that_they_may_not_see(self):
        self.ask()
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        for role, where in (("reporter", {}), ("chief", {"edition": jogja})):
            self.other.force_login(self.somebody(role, name=f"asing-{role}", **where))
            self.assertEqual(self.ask(self.other).status_code, 404, role)
        self.assertEqual(self.ask(Client(headers={"host": self.host})).status_code, 401)
        self.assertEqual(Presence.objects.count(), 1)

    def test_rights_and_sign_ins_that_ended_are_gone_at_once(self):
        def without_rights():
            self.writer.memberships.all().delete()

        def as_something_else(**changes):
            return lambda: get_user_model().objects.filter(pk=self.writer.pk).update(**changes)

        def with_another_password():
            self.writer.set_password("kata-sandi-lain-7")
            self.writer.save()

        ends = {
            without_rights: 401,
            as_something_else(is_active=False): 401,
            as_something_else(is_staff=False): 401,
            with_another_password: 401,
            DeskSession.objects.all().delete: 401,
        }
        self.ask()
        for end, status in ends.items():
            with self.subTest(end), transaction.atomic():
                end()
                self.assertEqual(self.ask().status_code, status)
                transaction.set_rollback(True)
            self.assertEqual(self.ask().status_code, 200)

    def test_an_editor_of_a_section_is_told_of_its_stories_alone(self):
        other = Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")
        for section, status in ((self.dunia, 200), (other, 404)):
            self.other.force_login(self.somebody("editor", name=section.slug, section=section))
            self.assertEqual(self.ask(self.other).status_code, status)

    def test_only_a_page_of_ours_can_ask_and_only_briefly(self):
        strict = Client(enforce_csrf_checks=True, headers={"host": self.host})
        strict.force_login(self.writer)
        self.assertEqual(self.ask(strict).status_code, 403)
        self.assertEqual(self.ask(version="1" * 10_000).status_code, 413)
        self.assertEqual(self.client.get(self.asked_at).status_code, 405)
        self.assertFalse(Presence.objects.exists())

    def test_each_is_answered_in_their_own_language(self):
        self.ask()
        DeskPreference.objects.create(user=self.chief, language="en")
        self.assertEqual(self.people(self.other), ["editor has it open"])

    def test_opening_the_form_writes_nothing(self):
        self.client.get(self.address("change", self.naskah))
        self.assertFalse(Presence.objects.exists())
