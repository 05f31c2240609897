"""Bits of a whole library, held column by column, so that one picture is compared with all others at once. Pure.

A column is one number: its bit at place 7 is a bit of the seventh picture. So one operation on columns does the same
for every picture, and the differing bits of all of them are added up as on paper, digit by digit.
"""

import bisect

from .looks import BITS

FEW = 800  # pictures, which are compared faster one by one


class Columns:
    """Pictures in the order of their shapes, so that those of like shape stand side by side."""

    def __init__(self, rows):
        """`rows`: (key, Outline) of each."""
        self.rows = sorted(rows, key=lambda row: row[1].shape)
        self.shapes = [other.shape for _key, other in self.rows]
        self.bits = _turned([other.bits for _key, other in self.rows])
        self.sure = _turned([other.sure for _key, other in self.rows])

    def flat(self):
        return ((row, None) for row in self.rows if row[1].is_flat)

    def alike(self, step_of, views_of, most):
        """[(row, places of views)]: those that differ from these views in at most one of `most` bits that both tell.

        `step_of(shape)` grows or falls with the shape; `views_of(shape)` are those of a step: [(bits, sure, …)]. Where
        few rows are of a step, each of them is given, with None for its views.
        """
        first = 0
        while first < len(self.rows):
            step = step_of(self.shapes[first])
            last = bisect.bisect_left(self.shapes, True, first, key=lambda shape: step_of(shape) != step)
            if last - first < FEW:
                yield from ((row, None) for row in self.rows[first:last])
            else:
                yield from self._alike_within(first, last, views_of(self.shapes[first]), most)
            first = last

    def _alike_within(self, first, last, views, most):
        every = (1 << (last - first)) - 1
        sure = [column >> first & every for column in self.sure]
        bright = [column >> first & known for column, known in zip(self.bits, sure, strict=True)]
        differing = bright, [column ^ known for column, known in zip(bright, sure, strict=True)]  # from a 0, from a 1
        found = {}
        for number, view in enumerate(views):
            places = [place for place in range(BITS) if view[1] >> place & 1]
            differ = _added([differing[view[0] >> place & 1][place] for place in places])
            like = every & ~_is_more(differ, _added([sure[place] for place in places]), most)
            for place in _ones(like):
                found.setdefault(place, []).append(number)
        for place, numbers in found.items():
            yield self.rows[first + place], numbers


def _turned(numbers):
    """The columns of numbers of BITS bits: the lowest bits of all of them first."""
    written = "".join([f"{number:0{BITS}b}" for number in reversed(numbers)])
    return [int(written[BITS - 1 - place :: BITS] or "0", 2) for place in range(BITS)]


def _added(columns):
    """At each place, how many of the columns have a 1 there: the digits, of 1, of 2, of 4 …, as columns."""
    digits, ones = [], columns
    while ones:
        carried = []
        while len(ones) > 1:
            one, two = ones.pop(), ones.pop()
            three = ones.pop() if ones else 0
            half = one ^ two
            ones.append(half ^ three)
            carried.append(one & two | half & three)
        digits.append(ones[0])
        ones = carried
    return digits


def _is_more(less, than, times):
    """The places where `times` of the one are more than the other; `times`: a power of two."""
    less = [0] * (times.bit_length() - 1) + less
    more = 0
    for digit in range(max(len(less), len(than))):
        one, other = (digits[digit] if digit < len(digits) else 0 for digits in (less, than))
        differ = one ^ other
        more = differ & one | more & ~differ
    return more


def _ones(number):
    """The places of the bits that are 1."""
    text = f"{number:b}"[::-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)
