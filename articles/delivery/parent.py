"""A process that belongs to `serve` ends when `serve` does, also where that was killed and could tell nobody."""

import multiprocessing
import os
import signal
import threading
import time

EVERY = 1  # seconds
GRACE = 30  # seconds for the last answers


def has_ended(pid):
    """Whether the process that started this one is not `pid` any more: then that has ended."""
    return os.getppid() != pid


def end_with_parent():
    """In a worker of `serve`: a thread stops it, by the signal that `serve` would send. Elsewhere nothing happens."""
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_watch, args=[parent.pid], daemon=True, name="parent").start()


def _watch(pid):
    while not has_ended(pid):
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)  # it hangs
