"""A form that met the sign-in goes through both steps, and comes back filled in to the same person."""

import pytest
from django.test import Client

from ...cases import FormTest
from ...posting import form_of
from .factors import add_app, code, password_step

pytestmark = pytest.mark.wide


class InterruptedTest(FormTest):
    def setUp(self):
        super().setUp()
        self.client = Client(headers={"host": self.host})
        self.editor = self.somebody("editor")
        self.secret = add_app(self.editor)
        self.client.force_login(self.editor)
        self.naskah = self.draft()
        fields = {**self.opened(self.naskah), "headline": "Diketik lama", "_continue": ""}
        self.client.cookies.pop("sessionid")
        self.met = self.client.post(self.address("change", self.naskah), fields, HTTP_ORIGIN=f"http://{self.host}")

    def sign_in(self, name="editor"):
        """The page of the second step."""
        kept = form_of(self.met, "password")[1]
        return password_step(self.client, name, **{field: kept[field] for field in ("kept_post", "next")})

    def go_on(self, page, typed):
        address, fields = form_of(page, "code")
        return self.client.post(address, {**fields, "code": typed})

    def test_it_comes_back_after_the_second_step_and_is_not_saved(self):
        self.assertContains(back := self.go_on(self.sign_in(), code(self.secret)), "Diketik lama")
        self.assertContains(back, "Belum ada yang disimpan")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Naskah yang belum selesai")

    def test_a_wrong_code_loses_nothing(self):
        wrong = self.go_on(self.sign_in(), "000000")
        self.assertContains(self.go_on(wrong, code(self.secret)), "Diketik lama")

    def test_the_second_step_itself_shows_nothing_of_it(self):
        self.assertNotContains(self.sign_in(), "Diketik lama")

    def test_somebody_else_does_not_get_it(self):
        secret = add_app(self.somebody("chief"))
        back = self.go_on(self.sign_in("chief"), code(secret))
        self.assertNotIn("Diketik lama", back.text)
