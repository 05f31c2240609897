"""Rules that the database itself keeps, on every way a row is written.

1. Credits and tag links repeat their story's `edition_id` and `live_from`, so that the page of a tag or a
   person is one index range at any size (story_copies.py).
2. The search index holds the plain words of every story (search_index.py; listings/search/ asks it).
3. The photos that a text holds stand in rows of their own (story_copies.py, `PhotoInText`).
4. A change touches the keys of the pages that show it (invalidation.py).
5. A slug that changes leads on to its row (former_slugs.py).
6. A section that came by wire loses its mark `is_provisional` when readers have a story in it (story_copies.py).
7. Entries of the audit log are neither changed nor deleted (audit.py).
8. An assignment is done when its story is released (story_copies.py).
9. The sessions of an account end when its password, its roles or its rights change (ended_sessions.py).

These are triggers. They stay while `migrate` runs, and those that differ are replaced at its end in one transaction
(in_place.py). Before migrations that write rows or go backwards, and before those that change a column of PostgreSQL's
search index, they are removed and made again after it; a `migrate` that fails puts them back.
"""

import pkgutil
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from articles import migrations

from . import (
    audit,
    ended_sessions,
    fills,
    former_slugs,
    generated,
    in_place,
    invalidation,
    search_index,
    section_levels,
    story_copies,
)

STALE = "The triggers that keep pages fresh are missing or differ from those of this release: run `manage.py migrate`."


class Removed(NamedTuple):
    """What `remove` took away, and the migrations that were applied then. `search_columns`: (table, expression)."""

    triggers: list[in_place.Trigger]
    search_columns: list[tuple[str, str]]
    applied: set[tuple[str, str]]


removed = {}  # {alias of a database: Removed}


def install(using="default", **kwargs):
    """Make the triggers and the search index that differ; called after every migrate. Before the last migration nothing
    is made, because the triggers name columns that do not exist until then; and nothing where a later release has
    migrated, whose triggers these are."""
    connection = connections[using]
    removed.pop(using, None)
    if not has_migrations(using):
        return
    report = generated.reporter(kwargs.get("verbosity", 0), kwargs.get("stdout"))
    generated.install(connection, statements(connection.vendor), fills.fills(connection.vendor), report)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM articles_moment LIMIT 1")
        if cursor.fetchone() is None:
            for statement in invalidation.moments_to_come(connection.vendor):
                cursor.execute(statement)


def make_search_anew(using="default", **kwargs):
    """Make the search index again and fill it. While it is filled, on SQLite, a search finds a part of the stories."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM articles_generated WHERE name = 'search' OR name LIKE '%_words'")
        for table in ("articles_story", *fills.NAMED) if connection.vendor == "postgresql" else ():
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS search")
        if connection.vendor == "postgresql":
            install(using, **kwargs)  # so that nobody meets a table without the column
    if connection.vendor == "sqlite":
        install(using, **kwargs)


def statements(vendor):
    """The SQL that makes all triggers and the search index on a new database."""
    models = {model._meta.db_table: model for model in apps.get_app_config("articles").get_models()}
    for module in (story_copies, search_index):
        yield from {"sqlite": module.sqlite, "postgresql": module.postgresql}[vendor]()
    yield from story_copies.sections_shown(vendor)
    yield from former_slugs.statements(vendor)
    yield from invalidation.statements(vendor, models)
    yield from section_levels.statements(vendor)
    yield from audit.statements(vendor)
    yield from story_copies.assignments_done(vendor)
    yield from ended_sessions.statements(vendor)


def has_migrations(using="default"):
    """Whether the database has the migrations of this release, all of them and no later ones."""
    return _applied(using) == _known()


def lacks_migrations(using="default"):
    return not _known() <= _applied(using)


def _applied(using):
    return {name for app, name in MigrationRecorder(connections[using]).applied_migrations() if app == "articles"}


def _known():
    return {module.name for module in pkgutil.iter_modules(migrations.__path__)}


def differing(using="default"):
    """The names of the triggers that are missing, differ from those of this release, or are not wanted any more."""
    connection = connections[using]
    return generated.differing(connection, statements(connection.vendor))


def are_stale(using="default"):
    """Whether pages would go stale. While releases stand side by side, the later one has migrated: then the triggers
    are to be as its `migrate` left them."""
    if _known() < _applied(using):
        return not generated.are_as_made(connections[using])
    return bool(differing(using))


def refuse_stale():
    """Raise ImproperlyConfigured at the start of a worker whose pages would go stale. While the database does not
    answer, the worker starts: nothing is cached then, and /readyz asks again."""
    try:
        is_stale = are_stale()
    except DatabaseError:
        return
    finally:
        connections["default"].close()
    if is_stale:
        raise ImproperlyConfigured(STALE)


def remove(using="default", **kwargs):
    """Called before every migrate: remove the triggers, unless they may stay. Without a migration it does nothing."""
    connection, plan = connections[using], kwargs.get("plan", ())
    if not plan:
        return
    columns = {"articles_story": fills.searched(), **fills.NAMED} if connection.vendor == "postgresql" else {}
    if in_place.may_stay(plan) and not search_index.changed(plan, columns):
        in_place.keep(connection.vendor, plan)
        return
    with connection.cursor() as cursor:
        applied = set(MigrationRecorder(connection).applied_migrations())
        removed[using] = Removed(in_place.installed(cursor), [], applied)
        generated.forget(connection, plan)
        removed[using].search_columns.extend(search_index.drop_columns(cursor, plan, columns))
        in_place.drop(cursor, removed[using].triggers)


def put_back(using="default"):
    """Make again the triggers that `remove` took away, after a migrate that failed. Returns whether they are there:
    where some of its migrations were applied, the tables may be others, so the triggers stay away."""
    if (before := removed.pop(using, None)) is None:
        return True
    connection = connections[using]
    if set(MigrationRecorder(connection).applied_migrations()) != before.applied:
        return False
    try:
        with transaction.atomic(using), connection.cursor() as cursor:
            in_place.make(cursor, before.triggers)
            search_index.put_back(cursor, before.search_columns)
    except DatabaseError:  # a migration without a transaction failed half-way
        return False
    return True
