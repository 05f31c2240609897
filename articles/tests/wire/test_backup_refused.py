"""A backup that is not whole, or not for this newsroom, is refused before anything is stored."""

import hashlib
import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

from articles.backup.takeout.directory import VERSION
from articles.backup.takeout.rows import ADDED, MODELS, list_of
from articles.models import (
    Story,
    Tag,
)

from ..backups import BackupTestCase, bytes_of, reseal

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


class RefusedTest(BackupTestCase):
    def setUp(self):
        super().setUp()
        self.export(self.out)
        self.empty()

    def refused(self, *told):
        with self.assertRaises(CommandError) as caught:
            self.ingest(self.out)
        for words in told:
            self.assertIn(words, str(caught.exception))
        self.assertFalse(any(model.objects.exists() for model in MODELS), "rows were stored")

    @pytest.mark.wide
    def test_what_is_damaged_or_missing_is_refused_and_nothing_is_stored(self):
        original = next((self.out / "media" / "originals").iterdir())
        for path in (self.out / "story.jsonl", original):
            content = path.read_bytes()
            for change in (lambda p=path, c=content: p.write_bytes(c[:-1]), path.unlink):
                with self.subTest(path.name):
                    change()
                    self.refused(path.name)
                    self.assertFalse((self.folder / "media").exists(), "originals were stored")
                    path.write_bytes(content)
        self.ingest(self.out)

    def test_another_version_is_refused(self):
        seal = self.out / "takeout.json"
        seal.write_text(seal.read_text().replace(f'"version": {VERSION}', '"version": 99'))
        self.refused("99")

    def test_one_of_the_version_before_comes_in_by_the_rules_of_today(self):
        for name in map(list_of, ADDED):
            (self.out / name).unlink()
        before = json.loads((self.out / "tag.jsonl").read_text().splitlines()[0])["slug"]
        for name in ("tag.jsonl", "taggedstory.jsonl"):
            content = (self.out / name).read_text().replace(f'"{before}"', '"PELE"')
            (self.out / name).write_text(content)
            reseal(self.out, name, lambda row: row)
        seal = json.loads((self.out / "takeout.json").read_text())
        lists = {name: told for name, told in seal["lists"].items() if name not in map(list_of, ADDED)}
        (self.out / "takeout.json").write_text(json.dumps({"version": 1, "lists": lists}))
        links = sum('"PELE"' in line for line in (self.out / "taggedstory.jsonl").read_text().splitlines())
        self.ingest(self.out)
        self.assertEqual(Tag.objects.get(slug="pele").links.count(), links)

    def test_a_broken_seal_is_refused(self):
        for content in (b"", b"[]", b'{"version": 2}', b'{"version": 2, "lists": {"user.jsonl": 3}}', b"\xff"):
            with self.subTest(content):
                (self.out / "takeout.json").write_bytes(content)
                self.refused("takeout.json")

    def test_no_name_and_no_link_leads_out_of_the_folder(self):
        secret = self.folder / "rahasia.jpg"
        secret.write_bytes(b"x")
        digest = hashlib.sha256(b"x").hexdigest()
        (self.out / "media" / "tautan.jpg").symlink_to(secret)
        for name in ("../../rahasia.jpg", str(secret), "tautan.jpg", "a/../../../rahasia.jpg", "", None, 3):
            with self.subTest(name):
                reseal(self.out, "originals.jsonl", lambda row, n=name: {"name": n, "sha256": digest})
                self.refused()
        self.assertFalse((self.folder / "media").exists())

    @pytest.mark.wide
    def test_a_row_that_is_not_ours_is_named(self):
        for name, change, *told in (
            ("credit.jsonl", {"role": "penulis"}, "articles.Credit", "role=penulis"),
            ("credit.jsonl", {"person": ["siapa-ini"]}, "credit.jsonl", "siapa-ini"),
            ("story.jsonl", {"uid": "bukan"}, "bukan"),
            ("story.jsonl", {"urgency": 10**30}, "articles.Story"),
            ("story.jsonl", {"verified_in": ["c1edd65d-ab09-56f6-a24c-00500e73f4a9"]}, "c1edd65d"),
            ("photo.jsonl", {"file": "../../etc/passwd"}, "photo.jsonl"),
            ("tag.jsonl", {"colour": "merah"}, "colour"),
        ):
            with self.subTest(told):
                before = bytes_of(self.out)
                reseal(self.out, name, lambda row, c=change: {**row, **c})
                self.refused(*told)
                for path in (name, "takeout.json"):
                    (self.out / path).write_bytes(before[path])

    def test_a_newsroom_that_is_not_empty_is_left_alone(self):
        self.ingest(self.out)
        before = list(Story.objects.values())
        with self.assertRaises(CommandError):
            self.ingest(self.out)
        self.assertEqual(list(Story.objects.values()), before)

    def test_a_dry_run_stores_nothing(self):
        self.ingest(self.out, dry_run=True)
        self.assertFalse(Story.objects.exists())

    def test_a_folder_that_is_no_takeout_is_told_what_to_name(self):
        (self.out / "takeout.json").rename(self.out / "takeout.json.part")
        self.refused(f"{self.out}/*")

    def test_a_takeout_comes_alone_and_as_it_is(self):
        for options in ({"edition": "gorontalo"}, {"photos": self.folder}):
            with self.assertRaises(CommandError):
                self.ingest(self.out, **options)
        with self.assertRaises(CommandError):
            call_command("ingest", str(self.out), str(self.out / "story.jsonl"), stderr=io.StringIO())

    def test_it_is_written_into_nothing_else(self):
        before = bytes_of(self.out)
        with self.assertRaisesMessage(CommandError, str(self.out)):
            self.export(self.out)
        self.assertEqual(bytes_of(self.out), before)
        for options in ({"edition": "gorontalo"}, {"since": "2023-01-01"}):
            with self.assertRaises(CommandError):
                call_command("export", str(self.folder / "new"), all=True, **options)
        self.assertEqual(os.stat(self.out).st_mode & 0o077, 0, "others of this machine may read it")
