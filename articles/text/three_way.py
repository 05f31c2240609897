"""One version made of three: the base from which two people set out, and what each made of it. Pure.

What only one of them changed is taken over. What both changed in the same way stands once. Where they differ, there is
a Collision, which a person decides. Without a base (None), every difference is a collision.

Sequences are compared like differences.py does, so that a text as long as any may be takes steps by its length only.
"""

import re
from typing import NamedTuple

from . import body
from .differences import changes

ORDER = None  # the key of the collision about the order of items
_TOKEN = re.compile(r"<[^>]*>|[^<\s]+|\s+")


class Collision(NamedTuple):
    """What both changed: of a sequence the runs at one place, of a single value the values."""

    base: object
    mine: object
    theirs: object


def value(base, mine, theirs):
    """The value that stands after both, or a Collision."""
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else Collision(base, mine, theirs)


def sequence(base, mine, theirs):
    """[tuple or Collision]: the runs of the sequence that stands after both; a Collision holds three tuples."""
    runs = []
    for was, my, their in _apart(mine, theirs) if base is None else _places(base, mine, theirs):
        run = Collision((), my, their) if base is None and my != their else value(was, my, their)
        if isinstance(run, Collision) or not runs or isinstance(runs[-1], Collision):
            runs.append(run)
        else:
            runs[-1] += run
    return [run for run in runs if run]


def _apart(mine, theirs):
    return [((), tuple(my), tuple(their)) for _is_kept, my, their in changes(mine, theirs)]


def _places(base, mine, theirs):
    """(run of the base, of mine, of theirs), in order; between two places stands what neither touched."""
    here, there = _partners(base, mine), _partners(base, theirs)
    i = j = k = 0
    for place in [*(place for place in range(len(base)) if place in here and place in there), len(base)]:
        at, other = here.get(place, len(mine)), there.get(place, len(theirs))
        if (place, at, other) != (i, j, k):
            yield tuple(base[i:place]), tuple(mine[j:at]), tuple(theirs[k:other])
        if place < len(base):
            yield (tuple(base[place : place + 1]),) * 3
        i, j, k = place + 1, at + 1, other + 1


def _partners(base, other):
    """{place in the base: its place in the other} of what stayed."""
    partners, at, there = {}, 0, 0
    for is_kept, was, now in changes(base, other):
        if is_kept:
            partners |= {at + step: there + step for step in range(len(was))}
        at, there = at + len(was), there + len(now)
    return partners


# A text ----------------------------------------------------------------------------------


def text(base, mine, theirs):
    """The same of clean bodies, by their blocks; within a block that both changed, by its words."""
    blocks = [None if one is None else [block.html for block in body.blocks(one)] for one in (base, mine, theirs)]
    return [part for run in sequence(*blocks) for part in (_finer(run) if isinstance(run, Collision) else [run])]


def _finer(collision):
    """The parts of a run that both changed, block by block if each has as many of them."""
    was, my, their = collision
    if len(was) == len(my) == len(their):
        return [_by_words((a,), (b,), (c,)) for a, b, c in zip(was, my, their, strict=True)]
    return [_by_words(*collision)]


def _by_words(was, my, their):
    found = value(was, my, their)
    if not isinstance(found, Collision) or not (was and my and their):
        return found
    runs = sequence(*(_TOKEN.findall("".join(blocks)) for blocks in found))
    if any(isinstance(run, Collision) for run in runs):
        return found
    joined = "".join(token for run in runs for token in run)
    is_sound = joined and body.clean(joined) == joined  # two changes of the markup may not fit into each other
    return tuple(block.html for block in body.blocks(joined)) if is_sound else found


# Items -----------------------------------------------------------------------------------


def items(base, mine, theirs):
    """({key: value or Collision}, collision of the order or None) of three {key: value} in their orders.

    An item that one of them took out and the other left is gone; one that the other changed collides, as None.
    """
    was = base or {}
    found = {}
    for key in dict.fromkeys([*theirs, *mine, *was]):
        three = was.get(key), mine.get(key), theirs.get(key)
        # without a base, an item of only one of them was added by that one
        one = Collision(*three) if base is None and None not in three[1:] and three[1] != three[2] else value(*three)
        if one is not None:
            found[key] = one
    order, collision = _order(list(was), list(mine), list(theirs))
    return {key: found[key] for key in order if key in found}, collision


def _order(base, mine, theirs):
    """(the keys of all in one order, Collision if both moved items elsewhere)."""
    both = [key for key in base if key in set(mine) and key in set(theirs)]
    common = set(mine) & set(theirs) if not base else set(both)
    here, there = ([key for key in one if key in common] for one in (mine, theirs))
    is_apart = here != there and both not in (here, there)
    into, new = (theirs, mine) if is_apart or here in (both, there) else (mine, theirs)
    return added(into, new, set(base)), Collision(both, here, there) if is_apart else None


def added(into, new, known):
    """The keys `into` in their order, and those that are only in `new`, each behind the one it follows there.

    If something of the other's stands there, which is not among the `known`, it comes before.
    """
    order = list(into)
    for place, key in enumerate(new):
        if key in order:
            continue
        at = order.index(new[place - 1]) + 1 if place else 0
        while at < len(order) and order[at] not in known and order[at] not in new:
            at += 1
        order.insert(at, key)
    return order
