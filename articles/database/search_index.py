"""The search index: triggers and tables of words on SQLite, generated columns on PostgreSQL.

Stories are found by their texts; photos, people, tags and series by what names them (fills.NAMED).
"""

from . import fills
from .sql import trigger


def sqlite():
    searched = fills.searched()
    columns = ", ".join(searched)
    words = ", ".join(fills.words_sqlite(f"NEW.{name}", is_markup) for name, is_markup in searched.items())
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in searched)
    yield fills.search_table(searched)
    yield from _triggers_sqlite("articles_search", "articles_story", columns, words, differs)
    for table, names in fills.NAMED.items():
        differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
        words = ", ".join(fills.words_sqlite(f"NEW.{name}") for name in names)
        yield from _triggers_sqlite(f"{table}_words", table, ", ".join(names), words, differs)


def _triggers_sqlite(index, table, columns, words, differs):
    forget = f"DELETE FROM {index} WHERE rowid = OLD.id;"
    remember = f"""
        INSERT INTO {index} (rowid, {columns})
        VALUES (NEW.id, {words});"""
    yield from trigger(f"{index}_added", f"AFTER INSERT ON {table}", remember)
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
        yield f"CREATE INDEX IF NOT EXISTS {table}_search ON {table} USING gin (search)"
