"""Inserts many rows without Django's SQL compiler, which takes longer than the database itself."""

import itertools

from django.db import connections, router

_AS_IT_IS = {bool, int, type(None)}  # no field converts values of these types


def insert(model, rows):
    """Store rows, dicts by the `attname` of fields. A missing value is the field's default. Returns their keys."""
    here = connections[router.db_for_write(model)]  # not the proxy `connection`, whose lookup costs time for each value
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    named = [(field.attname, field.get_default(), field.get_db_prep_save) for field in fields]
    columns, keys = _columns(here, fields), []
    with here.cursor() as cursor:
        for batch in itertools.batched(rows, here.ops.bulk_batch_size(fields, rows)):
            values = [
                value if type(value := row.get(name, default)) in _AS_IT_IS else prepare(value, here)
                for row in batch
                for name, default, prepare in named
            ]
            marks = _marks(len(fields), len(batch))
            cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {marks} RETURNING id", values)
            keys += [key for (key,) in cursor.fetchall()]
    return keys


def insert_links(model, names, rows):
    """Store credits or tag links, given as plain values of the fields `names`. The first field is the story.

    The columns copied from the story are filled here, so that the trigger which copies them has nothing to do.
    """
    here = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    columns = _columns(here, fields)
    with here.cursor() as cursor:
        for batch in itertools.batched(rows, here.ops.bulk_batch_size(fields, rows) or 1):
            cursor.execute(
                f"WITH given ({columns}) AS (VALUES {_marks(len(fields), len(batch))}) "
                f"INSERT INTO {model._meta.db_table} ({columns}, edition_id, live_from) "
                "SELECT given.*, edition_id, live_from FROM given JOIN articles_story ON articles_story.id = story_id",
                list(itertools.chain.from_iterable(batch)),
            )


def _columns(here, fields):
    return ", ".join(here.ops.quote_name(field.column) for field in fields)


def _marks(width, height):
    """(%s, %s), (%s, %s), …"""
    return ", ".join([f"({', '.join(['%s'] * width)})"] * height)
