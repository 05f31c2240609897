"""The invalidations that one worker knows: it reads them from the database whenever there may be new ones."""

import datetime
import functools
import heapq
import math
import os
import sqlite3
import threading
import time

from django.db import OperationalError, close_old_connections, connection

from articles.database.invalidation import Postgresql, Sqlite
from articles.models import Moment, Touch

MOST = 1_000  # keys in one read; if there are more, the whole cache is dropped
MOST_KNOWN = 50_000
POLL = 0.5  # seconds between two reads from a server: a page can be stale for that long at most
AHEAD = 12 * 3600  # seconds: moments are known so far ahead; without the database no page is fresh for longer
REFRESH = 3600  # seconds after which moments are read again
PAUSE = 0.25  # seconds after a failed read in which none is tried
PATIENCE = 0.5  # seconds for which readers wait while another thread reads
SOON = 0.05  # seconds after which readers wait for the thread that reads, and are sent nothing that it may find old
LOOK_AT_FILE = 0.5  # seconds
MOMENTS_KEPT = 23 * 3600  # seconds; database/invalidation.py drops them after a day


class Paused(OperationalError):
    """The database was not asked: it did not answer a moment ago, or keeps another thread waiting."""


@functools.cache
def get_checker():
    """The one FreshnessChecker of this process."""
    return FreshnessChecker()


class FreshnessChecker:
    """Call `refresh` before every answer; then `is_good` says whether a page rendered earlier is still fresh.

    `number`: the newest known invalidation. `version` grows with each read that brings something, so a page that was
    fresh under this version is not checked again. `epoch` grows when the whole cache must be dropped.
    """

    def __init__(self):
        self.source = _source()
        self.column = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor].number
        self.asking = threading.Lock()  # for reading from the database; may be held for long
        self.lock = threading.Lock()  # for the fields below; never held while the database is asked
        self.number, self.version, self.epoch = 0, 0, 0
        self.touched, self.due, self.coming = {}, {}, []
        self.now, self.moments_at, self.next_at = time.time(), 0.0, math.inf
        self.is_scheduled_change_due = True  # one may have been due before this worker started

    def refresh(self):
        """Learn of invalidations and of moments that came. Raises a database Error if the database does not answer."""
        try:
            if (state := self.source.changed()) is not None:
                with self.asking:
                    self._read()
                self.source.learnt(state)  # taken before the read, so a change made during it is read again
            self._follow(time.time())
        except Exception as error:
            self.source.failed(error)
            raise

    def follow_clock(self):
        """Follow the clock without the database: moments are known for `AHEAD`, then no page is fresh."""
        self._follow(time.time(), may_ask=False)

    def state(self):
        """The state before a page is rendered: (number, version, epoch, time)."""
        return self.number, self.version, self.epoch, time.time()

    def is_good(self, rendered):
        """Whether no dependency of `rendered` was invalidated since, and none of its moments has come."""
        if rendered.epoch != self.epoch or rendered.until <= self.now:
            return False
        return rendered.version == self.version or not self.is_old(rendered)

    def is_old(self, rendered):
        """Whether a dependency of `rendered` is known to have changed. `until` is ignored: a count or a date that is
        old does no harm while the database does not answer."""
        if rendered.epoch != self.epoch:
            return True
        version, number, at = self.version, rendered.number, rendered.at
        for key in rendered.keys:
            if self.touched.get(key, 0) > number or self.due.get(key, 0) > at:
                return True
        rendered.version = version
        return False

    def _read(self):
        """Read touches first, then moments: a moment is committed together with a touch that announces it."""
        newer = Touch.objects.filter(**{f"{self.column}__gt": self.number}).order_by(self.column)
        rows = list(newer.values_list(self.column, "key")[: MOST + 1])
        if self.source.is_new or len(rows) > MOST or len(self.touched) > MOST_KNOWN or self._is_behind():
            last = Touch.objects.exclude(**{self.column: None}).order_by(f"-{self.column}")
            number = last.values_list(self.column, flat=True).first() or 0
            moments = self._moments()
            with self.lock:
                self._forget()
                self.number = number
                self._expect(*moments)
            self.source.is_new = False
        elif rows:
            moments = self._moments() if any(key == "@" for _number, key in rows) else None
            with self.lock:
                self.touched |= {key: number for number, key in rows if key != "@"}
                self.number = rows[-1][0]
                if moments:
                    self._expect(*moments)
                self.version += 1

    def _is_behind(self):
        """Whether rows were deleted before this worker read them, or this is another database."""
        numbers = Touch.objects.exclude(**{self.column: None}).order_by(self.column)
        first, last = (rows.values_list(self.column, flat=True).first() for rows in (numbers, numbers.reverse()))
        return (first or 0) > self.number + 1 or (last or 0) < self.number

    def _forget(self):
        self.touched, self.due = {}, {}
        self.epoch += 1
        self.version += 1

    def _moments(self):
        """(time of the query, [(timestamp, key)] of moments that come soon or came recently)."""
        now = time.time()
        since = min(now, self.moments_at or now)  # there may have been no request for hours; moments since then count
        begin, end = _aware(since - 3600), _aware(now + AHEAD)
        rows = Moment.objects.filter(at__gte=begin, at__lte=end).values_list("at", "key").distinct()
        return now, [(at.timestamp(), key) for at, key in rows]

    def _expect(self, now, moments):
        heapq.heapify(moments)
        self.coming, self.moments_at = moments, now
        self.next_at = moments[0][0] if moments else math.inf

    def _follow(self, now, may_ask=True):
        if now < self.now - 1:  # the clock was set back: moments that had come may come again
            with self.lock:
                self._forget()
                self.moments_at = 0.0
        self.now = now
        age = now - self.moments_at
        if may_ask and age > REFRESH:
            moments = self._moments()
            with self.lock:
                if age > MOMENTS_KEPT:
                    self._forget()
                self._expect(*moments)
        if self.next_at <= now or (age > AHEAD and not may_ask):
            with self.lock:
                self._pass(now)

    def _pass(self, now):
        while self.coming and self.coming[0][0] <= now:
            at, key = heapq.heappop(self.coming)
            self.due[key] = max(at, self.due.get(key, 0))
            self.is_scheduled_change_due |= key == "waiting"
        self.next_at = self.coming[0][0] if self.coming else math.inf
        if now - self.moments_at > AHEAD:
            self._forget()
        self.version += 1


def empty_pool(error):
    """Drop the connections of the pool: if the server closed one, it closed all, and each would fail one request.

    If the error is that the pool had none free, its connections are kept.
    """
    if connection.vendor == "postgresql" and connection.pool and type(error.__cause__).__name__ != "PoolTimeout":
        connection.pool.drain()


def _aware(timestamp):
    return datetime.datetime.fromtimestamp(timestamp, datetime.UTC)


def _source():
    if connection.vendor != "sqlite":
        server = _Server()
        _listen(server)
        return server
    name = connection.settings_dict["NAME"]
    return _Always() if connection.is_in_memory_db() else _File(str(name))


def _listen(server):
    from . import notify  # loads the client of PostgreSQL, which a newsroom on SQLite does not need

    notify.listen(server.ring)


class _Always:
    """A database in memory: it is read every time."""

    is_new = True

    def changed(self):
        return True

    def learnt(self, state):
        pass

    failed = learnt  # nothing is to be done either


class _Server:
    """A server is asked at most every `POLL` seconds, by one thread at a time; after `ring` the next read asks at once.

    If the server is away, readers do not queue: one thread asks, `PAUSE` seconds after the last one; all others get
    Paused at once.
    """

    is_new = True

    def __init__(self):
        self.asked_at = self.failed_at = -math.inf
        self.turn, self.began_at = threading.Lock(), math.inf

    def changed(self):
        now = time.monotonic()
        if now - self.failed_at < PAUSE or now - self.began_at > PATIENCE:
            raise Paused("The database does not answer.")
        if now - self.asked_at < POLL and now - self.began_at < SOON:
            return None
        if not self.turn.acquire(timeout=PATIENCE):
            raise Paused("The database does not answer.")
        now = time.monotonic()
        if now - self.asked_at < POLL or now - self.failed_at < PAUSE:  # another thread has asked meanwhile
            self.turn.release()
            return self.changed()
        self.began_at = self.asked_at = now  # set before the answer, so other threads need not wait for it
        return self.began_at

    def learnt(self, state):
        close_old_connections()
        self._end()

    def failed(self, error):
        """Connections may be broken for good, those in the pool, too, so the next read gets a new one."""
        if isinstance(error, Paused):
            return
        self.asked_at, self.failed_at = -math.inf, time.monotonic()
        close_old_connections()
        empty_pool(error)
        self._end()

    def _end(self):
        if self.began_at != math.inf:
            self.began_at = math.inf
            self.turn.release()

    def ring(self):
        self.asked_at = -POLL


class _File:
    """SQLite has a number that changes when another connection writes; reading it costs no page of the file.

    The number belongs to a connection, and each thread has its own. The file is checked twice a second, because
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
            stat = os.stat(self.path)
            if self.file != (stat.st_dev, stat.st_ino):
                self.file, self.is_new = (stat.st_dev, stat.st_ino), True
            self.looked_at = now
        own = self.own
        if getattr(own, "file", None) != self.file:
            self._open()
        state = own.connection.execute("PRAGMA data_version").fetchone()[0]
        return None if state == own.seen else state

    def learnt(self, state):
        self.own.seen = state

    def failed(self, error):
        close_old_connections()

    def _open(self):
        """Close this thread's connections, which would go on with the old file, and open one to the new file."""
        own = self.own
        if hasattr(own, "connection"):
            own.connection.close()
        connection.close()
        own.connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
        own.file, own.seen = self.file, None
