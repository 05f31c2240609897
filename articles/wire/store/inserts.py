"""Inserts many rows without Django's SQL compiler, which takes longer than the database itself."""

import functools
import itertools

from django.db import connections, models, router

_AS_IT_IS = {bool, int, type(None)}  # no field converts values of these types


def insert(model, rows):
    """Store rows, dicts by the `attname` of fields. A missing value is the field's default. Returns their keys."""
    here = connections[router.db_for_write(model)]  # not the proxy `connection`, whose lookup costs time for each value
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    prepared = [(field, _preparing(field, here)) for field in fields]
    columns, keys = _columns(here, fields), []
    with here.cursor() as cursor:
        for batch in itertools.batched(rows, here.ops.bulk_batch_size(fields, rows)):
            values = zip(*(_values(field, prepare, batch) for field, prepare in prepared), strict=True)
            marks = _marks(len(fields), len(batch))
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({columns}) VALUES {marks} RETURNING id",
                list(itertools.chain.from_iterable(values)),
            )
            keys += [key for (key,) in cursor.fetchall()]
    return keys


def _preparing(field, here):
    """The function that makes a value fit for the database. Times, choices and the like repeat: each is made once."""
    prepare = functools.partial(field.get_db_prep_save, connection=here)
    return prepare if isinstance(field, models.TextField | models.JSONField) else functools.lru_cache(1_000)(prepare)


def _values(field, prepare, batch):
    """The values of one column."""
    name, default = field.attname, field.get_default()
    return [value if type(value := row.get(name, default)) in _AS_IT_IS else prepare(value) for row in batch]


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


@functools.lru_cache(64)
def _marks(width, height):
    """(%s, %s), (%s, %s), …"""
    return ", ".join([f"({', '.join(['%s'] * width)})"] * height)
