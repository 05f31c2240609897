"""Which migrations hold a table that readers need for more than a second at 200,000 stories, told by their operations.

What each kind of operation takes on PostgreSQL was measured: docs/upgrades.md. On SQLite readers read on while one
writes (WAL), so only PostgreSQL is looked at.
"""

from collections import Counter

from django.db import models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AlterField,
    CreateModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)  # fmt: skip
from django.db.migrations.loader import MigrationLoader

LARGE = {  # tables with as many rows as there are stories, which pages of readers ask
    "story", "credit", "taggedstory", "storyphoto", "photointext", "photo", "tag", "person", "series", "correction",
    "address", "oldaddress", "touch", "readcount",
}  # fmt: skip
TEXTS = (models.CharField, models.TextField)


def all_faults(app="articles"):
    """{name of a migration: what it does to a large table} of those that hold one for too long."""
    loader = MigrationLoader(None)
    names = sorted(name for label, name in loader.graph.nodes if label == app)
    found = {name: list(faults(loader.get_migration(app, name), _before(loader, app, name))) for name in names}
    return {name: what for name, what in found.items() if what}


def _before(loader, app, name):
    return loader.project_state((app, name), at_end=False)


def faults(migration, state):
    """What a migration does for too long, as sentences."""
    state, scans, is_shaped, writes, made = state.clone(), Counter(), set(), False, set()
    for operation in _flat(migration.operations):
        name = getattr(operation, "model_name_lower", "")
        if isinstance(operation, CreateModel):
            made.add(operation.name_lower)
        elif name in LARGE - made:
            is_shaped.add(name)
            yield from _rewrites(operation, name, state, migration.app_label)
            scans[name] += isinstance(operation, AddConstraint)
        writes = writes or isinstance(operation, RunPython | RunSQL)
        operation.state_forwards(migration.app_label, state)
    yield from (
        f"{name}: reads all rows {count} times in one transaction" for name, count in scans.items() if count > 1
    )
    if writes and is_shaped and migration.atomic:
        yield f"{', '.join(sorted(is_shaped))}: is held while rows are written in the same transaction"


def _flat(operations):
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _rewrites(operation, name, state, app):
    if isinstance(operation, AddField) and isinstance(operation.field, models.GeneratedField):
        yield f"{name}.{operation.name}: a generated column is computed for every row"
    if isinstance(operation, AlterField):
        before = state.models[app, name].fields[operation.name]
        if not _is_wider(before, operation.field):
            yield f"{name}.{operation.name}: another type, so every row is written anew"


def _is_wider(before, after):
    """Whether the rows stay as they are: the same type, or a text that may be longer."""
    if isinstance(before, TEXTS) and isinstance(after, TEXTS):
        return (after.max_length or 10**9) >= (before.max_length or 10**9)
    return before.get_internal_type() == after.get_internal_type()
