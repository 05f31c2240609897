"""A save that met a database that is away, or a full disk, keeps what was typed on the page that says so."""

import errno
from unittest import mock

from django.db import OperationalError
from django.test import Client

from articles import publishing
from articles.models import Story

from ...posting import form_of
from .copies import TYPED, CopyTest


class FailedSaveTest(CopyTest):
    def setUp(self):
        super().setUp()
        self.client = Client(raise_request_exception=False, headers={"host": self.host})
        self.client.force_login(self.writer)

    def failed(self, error):
        with mock.patch.object(publishing, "record", side_effect=error):
            return self.client.post(self.address("change", self.naskah), {**self.fields(), "_continue": ""})

    def test_it_is_sent_again_by_a_press(self):
        for error in (OperationalError("database is locked"), OSError(errno.ENOSPC, "No space left on device")):
            page = self.failed(error)
            self.assertEqual(page.status_code, 503)
            address, fields = form_of(page, "headline")
            self.assertEqual((address, "_continue" in fields), (self.address("change", self.naskah), True))
            self.assertEqual(self.client.post(address, fields).status_code, 302)
            self.assertIn(TYPED, Story.objects.get(pk=self.naskah.pk).body)
            Story.objects.update(body="<p>Paragraf pertama.</p>")

    def test_a_page_of_readers_and_one_with_a_password_keep_nothing(self):
        with mock.patch("django.contrib.auth.authenticate", side_effect=OperationalError("away")):
            page = self.client.post("/admin/login/", {"username": "editor", "password": "rahasia-sekali"})
        self.assertNotIn("rahasia-sekali", page.text)

    def test_what_was_typed_stays_text(self):
        with mock.patch.object(publishing, "record", side_effect=OperationalError("away")):
            sent = {**self.fields(headline='"><script>alert(1)</script>'), "_continue": ""}
            page = self.client.post(self.address("change", self.naskah), sent)
        self.assertEqual(page.status_code, 503)
        self.assertNotIn("<script>alert", page.text)
