"""Whether two pictures show the same: one is a copy, a crop or a mirror of the other, whichever came first. Pure.

The searched picture is laid upon the other in some frames: bits that differ tell at once of nearly all pictures that
they are others. What is left is moved and zoomed until greys agree best; alike are those whose greys and colours do.
"""

import heapq
import itertools
import math
from typing import NamedTuple

from PIL import Image, ImageOps

from . import looks
from .frames import Frame, covered, frames, known_bits
from .looks import COLOURS, FIELDS, SIDE

MOST = 4  # times fewer bits differ than are told, in a frame that is not moved yet
LEAST_BITS = 10
LEAST_SHARE = 3  # or a third of the bits that are sure, in a picture that has few
MOST_TINT_AT_FIRST = 14  # of 255, of the whole pictures, and in a frame that is not moved yet
TINT_CUT_OFF = 50  # of 255: how far a crop may be from it that leaves hardly anything
MOST_TRIED = 30  # pictures, those most alike by their bits
LIKE_AT_FIRST = 0.55  # correlation of greys,
LIKE = 0.975  # when moved,
LIKE_IN_GREY = 0.99  # and where there are no colours
MOST_TINT = 5  # of 255, on average
MOST_VIEWS = 8  # of each,
MOST_MOVED = 3  # and of them, by their greys
MOVES = (0.04, 0.02, 0.01)
TURNS = 4  # of each
LEAST_FIELDS = 24
LEAST_CONTRAST = 1  # of 255: standard deviation of greys
ROUNDING = 0.12  # variance of a grey that was rounded and packed: in haze it would hide that two pictures agree
WHOLE_FIELD = 0.9
SAME_COLOUR = 5  # of 255
NEAREST_SHAPE = 1.06  # two shapes that differ less are one at first
WIDEST_SHAPE = 2.7  # how many times wider or narrower a crop may be than its picture


class Pattern(NamedTuple):
    """The fields that the searched picture shows in a frame, about their average and of the length 1; 0 where none."""

    values: list
    known: list  # 1 or 0, by field
    count: int

    @classmethod
    def of(cls, values, shares):
        """None where so few fields, or so even ones, would agree with any."""
        known = [int(share >= WHOLE_FIELD) for share in shares]
        count = sum(known)
        mean = math.sumprod(values, known) / max(1, count)
        around = [(value - mean) * is_known for value, is_known in zip(values, known, strict=True)]
        variance = math.sumprod(around, around)
        if count < LEAST_FIELDS or variance < LEAST_CONTRAST**2 * count:
            return None
        length = math.sqrt(variance - ROUNDING * count)
        return cls([value / length for value in around], known, count)

    def likeness(self, greys):
        """Pearson's correlation with another picture's, 1 for the same in whatever brightness and contrast."""
        total, squares = math.sumprod(self.known, greys.values), math.sumprod(self.known, greys.squares)
        variance = squares - total * total / self.count
        if variance < LEAST_CONTRAST**2 * self.count:
            return 0
        return math.sumprod(self.values, greys.values) / math.sqrt(variance - ROUNDING * self.count)


class Greys(NamedTuple):
    """Those of another picture's fields, from 0 to 255."""

    values: list
    squares: list

    @classmethod
    def of(cls, other):
        values = [float(grey) for grey in other.greys]
        return cls(values, [grey * grey for grey in values])


class Face:
    """The searched picture, or its mirror."""

    def __init__(self, squared):
        self.squared, self.grey, self._patterns = squared, squared.convert("L"), {}

    def bits(self, frame):
        """(bits, sure): how it looks in a frame."""
        told, sure = looks.bits(*_in_frame(self.grey, frame))
        return told, sure & known_bits(frame.box) if frame.is_within else sure

    def pattern(self, frame):
        if frame not in self._patterns:
            image, box = _in_frame(self.grey, frame)
            shares = covered(frame.box, FIELDS) if frame.is_within else [1] * FIELDS**2
            self._patterns[frame] = Pattern.of([float(grey) for grey in looks.fields(image, FIELDS, box)], shares)
        return self._patterns[frame]

    def tint(self, frame, other):
        """How far another picture's colours are from its own, of 255 on average; None where one of them has none."""
        ground = Image.frombytes("RGB", (COLOURS, COLOURS), other.colours)
        image, box = _in_frame(self.squared, frame, ground)
        mine, theirs = looks.tints(looks.fields(image, COLOURS, box)), looks.tints(other.colours)
        if mine is None or theirs is None:
            return None
        weights = [share**2 for share in covered(frame.box, COLOURS)] if frame.is_within else [1] * COLOURS**2
        far = [abs(one - another) for one, another in zip(mine, theirs, strict=True)]
        return math.sumprod(weights, map(sum, zip(far[::2], far[1::2], strict=True))) / 2 / sum(weights)


def _in_frame(image, frame, ground=None):
    """(image, box) of what is seen in a frame; `ground` is what is around a picture that lies within another."""
    edges = [edge * SIDE for edge in frame.box]
    if not frame.is_within:
        return image, edges
    left, top, right, bottom = map(round, edges)
    whole = ground.resize(image.size, Image.Resampling.NEAREST) if ground else Image.new(image.mode, image.size)
    whole.paste(image.resize((right - left, bottom - top), Image.Resampling.BILINEAR), (left, top))
    return whole, None


class Outline(NamedTuple):
    """As much of a picture as a whole library is held of in memory."""

    shape: float  # how many times as wide as it is high
    bits: int
    sure: int
    red: int  # of the tints, on average
    blue: int
    has_tint: bool
    is_flat: bool

    @classmethod
    def of(cls, seen, shape):
        tints = looks.tints(seen.colours)
        red, blue = (sum(tints[at::2]) // COLOURS**2 for at in (0, 1)) if tints else (0, 0)
        return cls(shape, seen.bits, seen.sure, red, blue, bool(tints), seen.is_flat)


class View(NamedTuple):
    """A face in one of the frames that are tried at first."""

    bits: int
    sure: int
    face: Face
    frame: Frame


class Searched:
    """One picture, beside which others are held."""

    def __init__(self, squared, shape):
        self.looks, self.shape, self._views = looks.of(squared), shape, {}
        self._faces = Face(squared), Face(ImageOps.mirror(squared))

    def nearest(self, outlines, columns=None):
        """Of [(key, Outline)] and of Columns, up to MOST_TRIED that may be alike by bits, and colours as a whole.

        [(key, views)], the nearest first.
        """
        mine = Outline.of(self.looks, self.shape)
        told = ((row, None) for row in outlines)
        if columns:
            told = itertools.chain(
                told, columns.flat() if mine.is_flat else columns.alike(self._step, self._views_of, MOST)
            )
        found = (
            (views[0][0], key, [view for _share, _place, view in views])
            for (key, other), places in told
            if _may_be_tinted_alike(mine, other) and (views := self._views_like(mine, other, places))
        )
        return [(key, views) for _far, key, views in heapq.nsmallest(MOST_TRIED, found, key=lambda one: one[:2])]

    def distance(self, other, shape, views):
        """How unlike another picture is, from 0 to 1; None where it is another picture. `views`: from `nearest`."""
        if self.looks.is_flat or other.is_flat:
            far = max(abs(one - two) for one, two in zip(self.looks.colours, other.colours, strict=True))
            return 0 if self.looks.is_flat and other.is_flat and far <= SAME_COLOUR else None
        greys, ratio = Greys.of(other), self.shape / shape
        placed = [(view.face, view.frame.of_ratio(ratio)) for view in views]
        ranked = sorted(((_likeness(*one, greys), one) for one in placed), key=lambda one: -one[0])
        moved = (
            _moved(face, frame, like, greys)
            for like, (face, frame) in ranked[:MOST_MOVED]
            if like >= LIKE_AT_FIRST and (face.tint(frame, other) or 0) <= MOST_TINT_AT_FIRST
        )
        return next((max(0, 1 - like) for face, frame, like in moved if _is_alike(face, frame, like, other)), None)

    def _views_like(self, mine, other, places=None):
        """The views of which the fewest bits differ: [(share, place, view)], the nearest first. `places`: of which."""
        views = self._views_of(other.shape)
        if mine.is_flat or other.is_flat:
            return [(0, 0, view) for view in views[:1] if mine.is_flat and other.is_flat]
        bits, sure = other.bits, other.sure
        least = min(LEAST_BITS, min(mine.sure.bit_count(), sure.bit_count()) // LEAST_SHARE)
        like = [
            ((differ + 1) / (count + 4), place, view)
            for place, view in (enumerate(views) if places is None else ((place, views[place]) for place in places))
            if (differ := ((view[0] ^ bits) & (known := view[1] & sure)).bit_count()) * MOST
            <= (count := known.bit_count())
            and count >= least
        ]
        return heapq.nsmallest(MOST_VIEWS, like)

    def _views_of(self, shape):
        """Those in which a picture of another shape is looked at. The mirror's are only as large as can be."""
        step = self._step(shape)
        if abs(step) > math.log(WIDEST_SHAPE) / math.log(NEAREST_SHAPE):
            return []
        if step not in self._views:
            tried, (face, mirror) = frames(NEAREST_SHAPE**step), self._faces
            pairs = [(face, frame) for frame in tried] + [(mirror, frame) for frame in tried if frame.is_largest]
            self._views[step] = [View(*face.bits(frame), face, frame) for face, frame in pairs]
        return self._views[step]

    def _step(self, shape):
        return round(math.log(self.shape / shape) / math.log(NEAREST_SHAPE))


def _may_be_tinted_alike(one, other):
    if not (one.has_tint and other.has_tint):
        return True
    most = MOST_TINT_AT_FIRST + TINT_CUT_OFF * (1 - min(one.shape / other.shape, other.shape / one.shape))
    return abs(one.red - other.red) <= most and abs(one.blue - other.blue) <= most


def _likeness(face, frame, greys):
    pattern = face.pattern(frame)
    return pattern.likeness(greys) if pattern else 0


def _moved(face, frame, like, greys):
    """(face, frame, likeness) once the frame was moved to where the greys agree best."""
    for size in MOVES:
        for _turn in range(TURNS):
            before = frame
            for moved in before.moves(size):
                if (better := _likeness(face, moved, greys)) > like:
                    frame, like = moved, better
            if frame == before:
                break
    return face, frame, like


def _is_alike(face, frame, like, other):
    if like < LIKE:
        return False
    tint = face.tint(frame, other)
    return like >= LIKE_IN_GREY if tint is None else tint <= MOST_TINT
