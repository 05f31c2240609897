"""Files of photos that are cut, empty, gone, or cannot be written."""

import io
import os
import pathlib
import time
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from articles import photos
from articles.models import Photo
from articles.photos.disk import ABANDONED, WholeFileSystemStorage

from ..newsroom import READING, NewsroomTestCase, make_photo
from ..uploads import UPLOAD, upload

FULL_DISK = OSError(28, "No space left on device")


def overwrite(name, content):
    pathlib.Path(default_storage.path(name)).write_bytes(content)


class StoredRenditionTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.photo = make_photo(colour="#557799")
        self.story(lead_photo=self.photo)
        self.wanted = photos.rendition(self.photo, "16x9", 320, "jpg")
        self.address = photos.address(self.photo, "16x9", 320, "jpg")
        default_storage.delete(self.wanted.path)  # files outlive a test

    def test_one_that_is_empty_cut_or_overwritten_is_made_again(self):
        whole = self.client.get(self.address).content
        stored = pathlib.Path(default_storage.path(self.wanted.path)).read_bytes()
        for broken in (b"", stored[:1], stored[: len(stored) // 2], stored[:-1], bytes(len(stored)), whole, b"x" * 99):
            overwrite(self.wanted.path, broken)
            response = self.client.get(self.address)
            self.assertEqual(response.content, whole)
            self.assertIn("max-age=31536000", response["Cache-Control"])
            self.assertEqual(pathlib.Path(default_storage.path(self.wanted.path)).read_bytes(), stored)

    def test_what_is_sent_ends_with_the_picture(self):
        self.client.get(self.address)
        response = self.client.get(self.address)
        self.assertEqual(response.content[-2:], b"\xff\xd9")

    def test_where_nothing_can_be_written_it_is_made_in_memory_and_kept_for_a_minute(self):
        with (
            mock.patch.object(WholeFileSystemStorage, "_save", side_effect=FULL_DISK),
            mock.patch.object(pathlib.Path, "mkdir", side_effect=OSError(30, "Read-only file system")),
            self.assertLogs("articles", "WARNING"),
        ):
            response = self.client.get(self.address)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(Image.open(io.BytesIO(response.content)).size, (320, 180))
        self.assertEqual(response["Cache-Control"], "public, max-age=60")
        self.assertFalse(default_storage.exists(self.wanted.path))

    def test_where_nothing_can_be_read_but_the_original_it_is_made(self):
        opened = default_storage.open

        def no_renditions(name, *mode):
            if name == self.wanted.path:
                raise PermissionError(13, "Permission denied")
            return opened(name, *mode)

        with mock.patch.object(WholeFileSystemStorage, "open", side_effect=no_renditions):
            self.assertEqual(self.client.get(self.address).status_code, 200)

    def test_ahead_of_time_a_disk_that_takes_nothing_stops_the_work(self):
        with (
            mock.patch.object(WholeFileSystemStorage, "_save", side_effect=FULL_DISK),
            self.assertLogs("articles", "WARNING"),
            self.assertRaises(CommandError),
        ):
            call_command("prefill", verbosity=0)


class OriginalTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.photo = make_photo(colour="#997755")
        self.first = self.story(lead_photo=self.photo)
        self.client.force_login(self.somebody("chief"))

    @pytest.mark.wide
    def test_one_that_is_empty_or_cut_is_told_like_a_missing_one(self):
        with self.photo.file.open() as file:
            content = file.read()
        for broken in (b"", content[:100], content[:-1]):
            overwrite(self.photo.file.name, broken)
            self.assertIn("Berkas hilang", self.page("/admin/articles/photo/"))
            self.assertIn("Berkas hilang", self.page(f"/admin/articles/photo/{self.photo.pk}/change/"))
            self.assertIn(
                f"Berkas foto “{self.photo.title}” hilang", self.page(f"/admin/articles/story/{self.first.pk}/change/")
            )

    def test_one_that_is_another_file_of_the_same_size_is_told_in_its_form(self):
        overwrite(self.photo.file.name, b"x" * self.photo.file_size)
        self.assertIn("Berkas rusak", self.page(f"/admin/articles/photo/{self.photo.pk}/change/"))
        with self.assertLogs("articles", "ERROR"):
            response = self.client.get(photos.address(self.photo, "full", 960, "webp"))
        self.assertEqual(response.status_code, 404)
        response.getvalue()

    def test_a_full_disk_leaves_no_empty_original(self):
        folder = pathlib.Path(default_storage.path("originals"))
        before = set(folder.iterdir())
        with mock.patch("articles.photos.disk.os.fsync", side_effect=FULL_DISK), self.assertLogs("articles", "ERROR"):
            page = self.client.post(UPLOAD, {"files": upload("penuh.jpg", "#13579b")})
        self.assertContains(page, "Diska untuk foto penuh")
        self.assertEqual(set(folder.iterdir()), before)
        self.assertFalse(Photo.objects.filter(title="penuh").exists())

    def test_a_file_is_stored_whole_under_its_own_name_and_never_over_another(self):
        names = [default_storage.save("originals/sama.jpg", ContentFile(text)) for text in (b"satu", b"dua")]
        self.assertEqual(len(set(names)), 2)
        for name, text in zip(names, (b"satu", b"dua"), strict=True):
            with default_storage.open(name) as file:
                self.assertEqual(file.read(), text)
            default_storage.delete(name)

    def test_the_part_that_a_kill_left_goes_with_the_next_store_and_one_that_is_written_stays(self):
        folder = pathlib.Path(default_storage.path("originals"))
        folder.mkdir(parents=True, exist_ok=True)
        old, fresh = (folder / f".{name}.part" for name in ("tua", "baru"))
        for path, age in ((old, ABANDONED + 60), (fresh, 60)):
            path.write_bytes(b"setengah")
            os.utime(path, times=(time.time() - age,) * 2)
        name = WholeFileSystemStorage(location=default_storage.location).save("originals/c.jpg", ContentFile(b"utuh"))
        self.assertEqual((old.exists(), fresh.exists()), (False, True))
        fresh.unlink()
        default_storage.delete(name)

    def test_originals_that_no_photo_names_are_told_and_stay(self):
        name = default_storage.save("originals/yatim.jpg", ContentFile(b"utuh"))
        photos.keep(Photo(pk=self.photo.pk, file="originals/dulu.jpg", hash="0" * 32), READING)
        former = default_storage.save("originals/dulu.jpg", ContentFile(b"utuh"))
        out, errors = io.StringIO(), io.StringIO()
        call_command("measure_photos", stdout=out, stderr=errors)
        self.assertIn(name, errors.getvalue())
        self.assertIn("bukan milik foto mana pun", out.getvalue())
        for kept in (former, self.photo.file.name):
            self.assertNotIn(kept, errors.getvalue())
        self.assertTrue(default_storage.exists(name))
        for one in (name, former):
            default_storage.delete(one)

    def test_photos_of_before_are_measured_anew(self):
        Photo.objects.filter(pk=self.photo.pk).update(width=1000, height=1600, looks="0" * 16, file_size=None)
        gone = make_photo(colour="#112211", title="Hilang")
        default_storage.delete(gone.file.name)
        out, errors = io.StringIO(), io.StringIO()
        call_command("measure_photos", stdout=out, stderr=errors)
        fresh = Photo.objects.get(pk=self.photo.pk)
        self.assertEqual((fresh.width, fresh.height), (1600, 1000))
        self.assertEqual((fresh.looks, fresh.file_size), (self.photo.looks, self.photo.file_size))
        self.assertIn("Hilang", errors.getvalue())
