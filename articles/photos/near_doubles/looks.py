"""How a picture looks, in so few bits that a library is searched for near doubles (likeness.py). Pure.

A picture is seen as 8 × 8 fields, whatever its shape. Of each field one bit says whether the next one to the right is
brighter, another whether the next one below is; and as many say where that is plain to see. Beside them stand the
greys of 12 × 12 fields and the colours of 4 × 4.
"""

import operator
from typing import NamedTuple

from PIL import Image

SIDE = 144  # pixels of the square in which a picture is looked at: of 8, 9 and 12 fields
BITS = 128
PLAIN = 2  # of 255: what two fields differ at least in, to be told apart for sure
LENGTH = 448  # of a text that tells looks
FIELDS = 12  # each way, of the greys
COLOURS = 4  # fields each way, of the colours
GREY = 4  # of 255: tints of a black and white picture
FLAT = 12  # bits: what has fewer that are sure is told by its colour alone

_LEFT = operator.itemgetter(*(at for at in range(72) if at % 9 < 8))
_RIGHT = operator.itemgetter(*(at + 1 for at in range(72) if at % 9 < 8))
_IS_TRUE, _IS_PLAIN = (b"0" * least + b"1" * (256 - least) for least in (1, PLAIN))


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
    return Looks(*bits(grey), fields(squared, COLOURS), fields(grey, FIELDS))


def fields(image, count, box=None):
    """The average of so many fields each way, of a part of a square."""
    return image.resize((count, count), Image.Resampling.BOX, box=box).tobytes()


def bits(grey, box=None):
    """(bits, sure) of a part of a square."""
    across = grey.resize((9, 8), Image.Resampling.BOX, box=box).tobytes()
    down = grey.resize((8, 9), Image.Resampling.BOX, box=box).tobytes()
    these, others = bytes(_LEFT(across)) + down[:64], bytes(_RIGHT(across)) + down[8:]
    brighter = bytes(map(operator.gt, others, these)).translate(_IS_TRUE)
    far = bytes(map(abs, map(operator.sub, others, these))).translate(_IS_PLAIN)
    return int(brighter[::-1], 2), int(far[::-1], 2)


def tints(colours):
    """How much red and blue each field has beyond its brightness; None of a black and white picture."""
    of_each = zip(colours[::3], colours[1::3], colours[2::3], strict=True)
    found = [tint for r, g, b in of_each for tint in (r - (r + 2 * g + b) // 4, b - (r + 2 * g + b) // 4)]
    return found if max(map(abs, found)) > GREY else None
