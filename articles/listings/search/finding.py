"""Finds stories by words. The database keeps the index (database/search_index.py)."""

from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.models import Story

from . import engines, question
from .candidates import as_typed, texts
from .ranking import Signs, ranked

MOST = 2_000  # rows that hold some words, of which half of a table may


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
    return Q(pk__in=engines.Holding(asked.terms, asked.without))


def best_first(words, ids, at):
    """The ids of stories that hold these words, live or not, the best first, as readers would have them."""
    terms = question.read(words, has_filters=False).terms
    if not terms:
        return ids
    times = Story.objects.filter(pk__in=ids).values_list("pk", "live_from", "changed_at")
    stories = [(pk, int((live_from or changed_at or at).timestamp())) for pk, live_from, changed_at in times]
    signs = Signs(texts(stories, terms), {}, *as_typed(terms, stories))
    return [pk for _score, pk in ranked(stories, terms, at, signs)]


def named(words, rows):
    """The photos, people, tags or series of `rows` whose names hold a word that begins with each of these."""
    begun = _begun(words)
    return rows.filter(pk__in=RawSQL(*engines.named(rows.model._meta.db_table, begun))) if begun else rows.none()  # noqa: S611


def newest_named(words, rows):
    """The same among the newest MOST rows of their table that hold the words: half of all photos may hold one."""
    begun = _begun(words)
    question = begun and engines.newest_with_name(rows.model._meta.db_table, begun, MOST)
    return rows.filter(pk__in=RawSQL(*question)) if begun else rows.none()  # noqa: S611


def is_frequent_name(words, model):
    """Whether more rows of the model hold these words than `newest_named` finds."""
    begun = _begun(words)
    return bool(begun) and len(engines.read(*engines.newest_with_name(model._meta.db_table, begun, MOST + 1))) > MOST


def _begun(words):
    """The Terms of the words, each of which a longer word may begin with."""
    terms = question.read(words, has_filters=False).terms
    return [term._replace(is_begun=len(term.exact) == 1) for term in terms]
