"""Whoever is signed out while writing loses no word."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.desk import kept_posts

from ..cases import FormTest
from ..newsroom import PASSWORD
from ..posting import form_of

pytestmark = pytest.mark.wide


class SignedOutTest(FormTest):
    """A post that met the sign-in page, or a sign-in in another tab, comes back filled for the same account."""

    def setUp(self):
        super().setUp()
        self.client = Client(enforce_csrf_checks=True, headers={"host": self.host})
        self.editor = self.somebody("editor")
        self.client.force_login(self.editor)
        self.naskah = self.draft()
        self.here = {"HTTP_ORIGIN": f"http://{self.host}"}

    def post(self, address, fields, **headers):
        return self.client.post(address, fields, **{**self.here, **headers})

    def typed(self, address=None):
        return {**self.opened(self.naskah), "headline": "Diketik lama", "_continue": ""}

    def signed_in(self, response, name):
        address, fields = form_of(response, "password")
        return self.post(address, {**fields, "username": name, "password": PASSWORD})

    def ended(self, fields, **headers):
        self.client.cookies.pop("sessionid")
        return self.post(self.address("change", self.naskah), fields, **headers)

    def test_after_signing_in_the_form_is_filled_and_not_saved(self):
        met = self.ended(self.typed())
        back = self.signed_in(met, "editor")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Naskah yang belum selesai")
        self.assertContains(back, "Belum ada yang disimpan")
        address, fields = form_of(back, "headline")
        self.post(address, {**fields, "_continue": ""})
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Diketik lama")

    def test_a_wrong_password_loses_nothing(self):
        address, fields = form_of(self.ended(self.typed()), "password")
        wrong = self.post(address, {**fields, "username": "editor", "password": "salah"})
        self.assertContains(self.signed_in(wrong, "editor"), "Diketik lama")

    def test_somebody_else_does_not_see_it(self):
        self.somebody("chief")
        back = self.signed_in(self.ended(self.typed()), "chief")
        self.assertEqual(back.status_code, 302)
        self.assertNotContains(self.client.get(back["Location"]), "Diketik lama")

    def test_a_form_older_than_another_tabs_sign_in(self):
        fields = self.typed()
        self.client.cookies.clear()
        self.client.force_login(self.editor)
        self.client.get("/admin/")
        back = self.post(self.address("change", self.naskah), fields)
        self.assertContains(back, "Diketik lama")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Naskah yang belum selesai")
        sent = {**form_of(back, "headline")[1], "_continue": ""}
        self.assertEqual(self.post(self.address("change", self.naskah), sent).status_code, 302)

    def test_another_person_in_the_other_tab_does_not_see_it(self):
        fields = self.typed()
        self.client.force_login(self.somebody("chief"))
        self.client.cookies.pop("csrftoken")
        self.assertEqual(self.post(self.address("change", self.naskah), fields).status_code, 403)

    def test_no_other_site_puts_words_into_a_form(self):
        fields = self.typed()
        self.client.cookies.pop("csrftoken")
        for headers in ({"HTTP_ORIGIN": "https://jahat.example"}, {"HTTP_ORIGIN": "null"}):
            self.assertEqual(self.post(self.address("change", self.naskah), fields, **headers).status_code, 403)
        unsigned = {name: value for name, value in fields.items() if name != "_whose"}
        self.assertEqual(self.post(self.address("change", self.naskah), unsigned).status_code, 403)

    def test_every_form_of_the_desk(self):
        person, live = f"/admin/articles/person/{self.nina.pk}/change/", self.story()
        cases = [(person, "bio", "Diketik di formulir orang"), (self.move("correct", live), "text", "Kata-kata ralat")]
        for address, name, words in cases:
            self.client.force_login(self.editor)
            form = form_of(self.client.get(address), "_whose")[1]
            self.client.cookies.pop("sessionid")
            met = self.post(address, {**form, name: words, "_ask": ""})
            self.assertContains(self.signed_in(met, "editor"), words, msg_prefix=address)

    def test_a_form_that_cannot_be_filled_is_shown_and_sent_again(self):
        self.client.force_login(self.somebody("admin"))
        address = "/admin/articles/section/"
        fields = {**form_of(self.client.get(address), "_whose")[1], "form-0-order": 77, "_save": ""}
        self.client.cookies.pop("sessionid")
        back = self.signed_in(self.post(address, fields), "admin")
        self.assertContains(back, "77")
        again, fields = form_of(back, "_whose")
        self.assertEqual(self.post(again, fields).status_code, 302)
        self.dunia.refresh_from_db()
        self.assertEqual(self.dunia.order, 77)

    def test_passwords_are_not_kept(self):
        self.client.force_login(self.somebody("admin"))
        fields = {**self.typed(), "password1": "rahasia-sekali"}
        back = self.signed_in(self.ended(fields), "admin")
        self.assertContains(back, "Diketik lama")
        self.assertNotContains(back, "rahasia-sekali")

    def test_files_are_left_out_with_a_word(self):
        address = f"/admin/articles/photo/{self.lilin.pk}/change/"
        fields = form_of(self.client.get(address), "title")[1]
        fields |= {"title": "Judul foto", "file": SimpleUploadedFile("a.jpg", b"x")}
        self.client.cookies.pop("sessionid")
        back = self.signed_in(self.post(address, fields), "editor")
        self.assertContains(back, "Judul foto")
        self.assertContains(back, "pilih lagi")

    def test_nor_are_they_shown_to_who_may_not_set_them(self):
        fields = {"_whose": self.typed()["_whose"], "note": "Diketik", "password1": "rahasia-sekali"}
        token = {"csrfmiddlewaretoken": self.client.cookies["csrftoken"].value}
        denied = self.post(f"/admin/auth/user/{self.editor.pk}/password/", {**fields, **token})
        self.assertContains(denied, "Diketik", status_code=403)
        self.assertNotContains(denied, "rahasia-sekali", status_code=403)

    def test_for_whom_a_form_was_made_is_no_post_that_was_kept(self):
        address, fields = form_of(self.ended(self.typed()), "password")
        whose = kept_posts.whose(self.editor)
        back = self.post(address, {**fields, "kept_post": whose, "username": "editor", "password": PASSWORD})
        self.assertEqual(back.status_code, 302)
