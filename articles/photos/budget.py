"""A limit for the memory of pictures: a worker stays below 1.5 gigabytes with any requests.

Decoding and encoding wait here for their turn, first come, first served. A large picture runs alone, and only one
large picture runs per machine, because its workers share the memory.
"""

import contextlib
import ctypes
import fcntl
import os
import threading

from django.conf import settings

MOST = 800_000_000  # bytes for all pictures of one worker together
LARGE = 400_000_000
TURNS = 4  # pictures processed at once: each has its file (from a bucket) and its reduced picture in memory


class Budget:
    """A number of bytes that all threads of this process share."""

    def __init__(self, most):
        self.most, self.used = most, 0
        self._door, self._changed = threading.Lock(), threading.Condition()

    @contextlib.contextmanager
    def spent(self, asked):
        """Wait until `asked` bytes are free, and reserve them. A request for more than the limit reserves all of it."""
        asked = min(asked, self.most)
        with self._door, self._changed:  # a small request does not overtake a waiting large one
            self._changed.wait_for(lambda: self.used + asked <= self.most)
            self.used += asked
        try:
            yield
        finally:
            with self._changed:
                self.used -= asked
                self._changed.notify_all()


_budget, _turns = Budget(MOST), threading.BoundedSemaphore(TURNS)


def a_turn():
    """Wait until one more picture may be processed. Callers ask for it before any `room`, and never twice."""
    return _turns


@contextlib.contextmanager
def room(cost):
    """Wait for `cost` bytes of memory, and reserve them meanwhile. A caller that has some must not ask for more."""
    with locked("large-picture") if cost > LARGE else contextlib.nullcontext(), _budget.spent(cost):
        try:
            yield
        finally:
            if cost > LARGE:
                _give_back()


def _give_back():
    """Return free memory to the system: malloc keeps some for each thread that had a large picture."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None  # only glibc has it
    if trim:
        trim(0)


@contextlib.contextmanager
def locked(name):
    """A lock for all workers of this machine. If no file can be written, there is none and work may be done twice."""
    try:
        folder = settings.VAR / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / name).open("w")
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
