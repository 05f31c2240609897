"""`manage.py restore`: a backup comes back row for row, into an empty database only, and only if it is whole."""

import datetime
import gzip
import hashlib
import io
import json
import pathlib
import tempfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import Migration

from articles import audit, database, folders
from articles.backup import restoring, tables
from articles.backup.copies import DATABASE, MANIFEST, Copies
from articles.models import AuditEntry, Photo, Story

from ..newsroom import NewsroomTestCase, make_photo

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.wide, pytest.mark.both_databases]
NOON = datetime.datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=datetime.UTC)


class RestoreTest(NewsroomTestCase):
    """Within the tests' tables: `tables.make`, which migrates, is tried in test_restore_whole.py."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.told = cls.story("Gempa di Boalemo", first_published_at=NOON)
        cls.chief = cls.somebody("chief", "ketua")
        cls.chief.set_password("rahasia")
        cls.chief.save()

    def setUp(self):
        super().setUp()
        self.room = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.folder = self.room / "cadangan"
        self.environment = self.enterContext(pytest.MonkeyPatch.context())
        self.environment.setattr(tables, "make", lambda migrations: None)
        self.environment.setattr(tables, "is_empty", lambda: not Story.objects.exists())
        self.environment.setattr(restoring, "call_command", lambda *words, **options: database.put_back())

    def backup(self):
        self.command("backup")

    def restore(self, **options):
        return self.command("restore", **options)

    def command(self, command, **options):
        out = io.StringIO()
        call_command(command, str(self.folder), plain=True, stdout=out, stderr=io.StringIO(), **options)
        return out.getvalue()

    def empty(self):
        """As on a new machine."""
        connection.check_constraints()  # PostgreSQL empties no table of which it has still to check something
        database.remove(plan=[(Migration("0001", "articles"), True)])  # a database that is restored has no triggers
        with connection.cursor() as cursor:
            for table in tables.models_at(tables.applied()):
                cursor.execute(f"DELETE FROM {table}")
        self.enterContext(self.settings(MEDIA_ROOT=self.room / "media-baru"))

    def rows(self):
        lines = map(json.loads, tables.lines(tables.applied(), lambda table, number: None))
        found, table = {}, None
        for line in lines:
            if isinstance(line, dict):
                table = found.setdefault(line["table"], [line["columns"]])
            else:
                table.append(line)
        found.pop("articles_auditentry")
        return found

    def one(self):
        return next(self.folder.glob("*Z"))

    def test_all_rows_come_back_as_they_were(self):
        make_photo(colour="#112233")
        self.backup()
        before = self.rows()
        self.empty()
        self.restore()
        self.assertEqual(self.rows(), before)
        self.assertEqual(Story.objects.get(pk=self.told.pk).first_published_at, NOON)
        self.assertEqual(AuditEntry.objects.filter(action="restored").count(), 1)

    def test_accounts_come_back_with_their_passwords(self):
        self.backup()
        self.empty()
        self.restore()
        self.assertTrue(type(self.chief).objects.get(username="ketua").check_password("rahasia"))

    def test_originals_come_back_under_their_names(self):
        photo = make_photo(colour="#112233")
        with photo.file.open() as file:
            content = file.read()
        self.backup()
        self.empty()
        self.restore()
        with default_storage.open(Photo.objects.get(pk=photo.pk).file.name) as file:
            self.assertEqual(file.read(), content)

    def test_new_rows_get_numbers_that_are_free(self):
        self.backup()
        last = Story.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.empty()
        self.restore()
        self.assertGreater(self.story("Sesudahnya", credited=False).pk, last)

    def test_a_database_with_rows_is_refused_and_stays(self):
        self.backup()
        Story.objects.filter(pk=self.told.pk).update(headline="Sesudah cadangan")
        with self.assertRaisesMessage(CommandError, "overwrites nothing"):
            self.restore()
        self.assertEqual(Story.objects.get(pk=self.told.pk).headline, "Sesudah cadangan")

    def test_a_storage_with_another_file_of_that_name_is_refused_and_stays(self):
        name = make_photo(colour="#112233").file.name
        self.backup()
        self.empty()
        path = pathlib.Path(default_storage.path(name))
        path.parent.mkdir(parents=True)
        path.write_bytes(b"lain")
        with self.assertRaisesMessage(CommandError, name):
            self.restore()
        self.assertEqual(path.read_bytes(), b"lain")
        self.assertFalse(Story.objects.exists())

    def test_any_changed_file_is_named_before_anything_is_stored(self):
        make_photo(colour="#112233")
        self.backup()
        self.empty()
        for path in [*self.folder.glob("originals/*/*"), *self.folder.glob("*Z/*")]:
            content = path.read_bytes()
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
            with self.subTest(path.name), self.assertRaisesMessage(CommandError, path.name):
                self.restore()
            path.unlink()
            with self.subTest(f"{path.name} is gone"), self.assertRaises(CommandError):
                self.restore()
            path.write_bytes(content)
        self.assertFalse(Story.objects.exists() or any((self.room / "media-baru").rglob("*.jpg")))
        self.restore()

    def test_a_check_stores_nothing(self):
        self.backup()
        self.empty()
        self.assertIn("is whole", self.restore(check=True))
        self.assertFalse(Story.objects.exists())

    def test_one_without_a_manifest_is_no_backup(self):
        self.backup()
        (self.one() / MANIFEST).unlink()
        self.empty()
        with self.assertRaises(CommandError):
            self.restore()

    def test_one_of_a_newer_release_is_refused(self):
        self.backup()
        self.empty()
        self.reseal(lambda told: told["migrations"].update(articles="0999_masa_depan"))
        with self.assertRaisesMessage(CommandError, "0999_masa_depan"):
            self.restore()

    def reseal(self, change):
        manifest = self.one() / MANIFEST
        told = json.loads(manifest.read_text())
        change(told)
        manifest.write_text(json.dumps(told))

    def test_a_name_that_leads_out_of_the_storage_is_refused(self):
        make_photo(colour="#112233")
        self.backup()
        self.empty()
        path = self.one() / "originals.jsonl.gz"
        rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
        rows[0][0] = "../../keluar.jpg"
        content = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
        path.write_bytes(content)
        digest = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        self.reseal(lambda told: told["files"].update({path.name: digest}))
        with self.assertRaises(CommandError):
            self.restore()
        self.assertFalse((self.room / "keluar.jpg").exists())

    def test_one_that_was_stopped_goes_on(self):
        make_photo(colour="#112233")
        self.backup()
        before = self.rows()
        self.empty()
        with self.environment.context() as stopping:
            stopping.setattr(tables, "load", self.stopped)
            with self.assertRaises(KeyboardInterrupt):
                self.restore()
        self.environment.setattr(tables, "is_empty", lambda: False)  # its tables are made
        self.restore()
        self.assertEqual(self.rows(), before)
        with self.assertRaises(CommandError):
            self.restore()

    def stopped(self, *_args):
        raise KeyboardInterrupt

    def test_one_of_another_backup_is_not_mixed_in(self):
        self.backup()
        first = self.one().name
        self.empty()
        with self.environment.context() as stopping:
            stopping.setattr(tables, "load", self.stopped)
            with self.assertRaises(KeyboardInterrupt):
                self.restore()
        copies = Copies(folders.at(str(self.folder)), "")
        other = "20990101T000000Z"
        for name in (DATABASE, "originals.jsonl.gz"):
            with copies.writing(f"{other}/{name}") as file:
                file.write((self.folder / first / name).read_bytes())
        told = json.loads((self.folder / first / MANIFEST).read_text()) | {"name": other}
        (self.folder / other / MANIFEST).write_text(json.dumps(told))
        with self.assertRaisesMessage(CommandError, first):
            self.restore()
        self.restore(name=first)

    def test_they_are_listed_by_name(self):
        self.backup()
        self.assertEqual(self.restore(list=True).split(), [self.one().name])

    def test_the_log_is_not_lost(self):
        audit.write("exported")
        self.backup()
        rows = self.manifest_rows()
        self.assertEqual(rows["articles_auditentry"], AuditEntry.objects.count())

    def manifest_rows(self):
        return json.loads((self.one() / MANIFEST).read_text())["rows"]
