"""A passage of a text, found again after the text was edited. Pure: no mark stands in the text itself.

A passage is known by its own words; where they stand more than once, by the words before and after it. White space
does not count. One whose own words were edited is found by those that are left of it and those around it. The module
static/desk/passages.js keeps the same rules for a text that is being written.
"""

import itertools
import re
from collections import Counter
from typing import NamedTuple

LONGEST, AROUND = 500, 40  # characters of a passage, and of the words on either side of it


class Passage(NamedTuple):
    quote: str
    before: str = ""
    after: str = ""


def plain(text):
    return " ".join(text.split())


def passage(text, start, end):
    """The Passage of these places of a plain text."""
    return Passage(text[start:end], text[:start][-AROUND:], text[end:][:AROUND])


def find(text, sought):
    """(start, end) of the passage in a plain text; None if its words do not stand there any more."""
    quote, before, after = (plain(part) for part in sought)
    if not quote:
        return None
    places = list(_places(text, quote))
    best = max(places, key=lambda at: _likeness(text, at, at + len(quote), before, after), default=None)
    return None if best is None else (best, best + len(quote))


def _places(text, words):
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _likeness(text, start, end, before, after):
    """How many characters on either side are those that stood there, from the passage outwards."""
    return _common(reversed(text[:start].rstrip()), reversed(before)) + _common(text[end:].lstrip(), after)


def _common(some, others):
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


# A passage whose own words were edited ------------------------------------------------------

_WORD, _EDGES = re.compile(r"\S+"), re.compile(r"^[\W_]+|[\W_]+$")
SLACK = 8  # words that an edit adds or takes away within a passage and its neighbours
KNOWN_BY = 2  # words on either side that must stand for a passage of which nothing is left


class Indexed:
    """A plain text in which changed passages are sought: its words, their (start, end), and the places of each pair."""

    def __init__(self, text):
        found = list(_WORD.finditer(text))
        self.words, self.places, self.pairs = [_bare(one.group()) for one in found], [one.span() for one in found], {}
        for number, pair in enumerate(itertools.pairwise(self.words)):
            self.pairs.setdefault(pair, []).append(number)


def find_changed(indexed, sought):
    """(start, end) of what became of the passage in an Indexed text that lacks its words; None if nothing did.

    The words of the passage and around it are laid along the text where most pairs of them stand. What lies between the
    neighbours is the passage if half of its words are left, or if it is as short as it was.
    """
    before, quote, after = _around(sought)
    known = [*before, *quote, *after]
    at = _most_pairs(known, indexed.pairs) if quote else None
    if at is None:
        return None
    first = max(0, at - SLACK)
    window = indexed.words[first : max(0, at) + len(known) + SLACK]
    stands, begins, ends = _along(known, window), len(before), len(before) + len(quote)
    left, own = ([place for n, place in stands if low <= n < high] for low, high in ((0, begins), (begins, ends)))
    right = [place for n, place in stands if n >= ends]
    span = _between(left, own, right, len(quote))
    return span and (indexed.places[first + span[0]][0], indexed.places[first + span[1]][1])


def _between(left, own, right, length):
    """(first, last) word of the passage between its neighbours, each told by the places of their words that stand."""
    if 2 * len(own) >= length:
        first, last = (left[-1] + 1 if left else own[0]), (right[0] - 1 if right else own[-1])
        return (first, last) if last - first < 2 * length + SLACK else (own[0], own[-1])
    if len(left) < KNOWN_BY or len(right) < KNOWN_BY:
        return None
    first, last = left[-1] + 1, right[0] - 1
    return (first, last) if 0 <= last - first < length + 2 else None


def _around(sought):
    """The words before the passage, in it, and after it, without those that were cut at their ends."""
    quote, before, after = (plain(part) for part in sought)
    before, after = _words(before), _words(after)
    is_cut = [len(plain(sought[1])) >= AROUND - 1, len(plain(sought[2])) >= AROUND - 1]
    return before[1:] if is_cut[0] else before, _words(quote), after[:-1] if is_cut[1] else after


def _words(text):
    return [_bare(word) for word in text.split()]


def _bare(word):
    """A word without the signs at its ends, in small letters; signs alone stay."""
    return (_EDGES.sub("", word) or word).lower()


def _most_pairs(known, pairs):
    """The number of the word in the text at which `known` begins, if it is laid where most of its pairs stand."""
    hits = Counter(at - n for n, pair in enumerate(itertools.pairwise(known)) for at in pairs.get(pair, ()))
    near = {at: sum(hits.get(at + step, 0) for step in range(-SLACK, SLACK + 1)) for at in hits}
    return min(near, key=lambda at: (-near[at], -hits[at], at), default=None)


def _along(some, others):
    """[(n, m)] of the longest row of equal words in both lists, in their order."""
    longest = [[0] * (len(others) + 1) for _row in range(len(some) + 1)]
    for n in reversed(range(len(some))):
        for m in reversed(range(len(others))):
            is_same = some[n] == others[m]
            longest[n][m] = longest[n + 1][m + 1] + 1 if is_same else max(longest[n + 1][m], longest[n][m + 1])
    found, n, m = [], 0, 0
    while n < len(some) and m < len(others):
        if some[n] == others[m]:
            found.append((n, m))
            n, m = n + 1, m + 1
        elif longest[n + 1][m] >= longest[n][m + 1]:
            n += 1
        else:
            m += 1
    return found
