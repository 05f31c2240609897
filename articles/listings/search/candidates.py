"""The live stories that meet a question, and no more of them than can be ranked at a bounded cost."""

from typing import NamedTuple

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from articles.database.union import together

from . import engines, links
from .ranking import Candidate

MOST = 2_000  # stories that are ranked: the newest
FEW = 5_000  # ids that are looked up one by one; of more, the database goes back in time
ENOUGH = 20  # stories of which the text has all words; then only tags and people that have all words lead to others
COMPARED = 500  # stories of which is asked whether their text has the words just as they were typed


class Candidates(NamedTuple):
    """`is_cut`: more stories meet the question, and these are the newest. `exact`, `together`: see ranking.py.
    `nameless`: the terms that no names of people, tags … have."""

    stories: list[Candidate]
    is_cut: bool = False
    exact: frozenset[int] = frozenset()
    together: frozenset[int] = frozenset()
    nameless: tuple = ()


def of(asked, scope, named, editions, until):
    """The Candidates among the stories of `scope`, none of which went live after `until`. `named`: the same stories, to
    be chosen by their keys."""
    typed, asked = asked.terms, asked._replace(terms=engines.known(asked.terms))
    found = {each.pk: each for each in _read(_in_text(asked, scope, named))}
    wholly = len(typed) if len(found) >= ENOUGH else 1
    groups = links.groups(typed, wholly)
    linked = links.stories(groups, asked, editions, until)
    further = [pk for pk in linked if pk not in found]
    found |= {each.pk: each for each in (_read(named.filter(_are(further))) if further else ())}
    found |= {pk: found[pk]._replace(linked=has) for pk, has in linked.items() if pk in found}
    newest = sorted(found.values(), key=lambda each: (each.live_at, each.pk), reverse=True)
    stories, is_cut = newest[:MOST], len(newest) > MOST
    compared = [] if len(stories) > COMPARED else [each.pk for each in stories]
    named = frozenset().union(*(group.has for group in groups))
    nameless = tuple(term for number, term in enumerate(asked.terms) if number not in named)
    return Candidates(stories, is_cut, *as_typed(asked.terms, compared), nameless)


def _in_text(asked, scope, named):
    sql, values = engines.stories(asked.terms, asked.without)
    if not engines.is_frequent(asked.terms, asked.without):
        ids = engines.first(sql, values, FEW + 1)
        if not ids:
            return named.none()
        if len(ids) <= FEW:
            return named.filter(_are(ids))
    return scope.filter(pk__in=RawSQL(sql, values))  # noqa: S611 (words are parameters)


def _are(ids):
    """The condition that a story is one of these. Django takes longer to write it than the database to read them."""
    listed = ",".join(str(int(pk)) for pk in ids)
    return RawSQL(f'"articles_story"."id" IN ({listed})', (), BooleanField())  # noqa: S611 (numbers)


def _read(stories):
    """Times as numbers: of thousands of stories, Django takes longer to make times of them than to rank them."""
    rows = stories.newest().values_list("pk", engines.Seconds("live_from"), "headline", "standfirst")[: MOST + 1]
    return [Candidate(*row) for row in rows]


def as_typed(terms, ids):
    """(Ids whose text has each word as typed, those in whose text they stand one after the other)."""
    if not ids:
        return frozenset(), frozenset()
    exact = [term._replace(phrases=(term.exact,), is_begun=False) for term in terms]
    row = tuple(word for term in terms for word in term.exact)
    follows = [terms[0]._replace(exact=row, phrases=(row,), is_begun=False)]
    found = together({name: engines.among(engines.stories(asked), ids) for name, asked in enumerate((exact, follows))})
    return frozenset(found[0]), frozenset(found[1])


def filtered(asked, scope):
    """The newest stories of a question that has filters only."""
    if asked.without:
        scope = scope.exclude(pk__in=RawSQL(*engines.holding_any(asked.without)))  # noqa: S611
    stories = _read(scope)
    return Candidates(stories[:MOST], len(stories) > MOST)
