"""Which reads of a story count: one of an address in half an hour, and `MOST_AN_HOUR` of an address in an hour.

An address is kept as a hash, with a salt of this process, in memory alone and for an hour. So the limits are those of
one worker: where there are two, an address may count twice.
"""

import collections
import hashlib
import math
import secrets
import threading

AN_HOUR = 3600  # seconds
AGAIN_AFTER = 1800  # seconds
MOST_AN_HOUR = 60
MOST = 100_000  # reads that are remembered, 45 MB at most; of more the oldest are forgotten before their hour ends


class Readers:
    def __init__(self):
        self.salt, self.lock = secrets.token_bytes(16), threading.Lock()
        self.order = collections.deque()  # (time, reader and story), oldest first
        self.last, self.numbers = {}, collections.Counter()  # {reader and story: time}, {reader: reads of this hour}

    def take(self, address, story, now):
        """Whether a read of `story` (bytes) from `address` counts at the time `now`, in seconds; then it is noted."""
        reader = hashlib.blake2b(address.encode(), key=self.salt, digest_size=8).digest()
        key = reader + story
        with self.lock:
            self._forget(now)
            if self.numbers[reader] >= MOST_AN_HOUR or now - self.last.get(key, -math.inf) < AGAIN_AFTER:
                return False
            if len(self.order) >= MOST:
                self._drop()
            self.order.append((now, key))
            self.last[key] = now
            self.numbers[reader] += 1
            return True

    def forget(self, now):
        """Forget what is older than an hour, though nobody reads."""
        with self.lock:
            self._forget(now)

    def _forget(self, now):
        while self.order and self.order[0][0] <= now - AN_HOUR:
            self._drop()

    def _drop(self):
        at, key = self.order.popleft()
        reader = key[:8]
        if self.last[key] == at:
            del self.last[key]
        self.numbers[reader] -= 1
        if not self.numbers[reader]:
            del self.numbers[reader]
