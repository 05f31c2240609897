"""Which of two stories answers a question better. Pure: the same on every database.

Each term counts once, where it weighs most. The exact word counts more than another form of it, and both more than a
word that only begins so.
"""

from typing import NamedTuple

from articles.text import words

from .matching import Match, follow, match

HEADLINE = {Match.EXACT: 12.0, Match.FORM: 8.0, Match.BEGUN: 3.0, Match.NONE: 0.0}
STANDFIRST = {Match.EXACT: 6.0, Match.FORM: 4.5, Match.BEGUN: 1.5, Match.NONE: 0.0}
LINKED = 5.0  # a tag, a person, a running story or a caption has it
BODY_EXACT, BODY = 2.0, 1.0
TOGETHER_IN_HEADLINE, TOGETHER_IN_STANDFIRST, TOGETHER_IN_BODY = 6.0, 3.0, 2.0
FRESH, HALF_LIFE = 3.0, 60  # points of a story of now, and the days after which half of them are left


class Candidate(NamedTuple):
    """A live story that meets a question. `linked`: the numbers of the terms that rows beside it have."""

    pk: int
    live_from: object
    headline: str
    standfirst: str
    linked: frozenset[int] = frozenset()


def ranked(candidates, terms, at, exact=frozenset(), together=frozenset()):
    """[(score, Candidate)], the best first. `exact`, `together`: ids of stories that hold the terms as typed, and one
    after the other."""
    split = _splitter(terms)
    scored = [(_score(each, terms, at, each.pk in exact, each.pk in together, split), each) for each in candidates]
    return sorted(scored, key=lambda one: (-one[0], -one[1].live_from.timestamp(), -one[1].pk))


def _splitter(terms):
    """`words.split`, which gives () for a text that holds no word of the terms: of thousands of texts most do not."""
    sought = []
    for word in sorted({phrase[0] for term in terms for phrase in term.phrases}, key=len):
        if not any(part in word for part in sought):  # most forms hold the root
            sought.append(word)

    def split(text):
        plain = (text if text.isascii() else words.folded(text)).lower()
        for part in sought:
            if part in plain:
                return words.split(plain)
        return ()

    return split


def _score(candidate, terms, at, is_exact, is_together, split):
    headline, standfirst = split(candidate.headline), split(candidate.standfirst)
    score = FRESH * 0.5 ** (max((at - candidate.live_from).days, 0) / HALF_LIFE)
    for number, term in enumerate(terms):
        linked = LINKED * (number in candidate.linked)
        body = BODY_EXACT if is_exact else BODY
        score += max(HEADLINE[match(term, headline)], STANDFIRST[match(term, standfirst)], linked, body)
    if len(terms) > 1:
        if follow(terms, headline):
            score += TOGETHER_IN_HEADLINE
        elif follow(terms, standfirst):
            score += TOGETHER_IN_STANDFIRST
        elif is_together:
            score += TOGETHER_IN_BODY
    return round(score, 3)
