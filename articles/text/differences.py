"""The differences between two texts, word by word. Pure, and in hardly more time than reading both.

Words that occur once in each text and in the same order are anchors; the parts between them are compared in the same
way, at most `DEEPEST` levels deep. difflib takes quadratic time, and cubic time if words repeat.
"""

import bisect
from collections import Counter
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


# Paragraphs ------------------------------------------------------------------------------

MOST_PAIRS = 2_500  # comparisons of two paragraphs; a larger run is taken as other paragraphs


def paired(before, after):
    """[(paragraph before or None, after or None)] in order: which paragraph became which. Each is a list of words.

    Among the paragraphs that changed at one place, those pairs are taken that have most words in common.
    """
    pairs = []
    for is_kept, was, now in changes([*map(tuple, before)], [*map(tuple, after)]):
        pairs += zip(was, now, strict=True) if is_kept else _alike(was, now)
    return [(was and list(was), now and list(now)) for was, now in pairs]


def _alike(was, now):
    """The pairs with the largest sum of likeness, in both orders; what is left stands alone."""
    if not (was and now) or len(was) * len(now) > MOST_PAIRS:
        return [(one, None) for one in was] + [(None, one) for one in now]
    best = [[0.0] * (len(now) + 1) for _row in range(len(was) + 1)]
    alike = [[_likeness(one, other) for other in now] for one in was]
    for i in reversed(range(len(was))):
        for j in reversed(range(len(now))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    pairs, i, j = [], 0, 0
    while i < len(was) or j < len(now):
        if i < len(was) and j < len(now) and alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((was[i], now[j]))
            i, j = i + 1, j + 1
        elif i < len(was) and (j == len(now) or best[i][j] == best[i + 1][j]):
            pairs.append((was[i], None))
            i += 1
        else:
            pairs.append((None, now[j]))
            j += 1
    return pairs


def _likeness(one, other):
    """The share of words in common; 0 where less than a third is."""
    common = (Counter(one) & Counter(other)).total()
    share = 2 * common / (len(one) + len(other) or 1)
    return share if share > 1 / 3 else 0
