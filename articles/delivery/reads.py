"""How often stories are read: counted in memory by each worker, and stored in sums by a thread beside it.

Nothing of a reader is kept: no cookie, no address, only a number for each story. No reader waits for it: an answer adds
one in memory. The sums of `EVERY` seconds are stored in one transaction; a worker that is killed loses those.
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
MOST = 1_000_000  # answers that are kept while the database does not answer: 8 MB
NO_BROWSER = re.compile(r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|headless|facebookexternal|lighthouse", re.I)
ADD = """
    INSERT INTO articles_readcount (story_id, hour, reads) VALUES (%s, %s, %s)
    ON CONFLICT (story_id, hour) DO UPDATE SET reads = articles_readcount.reads + excluded.reads"""
logger = logging.getLogger(__name__)


class Reads:
    """`add` notes an answer; a thread that the first one starts counts and stores them."""

    def __init__(self):
        self.sent = collections.deque(maxlen=MOST)  # ids of stories; without a lock, which every answer would feel
        self.lock, self.thread = threading.Lock(), None

    def add(self, story, environ):
        """Note that the story with this id went to a browser; where it is only fetched ahead, nobody reads it."""
        if (
            is_browser(environ.get("HTTP_USER_AGENT", ""))
            and environ["REQUEST_METHOD"] == "GET"
            and "HTTP_SEC_PURPOSE" not in environ
        ):
            self.sent.append(story)
            if self.thread is None:
                self._start()

    def store(self):
        """Write the sums into the database. Where it does not answer they are kept, to be written the next time."""
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
                connection.close()  # for as long as the thread sleeps, a server's goes back to the pool


@functools.lru_cache(2_000)
def is_browser(agent):
    """Whether somebody may be reading there: as far as a program says what it is."""
    return agent.startswith("Mozilla/") and not NO_BROWSER.search(agent[:500])


def _write(sums, now):
    """Add to the sums of this hour, in the order of ids, so that workers wait for each other and never in a circle."""
    hour = connection.ops.adapt_datetimefield_value(now.replace(minute=0, second=0, microsecond=0))
    keys = sorted(sums)
    with transaction.atomic(), connection.cursor() as cursor:
        for first in range(0, len(keys), BATCH):
            there = Story.objects.filter(pk__in=keys[first : first + BATCH]).order_by("pk").values_list("pk", flat=True)
            cursor.executemany(ADD, [(key, hour, sums[key]) for key in there])
