"""A photo's form that is refused gives back what was typed, shows the photo as it is, and names the file to choose."""

import errno
import pathlib
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles import photos
from articles.models import Photo

from ..newsroom import NewsroomTestCase
from ..posting import form_of
from ..uploads import EMBARGOED, UPLOAD, upload

ADD = "/admin/articles/photo/add/"
TYPED = {
    "title": "Judul yang diketik", "caption": "Keterangan yang diketik", "alt": "Alternatif yang diketik",
    "agency": "Kantor yang diketik", "photographer": "Pewarta yang diketik", "usage_terms": "Syarat yang diketik",
}  # fmt: skip
BAD = {
    "kosong.jpg": b"", "laman.jpg": b"<html>", "surat.pdf": b"%PDF-1.4", "tanpa-akhiran": b"x",
    "garis.png": upload(kind="PNG", size=(900, 9), said=None).read(),
}  # fmt: skip


class PhotoRefusedTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))
        self.change = f"/admin/articles/photo/{self.lilin.pk}/change/"

    def send(self, address, file, **changes):
        fields = form_of(self.client.get(address), "caption")[1]
        return self.client.post(address, {**fields, **TYPED, "file": file, **changes})

    def assert_given_back(self, answer, told, **changes):
        for name, typed in {**TYPED, **changes}.items():
            self.assertEqual(form_of(answer, "caption")[1][name], typed)
        self.assertContains(answer, told)
        self.assertEqual(Photo.objects.get().title, "Lilin di alun-alun")

    @pytest.mark.wide
    def test_whatever_is_wrong_with_the_file(self):
        for address in (ADD, self.change):
            for name, content in BAD.items():
                with self.subTest(address, name=name):
                    answer = self.send(address, SimpleUploadedFile(name, content))
                    self.assert_given_back(answer, "id_file_error")

    def test_where_the_storage_does_not_answer(self):
        for address in (ADD, self.change):
            with (
                mock.patch("django.core.files.storage.FileSystemStorage._save", side_effect=OSError),
                self.assertLogs("articles", "ERROR"),
            ):
                answer = self.send(address, upload("dermaga.jpg", "#9988aa"))
            self.assert_given_back(answer, "Penyimpanan foto tidak menjawab")
            self.assertContains(answer, "dermaga.jpg")

    def test_where_the_disk_is_full(self):
        folder = pathlib.Path(default_storage.path("originals"))
        folder.mkdir(parents=True, exist_ok=True)
        before = set(folder.iterdir())
        for address in (ADD, self.change):
            with (
                mock.patch("articles.photos.disk.os.fdopen", side_effect=OSError(errno.ENOSPC, "No space left")),
                self.assertLogs("articles", "ERROR"),
            ):
                answer = self.send(address, upload("dermaga.jpg", "#9988aa"))
            self.assert_given_back(answer, "Diska untuk foto penuh")
            self.assertContains(answer, "dermaga.jpg")
            self.assertEqual(set(folder.iterdir()), before)

    def test_where_the_disk_is_full_before_the_form_can_be_read(self):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": self.host})
        client.force_login(self.somebody("photo", "foto-lain"))
        client.get(ADD)  # which gives the token's cookie
        full = OSError(errno.ENOSPC, "No space left")
        with mock.patch("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", side_effect=full):
            for address in (ADD, self.change, UPLOAD):
                with self.subTest(address), self.assertLogs("django.request", "ERROR"):
                    answer = client.post(address, {"file": SimpleUploadedFile("besar.jpg", bytes(3_000_000))})
                    self.assertContains(answer, "Diska penuh", status_code=503)
        self.assertEqual(Photo.objects.count(), 1)

    def test_a_good_file_beside_a_bad_word_is_named_since_it_has_to_be_chosen_again(self):
        for address in (ADD, self.change):
            answer = self.send(address, upload("dermaga.jpg", "#9988aa"), focal_x="7")
            self.assert_given_back(answer, "dermaga.jpg", focal_x="7")

    def test_the_form_that_comes_back_shows_the_photo_that_is_there(self):
        for file in (upload("dermaga.jpg", "#9988aa"), upload("garis.png", kind="PNG", size=(900, 9))):
            answer = self.send(self.change, file, focal_x="7")
            self.assertContains(answer, photos.address(self.lilin, "full", 640, "webp"))
            self.assertNotContains(answer, "Berkas hilang")

    @pytest.mark.wide
    def test_what_is_a_picture_has_one_answer_at_every_door(self):
        for number, name in enumerate(["tanpa-akhiran", "foto.txt", "x" * 250 + ".jpg", "foto.jpg.exe"]):
            self.assertEqual(self.send(ADD, upload(name, f"#{number * 60:02x}5577")).status_code, 302, name)
        self.assertEqual(Photo.objects.count(), 5)

    def test_the_form_says_what_is_taken_before_anything_is_chosen(self):
        page = self.client.get(ADD)
        for sentence in photos.limits().sentences:
            self.assertContains(page, sentence)
        self.assertContains(page, f'accept="{photos.limits().accept}"')

    def test_what_the_file_asks_for_is_told_when_it_is_taken(self):
        fields = form_of(self.client.get(ADD), "caption")[1]
        answer = self.client.post(ADD, {**fields, "file": upload("pool.jpg", xmp=EMBARGOED, said=None)}, follow=True)
        self.assertContains(answer, "EMBARGO 20:00 WIB, NO SALES")
