"""Writes the whole newsroom into a folder, and restores it: as a backup, or to move to another machine or database.

    takeout.json       version, and rows and SHA-256 of each list: written last, so that it seals the rest
    story.jsonl, …     the lists: one file per model, one row per line, references by natural key
    originals.jsonl    each file of a photo with its SHA-256, or null if the storage had no such file
    media/…            these files, named as in the storage

Primary keys are not exported. The order of the lines keeps their order, which decides between stories of one second.
Passwords and the superuser's right are not exported, so that no backup gives anybody access.
"""

import functools
import hashlib
import json

from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name
from django.db import transaction
from django.utils.translation import gettext as _

from articles import audit, database, photos, publishing
from articles.models import AuditEntry, FormerFile, Photo, Revision, WaitingChange
from articles.models.audit_entry import Action
from articles.wire.streams.files import whole
from articles.wire.values.item import Refusal

from .rows import ADDED, BATCH, MODELS, User, legible, legible_line, link_self_references, list_of, rows_of, store_rows

VERSION = 7
BEGUN = {User, AuditEntry}  # rows that an empty newsroom may have, because somebody has signed in there
SEAL, ORIGINALS, MEDIA = "takeout.json", "originals.jsonl", "media"


def write(folder, progress):
    """Write the newsroom into a new or an empty folder. Returns the number of missing originals. Raises Refusal.

    `tell(name, count)` reports the progress.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts and the names of protected people are in it
    if any(folder.iterdir()):
        raise Refusal(_("%(folder)s holds something already: name a new or an empty folder.") % {"folder": folder})
    audit.write(Action.BACKED_UP)  # first, so that the backup contains its own entry
    lists = {}
    with database.at_one_moment():
        for model in MODELS:
            lists[list_of(model)] = _write_list(folder / list_of(model), rows_of(model), _progress_of(progress, model))
    lists[ORIGINALS] = _write_list(folder / ORIGINALS, _copied(folder), functools.partial(progress, _("originals")))
    with whole(folder / SEAL) as file:
        file.write(json.dumps({"version": VERSION, "lists": lists}, indent=1).encode() + b"\n")
    return sum(digest is None for _name, digest in _originals(folder))


def is_backup(folder):
    """Whether a folder is a complete backup. An unfinished one has no seal."""
    return (folder / SEAL).is_file()


def check(folder, progress):
    """Raise Refusal if the backup cannot be restored, before anything is stored."""
    _refuse_unless_empty()
    for name, digest in _seal(folder).items():
        _check_file(folder, name, digest)
    for count, (name, digest) in enumerate(_originals(folder), 1):
        if digest:
            _check_file(folder, f"{MEDIA}/{name}", digest)
        progress(_("originals checked"), count)


def restore(folder, progress):
    """Restore a checked backup into an empty newsroom: all rows or none. Raises Refusal.

    Originals come first, because no transaction may wait for them. A second run after a stop finds them in place.
    """
    for count, (name, digest) in enumerate(_originals(folder), 1):
        if digest:
            photos.put(name, _within(folder, f"{MEDIA}/{name}"))
        progress(_("originals"), count)
    lists = _seal(folder)
    with database.for_bulk(), transaction.atomic():
        _refuse_unless_empty()  # somebody may have begun to write meanwhile
        for model in (model for model in MODELS if list_of(model) in lists):
            store_rows(model, _read(folder, list_of(model)), _progress_of(progress, model))
            link_self_references(model, _read(folder, list_of(model)))
        publishing.keep_keys(_snapshots())
        audit.write(Action.RESTORED)


def _snapshots():
    """All restored snapshots: `keep_keys` stores the natural keys in old ones, which have no public ids."""
    yield from Revision.objects.values_list("snapshot", flat=True).iterator(BATCH)
    for waiting in WaitingChange.objects.select_related("story__edition"):
        for part in (waiting.changes, waiting.base):
            yield {"edition": waiting.story.edition.slug, **part}


def _progress_of(progress, model):
    return functools.partial(progress, model._meta.verbose_name_plural)


# Out --------------------------------------------------------------------------------------


def _write_list(path, rows, progress):
    """Write rows into a file, a line each. Returns their number and hash."""
    digest, count = hashlib.sha256(), 0
    with whole(path) as file:
        for count, row in enumerate(rows, 1):
            line = json.dumps(row, sort_keys=True, default=_plain).encode() + b"\n"
            file.write(line)
            digest.update(line)
            progress(count)
    return {"rows": count, "sha256": digest.hexdigest()}


def _plain(value):
    """Times with all digits, since the order of two stories may depend on them. Django's own encoder cuts them."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _copied(folder):
    """Copy the originals that the lists name. Yields a row for each."""
    for model in (Photo, FormerFile):
        for row in filter(lambda row: row["file"], _read(folder, list_of(model))):
            path = _inside(folder, f"{MEDIA}/{row['file']}")
            if not path.exists():
                yield {"name": row["file"], "sha256": _copy(row["file"], path)}


def _copy(name, path):
    """Copy an original from the storage. Returns its hash, or None if it is missing."""
    try:
        original = default_storage.open(name)
    except FileNotFoundError:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with original, whole(path) as file:
        for chunk in original.chunks():
            file.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()


# In, with checks --------------------------------------------------------------------------


def _refuse_unless_empty():
    """Only accounts and their audit log may be here, because a superuser must exist before the restore."""
    for model in MODELS:
        if model not in BEGUN and model._base_manager.exists():
            params = {"what": model._meta.verbose_name_plural}
            raise Refusal(_("A backup comes only into an empty newsroom, and here are already: %(what)s.") % params)


def _seal(folder):
    """{list: hash} of the backup. An older version has fewer lists, but must have all lists of its version."""
    with legible(SEAL):
        seal = json.loads(_within(folder, SEAL).read_bytes())
        if seal["version"] not in range(1, VERSION + 1):
            params = {"version": seal["version"], "known": VERSION}
            raise Refusal(_("This backup is of version %(version)s; version %(known)s is read here.") % params)
        models = [model for model in MODELS if ADDED.get(model, 1) <= seal["version"]]
        return {name: seal["lists"][name]["sha256"] for name in [*map(list_of, models), ORIGINALS]}


def _check_file(folder, name, expected):
    with _within(folder, name).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != expected:
            raise Refusal(_("%(name)s is not as it was written: it has another hash.") % {"name": name})


def _within(folder, name):
    """The path of a file of the backup. Raises Refusal if it is missing."""
    path = _inside(folder, name)
    if not path.is_file():
        raise Refusal(_("%(name)s is missing from the backup.") % {"name": name})
    return path


def _inside(folder, name):
    """The path of a file of the backup. Raises Refusal if a name or a link leads out of the folder."""
    with legible(name):
        path = folder / validate_file_name(name, allow_relative_path=True)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refusal(_("%(name)s leads out of the backup.") % {"name": name})
    return path


def _read(folder, name):
    """The rows of a list, one by one."""
    with _within(folder, name).open("rb") as file:
        for number, line in enumerate(file, 1):
            with legible_line(name, number):
                row = dict(json.loads(line))
            yield row


def _originals(folder):
    """(name, hash) of each original. The hash is None if the file was missing at the backup."""
    for number, row in enumerate(_read(folder, ORIGINALS), 1):
        with legible_line(ORIGINALS, number):
            original = validate_file_name(row["name"], allow_relative_path=True), row["sha256"]
        yield original
