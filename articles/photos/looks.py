"""How a picture looks, in so few bits that a library is searched for near doubles: copies, crops and mirrors. Pure.

A picture is seen as 8 × 8 fields. Of each field one bit says whether the next one to the right is brighter, another
whether the next one below is; and as many say where that is plain to see. The average colour stands beside them: it is
all that is compared where hardly anything is plain to see. Crops are looked for by their shape: what is left of a
picture of 4:3 in 16:9 can only be certain parts of it.
"""

import math
from typing import NamedTuple

from PIL import Image, ImageOps

SIDE = 144  # pixels of the square in which a picture is looked at: of 8 fields and of 9
BITS = 128
PLAIN = 2  # of 255: what two fields differ at least in, to be told apart for sure
MOST = 0.1  # of the comparable bits may differ,
MOST_OF_CHANCE = 0.2  # and of those that would by chance,
LEAST = 10  # which are so many at least
LENGTH = 448  # of a text that tells looks
GREY = 4  # of 255: tints of a black and white picture
MOST_TINT, MOST_TINT_WITHIN = 6, 14  # of 255, on average; of a part, whose colours are but guessed
SKIPPED, MOST_AT_FIRST = 12, 0.32  # one of so many views is tried first: where it is far off, so are those beside it
LIKE = 0.87  # correlation of their greys
EDGE = 0.03  # of the picture: as much of a field may be missing
FLAT = 24  # bits: what has fewer that are sure is told by its colour alone
SAME_COLOUR = 5  # of 255
NEAREST_SHAPE = 1.02  # two shapes that differ less are one
WIDEST_SHAPE = 2.7  # how many times wider or narrower a crop may be than its picture
ZOOMS = (1.0, 0.95, 0.9, 0.85, 0.8)
_ACROSS = (1 << BITS // 2) - 1
_DOWN = _ACROSS << BITS // 2


class Looks(NamedTuple):
    bits: int
    sure: int
    colours: bytes  # of 4 × 4 fields, red, green and blue
    greys: bytes  # of 12 × 12 fields

    @classmethod
    def parse(cls, text):
        """The looks that a text tells; None for what is none, or of a way of looking that is no longer ours."""
        if len(text) != LENGTH:
            return None
        content = bytes.fromhex(text)
        return cls(int.from_bytes(content[:16]), int.from_bytes(content[16:32]), content[32:80], content[80:])

    def __str__(self):
        return f"{self.bits:032x}{self.sure:032x}{self.colours.hex()}{self.greys.hex()}"

    @property
    def is_flat(self):
        return self.sure.bit_count() < FLAT


def times(width, height):
    """How many times smaller a picture may be, to be looked at."""
    return max(1, min(width, height) // SIDE)


def square(image):
    """The picture as it is looked at, whatever its shape."""
    return image.resize((SIDE, SIDE), Image.Resampling.BOX)


def of(squared):
    """The looks of what `square` gave."""
    grey = squared.convert("L")
    return Looks(*_seen(grey), _colours(squared), _greys(grey))


def _colours(image, box=None):
    return image.resize((4, 4), Image.Resampling.BOX, box=box).tobytes()


def _greys(image, box=None):
    return image.resize((12, 12), Image.Resampling.BOX, box=box).tobytes()


def _likeness(one, other):
    """Pearson's correlation of two pictures, 1 for the same one in whatever brightness and contrast."""
    mean, mean_of_other = sum(one) / len(one), sum(other) / len(other)
    one, other = [value - mean for value in one], [value - mean_of_other for value in other]
    size = math.sumprod(one, one) * math.sumprod(other, other)
    return math.sumprod(one, other) / math.sqrt(size) if size else 0


def _seen(grey, box=None):
    """(bits, sure) of a part of a square."""
    across = grey.resize((9, 8), Image.Resampling.BOX, box=box).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX, box=box).tobytes()
    bits = sure = 0
    steps = [across[at + 1] - across[at] for at in range(72) if at % 9 < 8]
    steps += [down[at + 8] - down[at] for at in range(64)]
    for place, step in enumerate(steps):
        if step > 0:
            bits |= 1 << place
        if abs(step) >= PLAIN:
            sure |= 1 << place
    return bits, sure


def _any_within(views, other, most):
    """The views of which no more than that share of bits differs: a library is searched as fast as this is."""
    bits, sure = other.bits, other.sure
    return [
        view for view in views if ((view[0] ^ bits) & view[1] & sure).bit_count() <= most * (view[1] & sure).bit_count()
    ]


def _unlike(view, other):
    """The share of bits that differ, of what chance would give; None where they differ too much, or tell too little.

    Chance: two pictures with a bright sky and dark ground agree in nearly all bits that go down. What counts is how far
    they agree beyond that.
    """
    sure = view.sure & other.sure
    differ = ((view.bits ^ other.bits) & sure).bit_count()
    chance = 0
    for way in (_ACROSS, _DOWN):
        count = (sure & way).bit_count()
        mine, theirs = (view.bits & sure & way).bit_count(), (other.bits & sure & way).bit_count()
        chance += (mine * (count - theirs) + theirs * (count - mine)) / max(1, count)
    if chance < LEAST or differ > MOST_OF_CHANCE * chance:
        return None
    colours, greys, most = other.colours, other.greys, MOST_TINT
    if view.part:
        colours, greys, most = _part(colours, "RGB", 4, view.part), _part(greys, "L", 12, view.part), MOST_TINT_WITHIN
    if _likeness(view.greys, greys) < LIKE or not _tinted_alike(view.colours, colours, most):
        return None
    return differ / chance


def _part(fields, mode, count, part):
    """A part of so many fields each way, as so many fields."""
    whole = Image.frombytes(mode, (count, count), fields).resize((48, 48), Image.Resampling.BILINEAR)
    return whole.resize((count, count), Image.Resampling.BOX, box=[edge * 48 for edge in part]).tobytes()


def _known(box):
    """The bits that a picture says of a larger one, of which it is the part `box`, of 1: both fields lie within."""
    left, top, right, bottom = box
    known = 0
    for place in range(64):
        row, column = divmod(place, 8)
        for at, columns, rows, wide, high in ((0, 9, 8, 2, 1), (64, 8, 9, 1, 2)):
            across = left <= column / columns + EDGE and (column + wide) / columns - EDGE <= right
            if across and top <= row / rows + EDGE and (row + high) / rows - EDGE <= bottom:
                known |= 1 << (at + place)
    return known


def _parts(ratio):
    """Boxes of a picture, of 1, that are `ratio` times as wide: whole, and a little smaller, from edge to edge."""
    wide, high = (1, 1 / ratio) if ratio >= 1 else (ratio, 1)
    for zoom in ZOOMS:
        width, height = wide * zoom, high * zoom
        for left in _starts(1 - width):
            for top in _starts(1 - height):
                yield left, top, left + width, top + height


def _starts(room):
    count = 1 if room < 0.01 else 1 + 2 * math.ceil(room / 0.1)
    return [room * at / max(1, count - 1) for at in range(count)]


def _tints(colours):
    """How much red and blue each field has beyond its brightness."""
    fields = zip(colours[::3], colours[1::3], colours[2::3], strict=True)
    return [tint for r, g, b in fields for tint in (r - (r + 2 * g + b) // 4, b - (r + 2 * g + b) // 4)]


def _tinted_alike(one, other, most):
    """Whether two pictures have the same colours in the same places, or one of them is black and white."""
    one, other = _tints(one), _tints(other)
    if max(map(abs, one)) <= GREY or max(map(abs, other)) <= GREY:
        return True
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) <= most * len(one)


class View(NamedTuple):
    """The searched picture as another would show it, if one were a part of the other."""

    bits: int
    sure: int
    colours: bytes
    greys: bytes
    part: tuple | None = None  # of the other picture, which the searched one would be


class Searched:
    """One picture, beside which others are held."""

    def __init__(self, squared, shape):
        self.squared, self.grey, self.shape = squared, squared.convert("L"), shape
        self.looks, self._views = of(squared), {}

    def distance(self, other, shape):
        """How unlike another picture is, from 0 to 1; None where it is another picture."""
        if self.looks.is_flat or other.is_flat:
            far = max(abs(a - b) for a, b in zip(self.looks.colours, other.colours, strict=True))
            return 0 if self.looks.is_flat and other.is_flat and far <= SAME_COLOUR else None
        step = round(math.log(self.shape / shape) / math.log(NEAREST_SHAPE))
        if abs(step) > math.log(WIDEST_SHAPE) / math.log(NEAREST_SHAPE):
            return None
        if step not in self._views:
            self._views[step] = list(self._seen_as(NEAREST_SHAPE**step, step == 0))
        if not _any_within(self._views[step][::-SKIPPED], other, MOST_AT_FIRST):
            return None
        found = (_unlike(view, other) for view in _any_within(self._views[step], other, MOST))
        return min((far for far in found if far is not None), default=None)

    def _seen_as(self, ratio, is_same_shape):
        """The views that a picture may have which is `1 / ratio` times as wide as this one."""
        for part in _parts(1 / ratio):
            box = [edge * SIDE for edge in part]
            yield View(*_seen(self.grey, box), _colours(self.squared, box), _greys(self.grey, box))
        for part in _parts(ratio):
            yield View(*self._within(part), self.looks.colours, self.looks.greys, part)
        if is_same_shape:
            mirrored = of(ImageOps.mirror(self.squared))
            yield View(mirrored.bits, mirrored.sure, mirrored.colours, mirrored.greys)

    def _within(self, part):
        left, top, right, bottom = (round(edge * SIDE) for edge in part)
        whole = Image.new("L", (SIDE, SIDE))
        whole.paste(self.grey.resize((right - left, bottom - top), Image.Resampling.BILINEAR), (left, top))
        bits, sure = _seen(whole)
        return bits, sure & _known(part)
