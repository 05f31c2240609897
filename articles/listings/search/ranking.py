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
A_DAY = 86_400  # seconds
NOTHING = {}, False  # of a text that holds none of the terms


class Candidate(NamedTuple):
    """A live story that meets a question. `live_at`: seconds since 1970. `linked`: the numbers of the terms that rows
    beside it have."""

    pk: int
    live_at: int
    headline: str
    standfirst: str
    linked: frozenset[int] = frozenset()


def ranked(candidates, terms, at, exact=frozenset(), together=frozenset()):
    """[(score, Candidate)], the best first. `exact`, `together`: ids of stories that hold the terms as typed, and one
    after the other."""
    scanner, now, keys = Scanner(terms), at.timestamp(), []
    headlines = scanner.scan([each.headline for each in candidates])
    standfirsts = scanner.scan([each.standfirst for each in candidates])
    for number, each in enumerate(candidates):
        texts = headlines.get(number, NOTHING), standfirsts.get(number, NOTHING)
        score = _score(each, texts, len(terms), each.pk in exact, each.pk in together)
        score += _freshness(max(int(now - each.live_at) // A_DAY, 0))
        keys.append((-round(score, 3), -each.live_at, -each.pk, each))
    return [(-score, each) for score, _at, _pk, each in sorted(keys)]


@functools.lru_cache(10_000)
def _freshness(days):
    return FRESH * 0.5 ** (days / HALF_LIFE)


def _score(candidate, texts, terms, is_exact, is_together):
    """`texts`: what Scanner.scan tells of the headline and of the standfirst."""
    (headline, in_headline), (standfirst, in_standfirst) = texts
    body = BODY_EXACT if is_exact else BODY
    if not (headline or standfirst or candidate.linked or is_together):
        return body * terms
    score = 0
    for number in range(terms):
        linked = LINKED if number in candidate.linked else 0.0
        held = HEADLINE[headline.get(number, Match.NONE)], STANDFIRST[standfirst.get(number, Match.NONE)]
        score += max(*held, linked, body)
    if terms > 1:
        if in_headline:
            score += TOGETHER_IN_HEADLINE
        elif in_standfirst:
            score += TOGETHER_IN_STANDFIRST
        elif is_together:
            score += TOGETHER_IN_BODY
    return score
