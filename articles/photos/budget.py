"""How much memory pictures may take at once: a worker stays under 1.5 gigabytes, whatever is asked of it.

Unpacking and packing pictures wait here for their turn, in the order in which they came. What is large goes alone, and
one at a time on a machine, since its workers share the memory.
"""

import contextlib
import ctypes
import fcntl
import os
import threading

from django.conf import settings

MOST = 800_000_000  # bytes that the pictures of one worker may take at once
LARGE = 400_000_000
TURNS = 4  # pictures worked on at once: each has its file in memory, if of a bucket, and what it was reduced to


class Budget:
    """So many bytes, shared by all threads of this process."""

    def __init__(self, most):
        self.most, self.used = most, 0
        self._door, self._changed = threading.Lock(), threading.Condition()

    @contextlib.contextmanager
    def spent(self, asked):
        """Wait until `asked` bytes are free, and hold them. What asks for more than there is has all of it."""
        asked = min(asked, self.most)
        with self._door, self._changed:  # who waits for much is not passed by who asks for little
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
    """Wait until one more picture may be worked on. Asked for before any `room`, and not twice."""
    return _turns


@contextlib.contextmanager
def room(cost):
    """Wait for so many bytes of memory, and hold them meanwhile. Whoever holds some asks for no more."""
    with locked("large-picture") if cost > LARGE else contextlib.nullcontext(), _budget.spent(cost):
        try:
            yield
        finally:
            if cost > LARGE:
                _give_back()


def _give_back():
    """Hand memory that is free back to the system: malloc keeps some for each thread that had a large picture."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None  # glibc has it
    if trim:
        trim(0)


@contextlib.contextmanager
def locked(name):
    """A lock of this machine, for all workers; where no file can be written there is none, and work is done twice."""
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
