"""What was touched, as one worker knows it: read from the database whenever it may have changed."""

import datetime
import functools
import heapq
import math
import os
import sqlite3
import threading
import time

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection

from articles.models import Moment, Touch

from .touches import Postgresql, Sqlite

MOST = 1_000  # keys at once; beyond that everything held is dropped
MOST_KNOWN = 50_000
POLL = 0.5  # seconds between looks at a server: the bound of how old a page can be there
AHEAD = 7200  # seconds: moments are read so far ahead, and again every hour
PAUSE = 2  # seconds after a look that failed, in which no other is tried
LOOK_AT_FILE = 0.5
MOMENTS_KEPT = 23 * 3600  # seconds; touches.py drops them after a day


@functools.cache
def ours():
    """The one watch of this process."""
    return Watch()


class Watch:
    """`look` before every answer; then `is_good` tells of anything printed before whether it still holds.

    `number`: the newest that is known. `version` moves when anything is learnt, so that what was found good under it
    need not be asked about again. `epoch` moves when everything must be dropped.
    """

    def __init__(self):
        self.source = _source()
        self.column = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor].number
        self.lock = threading.Lock()
        self.number, self.version, self.epoch = 0, 0, 0
        self.touched, self.due, self.coming = {}, {}, []
        self.now, self.moments_at = time.time(), 0.0
        self.is_waiting_change_due = True  # perhaps since before this worker was there

    def look(self):
        """Learn what was touched and what has come due. Raises an Error of the database where it does not answer."""
        if (state := self.source.changed()) is not None:
            try:
                with self.lock:
                    self.source.check()
                    self._read()
            except Exception:
                self.source.failed()
                raise
            self.source.learnt(state)  # asked before it was read: what came between is read once more
        now = time.time()
        if now < self.now - 1:  # the clock was set back: what had come due may be to come again
            with self.lock:
                self._forget()
                self._read_moments(now)
        self.now = now
        if (self.coming and self.coming[0][0] <= now) or now - self.moments_at > AHEAD / 2:
            with self.lock:
                self._pass(now)

    def state(self):
        """What is known before something is printed: number, version, epoch and time."""
        return self.number, self.version, self.epoch, time.time()

    def is_good(self, printed):
        """Whether nothing that `printed` shows was touched since, and none of its moments has come."""
        if printed.epoch != self.epoch or printed.until <= self.now:
            return False
        if printed.version == self.version:
            return True
        version, number, at = self.version, printed.number, printed.at
        for key in printed.keys:
            if self.touched.get(key, 0) > number or self.due.get(key, 0) > at:
                return False
        printed.version = version
        return True

    def _read(self):
        """Touches first, moments then: a moment is committed together with a touch that tells of it."""
        newer = Touch.objects.filter(**{f"{self.column}__gt": self.number}).order_by(self.column)
        rows = list(newer.values_list(self.column, "key")[: MOST + 1])
        is_first = self.source.is_new
        self.source.is_new = False
        if is_first or len(rows) > MOST or len(self.touched) > MOST_KNOWN or self._is_behind():
            last = Touch.objects.exclude(**{self.column: None}).order_by(f"-{self.column}")
            self.number = last.values_list(self.column, flat=True).first() or 0
            self._forget()
            self._read_moments(time.time())
        elif rows:
            self.touched |= {key: number for number, key in rows}
            self.number = rows[-1][0]
            if "@" in self.touched:
                del self.touched["@"]
                self._read_moments(time.time())
            self.version += 1

    def _is_behind(self):
        """Whether rows that this worker never read are dropped already, or the database is another one."""
        numbers = Touch.objects.exclude(**{self.column: None}).order_by(self.column)
        first, last = (rows.values_list(self.column, flat=True).first() for rows in (numbers, numbers.reverse()))
        return (first or 0) > self.number + 1 or (last or 0) < self.number

    def _forget(self):
        self.touched, self.due = {}, {}
        self.epoch += 1
        self.version += 1

    def _read_moments(self, now):
        since = min(now, self.moments_at or now)  # nobody may have asked for hours: what came meanwhile counts, too
        begin, end = _aware(since - 3600), _aware(now + AHEAD)
        rows = Moment.objects.filter(at__gte=begin, at__lte=end).values_list("at", "key").distinct()
        self.coming = [(at.timestamp(), key) for at, key in rows]
        heapq.heapify(self.coming)
        self.moments_at = now

    def _pass(self, now):
        if now - self.moments_at > MOMENTS_KEPT:
            self._forget()
        if now - self.moments_at > AHEAD / 2:
            self._read_moments(now)
        while self.coming and self.coming[0][0] <= now:
            at, key = heapq.heappop(self.coming)
            self.due[key] = max(at, self.due.get(key, 0))
            self.is_waiting_change_due |= key == "waiting"
        self.version += 1


def _aware(timestamp):
    return datetime.datetime.fromtimestamp(timestamp, datetime.UTC)


def _source():
    if connection.vendor != "sqlite":
        server = _Server()
        if settings.CACHE_URL:
            from .doorbell import listen  # loads Redis' client, which a newsroom without it does not need

            listen(server.ring)
        return server
    name = connection.settings_dict["NAME"]
    return _Always() if connection.is_in_memory_db() else _File(str(name))


class _Always:
    """A database in memory: asked every time."""

    is_new = True

    def changed(self):
        return True

    def learnt(self, state):
        pass

    def check(self):
        pass

    def failed(self):
        pass


class _Server:
    """A server is asked at most every `POLL` seconds; `ring` lets the next look ask at once."""

    is_new = True

    def __init__(self):
        self.asked_at = self.failed_at = -math.inf

    def changed(self):
        self.check()
        now = time.monotonic()
        if now - self.asked_at < POLL:
            return None
        self.asked_at = now  # before the answer: others need not wait for it
        return now

    def learnt(self, state):
        close_old_connections()

    def failed(self):
        """This connection may be broken for good: the next look has another."""
        self.asked_at = -math.inf
        if time.monotonic() - self.failed_at >= PAUSE:  # not those who were told so by `check`
            self.failed_at = time.monotonic()
        close_old_connections()

    def check(self):
        """Readers wait for a server that is away once in `PAUSE` seconds, not each of them."""
        if time.monotonic() - self.failed_at < PAUSE:
            raise OperationalError("The database did not answer a moment ago.")

    def ring(self):
        self.asked_at = -POLL


class _File:
    """SQLite tells by one number whether any other connection has written, without reading a page.

    The number is a connection's own, and a thread has its own connection. The file is looked at twice a second:
    another one may have been put in its place.
    """

    is_new = True

    def __init__(self, path):
        self.path = path
        self.own = threading.local()
        self.file, self.looked_at = None, 0.0

    def changed(self):
        now = time.monotonic()
        if now - self.looked_at > LOOK_AT_FILE:
            found = os.stat(self.path)
            if self.file != (found.st_dev, found.st_ino):
                self.file, self.is_new = (found.st_dev, found.st_ino), True
            self.looked_at = now
        own = self.own
        if getattr(own, "file", None) != self.file:
            self._open()
        state = own.connection.execute("PRAGMA data_version").fetchone()[0]
        return None if state == own.seen else state

    def learnt(self, state):
        self.own.seen = state

    def check(self):
        pass

    def failed(self):
        close_old_connections()

    def _open(self):
        """This thread's connections go on with a file that is no longer there: they are closed."""
        own = self.own
        if hasattr(own, "connection"):
            own.connection.close()
        connection.close()
        own.connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
        own.file, own.seen = self.file, None
