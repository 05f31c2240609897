"""Rights, settings and factors ask once more who somebody is, and lose nothing of what was sent."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from articles.models import DeskSession, Membership

from ...newsroom import PASSWORD, NewsroomTestCase
from ...posting import form_of
from .factors import add_app, code

pytestmark = pytest.mark.wide

LATER = datetime.timedelta(minutes=31)


class AskedAgainTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.chief, self.editor = self.somebody("chief"), self.somebody("editor", name="nina")
        self.client.force_login(self.chief)
        self.traveller = self.enterContext(time_machine.travel(timezone.now(), tick=False))

    def again(self, response):
        return response.status_code == 302 and response["Location"].startswith("/admin/again/")

    def test_after_half_an_hour_rights_and_settings_ask_again(self):
        membership = f"/admin/articles/membership/{self.editor.memberships.get().pk}/change/"
        pages = [
            "/admin/articles/membership/add/", membership, f"/admin/articles/edition/{self.gorontalo.pk}/change/",
            "/admin/factors/app/", "/admin/factors/passkey/", "/admin/factors/codes/new/",
        ]  # fmt: skip
        for page in pages:
            self.assertFalse(self.again(self.client.get(page)), page)
        self.traveller.shift(LATER)
        for page in pages:
            self.assertTrue(self.again(self.client.get(page)), page)

    def test_writing_is_never_interrupted(self):
        self.traveller.shift(LATER)
        for page in ("/admin/", "/admin/articles/story/", "/admin/articles/story/add/", "/admin/articles/person/add/"):
            self.assertEqual(self.client.get(page).status_code, 200, page)

    def test_whoever_may_not_change_it_is_not_asked(self):
        self.client.force_login(self.editor)
        self.traveller.shift(LATER)
        self.assertFalse(self.again(self.client.get(f"/admin/articles/edition/{self.gorontalo.pk}/change/")))

    def test_the_password_opens_the_page_that_was_asked_for(self):
        self.traveller.shift(LATER)
        asked = self.client.get("/admin/articles/membership/add/")["Location"]
        self.assertContains(self.client.get(asked), "Sandi")
        fields = {"next": "/admin/articles/membership/add/"}
        self.assertContains(self.client.post(asked, {"password": "salah", **fields}), "Sandi salah")
        self.assertRedirects(self.client.post(asked, {"password": PASSWORD, **fields}), fields["next"])

    def test_a_form_that_was_sent_comes_back_filled_and_acts_by_itself_never(self):
        address = "/admin/articles/membership/add/"
        form = form_of(self.client.get(address), "role")[1]
        fields = {**form, "user": self.editor.pk, "role": "photo", "edition": self.gorontalo.pk}
        self.traveller.shift(LATER)
        met = self.client.post(address, fields)
        action, kept = form_of(met, "password")
        back = self.client.post(action, {**kept, "password": PASSWORD})
        self.assertContains(back, "Belum ada yang disimpan")
        self.assertFalse(Membership.objects.filter(role="photo").exists())

    def test_who_has_a_factor_shows_it_and_not_the_password(self):
        secret = add_app(self.chief)
        self.traveller.shift(LATER)
        self.client.post("/admin/again/", {"password": PASSWORD, "next": "/admin/"})
        self.assertTrue(self.again(self.client.get("/admin/articles/membership/add/")))
        self.client.post("/admin/again/", {"code": code(secret), "next": "/admin/"})
        self.assertFalse(self.again(self.client.get("/admin/articles/membership/add/")))

    def test_wrong_passwords_wait_as_they_do_while_signing_in(self):
        told = [self.client.post("/admin/again/", {"password": "salah"}).text for _ in range(6)]
        self.assertIn("Coba lagi dalam 1 detik", told[-1])
        self.assertNotIn("Coba lagi", told[0])

    def test_it_leads_to_no_other_site(self):
        response = self.client.post("/admin/again/", {"password": PASSWORD, "next": "//jahat.example/"})
        self.assertRedirects(response, "/admin/")

    def test_a_stranger_sees_no_page_of_accounts(self):
        self.client.logout()
        for path in ("again/", "factors/", "factors/app/", "factors/codes/", "sessions/", "access/"):
            self.assertIn("/admin/login/", self.client.get(f"/admin/{path}")["Location"], path)
        self.assertFalse(DeskSession.objects.filter(user__isnull=False).exists())
