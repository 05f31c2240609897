"""Whoever has a second factor comes in with it, once by each code, and not by the password alone."""

import datetime
import io

import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import override_settings

from articles.models import AuditEntry, RateLimit
from articles.models.audit_entry import Action
from articles.sign_in import encrypting

from ...newsroom import PUBLISHED, NewsroomTestCase
from .factors import add_app, code, password_step, second_step


class SecondStepTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.traveller = self.enterContext(time_machine.travel(PUBLISHED, tick=False))
        self.editor = self.somebody("editor", name="nina")
        self.secret = add_app(self.editor)

    def is_in(self):
        return self.client.get("/admin/").status_code == 200

    def later(self, seconds):
        self.traveller.shift(datetime.timedelta(seconds=seconds))

    def test_the_password_alone_opens_nothing(self):
        self.assertRedirects(password_step(self.client, "nina"), "/admin/second-step/")
        self.assertFalse(self.is_in())
        for path in ("/admin/articles/story/", "/admin/factors/", "/admin/told/count/"):
            self.assertNotEqual(self.client.get(path).status_code, 200, path)

    def test_the_code_of_the_app_opens_the_desk_and_the_page_that_was_asked_for(self):
        password_step(self.client, "nina", next="/admin/articles/story/")
        self.assertRedirects(second_step(self.client, code(self.secret)), "/admin/articles/story/")

    def test_a_code_opens_once_whatever_worker_is_asked(self):
        typed = code(self.secret)
        password_step(self.client, "nina")
        second_step(self.client, typed)
        self.client.logout()
        password_step(self.client, "nina")
        with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
            self.assertContains(second_step(self.client, typed), "sudah pernah dipakai")
        self.assertFalse(self.is_in())
        self.later(60)
        second_step(self.client, code(self.secret))
        self.assertTrue(self.is_in())

    def test_a_recovery_code_opens_once_and_is_logged(self):
        row = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
        typed = row.wrap().generate_codes()[3]
        for opens in (True, False):
            password_step(self.client, "nina")
            second_step(self.client, typed)
            self.assertEqual(self.is_in(), opens)
            self.client.logout()
            self.later(600)
        self.assertTrue(AuditEntry.objects.filter(action=Action.CODE_USED, key="nina").exists())

    def test_wrong_codes_wait_longer_and_longer_and_are_logged(self):
        password_step(self.client, "nina")
        for _ in range(5):
            self.assertContains(second_step(self.client, "000000"), "tidak benar")
        self.assertContains(second_step(self.client, code(self.secret)), "Coba lagi dalam 1 detik")
        self.assertEqual(AuditEntry.objects.filter(action=Action.SIGN_IN_REFUSED, key="nina").count(), 5)
        self.later(1)
        second_step(self.client, code(self.secret))
        self.assertTrue(self.is_in())

    def test_a_pending_sign_in_ends_by_itself(self):
        password_step(self.client, "nina")
        self.later(3600)
        self.assertRedirects(second_step(self.client, code(self.secret)), "/admin/login/")

    def test_the_key_of_the_session_changes_at_both_steps(self):
        self.client.get("/admin/login/")
        password_step(self.client, "nina")
        before = self.client.cookies["sessionid"].value
        second_step(self.client, code(self.secret))
        self.assertNotEqual(self.client.cookies["sessionid"].value, before)

    def test_another_site_is_not_where_it_leads(self):
        password_step(self.client, "nina", next="https://jahat.example/")
        self.assertRedirects(second_step(self.client, code(self.secret)), "/admin/")

    def test_whoever_is_closed_between_the_steps_stays_out(self):
        password_step(self.client, "nina")
        self.editor.is_active = False
        self.editor.save()
        second_step(self.client, code(self.secret))
        self.assertFalse(self.is_in())

    def test_a_new_password_ends_a_sign_in_between_the_steps(self):
        password_step(self.client, "nina")
        self.editor.set_password("kata sandi yang baru sekali")
        self.editor.save()
        self.assertRedirects(second_step(self.client, code(self.secret)), "/admin/login/")
        self.assertFalse(self.is_in())

    def test_limits_store_neither_names_nor_codes(self):
        password_step(self.client, "nina")
        second_step(self.client, "123456")
        self.assertNotIn("123456", " ".join(map(str, RateLimit.objects.values_list())))


class EncryptedTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.editor = self.somebody("editor", name="nina")
        self.secret = add_app(self.editor)

    def stored(self):
        return str(list(Authenticator.objects.values_list("data", flat=True)))

    def test_no_secret_stands_in_the_database(self):
        self.assertNotIn(self.secret, self.stored())

    def test_a_new_key_reads_what_the_old_one_wrote_and_writes_it_anew(self):
        with override_settings(FACTOR_KEY="kunci-baru"):
            password_step(self.client, "nina")
            self.assertEqual(second_step(self.client, code(self.secret)).status_code, 302)
            call_command("encrypt_factors", stdout=io.StringIO())
        with override_settings(FACTOR_KEY="kunci-baru", SECRET_KEY="lain" * 20), self.subTest("the old key is gone"):
            row = Authenticator.objects.get(type=Authenticator.Type.TOTP)
            self.assertEqual(encrypting.decrypt(row.data["secret"]), self.secret)

    def test_a_lost_key_is_told_and_lets_nobody_in(self):
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).update(data={"secret": "gAAAAA"})
        password_step(self.client, "nina")
        with self.assertLogs("articles.sign_in.codes", "ERROR"):
            self.assertContains(second_step(self.client, "123456"), "tidak terbaca lagi")
