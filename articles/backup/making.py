"""`manage.py backup`: one more backup into a folder, while the newsroom is served."""

import datetime
import functools
import gzip
import hashlib
import json
import tomllib
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models
from django.utils.translation import gettext as _

from articles import audit, database
from articles.cache.freshness import get_checker
from articles.models import Touch
from articles.models.audit_entry import Action
from articles.wire.values.item import Refusal

from . import lock, tables
from .copies import DATABASE, FILES, MANIFEST, ORIGINALS, PIECE, VERSION, Original


class Made(NamedTuple):
    """`rows`: of all tables. `added`: originals that no backup had. `missing`: names without a file in the storage."""

    name: str
    rows: int
    originals: int
    added: int
    missing: list[str]


def make(copies, progress, keep=None):
    """Write a backup; of the older ones, leave `keep` in all. Returns a Made. Raises Refusal and OSError.

    Rows are those of one moment, and each original that they name is in the storage then: uploads come before their
    row, and a replaced file stays for 30 days.
    """
    with lock.held():
        if not database.has_migrations():
            raise Refusal(_("This database has not the migrations of this release: run `manage.py migrate` first."))
        copies.begin()
        for name in copies.interrupted():
            copies.folder.delete_below(name)
        earlier = copies.whole()
        name = _new_name(earlier)
        audit.write(Action.BACKED_UP)  # first, so that the backup has its own entry
        rows, files = {}, {}
        with database.at_one_moment():
            migrations, newest = tables.applied(), _newest_invalidation()
            files[DATABASE] = _write(copies, f"{name}/{DATABASE}", tables.lines(migrations, _counting(rows, progress)))
            wanted = sorted(set(_names_of_files()))
        kept = {one.name: one for one in copies.originals(earlier[-1])} if earlier else {}
        originals = list(_kept(copies, wanted, kept, progress))
        files[ORIGINALS] = _write(copies, f"{name}/{ORIGINALS}", (_line(one) for one, _is_new in originals))
        told = {
            "version": VERSION, "name": name, "release": release(), "database": connection.vendor,
            "migrations": migrations, "invalidation": newest, "rows": rows, "files": files,
        }  # fmt: skip
        with copies.writing(f"{name}/{MANIFEST}") as file:
            file.write(json.dumps(told, indent=1).encode())
        if keep:
            forget(copies, keep)
    missing = [one.name for one, _is_new in originals if not one.file]
    return Made(name, sum(rows.values()), len(originals), sum(is_new for _one, is_new in originals), missing)


def forget(copies, keep):
    """Delete the oldest backups but `keep`, and the originals that no backup names any more."""
    names = copies.whole()
    for name in names[:-keep]:
        copies.folder.delete(f"{name}/{MANIFEST}")  # first: from here on it is no backup
        copies.folder.delete_below(name)
    named = {one.file for name in names[-keep:] for one in copies.originals(name)}
    for file in list(copies.folder.names(FILES)):
        if file.removeprefix(f"{FILES}/") not in named:
            copies.folder.delete(file)


def release():
    return tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]["version"]


def _newest_invalidation():
    """By its number, so that a drill knows which pages have changed since."""
    column = get_checker().column
    return Touch.objects.exclude(**{column: None}).aggregate(newest=models.Max(column))["newest"] or 0


def _new_name(earlier):
    """By the clock; after a clock that ran ahead, still the last in order."""
    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    if earlier:
        last = datetime.datetime.strptime(earlier[-1], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
        at = max(at, last + datetime.timedelta(seconds=1))
    return f"{at:%Y%m%dT%H%M%SZ}"


def _counting(rows, progress):
    def count(table, number):
        rows[table] = number
        progress(_("rows of %(table)s") % {"table": table}, number)

    return count


def _write(copies, name, lines):
    """Write lines, packed. Returns {"size", "sha256"} of the packed content."""
    counted = _Counted()
    with copies.writing(name) as file:
        counted.file = file
        with gzip.GzipFile(filename="", fileobj=counted, mode="wb", compresslevel=5, mtime=0) as packed:
            for line in lines:
                packed.write(line)
    return {"size": counted.size, "sha256": counted.digest.hexdigest()}


class _Counted:
    """Passes on what is written, and notes its size and hash."""

    def __init__(self):
        self.file, self.size, self.digest = None, 0, hashlib.sha256()

    def write(self, content):
        self.size += len(content)
        self.digest.update(content)
        return self.file.write(content)

    def flush(self):
        pass


def _names_of_files():
    """The names of all files that rows of any model name."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from filter(None, model._base_manager.values_list(field.name, flat=True).iterator())


def _kept(copies, names, kept, progress):
    """(Original, whether its content is new in the folder) for each name; its file is there then.

    A stored file is never replaced under its name, so one of the same size as in the backup before is not read again.
    """
    there = {name.removeprefix(f"{FILES}/") for name in copies.folder.names(FILES)}
    for number, name in enumerate(names, 1):
        before = kept.get(name)
        if before and before.file in there and _size(name) == before.size:
            yield before, False
        else:
            one, is_new = _copied(copies, name, there)
            there.add(one.file)
            yield one, is_new
        progress(_("originals"), number)


def _size(name):
    try:
        return default_storage.size(name)
    except FileNotFoundError:
        return None


def _copied(copies, name, there):
    try:
        original = default_storage.open(name)
    except FileNotFoundError:
        return Original(name, 0, "", ""), False
    with original:
        digest, size = hashlib.sha256(), 0
        for piece in iter(functools.partial(original.read, PIECE), b""):
            digest.update(piece)
            size += len(piece)
        key = copies.seal.name_of(digest.hexdigest())
        file = f"{key[:2]}/{key}"
        is_new = file not in there
        if is_new:
            original.seek(0)
            with copies.writing(f"{FILES}/{file}") as kept:
                for piece in iter(functools.partial(original.read, PIECE), b""):
                    kept.write(piece)
    return Original(name, size, digest.hexdigest(), file), is_new


def _line(one):
    return json.dumps(list(one), ensure_ascii=False).encode() + b"\n"
