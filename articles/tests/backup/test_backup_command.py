"""`manage.py backup`: what it writes, what it does not write twice, and when it refuses."""

import contextlib
import gzip
import io
import json
import pathlib
import tempfile

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from articles import folders
from articles.backup import lock, tables
from articles.backup.copies import DATABASE, MANIFEST, Copies
from articles.models import AuditEntry, Photo, Story

from ..newsroom import NewsroomTestCase, make_photo

pytestmark = pytest.mark.usefixtures("in_english")
KEY = "kata sandi yang panjang"


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextlib.contextmanager
def another_holds_the_lock():
    if connection.vendor == "sqlite":
        with lock.held():
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock.NUMBER])
            yield
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock.NUMBER])  # the session goes back to a pool
    finally:
        other.close()


class BackupCommandTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.told = cls.story("Gempa di Boalemo")

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "cadangan"
        environment = self.enterContext(pytest.MonkeyPatch.context())
        environment.setenv("BACKUP_KEY", KEY)
        self.environment = environment

    def backup(self, **options):
        out = io.StringIO()
        call_command("backup", str(self.folder), stdout=out, stderr=io.StringIO(), **options)
        return out.getvalue()

    def copies(self, key=KEY):
        return Copies(folders.at(str(self.folder)), key)

    def manifest(self):
        copies = self.copies()
        return copies.manifest(copies.chosen())

    def test_every_table_is_there_with_the_number_of_its_rows(self):
        self.backup()
        every = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        rows = self.manifest()["rows"]
        self.assertEqual(set(rows), every - tables.LEFT_OUT)
        self.assertEqual((rows["articles_story"], rows["auth_user"]), (Story.objects.count(), User.objects.count()))

    def test_nothing_can_be_read_without_the_passphrase(self):
        self.backup()
        stored = files_of(self.folder)
        unpacked = [gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in stored.values()]
        self.assertNotIn(b"Gempa", b"".join(unpacked))
        self.assertFalse([name for name, content in stored.items() if b"JFIF" in content])

    def test_plain_files_can_be_read_by_any_program(self):
        self.backup(plain=True)
        (database,) = self.folder.glob(f"*/{DATABASE}")
        self.assertIn("Gempa di Boalemo", gzip.decompress(database.read_bytes()).decode())

    def test_a_second_backup_copies_only_new_originals(self):
        self.assertIn("1 originals, 1 of them new", self.backup())
        before = files_of(self.folder / "originals")
        make_photo(colour="#112233")
        self.assertIn("2 originals, 1 of them new", self.backup())
        after = files_of(self.folder / "originals")
        self.assertEqual((len(before), len(after)), (1, 2))
        self.assertLessEqual(before.items(), after.items())

    def test_two_photos_of_one_content_are_one_file(self):
        photo = Photo.objects.get()
        with photo.file.open() as file:
            other = default_storage.save("originals/lain.jpg", file)
        Photo.objects.filter(pk=make_photo(colour="#112233").pk).update(file=other)
        self.assertIn("2 originals, 1 of them new", self.backup())
        self.assertEqual(len(files_of(self.folder / "originals")), 1)

    def test_one_that_was_interrupted_is_no_backup_and_goes_with_the_next(self):
        self.backup()
        half = self.folder / "20990101T000000Z"
        half.mkdir()
        (half / DATABASE).write_bytes(b"half")
        self.assertEqual(len(self.copies().whole()), 1)
        self.backup()
        self.assertFalse(half.exists())
        self.assertEqual(len(self.copies().whole()), 2)

    def test_the_manifest_is_written_last(self):
        self.environment.setattr("articles.backup.making._kept", self.stopped)
        with self.assertRaises(KeyboardInterrupt):
            self.backup()
        self.assertEqual(self.copies().whole(), [])

    def stopped(self, *_args):
        raise KeyboardInterrupt

    def test_without_a_passphrase_it_refuses_and_says_what_to_do(self):
        self.environment.delenv("BACKUP_KEY")
        with self.assertRaisesMessage(CommandError, "--plain"):
            self.backup()
        self.assertFalse(self.folder.exists())

    def test_plain_and_encrypted_backups_are_not_mixed(self):
        self.backup()
        with self.assertRaises(CommandError):
            self.backup(plain=True)

    def test_a_folder_with_other_files_is_refused(self):
        self.folder.mkdir()
        (self.folder / "surat.txt").write_text("surat")
        with self.assertRaises(CommandError):
            self.backup()
        self.assertEqual(list(files_of(self.folder)), ["surat.txt"])

    def test_two_do_not_run_at_once(self):
        with another_holds_the_lock(), self.assertRaisesMessage(CommandError, "running already"):
            self.backup()
        self.assertFalse(self.folder.exists())
        self.backup()

    def test_the_log_tells_of_it_and_the_backup_holds_that_entry(self):
        before = AuditEntry.objects.count()
        self.backup()
        self.assertEqual(AuditEntry.objects.filter(action="backed_up").count(), 1)
        self.assertEqual(self.manifest()["rows"]["articles_auditentry"], before + 1)

    def test_an_original_that_is_missing_is_told_and_the_backup_is_whole(self):
        default_storage.delete(make_photo(colour="#112233").file.name)
        with self.assertRaises(CommandError) as told:
            self.backup()
        self.assertEqual(told.exception.returncode, 3)
        self.assertEqual(len(self.copies().whole()), 1)

    def test_of_old_ones_as_many_stay_as_wanted_and_no_original_of_the_others(self):
        photo = make_photo(colour="#112233")
        self.backup()
        photo.delete()
        self.assertEqual(len(files_of(self.folder / "originals")), 2)
        self.backup(keep=1)
        self.assertEqual(len(self.copies().whole()), 1)
        self.assertEqual(len(files_of(self.folder / "originals")), 1)

    def test_files_are_for_their_owner_alone(self):
        self.backup(plain=True)
        self.assertEqual({path.stat().st_mode & 0o077 for path in self.folder.rglob("*")}, {0})

    def test_what_is_no_place_is_refused(self):
        with self.assertRaisesMessage(CommandError, "s3://bucket/folder"):
            call_command("backup", "s3://Nama Besar", stderr=io.StringIO())

    def test_sessions_are_left_out(self):
        self.client.force_login(self.somebody("chief"))
        self.backup(plain=True)
        (database,) = self.folder.glob(f"*/{DATABASE}")
        lines = map(json.loads, gzip.decompress(database.read_bytes()).splitlines())
        self.assertFalse([line for line in lines if isinstance(line, dict) and "session" in line["table"]])
        self.assertTrue((next(self.folder.glob("*Z")) / MANIFEST).exists())
