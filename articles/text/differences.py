"""The differences between two texts, word by word. Pure, and in hardly more time than reading both.

Words that occur once in each text and in the same order are anchors; the parts between them are compared in the same
way, at most `DEEPEST` levels deep. difflib takes quadratic time, and cubic time if words repeat.
"""

import bisect
from typing import NamedTuple

DEEPEST = 12


class Change(NamedTuple):
    """A run of words before and after; `is_kept`: they are the same."""

    is_kept: bool
    before: list
    after: list


def changes(before, after):
    """The [Change] that turn the words `before` into the words `after`, in order."""
    runs = []
    for change in _between(before, after, DEEPEST):
        if not runs or runs[-1].is_kept != change.is_kept:
            runs.append(Change(change.is_kept, [], []))
        runs[-1].before.extend(change.before)
        runs[-1].after.extend(change.after)
    return runs


def _between(before, after, depth):
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    if start:
        yield Change(True, before[:start], after[:start])
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    if left or right:
        yield from _split_at(_anchors(left, right) if depth else [], left, right, depth)
    if end:
        yield Change(True, before[-end:], after[-end:])


def _common(before, after):
    """The number of equal words at the beginning."""
    pairs = zip(before, after, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _split_at(anchors, left, right, depth):
    """The changes before, between and behind anchors."""
    if not anchors:
        yield Change(False, left, right)
        return
    i = j = 0
    for at, other in [*anchors, (len(left), len(right))]:
        if at > i or other > j:
            yield from _between(left[i:at], right[j:other], depth - 1)
        if at < len(left):
            yield Change(True, left[at : at + 1], right[other : other + 1])
        i, j = at + 1, other + 1


def _anchors(left, right):
    """[(place, place)] of words that occur once in each text: the most that have the same order in both."""
    once, there = _once(left), _once(right)
    pairs = [(at, there[word]) for word, at in once.items() if word in there]
    return _longest_rising(pairs)


def _once(words):
    """{word: place} of the words that occur once, in order."""
    places = {}
    for place, word in enumerate(words):
        places[word] = None if word in places else place
    return {word: place for word, place in places.items() if place is not None}


def _longest_rising(pairs):
    """The longest subsequence of pairs with rising second numbers; the first numbers rise already."""
    ends, lasts, before = [], [], {}
    for number, (_at, other) in enumerate(pairs):
        length = bisect.bisect_left(ends, other)
        before[number] = lasts[length - 1] if length else None
        ends[length : length + 1] = [other]
        lasts[length : length + 1] = [number]
    longest, number = [], lasts[-1] if lasts else None
    while number is not None:
        longest.append(pairs[number])
        number = before[number]
    return longest[::-1]
