"""Counts how often stories are read. Each worker counts in memory, and a thread of it stores the sums.

Nothing about a reader is kept: no cookie, no address, only a number for each story. Readers do not wait: a response
only adds one in memory. The sums of `EVERY` seconds are stored in one transaction; a killed worker loses them.
"""

import collections
import functools
import logging
import re
import threading

from django.db import Error, connection, transaction
from django.utils import timezone

from articles.models import Story

EVERY = 10  # seconds
BATCH = 500
MOST = 1_000_000  # reads that are kept while the database does not answer: 8 MB
NO_BROWSER = re.compile(r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|headless|facebookexternal|lighthouse", re.I)
ADD = """
    INSERT INTO articles_readcount (story_id, hour, reads) VALUES (%s, %s, %s)
    ON CONFLICT (story_id, hour) DO UPDATE SET reads = articles_readcount.reads + excluded.reads"""
logger = logging.getLogger(__name__)


class Reads:
    """`add` notes a read; a thread, started by the first read, counts and stores them."""

    def __init__(self):
        self.sent = collections.deque(maxlen=MOST)  # ids of stories; without a lock, which would slow every response
        self.lock, self.thread = threading.Lock(), None

    def add(self, story, environ):
        """Note a read of the story with this id if a browser asked for it, and not ahead of time (Sec-Purpose)."""
        if (
            is_browser(environ.get("HTTP_USER_AGENT", ""))
            and environ["REQUEST_METHOD"] == "GET"
            and "HTTP_SEC_PURPOSE" not in environ
        ):
            self.sent.append(story)
            if self.thread is None:
                self._start()

    def store(self):
        """Write the sums into the database. If it does not answer, they are kept and written the next time."""
        sent = [self.sent.popleft() for _ in range(len(self.sent))]
        try:
            _write(collections.Counter(sent), timezone.now())
        except Error as error:
            logger.warning("Reads could not be stored now: %s", error)
            self.sent.extendleft(sent)

    def _start(self):
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(target=self._go_on, name="reads", daemon=True)
                self.thread.start()

    def _go_on(self):
        wake = threading.Event()
        while not wake.wait(EVERY):
            if self.sent:
                self.store()
                connection.close()  # while the thread sleeps, its connection is back in the pool


@functools.lru_cache(2_000)
def is_browser(agent):
    """Whether a person may be reading, as far as the program says what it is."""
    return agent.startswith("Mozilla/") and not NO_BROWSER.search(agent[:500])


def _write(sums, now):
    """Add to the sums of this hour, in the order of ids, so that workers cannot deadlock."""
    hour = connection.ops.adapt_datetimefield_value(now.replace(minute=0, second=0, microsecond=0))
    keys = sorted(sums)
    with transaction.atomic(), connection.cursor() as cursor:
        for first in range(0, len(keys), BATCH):
            ids = Story.objects.filter(pk__in=keys[first : first + BATCH]).order_by("pk").values_list("pk", flat=True)
            cursor.executemany(ADD, [(key, hour, sums[key]) for key in ids])
