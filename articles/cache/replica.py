"""The replica, where there is one (REPLICA_URL): lists of reports at the desk are read there, and nothing else.

Readers and the rest of the desk read where they write, because a page or a form must show the change before it. A
report may be a minute old. Without the replica, or when it is further behind, reports are read like everything else.
"""

import contextlib
import contextvars
import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connections

NAME = "replica"
MOST_BEHIND = 60  # seconds
REPORTED = {"auditentry", "readcount"}
KEPT = 10  # seconds for which an answer of `is_usable` is kept
BEHIND = """SELECT pg_last_wal_replay_lsn() < %s::pg_lsn,
    coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)"""

log = logging.getLogger(__name__)
_reports = contextvars.ContextVar("reports", default=False)


class Router:
    """Of settings.DATABASE_ROUTERS. Accounts and rights are never asked of the replica."""

    def db_for_read(self, model, **hints):
        return NAME if _reports.get() and model._meta.model_name in REPORTED else None

    def allow_relation(self, one, other, **hints):
        return True  # rows of the replica are those of the database

    def allow_migrate(self, db, app_label, **hints):
        return db != NAME


class Known:
    """Whether the replica is usable, for KEPT seconds; one thread asks, others take the last answer."""

    def __init__(self):
        self.lock, self.at, self.word = threading.Lock(), float("-inf"), "away"

    def look(self):
        if time.monotonic() - self.at >= KEPT and self.lock.acquire(blocking=False):
            try:
                before, self.word, self.at = self.word, state(), time.monotonic()
                if self.word not in ("ok", before):
                    log.warning("Reports are read from the database, not from its replica: %s", self.word)
            finally:
                self.lock.release()
        return self.word

    def is_away(self):
        self.word, self.at = "away", time.monotonic()


known = Known()


def state():
    """ "ok", or why it is not used: "away", "behind", "none" (REPLICA_URL is not set)."""
    if NAME not in settings.DATABASES:
        return "none"
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_lsn()::text")
            newest = cursor.fetchone()[0]
        with connections[NAME].cursor() as cursor:
            cursor.execute(BEHIND, [newest])
            is_behind, seconds = cursor.fetchone()
    except DatabaseError:
        connections[NAME].close()
        return "away"
    return "behind" if is_behind and seconds > MOST_BEHIND else "ok"


@contextlib.contextmanager
def reports():
    """While it lasts, rows are read from the replica, if there is a usable one; yields whether."""
    is_used = NAME in settings.DATABASES and known.look() == "ok"
    mark = _reports.set(is_used)
    try:
        yield is_used
    finally:
        _reports.reset(mark)


def read_report(make):
    """What `make` returns, read from the replica; once more from the database if the replica goes away meanwhile."""
    with reports() as is_used:
        try:
            return make()
        except DatabaseError as error:
            if not is_used:
                raise
            log.warning("Reports are read from the database, not from its replica: %s", type(error).__name__)
            known.is_away()
            connections[NAME].close()
    return make()
