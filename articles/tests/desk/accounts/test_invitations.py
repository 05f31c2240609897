"""Nobody signs up: whoever gives roles gives a link, which makes one account with that role and ends."""

import datetime
import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from articles.models import AuditEntry, DeskSession, Invitation, QueuedTask
from articles.models.audit_entry import Action
from articles.sign_in import invitations
from articles.tasks import worker

from ...newsroom import NewsroomTestCase
from .factors import add_app

pytestmark = pytest.mark.wide

NEW = "sepeda kuning di teluk"
JOINING = {"first_name": "Meylan", "last_name": "Abdjul", "username": "meylan", "password1": NEW, "password2": NEW}


class InvitationTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.chief = self.somebody("chief")
        self.client.force_login(self.chief)
        self.guest = self.client_class(headers={"host": self.host})

    def asked(self, **changes):
        fields = {"name": "Meylan Abdjul", "email": "", "role": "editor", "edition": self.gorontalo.pk, **changes}
        return self.client.post("/admin/access/", fields)

    def invite(self, **changes):
        """The secret of the link, as the page shows it once."""
        found = re.search(r"http://[^/\"]+/admin/join/#([^\"]+)", self.asked(**changes).text)
        return found and found[1]

    def join(self, code, **changes):
        return self.guest.post("/admin/join/", {**JOINING, "code": code, **changes})

    def test_a_link_makes_an_account_with_its_role_and_leads_to_the_second_factor(self):
        link = self.invite(section=self.dunia.pk)
        self.assertContains(self.guest.post("/admin/join/", {"code": link}), "mengundang Anda")
        self.assertRedirects(self.join(link), "/admin/factors/")
        account = get_user_model().objects.get(username="meylan")
        self.assertEqual(
            (account.get_full_name(), account.is_staff, account.is_superuser), ("Meylan Abdjul", True, False)
        )
        membership = account.memberships.get()
        self.assertEqual(
            (membership.role, membership.edition, membership.section), ("editor", self.gorontalo, self.dunia)
        )
        self.assertEqual(self.guest.get("/admin/").status_code, 200)
        told = AuditEntry.objects.filter(kind="invitation").order_by("pk").values_list("action", "account")
        self.assertEqual(list(told), [(Action.INVITED, "chief"), (Action.JOINED, "meylan")])

    def test_a_link_works_once_and_until_its_time_and_not_after_it_was_called_back(self):
        taken, old, back = self.invite(), self.invite(), self.invite()
        self.join(taken)
        self.client.post(f"/admin/access/invitations/{Invitation.objects.first().uid}/end/")
        for name, link in {"taken": taken, "called back": back}.items():
            with self.subTest(name):
                self.assertEqual(self.join(link, username="lain").status_code, 410)
        with time_machine.travel(timezone.now() + datetime.timedelta(days=3, minutes=1)):
            self.assertEqual(self.join(old, username="lain").status_code, 410)
        self.assertFalse(get_user_model().objects.filter(username="lain").exists())

    def test_whoever_guesses_waits_and_a_colleague_at_the_same_address_does_not(self):
        link = self.invite()
        told = [self.join("salah").status_code for _ in range(21)]
        self.assertEqual(told, [410] * 20 + [429])
        self.assertContains(self.join("salah"), "Coba lagi dalam", status_code=429)
        self.assertRedirects(self.join(link), "/admin/factors/")

    def test_a_link_ends_with_the_right_of_whoever_made_it(self):
        link = self.invite()
        self.chief.memberships.update(role="editor")
        self.assertEqual(self.join(link).status_code, 410)

    def test_the_secret_is_stored_nowhere(self):
        secret = self.invite()
        stored = [str(list(model.objects.values())) for model in (Invitation, AuditEntry, QueuedTask, DeskSession)]
        self.assertNotIn(secret, " ".join(stored))
        self.assertNotIn(secret, self.page("/admin/access/"))

    @override_settings(MAIL_IS_ON=True, MAIL_FROM="meja@example.com")
    def test_the_link_goes_by_mail_and_stands_in_no_table(self):
        link = self.invite(email="meylan@example.com")
        self.assertNotIn(link, str(list(QueuedTask.objects.values())))
        worker.Worker().run_all()
        self.assertIn(link, mail.outbox[0].body)
        self.assertEqual(mail.outbox[0].to, ["meylan@example.com"])

    def test_only_who_gives_roles_invites_and_only_there(self):
        self.add_other_desks()
        self.assertIsNone(self.invite(edition=self.jogja.pk))
        for role in ("reporter", "editor", "photo"):
            self.client.force_login(self.somebody(role, name=f"{role}-1"))
            self.assertEqual(self.asked().status_code, 403, role)
        chief_of_section = self.somebody("chief", name="rubrik", section=self.dunia)
        self.client.force_login(chief_of_section)
        self.assertEqual(self.asked().status_code, 403)
        self.assertFalse(Invitation.objects.exists())

    def test_a_weak_password_or_a_name_that_is_taken_makes_no_account(self):
        link = self.invite()
        for changes in (
            {"password1": "pendek123", "password2": "pendek123"},
            {"password1": "123456qwerty", "password2": "123456qwerty"},
            {"password1": "meylan-abdjul", "password2": "meylan-abdjul"},
            {"password2": "lain sama sekali"},
            {"username": "CHIEF"},
        ):
            with self.subTest(changes):
                self.assertEqual(self.join(link, **changes).status_code, 200)
        self.assertFalse(get_user_model().objects.filter(username="meylan").exists())
        self.assertEqual(self.join(link).status_code, 302)

    def test_two_at_once_make_one_account(self):
        row, _secret = invitations.make(
            self.chief, timezone.now(), name="A", email="", role="editor", edition=self.gorontalo, section=None
        )
        made = [invitations.take_up(row, timezone.now(), get_user_model()(username=name), NEW) for name in "ab"]
        self.assertEqual(made, [True, False])


class LostDeviceTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.chief, self.editor = self.somebody("chief"), self.somebody("editor", name="nina")
        add_app(self.editor)

    def reset(self, by, account):
        self.client.force_login(by)
        return self.client.post(f"/admin/access/{account.pk}/reset/").status_code

    def has_factor(self, account):
        return account.authenticator_set.exists()

    def test_a_second_chief_takes_the_factors_away_and_the_person_hears_of_it(self):
        sessions = self.client_class(headers={"host": self.host})
        sessions.force_login(self.editor)
        self.assertEqual(self.reset(self.chief, self.editor), 302)
        self.assertFalse(self.has_factor(self.editor))
        self.assertEqual(sessions.get("/admin/").status_code, 302)
        self.assertTrue(AuditEntry.objects.filter(action=Action.FACTORS_RESET, account="chief", key="nina").exists())
        self.client.force_login(self.editor)
        self.assertContains(self.client.get("/admin/factors/"), "dilepas oleh chief")

    def test_nobody_else_does(self):
        self.add_other_desks()
        superuser = self.somebody("admin")
        add_app(superuser)
        for by, account, status in (
            (self.editor, self.editor, 404),
            (self.somebody("chief", name="jogja", edition=self.jogja), self.editor, 404),
            (self.chief, superuser, 404),
            (self.somebody("editor", name="lain"), self.editor, 404),
        ):
            with self.subTest(by=by, account=account):
                self.assertIn(self.reset(by, account), (status, 403))
                self.assertTrue(self.has_factor(account))

    def test_a_chief_of_one_edition_does_not_reset_who_has_a_role_in_another(self):
        self.add_other_desks()
        self.editor.memberships.create(role="chief", edition=self.jogja)
        self.assertEqual(self.reset(self.chief, self.editor), 403)
        self.editor.memberships.filter(edition=self.jogja).update(edition=None)
        self.assertEqual(self.reset(self.chief, self.editor), 403)
        self.assertTrue(self.has_factor(self.editor))
        network = self.somebody("chief", name="jaringan")
        network.memberships.update(edition=None)
        self.assertEqual(self.reset(network, self.editor), 302)

    def test_a_chief_does_not_reset_their_own(self):
        add_app(self.chief)
        self.assertEqual(self.reset(self.chief, self.chief), 403)
        self.assertTrue(self.has_factor(self.chief))
