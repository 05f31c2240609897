"""The database of a release (releases/), on SQLite, is restored into an empty one and migrated to what stands here.

On PostgreSQL this is also the way from one kind of database to the other.
"""

import contextlib
import gzip
import io
import json
import lzma
import pathlib

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from articles import database, folders
from articles.backup import restoring, tables
from articles.backup.copies import DATABASE, MANIFEST, ORIGINALS, Copies
from articles.backup.making import _write
from articles.models import Story

from ..databases import RELEASED, RELEASES, another_database, database_on_server
from ..structure import structure

pytestmark = [pytest.mark.django_db, pytest.mark.wide, pytest.mark.both_databases]


@contextlib.contextmanager
def sqlite_of(name, folder):
    """The default connection leads to the database of a release, as it was."""
    path = folder / f"{name}.sqlite3"
    path.write_bytes(lzma.decompress((RELEASES / f"{name}.sqlite3.xz").read_bytes()))
    usual, options = connections["default"], {"transaction_mode": "IMMEDIATE"}
    ours = usual.settings_dict | {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    connections["default"] = DatabaseWrapper(ours, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual


@contextlib.contextmanager
def empty_database(folder):
    is_file = connection.vendor == "sqlite"
    with another_database(str(folder / "new.sqlite3")) if is_file else database_on_server("restored"):
        yield


def backed_up(copies):
    """A backup of the database that is there, as its release would have written it. Returns its rows."""
    rows, name = {}, "20261130T120000Z"
    migrations = tables.applied()
    files = {DATABASE: _write(copies, f"{name}/{DATABASE}", tables.lines(migrations, rows.__setitem__))}
    files[ORIGINALS] = _write(copies, f"{name}/{ORIGINALS}", ())
    told = {"version": 1, "name": name, "release": "0.1.0", "migrations": migrations, "rows": rows, "files": files}
    with copies.writing(f"{name}/{MANIFEST}") as file:
        file.write(json.dumps(told).encode())
    return name, rows


@pytest.mark.parametrize("name", RELEASED)
def test_a_backup_of_a_release_comes_back_here(name, tmp_path):
    wanted = structure()
    copies = Copies(folders.at(str(tmp_path / "cadangan")), "")
    with sqlite_of(name, tmp_path):
        backup, rows = backed_up(copies)
        headlines = set(Story._base_manager.values_list("pk", "headline"))
    with empty_database(tmp_path):
        manifest = restoring.check(copies, backup, lambda *_told: None)
        restoring.restore(copies, backup, manifest, lambda *_told: None)
        assert set(Story.objects.values_list("pk", "headline")) == headlines
        assert structure() == wanted
        assert not database.differing()
        call_command("check_revisions", stdout=io.StringIO())
        assert restoring.MARK not in connection.introspection.table_names()
        for table in ("articles_credit", "articles_revision", "articles_person"):
            assert tables.counts()[table] >= rows[table] > 0
    lines = gzip.decompress(pathlib.Path(tmp_path / "cadangan" / backup / DATABASE).read_bytes())
    assert lines.count(b"\n") == sum(rows.values()) + len(rows)
