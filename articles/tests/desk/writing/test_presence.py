"""Who else has a story open, and who has unsaved text of it."""

import datetime

from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.desk.writing import presence
from articles.models import Presence

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
        address = reverse("admin:articles_story_presence", args=[self.naskah.pk])
        return (client or self.client).post(address, {"version": self.naskah.version, **sent})

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

    def test_most_questions_write_nothing_and_none_is_many_queries(self):
        self.ask()
        with CaptureQueriesContext(connection) as queries:
            self.ask()
        asked = [query["sql"] for query in queries]
        of_frame = ("django_session", 'auth_user"', "deskpreference", 'FROM "articles_edition"')
        self.assertFalse([sql for sql in asked if sql.startswith(("INSERT", "UPDATE", "DELETE"))])
        self.assertLessEqual(len([sql for sql in asked if not any(table in sql for table in of_frame)]), 5, asked)

    def test_it_extends_no_sign_in(self):
        self.ask()
        before = Session.objects.values_list("session_key", "session_data", "expire_date")
        before = list(before)
        with later(datetime.timedelta(hours=1)):
            self.assertNotIn("sessionid", self.ask().cookies)
        self.assertEqual(list(Session.objects.values_list("session_key", "session_data", "expire_date")), before)

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
        self.assertEqual(self.ask(Client(headers={"host": self.host})).status_code, 302)
        self.assertEqual(Presence.objects.count(), 1)

    def test_opening_the_form_writes_nothing(self):
        self.client.get(self.address("change", self.naskah))
        self.assertFalse(Presence.objects.exists())
