"""A field that somebody adds to a model, within one test: column, triggers and search index follow it."""

import contextlib

from django.db import connection

from articles import database
from articles.wire.values import story_fields

SEARCH = {
    "sqlite": "DROP TABLE articles_search",
    "postgresql": "ALTER TABLE articles_story DROP COLUMN search",
}


@contextlib.contextmanager
def one_more_field(model, name, field):
    """To be used in a TestCase, whose transaction takes the column back."""
    field.contribute_to_class(model, name)
    try:
        _install(model, field)
        connection.__dict__.pop("compiled_queries", None)  # compiled queries of the cards
        _wire()
        yield field
    finally:
        model._meta.local_fields.remove(field)
        delattr(model, name)
        model._meta._expire_cache()
        connection.__dict__.pop("compiled_queries", None)
        _wire()


def _install(model, field):
    database.remove()
    with connection.cursor() as cursor:
        kind = field.db_type(connection)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is deferred to the commit keeps a table as it is
        cursor.execute(SEARCH[connection.vendor])
        cursor.execute(f"ALTER TABLE {model._meta.db_table} ADD COLUMN {field.column} {kind} NOT NULL DEFAULT ''")
    database.install()


def _wire():
    story_fields.FURTHER[:] = story_fields.further()
