"""Finds stories by words. The database keeps the index (database/search_index.py)."""

import re

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from articles.models import Story
from articles.text import letters

MOST_WORDS = 12
FEW = 1_000
NAMED = {  # the query of a table of fills.NAMED, how a word is written in it, and what stands between two
    "sqlite": ("SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s", '"{}"*', " "),
    "postgresql": ("SELECT id FROM {table} WHERE search @@ to_tsquery('simple', %s)", "'{}':*", " & "),
}
BEGUN = 3  # letters; thousands of words begin with fewer, so that fewer are a whole word


def find(words, stories):
    """The stories of `stories` whose searched texts hold every word of `words`.

    The last word may be incomplete ("pelabu"), as somebody types, but not with fewer than three letters. Without any
    word no story is found.
    """
    return stories.filter(holding(words))


def holding(words):
    """The condition that a story holds every word of `words`. Without any word no story meets it."""
    if not (terms := _terms(words)):
        return Q(pk__in=[])
    sql, query = _asked[connection.vendor](terms)
    return Q(pk__in=RawSQL(sql, [query]))  # noqa: S611 (the words are a parameter)


def find_live(words, edition, at):
    """The stories that `find` finds and that readers of the edition may see at the moment `at`, newest first.

    For frequent words the database goes back in time and soon has enough stories. For rare words it would go back
    through all stories; so it looks up the few ids, and "edition + 0", which no index has, keeps it from going back.
    """
    few = _few(_terms(words))
    if few is None:
        return find(words, Story.objects.live(at).filter(edition=edition).newest())
    return Story.objects.live(at).alias(own=F("edition") + 0).filter(own=edition.pk, pk__in=few).newest()


def named(words, rows):
    """The photos, people, tags or series of `rows` whose names hold a word that begins with each of these."""
    if not (terms := _terms(words)):
        return rows.none()
    sql, mark, between = NAMED[connection.vendor]
    query = between.join(mark.format(term) for term in terms)
    asked = RawSQL(sql.format(table=rows.model._meta.db_table), [query])  # noqa: S611 (the words are a parameter)
    return rows.filter(pk__in=asked)


def _few(terms):
    """The ids of all stories that hold these words, live or not, if there are at most `FEW`; else None."""
    if not terms:
        return []
    sql, query = _asked[connection.vendor](terms)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FEW + 1}", [query])
        ids = [pk for (pk,) in cursor.fetchall()]
    return ids if len(ids) <= FEW else None


def _terms(words):
    return re.findall(r"\w+", letters.line(words).casefold().replace("_", " "))[:MOST_WORDS]


def _is_begun(terms):
    """Whether the last word may be incomplete."""
    return len(terms[-1]) >= BEGUN


def _sqlite(terms):
    query = " ".join(f'"{term}"' for term in terms) + "*" * _is_begun(terms)
    return "SELECT rowid FROM articles_search WHERE articles_search MATCH %s", query


def _postgresql(terms):
    query = " & ".join(f"'{term}'" for term in terms) + ":*" * _is_begun(terms)
    return "SELECT id FROM articles_story WHERE search @@ to_tsquery('simple', %s)", query


_asked = {"sqlite": _sqlite, "postgresql": _postgresql}
