"""Which of two stories answers a question better. Pure: the same on every database.

Each term counts once, where it weighs most. The exact word counts more than another form of it, and both more than a
word that only begins so.
"""

import functools
from typing import NamedTuple

from .matching import Match
from .scanning import Scanner

HEADLINE = {Match.EXACT: 12.0, Match.FORM: 8.0, Match.BEGUN: 3.0, Match.NONE: 0.0}
STANDFIRST = {Match.EXACT: 6.0, Match.FORM: 4.5, Match.BEGUN: 1.5, Match.NONE: 0.0}
LINKED = 5.0  # a tag, a person, a running story or a caption has it
BODY_EXACT, BODY = 2.0, 1.0
TOGETHER_IN_HEADLINE, TOGETHER_IN_STANDFIRST, TOGETHER_IN_BODY = 6.0, 3.0, 2.0
FRESH, HALF_LIFE = 3.0, 60  # points of a story of now, and the days after which half of them are left
A_WORD = 1_000.0  # of the question, where no story has all of them: more than all other points
A_DAY = 86_400  # seconds
NOTHING = {}, False  # of a text that holds none of the terms


class Signs(NamedTuple):
    """What tells how well stories answer a question, by their ids. `texts`: (headline, standfirst) of those that may
    have a term there. `linked`: the numbers of the terms that rows beside it have. `exact`, `together`: those whose
    text has the terms as typed, and one after the other. `words`: where none has all terms, how many each has."""

    texts: dict[int, tuple[str, str]] = {}
    linked: dict[int, frozenset[int]] = {}
    exact: frozenset[int] = frozenset()
    together: frozenset[int] = frozenset()
    words: dict[int, int] = {}


def ranked(stories, terms, at, signs):
    """[(score, id)], the best first, of stories that meet the terms. `stories`: (id, seconds since 1970 when it
    went live)."""
    now, keys = int(at.timestamp()), []
    told = _told(terms, signs)
    for pk, live_at in stories:
        days = max((now - live_at) // A_DAY, 0)
        score = told[pk] if pk in told else (BODY_EXACT if pk in signs.exact else BODY) * len(terms)
        score += A_WORD * signs.words.get(pk, 0)
        keys.append((-round(score + _freshness(days), 3), -live_at, -pk))
    return [(-score, -pk) for score, _at, pk in sorted(keys)]


def _told(terms, signs):
    """{id: score} of the stories of which more is known than that their text has the terms."""
    scanner, ids = Scanner(terms), list(signs.texts)
    headlines, standfirsts = (
        (scanner.scan(texts) for texts in zip(*signs.texts.values(), strict=True)) if ids else ({}, {})
    )
    both = {pk: (headlines.get(n, NOTHING), standfirsts.get(n, NOTHING)) for n, pk in enumerate(ids)}
    every = {ids[n] for n in (*headlines, *standfirsts)} | signs.linked.keys() | signs.together
    return {pk: _score(pk, both.get(pk, (NOTHING, NOTHING)), len(terms), signs) for pk in every}


@functools.lru_cache(10_000)
def _freshness(days):
    return FRESH * 0.5 ** (days / HALF_LIFE)


def _score(pk, texts, terms, signs):
    """`texts`: what Scanner.scan tells of the headline and of the standfirst."""
    (headline, in_headline), (standfirst, in_standfirst) = texts
    is_exact, beside = pk in signs.exact, signs.linked.get(pk, ())
    score = 0
    for number in range(terms):
        score += _points(headline.get(number, 0), standfirst.get(number, 0), number in beside, is_exact)
    if terms > 1:
        if in_headline:
            score += TOGETHER_IN_HEADLINE
        elif in_standfirst:
            score += TOGETHER_IN_STANDFIRST
        elif pk in signs.together:
            score += TOGETHER_IN_BODY
    return score


@functools.cache
def _points(headline, standfirst, is_linked, is_exact):
    """Of one term, where it weighs most."""
    body = BODY_EXACT if is_exact else BODY
    return max(HEADLINE[headline], STANDFIRST[standfirst], LINKED if is_linked else 0.0, body)
