"""Rows by the hundred thousand: plain INSERT or COPY, without Django's instances and without the triggers."""

import contextlib
import functools
import operator

from django.core.management.color import no_style
from django.db import connection, connections, migrations
from django.db.models import DateField, F, GeneratedField, JSONField, Max, UUIDField

from articles.database import triggers

CONVERTED = (DateField, JSONField, UUIDField)  # the others are stored as they are


def insert(model, rows):
    """Stores `rows`, dicts by column, which all have the columns of the first; other columns get their defaults.

    A default stands for all rows alike, so a column of public ids must be given.
    """
    rows = iter(rows)
    if (first := next(rows, None)) is None:
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
    fields = [field for field in fields if field.attname in first or not field.primary_key]
    values = [_value_of(field, field.attname in first) for field in fields]
    stored = ([value(row) for value in values] for each in ([first], rows) for row in each)
    _store(model._meta.db_table, [field.column for field in fields], stored)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def next_id(model):
    return (model._base_manager.aggregate(last=Max(F("pk")))["last"] or 0) + 1


def _value_of(field, is_given):
    """A function that gives the stored value of a row's column."""
    usual, ours = field.get_default() if not is_given else None, connections[connection.alias]
    get = operator.itemgetter(field.attname) if is_given else lambda row: usual
    if not isinstance(field, CONVERTED):
        return get
    prepared = functools.partial(field.get_db_prep_value, connection=ours)
    if isinstance(field, DateField):
        prepared = functools.lru_cache(prepared)  # many rows have the time of one story
    return lambda row: prepared(get(row))


def _store(table, columns, rows):
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


@contextlib.contextmanager
def without_triggers():
    """Within it rows are written without triggers; then they are made again, and fill what they keep for stories."""
    writes = migrations.Migration("writes", "articles")
    writes.operations = [migrations.RunSQL(migrations.RunSQL.noop)]  # as before a migration that writes rows
    triggers.remove(plan=[(writes, False)])
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come takes no trigger
    triggers.install()
