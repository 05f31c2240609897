"""What changed between two texts, word by word: pure, and never much more work than reading both.

Words that stand once in each text and in the same order hold the texts together; between them the same is asked again,
`DEEPEST` times at most. difflib's own way takes the square of the length, and its cube where words repeat.
"""

import bisect
from typing import NamedTuple

DEEPEST = 12


class Change(NamedTuple):
    """Words that were there and those in their place; `is_kept`: they are the same."""

    is_kept: bool
    before: list
    after: list


def changes(before, after):
    """[Change] that lead from the words `before` to those `after`, in order."""
    found = []
    for change in _between(before, after, DEEPEST):
        if not found or found[-1].is_kept != change.is_kept:
            found.append(Change(change.is_kept, [], []))
        found[-1].before.extend(change.before)
        found[-1].after.extend(change.after)
    return found


def _between(before, after, depth):
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    if start:
        yield Change(True, before[:start], after[:start])
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    if left or right:
        yield from _around(_anchors(left, right) if depth else [], left, right, depth)
    if end:
        yield Change(True, before[-end:], after[-end:])


def _common(before, after):
    """How many words are the same from the beginning on."""
    pairs = zip(before, after, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _around(anchors, left, right, depth):
    """What lies before, between and behind words that are known to be the same."""
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
    """[(place, place)] of words that stand once in each, as many as stand in the same order in both."""
    once, there = _once(left), _once(right)
    pairs = [(at, there[word]) for word, at in once.items() if word in there]
    return _longest_rising(pairs)


def _once(words):
    """{word: place} of those that stand once, in order."""
    places = {}
    for place, word in enumerate(words):
        places[word] = None if word in places else place
    return {word: place for word, place in places.items() if place is not None}


def _longest_rising(pairs):
    """The longest run of pairs, whose first numbers rise, in which the second ones rise, too."""
    ends, lasts, before = [], [], {}
    for number, (_at, other) in enumerate(pairs):
        length = bisect.bisect_left(ends, other)
        before[number] = lasts[length - 1] if length else None
        ends[length : length + 1] = [other]
        lasts[length : length + 1] = [number]
    found, number = [], lasts[-1] if lasts else None
    while number is not None:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
