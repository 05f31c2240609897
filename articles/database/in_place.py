"""Triggers stay while `migrate` runs, so that workers of the release before serve on and no page goes stale.

Each migration takes away, within its own transaction, the triggers in the way of its operations, and gives them back at
its end: others see the table with them, before and after. A trigger that names what the migration removed stays away
until `install` makes that of the new release, which is the next thing that `migrate` does.
"""

import re
from typing import NamedTuple

from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    DeleteModel,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation

INSTALLED = {  # name, table and SQL of each trigger, its comment, which holds its version (generated.py), what it does
    "sqlite": "SELECT name, '', sql, NULL, '' FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'articles_%'",
    "postgresql": r"""SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(pg_trigger.oid),
                             obj_description(pg_trigger.oid, 'pg_trigger'), prosrc
                      FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
                      WHERE NOT tgisinternal AND tgname LIKE 'articles\_%'""",
}
BESIDE = (CreateModel, AddIndex, RemoveIndex, AlterModelManagers, AlterModelOptions)  # no trigger is in their way
# SQLite makes a table anew for most of these; PostgreSQL refuses the last three while a trigger names the column.
CHANGING = (AddField, AddConstraint, RemoveConstraint, AlterField, RemoveField, DeleteModel)
REFUSED = {"sqlite": CHANGING, "postgresql": (AlterField, RemoveField, DeleteModel)}


class Trigger(NamedTuple):
    name: str
    table: str
    sql: str
    version: str | None
    does: str

    def names(self, words):
        return any(re.search(rf"\b{word}\b", self.sql + self.does) for word in words)


def installed(cursor):
    cursor.execute(INSTALLED[cursor.db.vendor])
    return [Trigger(*row) for row in cursor.fetchall()]


def drop(cursor, triggers):
    for trigger in triggers:
        cursor.execute(f"DROP TRIGGER {trigger.name} {trigger.table and f'ON {trigger.table}'}")


def make(cursor, triggers):
    for trigger in triggers:
        cursor.execute(trigger.sql)
        if trigger.version:
            cursor.execute(f"COMMENT ON TRIGGER {trigger.name} ON {trigger.table} IS '{trigger.version}'")


def may_stay(plan):
    """Whether triggers may stay while these migrations run: forwards, each in one transaction, and of known operations.
    One that writes rows runs without triggers, and then everything is filled anew (generated.forget)."""
    return all(
        migration.atomic and not is_back and all(isinstance(each, BESIDE + CHANGING) for each in migration.operations)
        for migration, is_back in plan
    )


def keep(vendor, plan):
    """Let the migrations of the plan take and give back the triggers in their way."""
    for migration, _is_back in plan:
        changing = [each for each in migration.operations if isinstance(each, REFUSED[vendor])]
        if changing:
            take = Take(_tables(migration, changing), set(_gone(migration, changing)))
            migration.operations = [take, *migration.operations, GiveBack(take)]


def _tables(migration, operations):
    return {f"{migration.app_label}_{(getattr(each, 'model_name', '') or each.name).lower()}" for each in operations}


def _gone(migration, operations):
    for each in operations:
        if isinstance(each, RemoveField):
            yield from (each.name, f"{each.name}_id")
        elif isinstance(each, DeleteModel):
            yield f"{migration.app_label}_{each.name_lower}"


class Take(Operation):
    """Removes the triggers in the way. On SQLite all: a table that gets its name back fails on any trigger that names
    it, and nobody else sees the database without them."""

    def __init__(self, tables, gone):
        self.tables, self.gone, self.taken = tables, gone, []

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        with schema_editor.connection.cursor() as cursor:
            is_all = cursor.db.vendor == "sqlite"
            there = installed(cursor)
            self.taken = [each for each in there if is_all or each.table in self.tables or each.names(self.gone)]
            drop(cursor, self.taken)


class GiveBack(Operation):
    """Makes again what `take` removed, as it was, but for what names a column or table that is gone."""

    def __init__(self, take):
        self.take = take

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        with schema_editor.connection.cursor() as cursor:
            make(cursor, [each for each in self.take.taken if not each.names(self.take.gone)])
