"""Fills the rows that triggers keep for stories (triggers.py), for the stories that exist already."""

from django.apps import apps

from articles.field_uses import Use
from articles.text import words

from . import invalidation
from .generated import Fill

RANGE = "s.id > %(first)s AND s.id <= %(last)s"
LINKS = ["articles_credit", "articles_taggedstory"]
# Tables beside the stories whose rows are found by words of these columns.
NAMED = {
    "articles_photo": ["title", "caption", "people", "keywords", "place", "agency", "photographer"],
    "articles_person": ["name", "title"],
    "articles_tag": ["name"],
    "articles_series": ["kicker"],
    "articles_storyphoto": ["caption"],
}


def searched():
    """{column: whether it holds markup} of the texts of a story that are searched."""
    texts = apps.get_model("articles", "Story").field_uses.texts(Use.SEARCH)
    return {field.column: getattr(field, "is_markup", False) for field in texts}


def fills(vendor):
    """The Fills of a database."""
    of_both = [_links(), _moments(vendor)]
    if vendor == "sqlite":
        named = [_named(table, columns) for table, columns in NAMED.items()]
        return [*of_both, _photos("value", "json_each(photos_in(s.body))"), _search(searched()), *named]
    figure = """regexp_matches(s.body, '<figure data-photo="([0-9a-f-]{36})"', 'g') AS held"""
    return [*of_both, _photos("held[1]::uuid", figure)]  # PostgreSQL fills the column of its search index by itself


def _links():
    repeat = """
        UPDATE {table} SET edition_id = s.edition_id, live_from = s.live_from FROM articles_story s
        WHERE s.id = {table}.story_id AND {range} AND ({table}.edition_id IS DISTINCT FROM s.edition_id
                                                       OR {table}.live_from IS DISTINCT FROM s.live_from)"""
    triggers = {f"{table}_{event}" for table in LINKS for event in ("added", "changed", "repeats")}
    triggers |= {"articles_story_added", "articles_story_moved", "articles_link_repeats"}
    return Fill("links", triggers, [], [repeat.format(table=table, range=RANGE) for table in LINKS])


def _photos(uid, source):
    gone = f"DELETE FROM articles_photointext WHERE story_id IN (SELECT s.id FROM articles_story s WHERE {RANGE})"
    there = f"""
        INSERT INTO articles_photointext (story_id, uid) SELECT DISTINCT s.id, {uid} FROM articles_story s, {source}
        WHERE {RANGE}"""
    return Fill("photos", {"articles_text_added", "articles_text_changed"}, [], [gone, there])


def _search(columns):
    gone = "DELETE FROM articles_search WHERE rowid > %(first)s AND rowid <= %(last)s"
    there = search_rows(columns, RANGE)
    triggers = {f"articles_search_{event}" for event in ("added", "changed", "deleted")}
    return Fill("search", triggers, ["DROP TABLE IF EXISTS articles_search", search_table(columns)], [gone, there])


def search_rows(columns, condition, words=None):
    """The SQL that puts stories `s` into the search index of SQLite. `words`: as words_sqlite."""
    indexed = ", ".join((words or words_sqlite)(f"s.{name}", is_markup) for name, is_markup in columns.items())
    return f"""
        INSERT INTO articles_search (rowid, {", ".join(columns)}) SELECT s.id, {indexed} FROM articles_story s
        WHERE {condition}"""


def _named(table, columns):
    """The words of a small table, filled at once."""
    indexed = ", ".join(words_sqlite(name) for name in columns)
    there = f"INSERT INTO {table}_words (rowid, {', '.join(columns)}) SELECT id, {indexed} FROM {table}"
    triggers = {f"{table}_words_{event}" for event in ("added", "changed", "deleted")}
    made = [f"DROP TABLE IF EXISTS {table}_words", search_table(columns, f"{table}_words"), there]
    return Fill(table.removeprefix("articles_") + "_words", triggers, made, [])


def search_table(columns, name="articles_search"):
    return f"""CREATE VIRTUAL TABLE {name}
             USING fts5({", ".join(columns)}, tokenize = 'unicode61 remove_diacritics 2')"""


def words_sqlite(column, is_markup=False):
    """The SQL of the words of a column (text/words.py)."""
    return f"search_words(plain_text({column}))" if is_markup else f"search_words({column})"


def search_column():
    indexed = " || ' ' || ".join(words.postgresql(name, is_markup) for name, is_markup in searched().items())
    return f"""ALTER TABLE articles_story ADD COLUMN search tsvector GENERATED ALWAYS AS (
              to_tsvector('simple', left({indexed}, 250000))) STORED"""


def _moments(vendor):
    return Fill("moments", set(), ["DELETE FROM articles_moment", *invalidation.moments_to_come(vendor)], [])


def named_column(table, columns):
    indexed = " || ' ' || ".join(words.postgresql(name) for name in columns)
    return f"""ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (
              to_tsvector('simple', {indexed})) STORED"""
