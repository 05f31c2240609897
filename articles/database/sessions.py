"""Connections to the database: the functions that SQLite calls, long runs of writing, one view for a long reading."""

import contextlib
import json

from django.db import connections, transaction

from articles.text import body, words

from . import touched_together

# For long runs of writing on SQLite: a larger cache, moving the log into the database less often, and no memory map of
# the file, because a run that maps it takes more memory the longer it runs.
BULK = {"cache_size": -40_000, "wal_autocheckpoint": 16_000, "mmap_size": 0}
# The words of the search index of stories, and where they stand. It holds nothing itself, and is this connection's own.
KNOWN_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known_words USING fts5vocab(main, articles_search, instance)"


def teach_connection(connection, **kwargs):
    """Define the functions that our triggers on SQLite call; PostgreSQL has its own."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("plain_text", 1, body.text, deterministic=True)
        connection.connection.create_function("search_words", 1, words.indexed, deterministic=True)
        connection.connection.execute(KNOWN_WORDS)
        connection.connection.create_function("photos_in", 1, _photos_in, deterministic=True)
        touched_together.teach(connection)


def _photos_in(clean_html):
    """A JSON list of the uids of the photos in a text, written as SQLite stores them."""
    return json.dumps([uid.replace("-", "") for uid in body.references(clean_html).photos])


def let_go():
    """Close all connections and pools of this process.

    Called when the process ends, too: a pool that is still open then waits 20 seconds for threads that are gone.
    """
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


@contextlib.contextmanager
def for_bulk(using="default"):
    """For long runs of writing: SQLite uses a cache of 40 MB and moves the log into the database less often."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = {}
        for name, value in BULK.items():
            if row := cursor.execute(f"PRAGMA {name}").fetchone():  # a database in memory has no mmap_size
                usual[name] = row[0]
                cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name} = {value}")


@contextlib.contextmanager
def at_one_moment(using="default"):
    """Everything read within is as it was at the beginning, and writers do not have to wait."""
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
