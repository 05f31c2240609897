"""A newsroom leaves whole and comes back as it was."""

import datetime
import hashlib
import io
import json
import os
import pathlib
import shutil
import tempfile
import threading

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from articles import audit, database, photos, publishing
from articles.backup.directory import VERSION
from articles.backup.rows import ADDED, MODELS, list_of
from articles.models import (
    Address,
    Arrival,
    AuditEntry,
    Edition,
    FormerFile,
    OldAddress,
    Person,
    Photo,
    Revision,
    Section,
    Story,
    Tag,
)
from articles.models.audit_entry import Action
from articles.models.story import State

from ..backups import LOG, but_for_the_log, bytes_of, reseal
from ..databases import database_in_a_file
from ..newsroom import READING, SEED_PATH, NewsroomTestCase, load_newsroom

DAY = datetime.timedelta(days=1)
MOMENT = datetime.timedelta(microseconds=1)
LEAD = ("full", 320, "jpg")
User = get_user_model()


class BackupTestCase(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        """The fixture's newsroom, after a day at its desk."""
        load_newsroom()
        cls.gorontalo = Edition.objects.get(is_default=True)
        cls.dunia = Section.objects.filter(edition=cls.gorontalo).first()
        cls.budi = cls.somebody("chief", "budi")
        cls.seed = Story.objects.get(slug=SEED_PATH.split("/")[-2])
        cls.draft = cls.story("Masih ditulis", credited=False, state=State.DRAFT, publish_at=None)
        for _time in range(2):
            publishing.record(cls.draft, cls.budi, READING)
        wanted = {**publishing.snapshot(cls.seed), "place": "Lviv"}
        publishing.schedule_change(cls.seed, cls.budi, READING, wanted, READING + DAY)
        cls.gone = cls.story("Ditarik kembali", credited=False)
        publishing.withdraw(cls.gone, cls.budi, READING, "child")
        cls.leads_on()

    @classmethod
    def leads_on(cls):
        """What leads from elsewhere, what stands in the table before its own target, and what a second holds."""
        old = {"edition": cls.gorontalo, "story": cls.seed}
        Address.objects.create(**old, day="2023-10-19", slug="alamat-dulu")
        OldAddress.objects.create(**old, path="/?p=603")
        Arrival.objects.create(story=cls.seed, uri="tag:x", digest="d", story_version=1, taken_at=READING)
        photo = cls.seed.lead_photo
        FormerFile.objects.create(photo=photo, file=photo.file.name, hash="a" * 32, replaced_at=READING)
        first = cls.story("Satu detik", credited=False, publish_at=READING - 2 * MOMENT)
        first.verified_in = cls.story("Detik yang sama", credited=False, publish_at=READING - MOMENT)
        first.save()
        first, *_others, last = Section.objects.filter(edition=cls.gorontalo, parent=None, subsections=None)
        first.parent = last
        first.save()

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.out = self.folder / "out"
        self.enterContext(time_machine.travel(READING, tick=False))

    def export(self, folder):
        call_command("export", str(folder), all=True, stderr=io.StringIO())

    def ingest(self, folder, **options):
        call_command("ingest", str(folder), stdout=io.StringIO(), stderr=io.StringIO(), **options)

    def empty(self):
        """Another machine: nothing in the database, and nothing in the storage."""
        connection.check_constraints()  # PostgreSQL empties no table of which it has still to check something
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        self.enterContext(self.settings(MEDIA_ROOT=self.folder / "media"))

    def moved(self):
        self.export(self.out)
        self.empty()
        self.ingest(self.out)


class RoundTripTest(BackupTestCase):
    def pages(self):
        """What readers are answered at every kind of address."""
        addresses = [
            "/", SEED_PATH, f"{SEED_PATH}?page=2", "/latest/", "/popular/", "/tag/rusia/", "/people/nina-yuniar/",
            "/series/perang-rusia-ukraina/", "/corrections/", "/masthead/", "/policy/privasi/", "/feed/",
            "/sitemap.xml", "/sitemap-2023-10.xml", "/search/?q=rusia",
            "/2023/10/19/alamat-dulu/", "/?p=603", self.gone.get_absolute_url(),
            self.draft.get_absolute_url() or "/2026/11/23/masih-ditulis/",
            *(section.get_absolute_url() for section in Section.objects.filter(edition__is_default=True)),
            photos.address(Photo.objects.get(pk=Story.objects.get(uid=self.seed.uid).lead_photo_id), *LEAD),
        ]  # fmt: skip
        answers = [self.client.get(address) for address in addresses]
        return {
            address: (answer.status_code, answer.headers.get("Location"), answer.content)
            for address, answer in zip(addresses, answers, strict=True)
        }

    @pytest.mark.wide
    def test_readers_find_the_same_site(self):
        before = self.pages()
        self.assertEqual({status for status, _to, _content in before.values()}, {200, 301, 404, 410})
        self.moved()
        after = self.pages()
        self.assertEqual([address for address in before if before[address] != after.get(address)], [])

    @pytest.mark.wide
    def test_one_of_release_0_1_0_comes_too_and_its_slugs_mean_who_came_with_it(self):
        self.export(self.out)
        seal = json.loads((self.out / "takeout.json").read_text()) | {"version": 1}
        for name in map(list_of, ADDED):
            (self.out / name).unlink()
            del seal["lists"][name]
        (self.out / "takeout.json").write_text(json.dumps(seal))
        for name in ("person", "tag", "series", "section"):
            reseal_all(self.out, f"{name}.jsonl", lambda row: {key: row[key] for key in row if key != "uid"})
        slugs = {"credits": [["nina-yuniar", "author"]], "tags": ["rusia"], "series": "perang-rusia-ukraina"}
        told = {**slugs, "section": "internasional"}
        reseal_all(self.out, "revision.jsonl", lambda row: {**row, "snapshot": {**row["snapshot"], **told}})
        self.empty()
        self.ingest(self.out)
        nina, seed = Person.objects.get(slug="nina-yuniar"), Story.objects.get(uid=self.seed.uid)
        Person.objects.filter(pk=nina.pk).update(slug="nina")
        Person.objects.create(name="Nina Lain", slug="nina-yuniar")
        pointed = publishing.References(seed.revisions.first().snapshot)
        self.assertEqual((pointed.row("credits", "nina-yuniar"), pointed.missing), (nina, []))

    @pytest.mark.wide
    def test_a_second_takeout_is_the_same_to_the_byte_but_for_the_audit_log(self):
        self.export(self.out)
        self.empty()
        for name in ("kepala", "wakil"):  # keys of the second newsroom are others
            User.objects.create(username=name)
        User.objects.all().delete()
        self.ingest(self.out)
        self.export(self.folder / "again")
        self.assertEqual(but_for_the_log(self.folder / "again"), but_for_the_log(self.out))
        log, longer = ((folder / LOG).read_bytes() for folder in (self.out, self.folder / "again"))
        self.assertEqual(longer[: len(log)], log)
        later = [json.loads(line)["action"] for line in longer[len(log) :].splitlines()]
        self.assertEqual(later, ["restored", "backed_up"])

    def test_the_audit_log_comes_back_as_it_was_into_a_newsroom_where_somebody_signed_in(self):
        audit.write(Action.DELETED, self.seed.lead_photo, "budi")
        self.export(self.out)
        before = list(AuditEntry.objects.order_by("pk").values("uid", "action", "account", "key", "written_at"))
        self.empty()
        self.client.force_login(User.objects.create_superuser("kepala"))
        self.ingest(self.out)
        self.assertEqual([row["action"] for row in before], ["deleted", "backed_up"])
        now = AuditEntry.objects.order_by("pk").values("uid", "action", "account", "key", "written_at")
        self.assertEqual([row for row in now if row in before], before)
        self.assertEqual([row["action"] for row in now if row not in before], ["signed_in", "restored"])

    def test_a_restore_that_is_refused_is_not_told(self):
        self.export(self.out)
        self.empty()
        reseal(self.out, "story.jsonl", lambda row: {**row, "urgency": 10**30})
        with self.assertRaises(CommandError):
            self.ingest(self.out)
        self.assertFalse(AuditEntry.objects.exists())

    def test_the_desk_finds_drafts_revisions_and_what_waits(self):
        self.moved()
        draft = Story.objects.get(uid=self.draft.uid)
        self.assertEqual(
            (draft.state, draft.revisions.count(), draft.revisions.first().by.username), ("draft", 2, "budi")
        )
        self.assertEqual(Story.objects.get(uid=self.seed.uid).waiting_change.changes, {"place": "Lviv"})
        self.assertEqual(Story.objects.get(slug="satu-detik").verified_in.slug, "detik-yang-sama")
        self.assertEqual(User.objects.get(username="budi").memberships.get().edition.slug, "gorontalo")

    def test_the_log_of_moves_holds_under_other_keys(self):
        self.export(self.out)
        self.empty()
        User.objects.create_superuser("kepala")
        User.objects.bulk_create(User(username=f"lain-{number}") for number in range(self.budi.pk))  # his keys
        self.ingest(self.out)
        self.assertNotEqual(User.objects.get(username="budi").pk, self.budi.pk)
        call_command("check_revisions", stdout=io.StringIO())
        Revision.objects.filter(number=1).update(by=User.objects.get(username="kepala"))
        with self.assertRaises(CommandError):
            call_command("check_revisions", stdout=io.StringIO())

    def test_a_photo_without_its_file_comes_back_without(self):
        lost = self.seed.lead_photo.file.name
        self.enterContext(self.settings(MEDIA_ROOT=shutil.copytree(default_storage.location, self.folder / "some")))
        default_storage.delete(lost)
        self.moved()
        self.assertTrue(default_storage.exists(Photo.objects.exclude(file=lost).first().file.name))
        self.assertFalse(default_storage.exists(lost))

    def test_nothing_of_the_newsroom_is_forgotten(self):
        kept_by_itself = {apps.get_model("articles", name) for name in ("PhotoInText", "Touch", "Moment", "RateLimit")}
        self.assertEqual({*apps.get_app_config("articles").get_models()} - kept_by_itself, {*MODELS} - {User})


class SignInTest(BackupTestCase):
    @pytest.mark.wide
    def test_no_password_leaves_and_no_superuser_comes(self):
        User.objects.create_superuser("kepala", password="rahasia-sekali")
        self.moved()
        self.assertNotIn(b"md5", b"".join(bytes_of(self.out).values()))
        for user in User.objects.all():
            self.assertEqual((user.has_usable_password(), user.is_superuser, user.is_staff), (False, False, True))

    def test_who_is_there_already_stays_as_they_are(self):
        User.objects.create_user("kepala", first_name="Orang", is_staff=True)
        self.export(self.out)
        self.empty()
        User.objects.create_superuser("kepala", password="rahasia-sekali", first_name="Kepala")
        self.ingest(self.out)
        here = User.objects.get(username="kepala")
        self.assertEqual((here.first_name, here.is_superuser), ("Kepala", True))
        self.assertTrue(here.check_password("rahasia-sekali"))

    def test_nothing_gives_itself_more_than_a_takeout_may(self):
        self.export(self.out)
        self.empty()
        reseal(self.out, "user.jsonl", lambda row: {**row, "is_superuser": True})
        with self.assertRaisesMessage(CommandError, "is_superuser"):
            self.ingest(self.out)
        self.assertFalse(User.objects.exists())


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


@pytest.mark.django_db(transaction=True)
def test_who_writes_meanwhile_does_not_wait_and_is_not_in_it():
    def write():
        Tag.objects.create(name="Baru", slug="baru")
        connection.close()

    with database_in_a_file():
        with database.at_one_moment():
            assert not Tag.objects.exists()
            writer = threading.Thread(target=write)
            writer.start()
            writer.join()
            assert not Tag.objects.exists()
        assert Tag.objects.exists()


def reseal_all(folder, name, change):
    for _line in (folder / name).read_text().splitlines():
        reseal(folder, name, change)  # the first row goes to the end
        first, *rest = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join([*rest, first]))
    reseal(folder, name, lambda row: row)
