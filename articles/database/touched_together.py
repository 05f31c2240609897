"""What triggers do for each of many new rows, done for all of them together. On SQLite only.

A story that comes by wire has six credits and tags, and each of them would touch the story and its edition again: 25
touches a story, a tenth of its import. The search index takes many rows in one statement faster, too. Within
`touched_together` the triggers of new stories, credits and tag links wait; at its end, in the same transaction, the
keys, moments and words are written that they would have written, each key once. Changed and deleted rows are treated
at once, as ever.
"""

import contextlib

from django.db import connections

from articles.text import words

from . import fills
from .invalidation import ITS_LISTS, ITSELF, KNOWN, PARTS, STORY, TIMES, TOGETHER, WAITS, Key, Sqlite

READ = "id, uid, edition_id, section_id, series_id, verified_in_id, state, live_from, expires_at"
_SOURCES = ("articles_credit", "articles_taggedstory")  # new ones have keys of their own
OF_STORY = [key for key in [*ITSELF, *ITS_LISTS] if key.source not in _SOURCES]


def teach(connection):
    """Define the function that the triggers ask, and that of the words of a text, which may be known already."""
    connection.touches_wait, connection.known_words = False, {}
    connection.connection.create_function(WAITS, 0, lambda: connection.touches_wait)
    connection.connection.create_function(
        "markup_words", 1, lambda html: connection.known_words.get(html) or words.of_markup(html)
    )


@contextlib.contextmanager
def touched_together(known_words=None, using="default"):
    """Within a transaction. After an error nothing is written, for the transaction is to be rolled back.

    `known_words`: {text: what `words.of_markup` makes of it}, of any of the new stories.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    if not connection.in_atomic_block or connection.touches_wait:
        raise RuntimeError("Touches wait within one transaction, once.")
    with connection.cursor() as cursor:
        last = {table: cursor.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0 for table in TOGETHER}
        connection.touches_wait = True
        try:
            yield
        finally:
            connection.touches_wait = False
        connection.known_words = known_words or {}
        try:
            for statement in statements(last):
                cursor.execute(statement)
        finally:
            connection.known_words = {}


def statements(last):
    """The SQL that touches the keys of all rows after `last`, {table: id}, and writes their moments and words.

    A story that was changed since is in the index already.
    """
    sql = Sqlite()
    seen = f"(source.live_from IS NULL OR source.live_from <= {sql.soon})"
    keys = [_select(sql, last, STORY, key, [], f"source.state {KNOWN} AND {seen}") for key in OF_STORY]
    keys += [_select(sql, last, table, key) for table, key in _of_parts()]
    yield f"{_with(last)} INSERT INTO articles_touch (key) {' UNION '.join(keys)}"
    is_missing = "NOT EXISTS (SELECT 1 FROM articles_search_docsize AS there WHERE there.id = s.id)"
    yield fills.search_rows(fills.searched(), f"s.id > {last[STORY]} AND {is_missing}", _words)
    comes = " OR ".join(f"{time} > {sql.just_now}" for time in TIMES)
    times = [
        _select(sql, last, STORY, key, [f"source.{time} AS at"], "source.state = 'released'")
        for key in OF_STORY
        for time in TIMES
    ]
    times += [
        _select(sql, last, table, key, [f"s.{time} AS at"])
        for table, key in _of_parts()
        if key.text.endswith("'+'")
        for time in TIMES
    ]
    yield f"""{_with(last, f"AND ({comes})")} INSERT INTO articles_moment (key, at)
              SELECT key, at FROM ({" UNION ".join(times)}) WHERE at > {sql.just_now}"""


def _words(column, is_markup):
    return f"markup_words({column})" if is_markup else fills.words_sqlite(column)


def _with(last, also=""):
    """The stories of all these rows, read once: most of their columns stand behind the text."""
    of_parts = " ".join(f"UNION SELECT story_id FROM {table} WHERE id > {last[table]}" for table in _SOURCES)
    keys = f"SELECT id FROM {STORY} WHERE id > {last[STORY]} {of_parts}"
    rows = f"SELECT {READ} FROM {STORY} WHERE id IN ({keys}) {also}"
    return f"WITH touched ({READ}) AS MATERIALIZED ({rows})"


def _of_parts():
    itself = Key("'s' || {s_uid}")
    for table in _SOURCES:
        for key in [itself, *PARTS[table]]:
            yield table, Key(key.text, "touched s", f"s.id = {{row}}.story_id AND s.state {KNOWN}")


def _select(sql, last, table, key, more=(), also="TRUE"):
    """A key of each new row `source` of a table, with more columns."""
    rows = f"{'touched' if table == STORY else table} source"
    named = Key(f"{key.text} AS key", ", ".join(filter(None, [rows, key.source])), key.condition)
    return sql.select(named, "source", list(more), f"source.id > {last[table]} AND {also}")
