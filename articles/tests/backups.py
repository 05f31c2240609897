"""The folder of a backup: what stands in it, and rows that are changed and sealed again."""

import datetime
import hashlib
import io
import json
import pathlib
import tempfile

import time_machine
from django.core.management import call_command
from django.db import connection

from articles import publishing
from articles.backup.takeout.rows import list_of
from articles.models import (
    Address,
    Arrival,
    AuditEntry,
    Edition,
    FormerFile,
    OldAddress,
    Section,
    Story,
)
from articles.models.story import State

from .newsroom import READING, SEED_PATH, NewsroomTestCase, load_newsroom

LOG = list_of(AuditEntry)


def bytes_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def but_for_the_log(folder):
    """Without the audit log, which tells of the backup itself, and without the seal, which holds its hash."""
    return {name: content for name, content in bytes_of(folder).items() if name not in (LOG, "takeout.json")}


def reseal(folder, name, change):
    """Change the first row of a list as somebody would who can make hashes, too."""
    first, *rest = (folder / name).read_text().splitlines()
    content = "".join(f"{line}\n" for line in [json.dumps(change(json.loads(first))), *rest]).encode()
    (folder / name).write_bytes(content)
    seal = json.loads((folder / "takeout.json").read_text())
    seal["lists"][name]["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "takeout.json").write_text(json.dumps(seal))


def reseal_all(folder, name, change):
    for _line in (folder / name).read_text().splitlines():
        reseal(folder, name, change)  # the first row goes to the end
        first, *rest = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join([*rest, first]))
    reseal(folder, name, lambda row: row)


DAY = datetime.timedelta(days=1)


MOMENT = datetime.timedelta(microseconds=1)


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
