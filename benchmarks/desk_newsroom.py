"""The newsrooms that desk.py measures: made once for each size, kept, and brought up to date."""

import contextlib
import os
import pathlib
import sqlite3
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ASSIGNMENTS = 10_000  # at every size
PICTURES = 24


def prepare(count):
    """Set this process up for the newsroom of so many stories, and make it if it is not there."""
    sys.path.insert(0, str(ROOT))
    folder = ROOT / "var" / "desk" / str(count)
    folder.mkdir(parents=True, exist_ok=True)
    server = os.environ.get("DATABASE_URL", "")
    keeper = Postgresql(server, count) if server.startswith("postgres") else Sqlite(folder)
    os.environ |= {"VAR": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings", "COUNT_READS": "0"}
    os.environ["DATABASE_URL"] = keeper.address
    import django

    is_made = keeper.is_made()
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

    call_command("migrate", verbosity=0)
    if not is_made:
        print(f"{count:,} stories are made …", file=sys.stderr)
        _make(count)
        keeper.keep()


def _make(count):
    from articles.database import for_bulk
    from articles.tests.large_desk import LargeDesk
    from articles.tests.large_plans import add_plans

    _pictures()
    with for_bulk():
        desk = LargeDesk()
        desk.add(count)
        add_plans(desk, ASSIGNMENTS)


def _pictures():
    """The files of all photos of a LargeDesk."""
    from django.conf import settings
    from PIL import Image

    folder = pathlib.Path(settings.MEDIA_ROOT, "originals")
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        Image.effect_noise((640, 427), 40 + number).convert("RGB").save(folder / f"desk-{number}.jpg", quality=60)


class Sqlite:
    def __init__(self, folder):
        self.file = folder / "desk.sqlite3"
        self.mark = folder / "is-made"
        self.address = f"sqlite:///{self.file}"

    def is_made(self):
        if not self.mark.exists():
            for file in self.file.parent.glob("desk.sqlite3*"):
                file.unlink()
        return self.mark.exists()

    def keep(self):
        with contextlib.closing(sqlite3.connect(self.file)) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.mark.touch()


class Postgresql:
    """A database beside the given one. Its comment says that it is made."""

    def __init__(self, server, count):
        self.server, base = server, server.partition("?")[0].rpartition("/")
        self.name = f"{base[2]}_desk_{count}"
        self.address = f"{base[0]}/{self.name}"

    def is_made(self):
        with self._link(self.server) as link:
            row = link.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self.name]
            ).fetchone()
            if row and row[0] == "is made":
                return True
            link.execute(f'DROP DATABASE IF EXISTS "{self.name}"')
            link.execute(f'CREATE DATABASE "{self.name}"')
        return False

    def keep(self):
        with self._link(self.address) as link:
            link.execute("VACUUM ANALYZE")
            link.execute(f"COMMENT ON DATABASE \"{self.name}\" IS 'is made'")

    def _link(self, address):
        import psycopg

        return psycopg.connect(address, autocommit=True)
