"""How much memory pictures may take at once: a worker stays under 1.5 gigabytes, whatever is asked of it.

Unpacking and packing pictures wait here for their turn, in the order in which they came. What is large goes alone, and
one at a time on a machine, since its workers share the memory.
"""

import contextlib
import fcntl
import threading

from django.conf import settings

MOST = 900_000_000  # bytes that the pictures of one worker may take at once
LARGE = 400_000_000
FILES = 4  # originals that are open at once: of a bucket, and of HEIC, each is in memory


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


_budget, _files = Budget(MOST), threading.BoundedSemaphore(FILES)


def a_file():
    """Wait until an original may be opened. Asked for before any `room`."""
    return _files


@contextlib.contextmanager
def room(cost):
    """Wait for so many bytes of memory, and hold them meanwhile. Whoever holds some asks for no more."""
    with locked("large-picture") if cost > LARGE else contextlib.nullcontext(), _budget.spent(cost):
        yield


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
