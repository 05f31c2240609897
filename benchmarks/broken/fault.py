"""One fault: how a newsroom is set up for it, how it begins and ends, and what may come of it."""

import contextlib
import time

from articles.tests.real_servers import Postgres

from . import newsrooms, people, seen

BEFORE, CALM, MOST = 3, 3, 90  # seconds: all is well before; all was well for so long; waited for at most
KINDS = {}  # {name: Fault}


class Fault:
    """`says`: what breaks. `starts_anew`: a process must start again, so that two seconds are not asked of it."""

    says, database, starts_anew = "", "postgresql", False
    lasts = True  # the cause goes on for as long as is asked; else it is over at once
    most_reads = 0  # reads that may be lost
    beacons = True  # behind nginx all devices here have one address, and count once
    grace = 0  # further seconds in which a page may be older: of a cache in front
    editors = 3  # the last one changes nothing

    def __init_subclass__(cls, name=None, **more):
        super().__init_subclass__(**more)
        if name:
            KINDS[name], cls.name = cls, name

    def __init__(self, seconds):
        self.seconds = seconds if self.lasts else 0

    @contextlib.contextmanager
    def scene(self):
        """Yields the Newsroom, not yet started."""
        with newsrooms.copied(self.database) as (var, postgres):
            environ, self.postgres = {}, None
            if self.database == "postgresql":
                self.postgres = Postgres(postgres)
                self.postgres.start()
                environ["DATABASE_URL"] = self.postgres.address
            try:
                self.newsroom = newsrooms.Newsroom(var, **environ, **self.environ(var))
                yield self.newsroom
            finally:
                if self.postgres:
                    self.postgres.stop()

    def environ(self, var):
        return {}

    def begin(self):
        raise NotImplementedError

    def end(self):
        """Returns when the cause is gone."""

    def lost(self, watch):
        """Further losses that this fault may have brought."""
        return []

    def run(self):
        """The row of the table, as {column: words}."""
        with self.scene() as newsroom:
            try:
                newsroom.start()
                hired, grace = newsroom.hire(self.editors), people.GRACE[self.database] + self.grace
                watch = people.Watch(newsroom, hired, grace=grace, beacons=self.beacons)
                with watch:
                    begun, gone = self._happens(watch)
                    calm(watch, gone)
                return self._row(watch, begun, gone)
            finally:
                newsroom.stop()

    def _happens(self, watch):
        if not settled(watch):
            raise RuntimeError(f"It was not well before anything broke: {watch.seen[-5:]}")
        begun = time.monotonic()
        self.begin()
        time.sleep(self.seconds)
        self.end()
        return begun, time.monotonic()

    def _row(self, watch, begun, gone):
        lost = [*seen.lost(self.newsroom, watch, most_reads=self.most_reads), *self.lost(watch)]
        after = seen.recovery(watch.seen, gone)
        old = [note for note in watch.seen if seen.is_wrong(note)]
        is_well = not lost and not old and (self.starts_anew or after <= 2)
        return {
            "fault": self.name, "on": self.database, "lasted": round(gone - begun, 1),
            "saw": seen.summary(watch.seen, begun, gone + after + 0.1), "old pages": len(old), "lost": lost,
            "recovered after": round(after, 1), "saves": sum(map(len, watch.stored.values())),
            "copies": sum(watch.copies.values()), "reads": watch.beacons, "is well": is_well,
        }  # fmt: skip


def settled(watch):
    """Whether everybody is answered well for some seconds, before anything breaks."""
    end = time.monotonic() + MOST
    while time.monotonic() < end:
        time.sleep(0.5)
        now = time.monotonic()
        last = [note for note in watch.seen if note.at > now - BEFORE]
        if all(watch.stored.values()) and last and all(map(seen.is_well, last)):
            return True
    return False


def calm(watch, gone):
    """Waits until all went well for some seconds."""
    while time.monotonic() < gone + MOST:
        time.sleep(0.5)
        last_bad = max((note.at + note.took for note in watch.seen if not seen.is_well(note)), default=0)
        if time.monotonic() - max(last_bad, gone) > CALM:
            return
