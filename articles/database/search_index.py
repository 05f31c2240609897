"""The search index: triggers and tables of words on SQLite, generated columns on PostgreSQL.

Stories are found by their texts; photos, people, tags and series by what names them (fills.NAMED).

PostgreSQL refuses to change or to drop a column that a generated column is made of. So before a migrate that does it,
the index of that table is dropped; after the migrate it is made anew (generated.py), after one that failed as it was.
"""

from django.db.migrations import AddField, AlterField, RemoveField, RenameField

from . import fills
from .invalidation import WAITS
from .sql import trigger

# A thousand stories that were stored one after the other. PostgreSQL jumps within the list of the stories of a word to
# those of some blocks; without, it reads a frequent word's whole list, however few stories are asked for.
BLOCK = "ARRAY[(id >> 10)::int]"

# Of earlier releases. It is asked for first, so that a `migrate` that changes nothing drops nothing either.
_FORGET_INDEX_WITHOUT_BLOCKS = """
    DO $$ BEGIN
        IF to_regclass('articles_story_search') IS NOT NULL THEN DROP INDEX articles_story_search; END IF;
    END $$"""

EXPRESSION = """SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute
                ON attrelid = adrelid AND attnum = adnum WHERE adrelid = to_regclass(%s) AND attname = 'search'"""


def sqlite():
    searched = fills.searched()
    columns = ", ".join(searched)
    words = ", ".join(fills.words_sqlite(f"NEW.{name}", is_markup) for name, is_markup in searched.items())
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in searched)
    yield fills.search_table(searched)
    waits = f"WHEN NOT {WAITS}()"  # for many new stories together: touched_together.py
    yield from _triggers_sqlite("articles_search", "articles_story", columns, words, differs, waits)
    for table, names in fills.NAMED.items():
        differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
        words = ", ".join(fills.words_sqlite(f"NEW.{name}") for name in names)
        yield from _triggers_sqlite(f"{table}_words", table, ", ".join(names), words, differs)


def _triggers_sqlite(index, table, columns, words, differs, when=""):
    forget = f"DELETE FROM {index} WHERE rowid = OLD.id;"
    remember = f"""
        INSERT INTO {index} (rowid, {columns})
        VALUES (NEW.id, {words});"""
    yield from trigger(f"{index}_added", f"AFTER INSERT ON {table} {when}", remember)
    yield from trigger(
        f"{index}_changed",
        f"""AFTER UPDATE OF {columns} ON {table}
           WHEN {differs}""",
        forget + remember,
    )
    yield from trigger(f"{index}_deleted", f"AFTER DELETE ON {table}", forget)


def postgresql():
    columns = {"articles_story": fills.search_column()}
    columns |= {table: fills.named_column(table, names) for table, names in fills.NAMED.items()}
    for table, column in columns.items():
        yield column
        yield from _index(table)


def _index(table):
    if table != "articles_story":
        yield f"CREATE INDEX IF NOT EXISTS {table}_search ON {table} USING gin (search)"
        return
    yield f"CREATE INDEX IF NOT EXISTS articles_story_blocks ON articles_story USING gin (search, ({BLOCK}))"
    yield _FORGET_INDEX_WITHOUT_BLOCKS


def drop_columns(cursor, plan, columns):
    """Drop the search columns in the way of `plan`. Returns [(table, expression)] of these.

    `columns`: {table: names of the columns that its search column is made of}.
    """
    dropped = []
    for table in sorted(changed(plan, columns)):
        cursor.execute(EXPRESSION, [table])
        if found := cursor.fetchone():
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN search")
            dropped.append((table, found[0]))
    return dropped


def put_back(cursor, dropped):
    for table, expression in dropped:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS ({expression}) STORED")
        for statement in _index(table):
            cursor.execute(statement)


def changed(plan, columns):
    """The tables whose search column is in the way of `plan`."""
    tables = set()
    for migration, is_back in plan:
        kinds = (AlterField, RemoveField, RenameField, *([AddField] if is_back else []))
        for operation in migration.operations:
            if isinstance(operation, kinds):
                table = f"{migration.app_label}_{operation.model_name_lower}"
                names = {getattr(operation, "old_name", None), getattr(operation, "new_name", None), operation.name}
                if names & set(columns.get(table, ())):
                    tables.add(table)
    return tables
