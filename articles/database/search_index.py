"""The search index: triggers and a table of words on SQLite, a generated column on PostgreSQL."""

from . import fills
from .sql import trigger


def sqlite():
    searched = fills.searched()
    columns = ", ".join(searched)
    words = ", ".join(f"plain_text(NEW.{name})" if is_markup else f"NEW.{name}" for name, is_markup in searched.items())
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in searched)
    yield fills.search_table(searched)
    forget = "DELETE FROM articles_search WHERE rowid = OLD.id;"
    remember = f"""
        INSERT INTO articles_search (rowid, {columns})
        VALUES (NEW.id, {words});"""
    yield from trigger("articles_search_added", "AFTER INSERT ON articles_story", remember)
    yield from trigger(
        "articles_search_changed",
        f"""AFTER UPDATE OF {columns} ON articles_story
           WHEN {differs}""",
        forget + remember,
    )
    yield from trigger("articles_search_deleted", "AFTER DELETE ON articles_story", forget)


def postgresql():
    yield fills.search_column()
    yield "CREATE INDEX IF NOT EXISTS articles_story_search ON articles_story USING gin (search)"
