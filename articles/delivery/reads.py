"""Counts how often stories are read. Each worker counts in memory, and a thread of it stores the sums.

A page of ours tells of a read when its story was in view for some seconds (static/site/reading.js). It sends the
public id of the story and nothing else. Of a reader nothing is stored: no cookie, no address (readers.py). The sums of
`EVERY` seconds are stored in one transaction; a killed worker loses them.
"""

import collections
import functools
import logging
import re
import threading
import time
import uuid

from django.db import Error, connection, transaction
from django.utils import timezone

from articles.limits import address_in
from articles.models import Story

from . import bodies
from .readers import Readers

ADDRESS = "/read/"
SAME = "same-origin"  # what browsers say of a request from a page of the same host
LONGEST = 200  # bytes of what is posted
EVERY = 10  # seconds
BATCH = 500
MOST = 10_000  # stories that are counted in `EVERY` seconds, or while the database does not answer
NO_BROWSER = re.compile(r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|headless|facebookexternal|lighthouse", re.I)
ADD = """
    INSERT INTO articles_readcount (story_id, hour, reads) VALUES (%s, %s, %s)
    ON CONFLICT (story_id, hour) DO UPDATE SET reads = articles_readcount.reads + excluded.reads"""
logger = logging.getLogger(__name__)


class Reads:
    """`told` takes what a page tells; a thread, started by the first read, stores the sums."""

    def __init__(self):
        self.readers, self.sums = Readers(), collections.Counter()  # {public id of a story: reads}
        self.lock, self.thread = threading.Lock(), None

    def told(self, environ, body):
        """The status of the answer to a read that is posted: 204 if it is well-formed, whether it counts or not."""
        if status := refused(environ):
            return status
        try:
            story = uuid.UUID(b"".join(iter(body.read, b"")).decode("ascii"))
        except ValueError:
            return 400
        now = time.time()
        if counts(environ) and self.readers.take(address_in(environ), story.bytes, now):
            self.add({story: 1})
        return 204

    def add(self, sums):
        with self.lock:
            for story, reads in sums.items():
                if story in self.sums or len(self.sums) < MOST:
                    self.sums[story] += reads
            if self.thread is None:
                self._start()

    def store(self):
        """Write the sums into the database. If it does not answer, they are kept and written the next time."""
        with self.lock:
            sums, self.sums = self.sums, collections.Counter()
        try:
            _write(sums, timezone.now())
        except Error as error:
            logger.warning("Reads could not be stored now: %s", error)
            self.add(sums)

    def _start(self):
        self.thread = threading.Thread(target=self._go_on, name="reads", daemon=True)
        self.thread.start()

    def _go_on(self):
        wake = threading.Event()
        while not wake.wait(EVERY):
            self.readers.forget(time.time())
            if self.sums:
                self.store()
                connection.close()  # while the thread sleeps, its connection is back in the pool


def refused(environ):
    """The status for a post that no page of ours has sent, before it is read; or None."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return 411
    if bodies.length(environ) > LONGEST:
        return 413
    origin = environ.get("HTTP_ORIGIN", "").partition("://")[2]
    is_ours = origin and origin == environ.get("HTTP_HOST") and environ.get("HTTP_SEC_FETCH_SITE") in (None, SAME)
    return None if is_ours else 403


def counts(environ):
    """Whether the reader is a person who lets us count, as far as their browser says."""
    is_left_alone = environ.get("HTTP_DNT") == "1" or environ.get("HTTP_SEC_GPC") == "1"
    return not is_left_alone and is_browser(environ.get("HTTP_USER_AGENT", ""))


@functools.lru_cache(2_000)
def is_browser(agent):
    """Whether a person may be reading, as far as the program says what it is."""
    return agent.startswith("Mozilla/") and not NO_BROWSER.search(agent[:500])


def _write(sums, now):
    """Add the reads of live stories to the sums of this hour, in the order of ids, so that workers cannot deadlock."""
    hour = connection.ops.adapt_datetimefield_value(now.replace(minute=0, second=0, microsecond=0))
    uids, rows = list(sums), []
    with transaction.atomic(), connection.cursor() as cursor:
        for first in range(0, len(uids), BATCH):
            live = Story.objects.live(now).filter(uid__in=uids[first : first + BATCH]).order_by()
            rows += [(key, hour, sums[uid]) for key, uid in live.values_list("pk", "uid")]
        cursor.executemany(ADD, sorted(rows))
