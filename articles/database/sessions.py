"""Connections to the database: the functions that SQLite calls, long runs of writing, one view for a long reading."""

import contextlib
import json

from django.db import connections, transaction

from articles.text import body

# For long runs of writing on SQLite: a larger cache, moving the log into the database less often, and no memory map of
# the file, because a run that maps it takes more memory the longer it runs.
BULK = {"cache_size": -64_000, "wal_autocheckpoint": 16_000, "mmap_size": 0}


def teach_connection(connection, **kwargs):
    """SQLite's search index calls our own function for the words of a body; PostgreSQL strips tags by itself."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("plain_text", 1, body.text, deterministic=True)
        connection.connection.create_function("photos_in", 1, _photos_in, deterministic=True)


def _photos_in(clean_html):
    """The uids of photos as SQLite keeps them, in a list that it can read."""
    return json.dumps([uid.replace("-", "") for uid in body.references(clean_html).photos])


def let_go():
    """Close what this process holds open to the database.

    Called when it ends, too: a pool that Python finds while it shuts down waits 20 seconds for threads that are gone.
    """
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


@contextlib.contextmanager
def for_bulk(using="default"):
    """While much is written: on SQLite more is held in memory (64 MB) and in the log before it is put in its place."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = {}
        for name, value in BULK.items():
            if found := cursor.execute(f"PRAGMA {name}").fetchone():  # a database in memory has no file to view
                usual[name] = found[0]
                cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name} = {value}")


@contextlib.contextmanager
def at_one_moment(using="default"):
    """All that is read meanwhile is as it was at the beginning, and nobody who writes has to wait for it."""
    connection = connections[using]
    connection.ensure_connection()
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # no lock for writing
        try:
            with transaction.atomic(using):
                yield
        finally:
            connection.transaction_mode = usual
    else:
        with transaction.atomic(using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
