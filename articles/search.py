"""Words to stories. The index behind it is kept by the database (database.py)."""

import re

from django.db import connections
from django.db.models.expressions import RawSQL

MOST_WORDS = 12


def find(words, stories):
    """Those of `stories` that hold every word of `words` in headline, standfirst or body.

    The last word may be only begun ("pelabu"), as somebody types. Without a single word, none are found.
    """
    terms = re.findall(r"\w+", words.casefold().replace("_", " "))[:MOST_WORDS]
    if not terms:
        return stories.none()
    sql, query = _asked[connections[stories.db].vendor](terms)
    return stories.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 (the words are a parameter)


def _sqlite(terms):
    query = " ".join(f'"{term}"' for term in terms) + "*"
    return "SELECT rowid FROM articles_search WHERE articles_search MATCH %s", query


def _postgresql(terms):
    query = " & ".join(f"'{term}'" for term in terms) + ":*"
    return "SELECT id FROM articles_story WHERE search @@ to_tsquery('simple', %s)", query


_asked = {"sqlite": _sqlite, "postgresql": _postgresql}
