"""A batch of photos: each file is told what became of it, and nothing is lost or stored twice when it is sent again."""

import datetime
from unittest import mock

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from articles import photos
from articles.admin.photo import uploading
from articles.models import Photo

from ..newsroom import PASSWORD, NewsroomTestCase
from ..posting import form_of
from ..uploads import EMBARGOED, UPLOAD, upload

pytestmark = pytest.mark.wide


def many(count):
    """So many files that are no pictures, which takes no time."""
    return [SimpleUploadedFile(f"berkas-{number}.jpg", b"x") for number in range(count)]


class BatchTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))

    def send(self, *files, **typed):
        typed = {"files": list(files), **typed}
        return self.client.post(UPLOAD, typed, headers={"accept": "application/json"}).json()["results"]

    def sent_as_form(self, *files):
        fields = form_of(self.client.get(UPLOAD), "_whose")[1]
        return self.client.post(UPLOAD, {**fields, "files": list(files)})


class ToldTest(BatchTest):
    def test_the_limits_stand_on_the_page_before_anything_is_chosen(self):
        page = self.client.get(UPLOAD)
        for sentence in photos.limits().sentences:
            self.assertContains(page, sentence)
        self.assertContains(page, f'accept="{photos.limits().accept}"')
        self.assertContains(page, f"paling banyak {uploading.MOST}")

    def test_they_are_those_that_are_kept(self):
        with mock.patch.multiple("articles.photos.opening", MOST_PIXELS=7_000_000, MOST_BYTES=9_000_000):
            self.assertContains(self.client.get(UPLOAD), "9 MB dan 7 juta piksel")
            self.assertIn("3500 × 2500", self.send(upload("lebar.jpg", size=(3500, 2500)))[0]["error"])

    def test_each_kind_that_is_taken_can_be_chosen(self):
        accept = photos.limits().accept.split(",")
        for kind in ("image/jpeg", "image/gif", "image/tiff", ".jpg", ".avif", ".tif"):
            self.assertIn(kind, accept)

    def test_how_many_were_taken_and_what_was_refused_stands_first(self):
        page = self.sent_as_form(
            upload("satu.jpg", "#335577"), SimpleUploadedFile("laman.jpg", b"<html>"), upload("dua.jpg", "#aa5577")
        )
        self.assertContains(page, "2 diterima, 1 ditolak")
        self.assertLess(page.text.index("laman.jpg"), page.text.index("satu"))

    def test_each_refused_file_has_its_name_and_a_reason_of_its_own(self):
        self.send(upload("asli.jpg", "#335577"))
        bad = {
            "kosong.jpg": (SimpleUploadedFile("kosong.jpg", b""), "kosong"),
            "surat.jpg": (SimpleUploadedFile("surat.jpg", b"%PDF-1.4"), "JPEG"),
            "lagi.jpg": (upload("lagi.jpg", "#335577"), "sudah ada"),
            "kembar-2.jpg": (upload("kembar-2.jpg", "#117733"), "kembar-1.jpg"),
        }
        results = self.send(upload("kembar-1.jpg", "#117733"), *(file for file, _why in bad.values()))
        for result, (name, (_file, why)) in zip(results[1:], bad.items(), strict=True):
            self.assertEqual(result["name"], name)
            self.assertIn(why, result["error"])
            self.assertIn(name, result["html"])

    def test_names_and_words_of_a_file_are_shown_as_words(self):
        for result in self.send(upload("<b>.jpg", "#335577"), SimpleUploadedFile("<i>x.jpg", b"")):
            self.assertNotIn("<b>", result["html"])
            self.assertNotIn("<i>", result["html"])

    def test_what_the_file_asks_for_is_told_at_once(self):
        (result,) = self.send(upload("pool.jpg", xmp=EMBARGOED, said=None))
        self.assertIn("EMBARGO 20:00 WIB, NO SALES", result["html"])
        page = self.sent_as_form(upload("pool 2.jpg", "#aa4411", xmp=EMBARGOED, said=None))
        self.assertContains(page, "EMBARGO 20:00 WIB, NO SALES")


class TooManyTest(BatchTest):
    def test_each_file_beyond_the_number_is_told_by_name(self):
        page = self.sent_as_form(upload("baik.jpg", "#335577"), *many(100))
        self.assertContains(page, "1 diterima, 100 ditolak")
        for number in range(100):
            self.assertContains(page, f"berkas-{number}.jpg")
        self.assertContains(page, "Lebih dari 50 sekaligus", count=51)

    @override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=60)
    def test_more_than_any_form_may_have_get_a_sentence(self):
        self.client.raise_request_exception = False
        page = self.client.post(UPLOAD, {"files": many(61)})
        self.assertContains(page, "tidak satu pun diterima", status_code=400)


class AgainTest(BatchTest):
    def test_what_was_stored_although_its_answer_was_lost_counts_as_taken(self):
        since = timezone.now().isoformat()
        self.send(upload("pertama.jpg", "#335577"))
        (again,) = self.send(upload("pertama.jpg", "#335577"), since=since)
        self.assertEqual((again["error"], again["title"]), ("", "pertama"))
        self.assertEqual(Photo.objects.exclude(pk=self.lilin.pk).count(), 1)

    def test_a_form_sent_twice_stores_once_and_refuses_nothing(self):
        fields = form_of(self.client.get(UPLOAD), "_whose")[1]
        for _press in range(2):
            page = self.client.post(
                UPLOAD, {**fields, "files": [upload("satu.jpg", "#335577"), upload("dua.jpg", "#aa5577")]}
            )
            self.assertContains(page, "2 diterima, 0 ditolak")
        self.assertEqual(Photo.objects.exclude(pk=self.lilin.pk).count(), 2)

    def test_what_was_there_before_stays_refused_whatever_is_claimed(self):
        self.send(upload("lama.jpg", "#335577"))
        later = (timezone.now() + datetime.timedelta(seconds=1)).isoformat()
        for since in (later, "", "kemarin", "2023-99-99T00:00:00Z", "2023-01-01T00:00:00", "\0"):
            self.assertIn("sudah ada", self.send(upload("lama.jpg", "#335577"), since=since)[0]["error"], since)

    def test_what_is_not_the_files_fault_may_be_tried_again_and_stops_no_other(self):
        broken = [True, False, False]
        save = FileSystemStorage._save

        def fails_once(storage, name, content):
            if broken.pop(0):
                raise OSError
            return save(storage, name, content)

        with mock.patch.object(FileSystemStorage, "_save", fails_once), self.assertLogs("articles", "ERROR"):
            first, second = self.send(upload("satu.jpg", "#335577"), upload("dua.jpg", "#aa5577"))
        self.assertEqual((first["again"], second["error"]), (True, ""))
        with mock.patch("articles.photos.fill", side_effect=ZeroDivisionError), self.assertLogs("articles", "ERROR"):
            (result,) = self.send(upload("tiga.jpg", "#005577"))
        self.assertTrue(result["again"])
        self.assertIn("tidak diterima", result["error"])


class SignedOutTest(BatchTest):
    """Without a script, the files are gone with a session; the page says which."""

    def setUp(self):
        super().setUp()
        self.client = Client(enforce_csrf_checks=True, headers={"host": self.host, "origin": f"http://{self.host}"})
        self.user = self.somebody("photo", "foto-lain")
        self.client.force_login(self.user)

    def typed(self):
        return {**form_of(self.client.get(UPLOAD), "_whose")[1], "files": [upload("dermaga.jpg"), upload("pasar.jpg")]}

    def assert_told(self, page):
        self.assertContains(page, "dermaga.jpg, pasar.jpg")
        address, _fields = form_of(page, "_whose")
        self.assertEqual(address, UPLOAD)
        self.assertContains(page, 'id="files"')
        self.assertEqual(Photo.objects.count(), 1)

    def test_a_session_that_ended(self):
        typed = self.typed()
        self.client.cookies.pop("sessionid")
        address, fields = form_of(self.client.post(UPLOAD, typed), "password")
        self.assert_told(self.client.post(address, {**fields, "username": "foto-lain", "password": PASSWORD}))

    def test_a_token_that_another_tab_has_changed(self):
        typed = self.typed()
        self.client.cookies.clear()
        self.client.force_login(self.user)
        self.client.get("/admin/")
        self.assert_told(self.client.post(UPLOAD, typed))
