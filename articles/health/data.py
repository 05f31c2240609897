"""What `manage.py doctor` says of the database beside the checks: where it lies, who else uses it, what it lacks."""

import os
import pathlib
import sqlite3
import time
from contextlib import closing

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.translation import gettext as _

from articles.cache import replica
from articles.models import Edition

from .finding import Finding

OVER_THE_NET = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "fuse.sshfs", "lustre", "vboxsf")
MOST_USED = 0.8  # of max_connections
PATIENCE = 3  # seconds


def findings():
    yield from _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()
    yield from _empty()


def _of_sqlite():
    file = pathlib.Path(connection.settings_dict["NAME"])
    if connection.is_in_memory_db() or not file.exists():
        return
    kind = kind_of_disk(file.resolve())
    if kind.startswith(OVER_THE_NET):
        what = _("SQLite lies on a disk of another machine (%(kind)s): its locks do not hold there, and rows get lost.")
        yield Finding(
            "DATABASE_URL", what % {"kind": kind}, _("Move VAR to a disk of this machine, or take PostgreSQL.")
        )
    if (mode := _journal(file)) != "wal":
        what = _("SQLite keeps its journal as “%(mode)s”, so readers wait for writers.") % {"mode": mode}
        yield Finding(
            "WAL", what, _("Look whether the disk takes files beside it and shared memory; then start again.")
        )
    if file.stat().st_mode & 0o004:
        what = _("Everybody on this machine may read the database.")
        yield Finding("VAR", what, _("chmod o= on the folder that VAR names."), settings.PRODUCTION)


def kind_of_disk(path, mounts="/proc/self/mounts"):
    """ "ext4", "nfs4"; empty where the system does not tell."""
    try:
        lines = [line.split() for line in pathlib.Path(mounts).read_text().splitlines()]
    except OSError:
        return ""
    known = {line[1].replace("\\040", " "): line[2] for line in lines}  # of two at one place the later one is seen
    return next((known[str(place)] for place in (path, *path.parents) if str(place) in known), "")


def _journal(file):
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as link:
        return link.execute("PRAGMA journal_mode").fetchone()[0]


def _of_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int, count(*) FROM pg_stat_activity")
        most, used = cursor.fetchone()
    each = max(4, settings.THREADS // 2) + 1
    needed = each * (os.cpu_count() or 1)
    to_do = _("Raise max_connections, lower THREADS, or put PgBouncer in front (docs/run/postgresql.md).")
    if most < needed and not settings.LISTEN_URL:
        what = _("max_connections is %(most)d, and one host with a worker a core may open %(needed)d.")
        yield Finding("max_connections", what % {"most": most, "needed": needed}, to_do)
    elif used > most * MOST_USED:
        what = _("%(used)d of %(most)d connections of PostgreSQL are open.") % {"used": used, "most": most}
        yield Finding("max_connections", what, to_do)
    if not _is_heard():
        what = _("Workers do not hear of changes: pages are up to half a second old.")
        to_do = _("Behind PgBouncer set LISTEN_URL to the address of PostgreSQL itself.")
        yield Finding("LISTEN_URL", what, to_do)
    if (word := replica.state()) in ("away", "behind"):
        yield Finding("REPLICA_URL", *_of_replica(word))


def _of_replica(word):
    if word == "away":
        what = _("The replica does not answer: reports burden the database.")
        return what, _("Look at REPLICA_URL and its server.")
    what = _("The replica is more than a minute behind: reports burden the database.")
    return what, _("Look at pg_stat_replication of the database, and at the disk of the replica.")


def _is_heard():
    """Whether a bell rung through DATABASE_URL is heard where workers listen."""
    import psycopg

    from articles.cache.notify import server

    channel = f"doctor_{os.getpid()}"
    try:
        with psycopg.connect(**server(), autocommit=True) as bell:
            bell.execute(f"LISTEN {channel}")
            bell.execute("SELECT 1")
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, '')", [channel])
            end = time.monotonic() + PATIENCE
            return any(True for _one in bell.notifies(timeout=end - time.monotonic(), stop_after=1))
    except psycopg.Error:
        return False


def _empty():
    if not Edition.objects.exists():
        what = _("There is no edition, so every address but /admin/ is 400.")
        yield Finding("edition", what, _("Make owner, network and edition at the desk."), settings.PRODUCTION)
    if not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
        what = _("Nobody may make accounts and editions.")
        yield Finding("superuser", what, _("Run `manage.py createsuperuser`."), settings.PRODUCTION)
