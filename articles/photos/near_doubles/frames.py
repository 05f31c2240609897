"""How two pictures may lie upon each other: which part of the one would be the other. Pure.

Boxes are (left, top, right, bottom), of 1. A crop is looked for by its shape: what is left of a picture of 4:3 in 16:9
can only be certain parts of it.
"""

import functools
import math
from typing import NamedTuple

ZOOMS = (1.0, 0.9, 0.8)
STEP = 0.1  # of a crop, between the places that are tried at first
LIKE_SHAPE = 1.25  # a crop to another shape is mostly as large as can be: only that is tried at first
SMALLEST = 0.7  # of its longer side: a crop that is smaller is not looked for
EDGE = 0.03  # of the picture: as much of a field may be missing


class Frame(NamedTuple):
    """`box` of the searched picture is the other; or, where it `is_within`, the searched one is `box` of the other."""

    box: tuple
    is_within: bool

    @property
    def is_largest(self):
        """Whether it reaches from edge to edge, at least one way."""
        left, top, right, bottom = self.box
        return max(right - left, bottom - top) > 0.99

    def of_ratio(self, ratio):
        """The same for a picture that is exactly `1 / ratio` times as wide as the searched one."""
        left, top, right, bottom = self.box
        wide_by_high = ratio if self.is_within else 1 / ratio
        longer = max(right - left, bottom - top)
        wide, high = (longer, longer / wide_by_high) if wide_by_high >= 1 else (longer * wide_by_high, longer)
        return self._about((left + right) / 2, (top + bottom) / 2, wide, high)

    def _about(self, x, y, wide, high):
        """Of this size, with its middle as near to there as can be."""
        left, top = min(max(0, x - wide / 2), 1 - wide), min(max(0, y - high / 2), 1 - high)
        return self._replace(box=(left, top, left + wide, top + high))

    def moves(self, size):
        """The frames beside it: moved or zoomed by `size`, of 1."""
        left, top, right, bottom = self.box
        steps = [(1, size, 0), (1, -size, 0), (1, 0, size), (1, 0, -size), (1 + size, 0, 0), (1 - size, 0, 0)]
        for zoom, across, down in steps:
            wide, high = (right - left) * zoom, (bottom - top) * zoom
            if SMALLEST <= max(wide, high) <= 1:
                yield self._about((left + right) / 2 + across, (top + bottom) / 2 + down, wide, high)


@functools.lru_cache(1000)
def frames(ratio):
    """Those to be tried at first with a picture that is `1 / ratio` times as wide as the searched one."""
    within = [Frame(box, True) for box in _boxes(ratio) if box != (0, 0, 1, 1)]
    return [*(Frame(box, False) for box in _boxes(1 / ratio)), *within]


def _boxes(ratio):
    """Boxes that are `ratio` times as wide as their picture: as large as can be, and a little smaller."""
    wide, high = (1, 1 / ratio) if ratio >= 1 else (ratio, 1)
    for zoom in ZOOMS if max(ratio, 1 / ratio) < LIKE_SHAPE else ZOOMS[:1]:
        for left in _starts(wide * zoom):
            for top in _starts(high * zoom):
                yield left, top, left + wide * zoom, top + high * zoom


def _starts(size):
    room = 1 - size
    count = 1 if room < 0.01 else 1 + math.ceil(room / (STEP * size))
    return [room * at / max(1, count - 1) for at in range(count)]


@functools.lru_cache(10_000)
def known_bits(box):
    """The bits that a picture says of a larger one, of which it is the part `box`: both fields lie within."""
    left, top, right, bottom = box
    known = 0
    for place in range(64):
        row, column = divmod(place, 8)
        for at, columns, rows, wide, high in ((0, 9, 8, 2, 1), (64, 8, 9, 1, 2)):
            across = left <= column / columns + EDGE and (column + wide) / columns - EDGE <= right
            if across and top <= row / rows + EDGE and (row + high) / rows - EDGE <= bottom:
                known |= 1 << (at + place)
    return known


def covered(box, count):
    """How much of each of `count` × `count` fields lies in the box, of 1, row by row."""
    left, top, right, bottom = (edge * count for edge in box)
    across = [max(0, min(right, at + 1) - max(left, at)) for at in range(count)]
    return [wide * max(0, min(bottom, at + 1) - max(top, at)) for at in range(count) for wide in across]
