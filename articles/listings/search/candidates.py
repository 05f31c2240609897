"""The live stories that meet a question, and no more of them than can be ranked at a bounded cost."""

from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from . import engines, links
from .ranking import Candidate

MOST = 2_000  # stories that are ranked: the newest
FEW = 5_000  # ids that are looked up one by one; of more, the database goes back in time
ENOUGH = 20  # stories of which the text has all words; then only tags and people that have all words lead to others
COMPARED = 500  # stories of which is asked whether their text has the words just as they were typed


class Candidates(NamedTuple):
    """`is_cut`: more stories meet the question, and these are the newest. `exact`, `together`: see ranking.py."""

    stories: list[Candidate]
    is_cut: bool = False
    exact: frozenset[int] = frozenset()
    together: frozenset[int] = frozenset()


def of(asked, scope, editions, at, is_narrowed):
    """The Candidates among the stories of `scope`. `is_narrowed`: whether it has filters, so that old ones count."""
    typed, asked = asked.terms, asked._replace(terms=engines.known(asked.terms))
    in_text = _read(_in_text(asked, scope, is_narrowed))
    found = {each.pk: each for each in in_text}
    wholly = len(typed) if len(found) >= ENOUGH else 1
    for group in links.groups(typed, wholly):
        for each in _read(_linked(group, asked, scope, editions, at)):
            known = found.get(each.pk, each)
            found[each.pk] = known._replace(linked=known.linked | group.has)
    newest = sorted(found.values(), key=lambda each: (each.live_from, each.pk), reverse=True)
    stories, is_cut = newest[:MOST], len(newest) > MOST
    if len(stories) > COMPARED:
        return Candidates(stories, is_cut)
    return Candidates(stories, is_cut, *_as_typed(asked.terms, [each.pk for each in stories]))


def _in_text(asked, scope, is_narrowed):
    sql, values = engines.stories(asked.terms, asked.without)
    ids = engines.first(engines.newest(sql), values, FEW + 1)
    if len(ids) <= FEW or (connection.vendor == "sqlite" and not is_narrowed):
        return scope.filter(pk__in=ids)
    return scope.filter(pk__in=RawSQL(sql, values))  # noqa: S611 (words are parameters)


def _linked(group, asked, scope, editions, at):
    stories = scope.filter(pk__in=links.stories_of(group, editions, at))
    rest = [term for number, term in enumerate(asked.terms) if number not in group.has]
    if rest:
        stories = stories.filter(pk__in=RawSQL(*engines.stories(rest, asked.without)))  # noqa: S611
    elif asked.without:
        stories = stories.exclude(pk__in=RawSQL(*engines.holding_any(asked.without)))  # noqa: S611
    return stories


def _read(stories):
    rows = stories.newest().values_list("pk", "live_from", "headline", "standfirst")[: MOST + 1]
    return [Candidate(*row) for row in rows]


def _as_typed(terms, ids):
    """(Ids whose text has each word as typed, those in whose text they stand one after the other)."""
    if not ids:
        return frozenset(), frozenset()
    exact = [term._replace(phrases=(term.exact,), is_begun=False) for term in terms]
    row = tuple(word for term in terms for word in term.exact)
    follows = [terms[0]._replace(exact=row, phrases=(row,), is_begun=False)]
    return tuple(
        frozenset(engines.first(engines.among(sql, ids), values, len(ids)))
        for sql, values in (engines.stories(exact), engines.stories(follows))
    )


def filtered(asked, scope):
    """The newest stories of a question that has filters only."""
    if asked.without:
        scope = scope.exclude(pk__in=RawSQL(*engines.holding_any(asked.without)))  # noqa: S611
    stories = _read(scope)
    return Candidates(stories[:MOST], len(stories) > MOST)
