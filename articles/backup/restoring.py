"""`manage.py restore`: a backup into an empty database and a storage that has none of its files otherwise.

A small table, MARK, notes which backup is being restored and how far it is. So a restore that was stopped goes on, and
nothing else is ever restored over rows: neither a newsroom nor half of another backup.
"""

import hashlib

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from articles import audit, database
from articles.models.audit_entry import Action
from articles.wire.values.item import Refusal

from . import tables
from .copies import DATABASE, FILES, ORIGINALS

MARK = "newsroom_restore"
BEGUN, LOADED = "begun", "loaded"


def check(copies, name, progress):
    """Read all of a backup and compare it with its hashes. Returns its manifest. Raises Refusal."""
    manifest = copies.manifest(name)
    tables.models_at(manifest["migrations"])
    for file in (DATABASE, ORIGINALS):
        with copies.legible(file):
            told = manifest["files"][file]
        copies.check(f"{name}/{file}", told["size"], told["sha256"])
    checked = set()
    for number, one in enumerate(copies.originals(name), 1):
        if one.file and one.file not in checked:
            copies.check(f"{FILES}/{one.file}", one.size, one.sha256)
            checked.add(one.file)
        progress(_("originals checked"), number)
    return manifest


def refuse_unless_empty(copies, name):
    """Raise Refusal if the database has tables, or the storage another file under a name of the backup.

    Returns how far a restore of the same backup came.
    """
    step = _step(name)
    if step is None and not tables.is_empty():
        raise Refusal(
            _("This database has tables already, and a restore overwrites nothing: name a new, empty database.")
        )
    if other := [one.name for one in copies.originals(name) if one.file and _is_other(one)]:
        told = {"count": len(other), "names": ", ".join(other[:3])}
        raise Refusal(_("The storage has other files under %(count)s names of the backup: %(names)s.") % told)
    return step


def restore(copies, name, manifest, progress):
    """Restore a checked backup, then migrate to this release. Raises Refusal."""
    step = refuse_unless_empty(copies, name)
    if step is None:
        _mark(name, BEGUN)
    for number, one in enumerate(copies.originals(name), 1):
        if one.file and not default_storage.exists(one.name):
            _put(copies, one)
        progress(_("originals"), number)
    if step != LOADED:
        tables.make(manifest["migrations"])
        with database.for_bulk():
            tables.load(manifest["migrations"], copies.lines(f"{name}/{DATABASE}"), _adding(progress))
        _refuse_other_counts(manifest)
        _mark(name, LOADED)
    call_command("migrate", verbosity=0)
    audit.write(Action.RESTORED)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARK}")


def _refuse_other_counts(manifest):
    found = tables.counts()
    if wrong := [table for table, count in manifest["rows"].items() if found.get(table) != count]:
        raise Refusal(_("Not all rows came: %(tables)s.") % {"tables": ", ".join(wrong)})


def _adding(progress):
    found = {}

    def add(table, rows):
        found[table] = found.get(table, 0) + rows
        progress(_("rows of %(table)s") % {"table": table}, found[table])

    return add


def _step(name):
    """How far a restore of this backup came; None if none was begun. Raises Refusal if it is of another backup."""
    if MARK not in connection.introspection.table_names():
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT backup, step FROM {MARK}")
        begun = cursor.fetchall()
    if begun and begun[-1][0] != name:
        told = {"name": begun[-1][0]}
        raise Refusal(_("The restore of %(name)s was begun here: end it first, or name another database.") % told)
    return begun[-1][1] if begun else BEGUN


def _mark(name, step):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (backup varchar(16), step varchar(10))")
        cursor.execute(f"DELETE FROM {MARK}")
        cursor.execute(f"INSERT INTO {MARK} VALUES (%s, %s)", [name, step])


def _is_other(one):
    """Whether the storage has a file of that name with another content."""
    if not default_storage.exists(one.name):
        return False
    if default_storage.size(one.name) != one.size:
        return True
    with default_storage.open(one.name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() != one.sha256


def _put(copies, one):
    with copies.reading(f"{FILES}/{one.file}") as file:
        default_storage.save(one.name, File(file, one.name))
