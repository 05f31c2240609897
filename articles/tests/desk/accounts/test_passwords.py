"""Passwords are long, not common, not the name; they are hashed by Argon2 and never expire."""

import datetime
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from newsroom import settings as ours

from ...cases import later
from ...newsroom import PASSWORD, NewsroomTestCase

pytestmark = pytest.mark.wide


class PasswordsTest(NewsroomTestCase):
    def refused(self, password):
        user = get_user_model()(username="nina.yuniar", first_name="Nina", last_name="Yuniar", email="nina@example.com")
        try:
            validate_password(password, user)
        except ValidationError as error:
            return {each.code for each in error.error_list}
        return set()

    def test_what_is_refused_and_what_is_not(self):
        table = {
            "sebelas1234": {"password_too_short"},
            "123456qwerty": {"password_too_common"},
            "nina.yuniar1": {"password_too_similar"},
            "empat kata yang panjang": set(),
            "kata sandi berspasi 😀": set(),
            "x" * 200 + "yz 12": set(),
        }
        self.assertEqual({password: self.refused(password) for password in table}, table)

    @override_settings(PASSWORD_HASHERS=ours.PASSWORD_HASHERS)
    def test_they_are_hashed_by_argon2_and_older_hashes_are_made_anew_at_the_next_sign_in(self):
        self.assertTrue(make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$"))
        user = self.somebody("editor", name="nina")
        user.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
        user.save()
        self.assertIsNotNone(authenticate(username="nina", password=PASSWORD))
        user.refresh_from_db()
        self.assertTrue(user.password.startswith("argon2$"))
        self.assertTrue(check_password(PASSWORD, user.password))

    def test_an_open_desk_does_not_let_anybody_guess_the_old_one(self):
        self.client.force_login(self.somebody("editor", name="nina"))
        new = {"new_password1": "sepeda kuning di teluk", "new_password2": "sepeda kuning di teluk"}

        def tried(password):
            return self.client.post("/admin/password_change/", {"old_password": password, **new})

        for _turn in range(5):
            self.assertContains(tried("salah"), "Sandi salah")
        with mock.patch.object(MD5PasswordHasher, "encode") as hasher:
            self.assertContains(tried(PASSWORD), "Coba lagi dalam 1 detik.")
        self.assertEqual(hasher.call_count, 0)
        with later(datetime.timedelta(seconds=2)):
            self.assertEqual(tried(PASSWORD).status_code, 302)

    def test_nothing_asks_for_a_change_by_time(self):
        names = " ".join(each["NAME"] for each in settings.AUTH_PASSWORD_VALIDATORS).lower()
        self.assertFalse([word for word in ("expir", "age", "history") if word in names])
