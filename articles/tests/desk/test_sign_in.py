"""Guessing passwords takes long; nobody else waits for it, and nobody is kept out by it."""

import datetime
import threading
from unittest import mock

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import RequestFactory, TransactionTestCase, override_settings
from django.utils import timezone

from articles import limits, sign_in
from articles.limits import Limit
from articles.models import RateLimit

from ..newsroom import PASSWORD, PUBLISHED, NewsroomTestCase

HERE, THERE = "203.0.113.7", "198.51.100.9"


class SignInTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.traveller = self.enterContext(time_machine.travel(PUBLISHED, tick=False))
        self.somebody("editor", name="nina")
        self.hashed = 0

    def later(self, seconds):
        self.traveller.move_to(timezone.now() + datetime.timedelta(seconds=seconds))

    def try_in(self, name="nina", password="salah", at=HERE, **headers):
        """What the form answers: "in", "wrong", or the seconds to wait. Counts the checks of passwords."""
        encode = MD5PasswordHasher.encode
        with mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=encode) as hasher:
            response = self.client.post(
                "/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=at, **headers
            )
        self.hashed += hasher.call_count > 0
        if response.status_code == 302:
            self.client.logout()
            return "in"
        told = " ".join(response.context["form"].non_field_errors())
        return int(told.split()[-2]) if "Coba lagi dalam" in told else "wrong"

    @pytest.mark.wide
    def test_after_five_tries_each_waits_longer_than_the_one_before(self):
        self.assertEqual([self.try_in() for _ in range(5)], ["wrong"] * 5)
        for delay in (1, 2, 4, 8, 16, 32, 60, 60):
            self.assertEqual(self.try_in(), delay)
            self.later(delay - 0.5)
            self.assertEqual(self.try_in(password=PASSWORD), 1, "The right password came too early.")
            self.later(0.5)
            self.assertEqual(self.try_in(), "wrong")

    @pytest.mark.wide
    def test_after_forty_wrong_ones_in_a_row_the_right_one_is_not_let_in_at_once(self):
        for _ in range(40):
            self.try_in()
        self.assertEqual(self.try_in(password=PASSWORD), 1)
        self.later(1)
        self.assertEqual(self.try_in(password=PASSWORD), "in")
        self.assertEqual(self.try_in(), "wrong")

    @pytest.mark.wide
    def test_a_try_that_must_wait_costs_no_check_of_a_password(self):
        for _ in range(40):
            self.try_in()
        self.assertEqual(self.hashed, 5)

    def test_an_account_that_there_is_not_is_told_the_same_and_costs_the_same(self):
        tries = {name: [self.try_in(name) for _ in range(7)] for name in ("nina", "tidak-ada")}
        self.assertEqual(tries["nina"], tries["tidak-ada"])
        self.assertEqual(self.hashed, 10)

    def test_another_address_and_another_account_are_free(self):
        for _ in range(6):
            self.try_in()
        self.assertEqual(self.try_in(at=THERE), "wrong")
        self.assertEqual(self.try_in("ananda"), "wrong")
        self.assertEqual(self.try_in(password=PASSWORD, at=THERE), "in")

    @pytest.mark.wide
    def test_an_address_waits_after_fifty_accounts_and_no_other_does(self):
        self.assertEqual([self.try_in(f"nama{n}") for n in range(50)], ["wrong"] * 50)
        self.assertEqual(self.try_in("nama50"), 1)
        self.assertEqual(self.try_in("nina", PASSWORD), 1)
        self.later(1)
        self.assertEqual(self.try_in("nama51"), "wrong")
        self.assertEqual(self.try_in("nama52"), 2)
        self.assertEqual(self.try_in("nama53", at=THERE), "wrong")

    @pytest.mark.wide
    def test_fifty_tries_of_one_account_are_no_fifty_accounts(self):
        for _ in range(50):
            self.try_in()
            self.later(61)
        self.assertEqual(self.try_in("ananda"), "wrong")

    @pytest.mark.wide
    def test_fifty_who_sign_in_are_not_counted(self):
        for number in range(51):
            self.somebody("reporter", name=f"wartawan{number}")
            self.assertEqual(self.try_in(f"wartawan{number}", PASSWORD), "in")
        self.assertEqual(self.try_in("nina", PASSWORD), "in")

    def signed_in(self, name="nina"):
        """The cookie of a browser in which somebody has signed in, and signed out again."""
        response = self.client.post("/admin/login/", {"username": name, "password": PASSWORD}, REMOTE_ADDR=HERE)
        self.client.logout()
        return response.cookies["known"].value

    def try_there(self, cookie, *args, **kwargs):
        self.client.cookies["known"] = cookie
        try:
            return self.try_in(*args, **kwargs)
        finally:
            self.client.cookies.clear()

    @pytest.mark.wide
    def test_in_a_browser_where_somebody_signed_in_before_guesses_at_the_same_address_delay_nobody(self):
        own = self.signed_in()
        self.later(60 * 86400)
        for number in range(60):
            self.try_in()
            self.try_in(f"nama{number}")
        self.assertEqual(self.try_in(password=PASSWORD), 1)
        self.assertEqual(self.try_there(own, password=PASSWORD), "in")
        self.assertEqual(self.try_there(own, "ananda", PASSWORD), 1, "Known is the account in it, not the browser.")

    def test_there_too_a_try_that_must_wait_costs_no_check_of_a_password(self):
        own = self.signed_in()
        self.assertEqual([self.try_there(own) for _ in range(7)], ["wrong"] * 5 + [1, 1])
        self.assertEqual(self.hashed, 5)
        self.assertEqual(self.try_in(), "wrong", "Its tries are its own.")

    def test_a_browser_that_invents_or_keeps_its_cookie_too_long_is_unknown(self):
        own = self.signed_in()
        for cookie in ("x", f"{own}x", own.replace(own[:4], "abcd", 1)):
            self.assertNotEqual(self.try_there(cookie), "in")
        for _ in range(3):
            self.try_in()
        self.assertEqual(self.try_there(f"{own}x", password=PASSWORD), 1)
        self.later(91 * 86400)
        for _ in range(6):
            self.try_in()
        self.assertEqual(self.try_there(own, password=PASSWORD), 1)

    def test_the_cookie_tells_no_name_and_scripts_do_not_read_it(self):
        self.client.post("/admin/login/", {"username": "nina", "password": PASSWORD})
        cookie = self.client.cookies["known"]
        self.assertNotIn("nina", cookie.value)
        self.assertTrue(cookie["httponly"])
        self.assertEqual((cookie["samesite"], cookie["path"]), ("Lax", "/"))

    def test_a_day_without_a_try_is_forgotten(self):
        for _ in range(6):
            self.try_in()
        self.later(86401)
        self.assertEqual([self.try_in() for _ in range(6)], ["wrong"] * 5 + [1])

    def test_whoever_asks_for_a_password_passes_here(self):
        request = RequestFactory().post("/", REMOTE_ADDR=HERE)
        for _ in range(6):
            self.assertIsNone(authenticate(request, username="nina", password="salah"))
        self.assertIsNone(authenticate(request, username="nina", password=PASSWORD))
        self.assertIsNotNone(authenticate(username="nina", password=PASSWORD))

    def test_neither_names_nor_addresses_are_stored(self):
        self.try_in("sandi-rahasia-saya")
        told = " ".join(str(row) for row in RateLimit.objects.values_list())
        self.assertNotIn("sandi-rahasia-saya", told)
        self.assertNotIn(HERE, told)

    def test_the_page_says_so_in_indonesian(self):
        for _ in range(5):
            self.try_in()
        fields = {"username": "nina", "password": "salah"}
        response = self.client.post("/admin/login/", fields, REMOTE_ADDR=HERE, headers={"Accept-Language": "en"})
        self.assertContains(response, "Coba lagi dalam 1 detik.")

    def test_a_wrong_password_is_told_in_a_plain_sentence(self):
        response = self.client.post("/admin/login/", {"username": "nina", "password": "salah"})
        self.assertContains(response, "Nama pengguna atau sandi salah.")


class AddressTest(NewsroomTestCase):
    TABLE = (
        # behind a proxy, REMOTE_ADDR, X-Forwarded-For, address
        (False, HERE, THERE, HERE),
        (True, "127.0.0.1", THERE, THERE),
        (True, "127.0.0.1", f"1.1.1.1, {THERE}", THERE),
        (True, HERE, None, HERE),
        (False, "2001:db8::1", None, "2001:db8::/64"),
        (False, "2001:db8::ffff:1", None, "2001:db8::/64"),
        (False, f"::ffff:{HERE}", None, HERE),
        (True, HERE, "<script>", ""),
        (False, "", None, ""),
    )

    def test_only_what_our_own_proxy_saw_is_believed(self):
        for behind, remote, forwarded, expected in self.TABLE:
            headers = {"X-Forwarded-For": forwarded} if forwarded else {}
            request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
            with override_settings(BEHIND_PROXY=behind):
                self.assertEqual(limits.address(request), expected, (behind, remote, forwarded))


class LimitTest(NewsroomTestCase):
    def test_what_is_forgotten_is_dropped_and_the_table_has_an_end(self):
        short, long = Limit("a", 1, forgotten_after=datetime.timedelta(hours=1)), Limit("b", 1)
        with time_machine.travel(PUBLISHED, tick=False) as traveller:
            for number in range(5):
                short.take(number)
            long.take("kept")
            traveller.move_to(PUBLISHED + datetime.timedelta(hours=2))
            long.take("new")
            self.assertEqual(RateLimit.objects.count(), 2)
            with mock.patch.multiple(limits, MOST=10, SOME=1):
                for number in range(30):
                    short.take(number)
        self.assertEqual(RateLimit.objects.count(), 10)

    def test_limits_of_one_key_are_apart(self):
        Limit("a", 1).take("x")
        self.assertEqual((Limit("a", 1).take("x") > 0, Limit("b", 1).take("x")), (True, 0))

    def test_a_try_that_waits_does_not_make_it_longer(self):
        limit = Limit("a", 0)
        with time_machine.travel(PUBLISHED, tick=False):
            limit.take("x")
            self.assertEqual({limit.take("x") for _ in range(20)}, {limit.wait("x")})


class AtOnceTest(TransactionTestCase):
    def test_tries_at_once_are_counted_one_by_one(self):
        if connection.vendor == "sqlite":
            self.skipTest("A database in memory belongs to one thread.")
        passed, start = [], threading.Barrier(12)

        def try_one():
            start.wait()
            passed.append(sign_in.PAIRS.take("nina", HERE) == 0)
            connection.close()

        threads = [threading.Thread(target=try_one) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(passed.count(True), 5)
