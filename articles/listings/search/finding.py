"""Finds stories by words. The database keeps the index (database/search_index.py)."""

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from articles.models import Story

from . import engines, question

FEW = 1_000


def find(words, stories):
    """The stories of `stories` whose searched texts hold every word of `words`, in any of its forms.

    The last word may be incomplete ("pelabu"), as somebody types, but not with fewer than three letters. Without any
    word no story is found.
    """
    return stories.filter(holding(words))


def holding(words):
    """The condition that a story holds every word of `words`. Without any word no story meets it."""
    asked = question.read(words, has_filters=False)
    if not asked.terms:
        return Q(pk__in=[])
    return Q(pk__in=RawSQL(*engines.stories(asked.terms, asked.without)))  # noqa: S611 (words are parameters)


def find_live(words, edition, at):
    """The stories that `find` finds and that readers of the edition may see at the moment `at`, newest first.

    For frequent words the database goes back in time and soon has enough stories. For rare words it would go back
    through all stories; so it looks up the few ids, and "edition + 0", which no index has, keeps it from going back.
    """
    few = _few(question.read(words, has_filters=False))
    if few is None:
        return find(words, Story.objects.live(at).filter(edition=edition).newest())
    return Story.objects.live(at).alias(own=F("edition") + 0).filter(own=edition.pk, pk__in=few).newest()


def named(words, rows):
    """The photos, people, tags or series of `rows` whose names hold a word that begins with each of these."""
    terms = question.read(words, has_filters=False).terms
    if not terms:
        return rows.none()
    begun = [term._replace(is_begun=len(term.exact) == 1) for term in terms]
    return rows.filter(pk__in=RawSQL(*engines.named(rows.model._meta.db_table, begun)))  # noqa: S611


def _few(asked):
    """The ids of all stories that hold these words, live or not, if there are at most `FEW`; else None."""
    if not asked.terms:
        return []
    sql, values = engines.stories(asked.terms, asked.without)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FEW + 1}", values)
        ids = [pk for (pk,) in cursor.fetchall()]
    return ids if len(ids) <= FEW else None
