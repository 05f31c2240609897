"""security.txt tells where a weakness is reported, never says what is not so, and never stands there expired."""

import datetime
import time

import time_machine
from django.test import override_settings

from articles.models import Edition

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED

ADDRESS = "/.well-known/security.txt"


class SecurityTxtTest(DeliveryTestCase):
    def told(self, host=None):
        status, headers, body = self.ask(ADDRESS, host=host)
        self.assertEqual((status, headers["Content-Type"]), (200, "text/plain; charset=utf-8"))
        return dict(line.split(": ", 1) for line in body.decode().splitlines())

    def mail(self, email):
        Edition.objects.filter(pk=self.gorontalo.pk).update(email=email)

    def test_where_nobody_is_named_there_is_none(self):
        self.assertEqual(self.ask(ADDRESS)[0], 404)

    def test_an_edition_is_told_by_its_own_address(self):
        self.mail("redaksi+web@gorontalo.example")
        self.edition(
            name="TribunJogja.com", slug="jogja", host="jogja.localhost", language="en", email="a@jogja.example"
        )
        told = self.told()
        self.assertEqual(told["Contact"], "mailto:redaksi+web@gorontalo.example")
        self.assertEqual(told["Preferred-Languages"], "id, en")
        self.assertEqual(set(told), {"Contact", "Expires", "Preferred-Languages"})  # without HTTPS no Canonical
        there = self.told(host="jogja.localhost")
        self.assertEqual((there["Contact"], there["Preferred-Languages"]), ("mailto:a@jogja.example", "en"))

    def test_it_is_fresh_as_soon_as_the_address_changes(self):
        self.mail("lama@gorontalo.example")
        self.told()
        self.mail("baru@gorontalo.example")
        self.assertEqual(self.told()["Contact"], "mailto:baru@gorontalo.example")

    @override_settings(
        SECURITY_CONTACT="https://a.example/lapor", SECURITY_POLICY="https://a.example/janji", PUBLIC_SCHEME="https",
        PUBLIC_PORT=443,
    )  # fmt: skip
    def test_settings_name_one_contact_for_all_and_what_is_promised(self):
        told = self.told()
        self.assertEqual((told["Contact"], told["Policy"]), ("https://a.example/lapor", "https://a.example/janji"))
        self.assertEqual(told["Canonical"], f"https://{self.host}{ADDRESS}")

    def test_it_never_stands_there_expired(self):
        self.mail("a@gorontalo.example")
        for days in (0, 179, 400, 4_000):
            with time_machine.travel(PUBLISHED + datetime.timedelta(days=days), tick=False):
                expires = datetime.datetime.fromisoformat(self.told()["Expires"]).timestamp()
                self.assertTrue(86_400 < expires - time.time() < 365 * 86_400, days)
