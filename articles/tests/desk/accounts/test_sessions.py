"""A session is listed where its owner sees it, lasts while it is used, and ends at once when a right changes."""

import datetime

import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import AuditEntry, DeskSession, Membership
from articles.models.audit_entry import Action

from ...newsroom import PASSWORD, READING, NewsroomTestCase
from .factors import password_step

ANDROID = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Mobile Safari/537.36"
MINUTE = datetime.timedelta(minutes=1)


class SessionsTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.editor = self.somebody("editor", name="nina")
        self.other = self.client_class(headers={"host": self.host, "user-agent": ANDROID})
        self.other.post("/admin/login/", {"username": "nina", "password": PASSWORD}, REMOTE_ADDR="203.0.113.77")
        password_step(self.client, "nina")

    def is_in(self, client):
        return client.get("/admin/").status_code == 200

    def test_the_list_tells_device_and_shortened_address_and_not_the_key(self):
        told = self.page("/admin/sessions/")
        self.assertIn("Chrome, Android", told)
        self.assertIn("203.0.113.0/24", told)
        self.assertNotIn("203.0.113.77", told)
        self.assertNotIn(self.other.cookies["sessionid"].value, told)

    def test_one_is_ended(self):
        mark = DeskSession.objects.get(pk=self.other.cookies["sessionid"].value).mark
        self.client.post("/admin/sessions/end/", {"session": mark})
        self.assertFalse(self.is_in(self.other))
        self.assertTrue(self.is_in(self.client))
        self.assertTrue(AuditEntry.objects.filter(action=Action.SESSIONS_ENDED, key="nina", account="nina").exists())

    def test_all_others_are_ended(self):
        self.client.post("/admin/sessions/end/")
        self.assertEqual((self.is_in(self.other), self.is_in(self.client)), (False, True))

    def test_nobody_ends_a_session_of_somebody_else(self):
        self.somebody("chief")
        password_step(chief := self.client_class(headers={"host": self.host}), "chief")
        mark = DeskSession.objects.get(pk=self.other.cookies["sessionid"].value).mark
        chief.post("/admin/sessions/end/", {"session": mark})
        self.assertTrue(self.is_in(self.other))

    def test_every_change_of_password_role_or_right_ends_them_at_once(self):
        membership = self.editor.memberships.get()
        group = Group.objects.create(name="Tamu")

        def new_password():
            self.editor.set_password("sandi lain yang panjang")
            self.editor.save()

        changes = {
            "role": lambda: Membership.objects.filter(pk=membership.pk).update(role="reporter"),
            "one role more": lambda: self.editor.memberships.create(role="photo", edition=self.gorontalo),
            "role taken": membership.delete,
            "group": lambda: self.editor.groups.add(group),
            "closed": lambda: type(self.editor).objects.filter(pk=self.editor.pk).update(is_active=False),
            "no staff": lambda: type(self.editor).objects.filter(pk=self.editor.pk).update(is_staff=False),
            "superuser": lambda: type(self.editor).objects.filter(pk=self.editor.pk).update(is_superuser=True),
            "password": new_password,
        }
        for name, change in changes.items():
            with self.subTest(name):
                self.client.force_login(self.editor)
                self.assertEqual(DeskSession.objects.filter(user=self.editor, pk=self.key).count(), 1)
                change()
                self.assertFalse(DeskSession.objects.filter(user=self.editor).exists())

    @property
    def key(self):
        return self.client.cookies["sessionid"].value

    def test_what_is_no_right_ends_nothing(self):
        self.editor.first_name, self.editor.email = "Nina", "nina@example.com"
        self.editor.save()
        self.assertTrue(self.is_in(self.client))

    def test_whoever_changes_their_own_password_stays_and_the_others_end(self):
        new = "sandi lain yang panjang"
        fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
        self.client.post("/admin/password_change/", fields)
        self.assertEqual((self.is_in(self.client), self.is_in(self.other)), (True, False))


class IdleTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.gorontalo.idle_minutes = 30
        self.gorontalo.save()
        self.somebody("editor", name="nina")
        self.traveller = self.enterContext(time_machine.travel(READING, tick=False))
        password_step(self.client, "nina")

    def status(self, path="/admin/"):
        return self.client.get(path).status_code

    def test_a_session_without_use_ends_after_the_limit_of_the_edition(self):
        self.traveller.shift(29 * MINUTE)
        self.assertEqual(self.status(), 200)
        self.traveller.shift(29 * MINUTE)
        self.assertEqual(self.status(), 200)
        self.traveller.shift(31 * MINUTE)
        self.assertEqual(self.status(), 302)

    def test_what_a_page_asks_by_itself_is_no_use(self):
        for _ in range(4):
            self.traveller.shift(10 * MINUTE)
            self.status("/admin/told/count/")
        self.assertEqual(self.status(), 302)

    def test_a_use_is_written_once_a_minute_at_most(self):
        self.status()
        self.traveller.shift(2 * MINUTE)
        written = []
        for _ in range(3):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                self.status()
            written.append(sum("UPDATE" in each["sql"] for each in queries))
        self.assertEqual(written, [1, 0, 0])

    def test_the_strictest_edition_of_an_account_counts(self):
        self.add_other_desks()
        user = self.somebody("editor", name="ananda", edition=self.jogja)
        Membership.objects.create(user=user, role="editor", edition=self.gorontalo)
        password_step(self.client, "ananda")
        self.traveller.shift(31 * MINUTE)
        self.assertEqual(self.status(), 302)
