"""Reads a file in a second process, while this one stores what was read before. Pure.

The second process is a copy of this one (fork). It asks no database, and ends when nobody waits for its values.
"""

import itertools
import multiprocessing
import os
import signal
import sys
import threading

LARGE = 1 << 20  # bytes of a file; a smaller one is read before a second process has begun


class Lost(Exception):
    """The second process has ended before its values did: it was killed, or there was no memory."""


def pays(file):
    """Whether a second process would save time. A process with other threads cannot be copied safely."""
    is_possible = sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1
    return is_possible and os.fstat(file.fileno()).st_size >= LARGE


def in_second_process(values, size):
    """The same values, in the same order. The second process makes `size` of them at a time, and waits with them.

    An error of the values is raised here, after the values before it. Raises Lost.
    """
    processes = multiprocessing.get_context("fork")
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=_send, args=(values, size, here, there), daemon=True)
    process.start()
    there.close()
    try:
        while True:
            batch, is_last, error = _received(here)
            yield from batch
            if error:
                raise error
            if is_last:
                return
    finally:
        here.close()
        process.join()


def _received(here):
    try:
        return here.recv()
    except EOFError:
        raise Lost from None


def _send(values, size, here, there):
    here.close()  # so that sending fails when the first process has closed it or has ended
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first process ends this one
    is_last = False
    while not is_last:
        batch, is_last, error = _batch(values, size)
        try:
            there.send((batch, is_last, error))
        except BrokenPipeError:
            return


def _batch(values, size):
    """(the next values, whether they are the last, the error that ended them)."""
    batch = []
    try:
        for value in itertools.islice(values, size):
            batch.append(value)
    except Exception as error:
        return batch, True, error
    return batch, len(batch) < size, None
