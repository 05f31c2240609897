"""Every table of the database, out and in, row for row, in one form for SQLite and PostgreSQL.

Rows are read and stored by the models as the migrations know them (`models_at`), not by those of the code: so a backup
of an older release is loaded into tables of that release, and then migrated. Those models have plain fields: no rule
of today changes a value, and primary keys stay.
"""

import base64
import functools
import itertools
import json

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from articles.wire.values.item import Refusal

BATCH = 500
# Sessions of whoever is signed in, so that a backup opens no door; invalidations of pages that nobody has any more,
# and those to come, which the triggers write anew (database/fills.py).
LEFT_OUT = {"django_session", "articles_desksession", "articles_touch", "articles_moment"}


def applied():
    """{app: its last applied migration}. Raises Refusal if the migrations have branches here."""
    loader = MigrationLoader(connection)
    done = set(loader.applied_migrations) & set(loader.graph.nodes)
    last = [key for key in done if not any(_follows(child.key, key, done) for child in _children(loader, key))]
    found = dict(sorted(last))
    if len(found) != len(last):
        raise Refusal(_("The migrations of this database have branches: migrate first."))
    return found


def _children(loader, key):
    return loader.graph.node_map[key].children


def _follows(child, key, done):
    return child in done and child[0] == key[0]


def models_at(migrations):
    """{table: its model} in the state of these migrations. Raises Refusal if this release does not know them."""
    return _models_at(tuple(migrations.items()))


@functools.cache
def _models_at(migrations):
    loader = MigrationLoader(None)
    if unknown := [f"{app}.{name}" for app, name in migrations if (app, name) not in loader.graph.nodes]:
        params = {"names": ", ".join(unknown)}
        raise Refusal(_("This release does not know %(names)s: the backup is of a newer one.") % params)
    found = loader.project_state(list(migrations)).apps.get_models(include_auto_created=True)
    return {one._meta.db_table: one for one in found if one._meta.managed and not one._meta.proxy}


def make(migrations):
    """Make the tables of these migrations in an empty database, without triggers and without a row of Django's own. It
    goes on where it was stopped."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(migrations.items()))


def lines(migrations, count):
    """The lines of database.jsonl, as bytes; `count(table, rows)` is told how far it is."""
    for table, model in sorted(models_at(migrations).items()):
        if table in LEFT_OUT:
            continue
        fields = _fields(model)
        yield _line({"table": table, "columns": [field.column for field in fields]})
        stored = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
        count(table, 0)
        for number, row in enumerate(stored.iterator(BATCH), 1):
            yield _line(row)
            count(table, number)


def load(migrations, lines, count):
    """Store all rows in one transaction: all or none. Raises Refusal.

    What migrations wrote into new tables goes first: it is in the backup.
    """
    known = models_at(migrations)
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in known:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        table, insert = None, None
        for is_head, group in itertools.groupby(map(json.loads, lines), lambda line: isinstance(line, dict)):
            for batch in itertools.batched(group, BATCH):
                if is_head:
                    table, insert = batch[-1]["table"], _insert(known, batch[-1])
                    for head in batch:
                        count(head["table"], 0)
                    continue
                insert(batch)
                count(table, len(batch))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
                cursor.execute(statement)


def counts():
    """{table: its rows}, of all that a backup has."""
    found = {}
    for table, model in models_at(applied()).items():
        if table not in LEFT_OUT:
            found[table] = model._base_manager.count()
    return found


def is_empty():
    """Whether the database has no table at all."""
    return not connection.introspection.table_names()


def _fields(model):
    return [field for field in model._meta.concrete_fields if not field.generated]


def _line(row):
    return json.dumps(row, default=_plain, ensure_ascii=False).encode() + b"\n"


def _plain(value):
    """Times with all digits; Django's own encoder cuts them."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _insert(known, head):
    """A function that stores rows of a table."""
    model = known.get(head["table"])
    fields = {field.column: field for field in _fields(model)} if model else {}
    if missing := [column for column in head["columns"] if column not in fields]:
        raise Refusal(_("There is no %(what)s here.") % {"what": f"{head['table']}: {', '.join(missing)}"})
    ordered = [fields[column] for column in head["columns"]]
    quoted = connection.ops.quote_name
    columns, marks = ", ".join(map(quoted, head["columns"])), ", ".join(["%s"] * len(ordered))
    sql = f"INSERT INTO {quoted(head['table'])} ({columns}) VALUES ({marks})"

    def insert(rows):
        values = [[_stored(field, value) for field, value in zip(ordered, row, strict=True)] for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)

    return insert


def _stored(field, value):
    if value is None and (field.null or not isinstance(field, models.JSONField)):
        return None
    if isinstance(field, models.JSONField):
        return field.get_db_prep_value(value, connection)
    return field.get_db_prep_save(field.to_python(value), connection)
