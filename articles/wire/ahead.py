"""Reads on while the database works: SQLite and psycopg let other threads run for as long as a statement takes."""

import contextvars
import queue
import threading

AHEAD = 2  # batches that wait at most; more would only cost memory
_LAST = object()


def read_ahead(items, most=AHEAD):
    """The same items, made in a thread of their own, at most `most` before they are asked for.

    What `items` raises is raised here, after what came before it. The thread has the caller's language and time zone,
    and must not use Django's database. Closing this generator ends the thread and closes `items`.
    """
    waiting, is_over = queue.Queue(most), threading.Event()
    thread = threading.Thread(
        target=contextvars.copy_context().run, args=(_fill, waiting, items, is_over), name="read-ahead", daemon=True
    )
    thread.start()
    try:
        while (entry := waiting.get())[0] is not _LAST:
            yield entry[0]
        if entry[1]:
            raise entry[1]
    finally:
        is_over.set()
        while not waiting.empty():  # the thread may wait for a place
            waiting.get_nowait()
        thread.join()


def _fill(waiting, items, is_over):
    error = None
    try:
        for one in items:
            waiting.put((one, None))
            if is_over.is_set():
                break
    except BaseException as raised:  # whatever it is, it is the caller's
        error = raised
    finally:
        if close := getattr(items, "close", None):
            close()
    if not is_over.is_set():  # otherwise nobody waits for it, or makes room for it
        waiting.put((_LAST, error))
