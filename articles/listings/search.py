"""Words to stories. The index behind it is kept by the database (database/search_index.py)."""

import re

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from articles.models import Story
from articles.text import letters

MOST_WORDS = 12
FEW = 1_000


def find(words, stories):
    """Those of `stories` that hold every word of `words` in headline, standfirst or body.

    The last word may be only begun ("pelabu"), as somebody types. Without a single word, none are found.
    """
    if not (terms := _terms(words)):
        return stories.none()
    sql, query = _asked[connection.vendor](terms)
    return stories.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 (the words are a parameter)


def find_live(words, edition, at):
    """What `find` finds of all that readers of the edition may see at the moment `at`, newest first.

    Frequent words are met soon when one goes back in time. What holds rare ones is looked up by itself: among many
    stories one would go back through all of them, which "edition + 0", being no column of an index, keeps from.
    """
    few = _few(_terms(words))
    if few is None:
        return find(words, Story.objects.live(at).filter(edition=edition).newest())
    return Story.objects.live(at).alias(own=F("edition") + 0).filter(own=edition.pk, pk__in=few).newest()


def _few(terms):
    """The ids of all stories that hold these words, of any standing, if they are at most `FEW`; else None."""
    if not terms:
        return []
    sql, query = _asked[connection.vendor](terms)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FEW + 1}", [query])
        found = [pk for (pk,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def _terms(words):
    return re.findall(r"\w+", letters.line(words).casefold().replace("_", " "))[:MOST_WORDS]


def _sqlite(terms):
    query = " ".join(f'"{term}"' for term in terms) + "*"
    return "SELECT rowid FROM articles_search WHERE articles_search MATCH %s", query


def _postgresql(terms):
    query = " & ".join(f"'{term}'" for term in terms) + ":*"
    return "SELECT id FROM articles_story WHERE search @@ to_tsquery('simple', %s)", query


_asked = {"sqlite": _sqlite, "postgresql": _postgresql}
