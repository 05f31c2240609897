"""What was touched, as one worker knows it: read from the database whenever it may have changed."""

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

MOST = 1_000  # keys at once; beyond that everything held is dropped
MOST_KNOWN = 50_000
POLL = 0.5  # seconds between looks at a server: the bound of how old a page can be there
AHEAD = 12 * 3600  # seconds: so far ahead moments are known; without the database nothing is good for longer
REFRESH = 3600  # seconds: moments are read again
PAUSE = 0.25  # seconds after a look that failed, in which no other is tried
PATIENCE = 0.5  # seconds that readers wait for a look of another
LOOK_AT_FILE = 0.5
MOMENTS_KEPT = 23 * 3600  # seconds; database/invalidation.py drops them after a day


class Paused(OperationalError):
    """The database was not asked: it did not answer a moment ago, or does not answer somebody else now."""


@functools.cache
def get_checker():
    """The one watch of this process."""
    return FreshnessChecker()


class FreshnessChecker:
    """`look` before every answer; then `is_good` tells of anything printed before whether it still holds.

    `number`: the newest that is known. `version` moves when anything is learnt, so that what was found good under it
    need not be asked about again. `epoch` moves when everything must be dropped.
    """

    def __init__(self):
        self.source = _source()
        self.column = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor].number
        self.asking = threading.Lock()  # of the database; may be held for long
        self.lock = threading.Lock()  # of what is known; never held while the database is asked
        self.number, self.version, self.epoch = 0, 0, 0
        self.touched, self.due, self.coming = {}, {}, []
        self.now, self.moments_at, self.next_at = time.time(), 0.0, math.inf
        self.is_scheduled_change_due = True  # perhaps since before this worker was there

    def refresh(self):
        """Learn what was touched and what has come due. Raises an Error of the database where it does not answer."""
        try:
            if (state := self.source.changed()) is not None:
                with self.asking:
                    self._read()
                self.source.learnt(state)  # asked before it was read: what came between is read once more
            self._follow(time.time())
        except Exception as error:
            self.source.failed(error)
            raise

    def follow_clock(self):
        """Learn what has come due while the database does not answer: that is known for `AHEAD`, then nothing is."""
        self._follow(time.time(), may_ask=False)

    def state(self):
        """What is known before something is printed: number, version, epoch and time."""
        return self.number, self.version, self.epoch, time.time()

    def is_good(self, rendered):
        """Whether nothing that `printed` shows was touched since, and none of its moments has come."""
        if rendered.epoch != self.epoch or rendered.until <= self.now:
            return False
        return rendered.version == self.version or not self.is_old(rendered)

    def is_old(self, rendered):
        """Whether something that `printed` shows is known to be another, or not to be shown any more. What only counts
        or dates by the clock (`until`) makes nothing old that must be shown without the database."""
        if rendered.epoch != self.epoch:
            return True
        version, number, at = self.version, rendered.number, rendered.at
        for key in rendered.keys:
            if self.touched.get(key, 0) > number or self.due.get(key, 0) > at:
                return True
        rendered.version = version
        return False

    def _read(self):
        """Touches first, moments then: a moment is committed together with a touch that tells of it."""
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
        """Whether rows that this worker never read are dropped already, or the database is another one."""
        numbers = Touch.objects.exclude(**{self.column: None}).order_by(self.column)
        first, last = (rows.values_list(self.column, flat=True).first() for rows in (numbers, numbers.reverse()))
        return (first or 0) > self.number + 1 or (last or 0) < self.number

    def _forget(self):
        self.touched, self.due = {}, {}
        self.epoch += 1
        self.version += 1

    def _moments(self):
        """(when they were asked for, those that come soon or came lately)."""
        now = time.time()
        since = min(now, self.moments_at or now)  # nobody may have asked for hours: what came meanwhile counts, too
        begin, end = _aware(since - 3600), _aware(now + AHEAD)
        rows = Moment.objects.filter(at__gte=begin, at__lte=end).values_list("at", "key").distinct()
        return now, [(at.timestamp(), key) for at, key in rows]

    def _expect(self, now, moments):
        heapq.heapify(moments)
        self.coming, self.moments_at = moments, now
        self.next_at = moments[0][0] if moments else math.inf

    def _follow(self, now, may_ask=True):
        if now < self.now - 1:  # the clock was set back: what had come due may be to come again
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
    """A server that broke one connection off broke them all off: those that wait in the pool would each fail somebody.

    Not where the pool itself had none to give.
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
    """A database in memory: asked every time."""

    is_new = True

    def changed(self):
        return True

    def learnt(self, state):
        pass

    def failed(self, error):
        pass


class _Server:
    """A server is asked at most every `POLL` seconds, by one thread at a time; `ring` lets the next look ask at once.

    Readers wait for a server that is away neither in a queue nor each by themselves: one asks, `PAUSE` after the last
    who did; the others are told at once.
    """

    is_new = True

    def __init__(self):
        self.asked_at = self.failed_at = -math.inf
        self.turn, self.began_at = threading.Lock(), math.inf

    def changed(self):
        now = time.monotonic()
        if now - self.failed_at < PAUSE or now - self.began_at > PATIENCE:
            raise Paused("The database does not answer.")
        if now - self.asked_at < POLL:
            return None
        if not self.turn.acquire(timeout=PATIENCE):
            raise Paused("The database does not answer.")
        self.began_at = self.asked_at = time.monotonic()  # before the answer: others need not wait for it
        return self.began_at

    def learnt(self, state):
        close_old_connections()
        self._end()

    def failed(self, error):
        """Connections may be broken for good, those that wait in the pool, too: the next look has another."""
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

    def failed(self, error):
        close_old_connections()

    def _open(self):
        """This thread's connections go on with a file that is no longer there: they are closed."""
        own = self.own
        if hasattr(own, "connection"):
            own.connection.close()
        connection.close()
        own.connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
        own.file, own.seen = self.file, None
