"""A newsroom leaves whole and comes back as it was."""

import io
import json
import shutil
import threading
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from articles import audit, database, photos, publishing
from articles.backup.takeout.rows import ADDED, MODELS, list_of
from articles.feeds import entries
from articles.models import (
    AuditEntry,
    Person,
    Photo,
    Revision,
    Section,
    Story,
    Tag,
)
from articles.models.audit_entry import Action

from ..backups import LOG, BackupTestCase, but_for_the_log, bytes_of, reseal, reseal_all
from ..databases import database_in_a_file
from ..newsroom import SEED_PATH

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

LEAD = ("full", 320, "jpg")
User = get_user_model()


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
        with mock.patch.object(entries, "MOST_MADE", len(addresses)):  # so that a feed tells the length of all pictures
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
        Client().force_login(User.objects.create_superuser("kepala"))
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
        made_again = ("PhotoInText", "Touch", "Moment")
        # What waits to be told, links for outsiders, sign-ins and invitations are of the newsroom that is, and end
        # with it: whoever has a copy of a backup gets in by none of them.
        ends_with_it = ("RateLimit", "Presence", "Notice", "PreviewLink", "QueuedTask", "DeskSession", "Invitation")
        kept_by_itself = {apps.get_model("articles", name) for name in made_again + ends_with_it}
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
