"""The live stories that meet a question, and no more of them than can be ranked at a bounded cost."""

from typing import NamedTuple

from django.db import connection

from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.models import Story

from . import engines, links

MOST = 2_000  # stories that are ranked: the newest
FEW = 10_000  # ids that are looked up one by one
LOOKED_THROUGH = 24_000  # of the newest stories, where more than a few hold the words
ENOUGH = 20  # stories of which the text has all words; then only tags and people that have all words lead to others
COMPARED = 500  # stories of which is asked whether their text has the words just as they were typed
READ = 100  # stories whose texts are read without asking which of them have a word in headline or standfirst


class Candidates(NamedTuple):
    """`stories`: (id, seconds since 1970 when it went live), the newest first. `is_cut`: more meet the question.

    `has`: where no story meets it, and these have some of its terms, the numbers of the terms that each has.
    `terms`: those of the question, as engines.known gives them. `linked`: {id: the numbers of the terms that rows
    beside it have}. `nameless`: the terms that no names of people, tags … have. `groups`, `newest`: those that have, as
    links gives them. `nowhere`: terms that no text has, as far as was asked.
    """

    stories: list[tuple[int, int]]
    is_cut: bool = False
    terms: tuple = ()
    linked: dict[int, frozenset[int]] = {}
    nameless: tuple = ()
    groups: tuple = ()
    newest: dict[int, dict] = {}
    nowhere: frozenset = frozenset()
    has: dict[int, frozenset[int]] = {}


def of(asked, scope, until):
    """The Candidates of a Scope, none of which went live after `until`."""
    typed, asked = asked.terms, asked._replace(terms=_whole(engines.known(asked.terms)))
    stories = _in_text(asked, scope)
    groups = links.groups(typed, len(typed) if len(stories) >= ENOUGH else 1)
    newest = links.newest(groups, scope.editions, until)
    linked = links.stories(groups, newest, asked)
    if linked:
        found = dict(stories)
        further = dict(scope.among([pk for pk in linked if pk not in found]))
        stories = _newest_first([*stories, *further.items()]) if further else stories
        linked = {pk: has for pk, has in linked.items() if pk in found or pk in further}
    named = frozenset().union(*(group.has for group in groups))
    nameless = tuple(term for number, term in enumerate(asked.terms) if number not in named)
    return Candidates(stories[:MOST], len(stories) > MOST, asked.terms, linked, nameless, tuple(groups), newest)


def _whole(terms):
    """The last word is not taken for a begun one if more stories hold it whole than are ranked."""
    *others, last = terms
    whole = last._replace(is_begun=False)
    return (*others, whole if last.is_begun and not engines.are_few([whole], (), MOST) else last)


def _newest_first(stories):
    return sorted(stories, key=lambda story: (story[1], story[0]), reverse=True)


def _in_text(asked, scope):
    """The newest, at most one more than are ranked."""
    words = asked.terms, asked.without
    if engines.are_few(*words, MOST):  # on PostgreSQL a guess: there may be one more
        return scope.few(*words, MOST + 1)
    for through in _steps(engines.share(*words), scope.is_narrow):
        newest = scope.newest(through)
        held = {*engines.held(*words, [pk for pk, _at in newest])}
        found = [row for row in newest if row[0] in held]
        if len(found) > MOST or len(newest) < through:
            return found[: MOST + 1]
    if engines.are_few(*words, FEW):
        return scope.few(*words, FEW)[: MOST + 1]
    return scope.holding(*words, MOST + 1)


def _steps(share, is_narrow):
    """How many of the newest stories are looked through for MOST that hold the words: a few more than are needed where
    as many hold them as of the newest of all, then as many as are worth it."""
    enough = MOST * engines.SAMPLE * 6 // (max(share, 1) * 5)
    return [enough, LOOKED_THROUGH] if enough < LOOKED_THROUGH else [LOOKED_THROUGH] * is_narrow


def filtered(asked, scope):
    """The newest stories of a question that has filters only."""
    stories = scope.newest(MOST + 1, asked.without)
    return Candidates(stories[:MOST], len(stories) > MOST)


def texts(stories, terms):
    """{id: (headline, standfirst)} of the stories of which one of these holds a term, and perhaps of others."""
    ids = [pk for pk, _at in stories]
    if len(ids) > READ and (held := engines.in_head(terms, min(ids), max(ids))) is not None:
        ids = list({*ids}.intersection(held))
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*_texts.sql(ids=engines.listed(ids)))
        return {pk: texts for pk, *texts in cursor.fetchall()}


@CompiledQuery
def _texts(ids):
    return Story.objects.filter(engines.is_listed(ids)).order_by().values_list("pk", "headline", "standfirst")


def as_typed(terms, stories):
    """(Ids whose text has each word as typed, those in whose text they stand one after the other), unless they are too
    many to be compared."""
    if not 0 < len(stories) <= COMPARED:
        return frozenset(), frozenset()
    ids = [pk for pk, _at in stories]
    exact = [term._replace(phrases=(term.exact,), is_begun=False) for term in terms]
    row = tuple(word for term in terms for word in term.exact)
    follows = [terms[0]._replace(exact=row, phrases=(row,), is_begun=False)]
    found = together({name: engines.among(engines.stories(asked), ids) for name, asked in enumerate((exact, follows))})
    return frozenset(found[0]), frozenset(found[1])
