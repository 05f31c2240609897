"""The desk has one host, to which the hosts of editions lead; passkeys belong to it."""

import pytest
from allauth.core import context
from django.test import RequestFactory, override_settings

from articles.sign_in.adapters import FactorAdapter

from ...newsroom import NewsroomTestCase

pytestmark = pytest.mark.wide


@override_settings(DESK_HOST="meja.localhost")
class DeskHostTest(NewsroomTestCase):
    def leads_to(self, path, host=None, **more):
        response = self.client.get(path, headers={"host": host or self.host}, **more)
        return response["Location"] if response.status_code == 302 else response.status_code

    def test_the_host_of_an_edition_leads_there_with_the_same_address(self):
        self.assertEqual(
            self.leads_to("/admin/articles/story/?q=a", host=f"{self.host}:8000"),
            "http://meja.localhost:8000/admin/articles/story/?q=a",
        )

    def test_there_one_signs_in_and_readers_are_led_nowhere(self):
        self.assertEqual(self.leads_to("/admin/login/", host="meja.localhost"), 200)
        self.assertEqual(self.leads_to("/"), 200)

    @override_settings(PRODUCTION=True, PUBLIC_SCHEME="https", PUBLIC_PORT=443)
    def test_in_production_it_is_https_at_the_public_port(self):
        self.assertEqual(self.leads_to("/admin/", host=f"{self.host}:8080"), "https://meja.localhost/admin/")

    def test_a_host_that_is_not_ours_is_led_nowhere(self):
        self.assertEqual(self.leads_to("/admin/", host="jahat.example"), 400)

    def test_a_passkey_belongs_to_it_whatever_host_is_asked(self):
        with context.request_context(RequestFactory(headers={"host": self.host}).get("/admin/")):
            self.assertEqual(FactorAdapter().get_public_key_credential_rp_entity()["id"], "meja.localhost")
