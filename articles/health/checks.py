"""The checks of a running newsroom. Each answers with one word for machines: "ok", or what is wrong.

`HARD`: without these a worker must get no requests. The others are told, and go on serving readers: to take every
worker out because a mail waits would be worse than the fault.

All of them together ask a dozen small questions, at most once in `KEPT` seconds a process, and are given up after
`PATIENCE` seconds, so that a flood of probes, a hanging disk or a hanging bucket costs nothing more.
"""

import concurrent.futures
import datetime
import pathlib
import tempfile
import threading
import time

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from articles import database
from articles.cache.freshness import POLL, get_checker
from articles.models import Touch
from articles.publishing import scheduled
from articles.tasks import queue

OK, SLOW = "ok", "no-answer"
KEPT = 2  # seconds for which an answer is given again
PATIENCE = 5  # seconds for all checks
LATE = datetime.timedelta(minutes=1)  # with a reader in each minute, a scheduled change goes out within it
A_SECTOR = b"\0" * 4096
_storage = []  # the Future of the try that runs


def answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def triggers():
    return "stale" if database.are_stale() else OK


def migrations():
    return "pending" if database.lacks_migrations() else OK


def pages():
    """Whether this worker learns what changes: it knows the newest invalidation."""
    checker = get_checker()
    newest = Touch.objects.exclude(**{checker.column: None}).order_by(f"-{checker.column}")
    number = newest.values_list(checker.column, flat=True).first() or 0
    checker.refresh()
    if checker.number < number and connection.vendor == "postgresql":  # a server is read twice a second
        time.sleep(POLL + 0.1)
        checker.refresh()
    return OK if checker.number >= number else "behind"


def storage():
    """In a thread, because a disk or a bucket may hang; while one hangs, no other is begun."""
    if not _storage:
        _storage.append(concurrent.futures.Future())
        threading.Thread(target=_try_storage, args=_storage, name="storage", daemon=True).start()
    try:
        word = _storage[0].result(PATIENCE)
    except concurrent.futures.TimeoutError:
        return SLOW
    finally:
        if _storage[0].done():
            _storage.clear()
    return word


def _try_storage(future):
    try:
        future.set_result(_storage_now())
    except BaseException as error:
        future.set_exception(error)  # raised where the result is asked for


def _storage_now():
    """A file is written and deleted where photos are; a bucket is only asked, since each write there costs."""
    try:
        if hasattr(default_storage, "bucket_name"):
            default_storage.exists("probe")
        else:
            folder = pathlib.Path(settings.MEDIA_ROOT)
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(A_SECTOR)
    except OSError:  # our Bucket raises no other
        return "not-writable"
    return OK


def schedule():
    return "late" if scheduled.due(timezone.now() - LATE).exists() else OK


def tasks():
    found = queue.look(timezone.now())
    return "away" if found.is_worker_away else OK


HARD = {"database": answers, "triggers": triggers, "migrations": migrations}
SOFT = {"pages": pages, "storage": storage, "schedule": schedule, "tasks": tasks}


def look():
    """{name: word} of all checks. After one that the database does not answer, those that need it are not asked."""
    found, is_there = {}, True
    for name, check in (HARD | SOFT).items():
        if not is_there and name != "storage":
            found[name] = SLOW
            continue
        try:
            found[name] = check()
        except DatabaseError:
            found[name], is_there = SLOW, False
    return found


class Kept:
    """The last answer of this process, for a moment. One thread asks; if it hangs, the others wait for it no longer
    than PATIENCE."""

    def __init__(self):
        self.lock, self.at, self.found = threading.Lock(), float("-inf"), {}

    def look(self):
        if not self.lock.acquire(timeout=PATIENCE):
            return dict.fromkeys(HARD | SOFT, SLOW)
        try:
            if time.monotonic() - self.at >= KEPT:
                self.found, self.at = look(), time.monotonic()
            return self.found
        finally:
            self.lock.release()

    def forget(self):
        self.at = float("-inf")


kept = Kept()
