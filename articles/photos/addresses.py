"""Which renditions exist, and their addresses. An address is derived from the content of the rendition,
`<hash>-<crop>-<focus>-<width>.<format>`, so a page can name it before it exists.
"""

import functools
import re
from typing import NamedTuple

from django.urls import reverse

FOLDER = "r/"  # of renditions in the storage
CROPS = {"40x21": 40 / 21, "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0, "full": None}
FORMATS = {
    "avif": ("image/avif", {"format": "AVIF", "quality": 58, "speed": 8}),
    "webp": ("image/webp", {"format": "WEBP", "quality": 74, "method": 4}),
    "jpg": ("image/jpeg", {"format": "JPEG", "quality": 78, "progressive": True, "optimize": True}),
}
_NAME = re.compile(r"([0-9a-f]{32})-([0-9a-z]{3,5})-([0-9]{1,3})x([0-9]{1,3})-([0-9]{1,4})\.([a-z]{3,4})\Z")


class Use(NamedTuple):
    """How a template shows a photo: its crop, its widths, and the value of HTML's `sizes`."""

    crop: str
    widths: tuple[int, ...]
    sizes: str


USES = {
    "lead": Use("full", (320, 480, 720, 960, 1280, 1600), "(min-width: 82rem) 45rem, (min-width: 64rem) 56vw, 100vw"),
    "wide_lead": Use("full", (320, 480, 720, 960, 1280, 1600), "(min-width: 82rem) 78rem, 100vw"),
    "front": Use("16x9", (320, 480, 720, 960, 1280), "(min-width: 82rem) 39rem, (min-width: 64rem) 48vw, 100vw"),
    "card": Use("4x3", (160, 320, 480, 640), "(min-width: 64rem) 19rem, (min-width: 40rem) 11rem, 6.5rem"),
    "wide": Use("16x9", (320, 480, 640, 960, 1280), "(min-width: 82rem) 32rem, (min-width: 64rem) 40vw, 100vw"),
    "block": Use("4x3", (160, 320, 480, 640), "(min-width: 64rem) 25rem, (min-width: 40rem) 46vw, 6.5rem"),
    "thumb": Use("1x1", (160, 320), "4.5rem"),
    "body": Use("full", (320, 480, 640, 960, 1280), "(min-width: 64rem) 42rem, 100vw"),
    "gallery": Use("full", (320, 480, 640, 960, 1280), "(min-width: 64rem) 22rem, (min-width: 40rem) 46vw, 100vw"),
    "portrait": Use("1x1", (160, 320), "8rem"),
    "face": Use("1x1", (160,), "3rem"),
    "logo": Use("1x1", (160,), "3rem"),
    # Not on a page, but told to machines: beside a link to a story, and in structured_data/pictures.py.
    "shared": Use("40x21", (1200,), ""),
    "told": Use("4x3", (1200,), ""),
    "told_square": Use("1x1", (1200,), ""),
}


class Rendition(NamedTuple):
    """The parts of a rendition's name. `focus` is the focal point in hundredths of width and height."""

    hash: str
    crop: str
    focus: tuple[int, int]
    width: int
    format: str

    @property
    def name(self):
        x, y = self.focus
        return f"{self.hash}-{self.crop}-{x}x{y}-{self.width}.{self.format}"

    @property
    def form(self):
        """Crop, width and format, as a template asks for them."""
        return self.crop, self.width, self.format

    @property
    def path(self):
        return f"{FOLDER}{self.hash[:2]}/{self.name}"

    @classmethod
    def parse(cls, name):
        """The rendition of that name, or None for a name that our pages cannot contain.

        The widths depend on the photo, so `is_offered` checks them.
        """
        match = _NAME.match(name)
        if not match:
            return None
        digest, crop, x, y, width, kind = match.groups()
        rendition = cls(digest, crop, (int(x), int(y)), int(width), kind)
        known = (crop, kind) in {(known, its) for known, _width, its in forms()} and max(rendition.focus) <= 100
        return rendition if known and rendition.name == name else None


def rendition(photo, crop, width, kind):
    """The rendition of that form. If the photo is smaller, the rendition is as wide as the photo."""
    focus = (round(photo.focal_x * 100), round(photo.focal_y * 100))
    return Rendition(photo.hash, crop, focus, _fitting(photo, crop, width), kind)


def is_offered(photo, rendition):
    """Whether pages ask for this width: it is a template's width, or that of a smaller photo."""
    known = max(width for crop, width, _kind in forms() if crop == rendition.crop)
    return rendition.form in forms() or (rendition.width < known and rendition.width == widest(photo, rendition.crop))


def widest(photo, crop):
    """The width of a crop of the photo in pixels, which is the limit for its renditions."""
    return crop_width(photo.width, photo.height, CROPS[crop])


def widths(photo, use):
    """The widths of the renditions that a template offers of a photo."""
    return sorted({_fitting(photo, USES[use].crop, width) for width in USES[use].widths})


def _fitting(photo, crop, width):
    return min(width, widest(photo, crop))


def address(photo, crop, width, kind):
    return f"{_folder()}{rendition(photo, crop, width, kind).name}"


@functools.cache
def _folder():
    """The address of all renditions. It is cached, because a page has hundreds of them and `reverse` is slow."""
    return reverse("rendition", args=["x"])[:-1]


def size(photo, crop, width):
    """The (width, height) of a rendition in pixels."""
    width = _fitting(photo, crop, width)
    ratio = CROPS[crop] or (photo.width / photo.height)
    return width, max(1, round(width / ratio))


def crop_box(width, height, ratio, focus):
    """The largest box (left, top, right, bottom) of `ratio` in a picture, as near to the focal point as possible.

    `focus` is (x, y), each 0 to 1. The focal point always lies inside the box.
    """
    if ratio is None:
        return 0, 0, width, height
    box_width = max(1, min(width, round(height * ratio)))
    box_height = max(1, min(height, round(width / ratio)))
    left = _start(width, box_width, focus[0])
    top = _start(height, box_height, focus[1])
    return left, top, left + box_width, top + box_height


@functools.lru_cache(10_000)
def crop_width(width, height, ratio):
    """The width of the largest box of `ratio` in a picture. A page asks for it hundreds of times."""
    left, _top, right, _bottom = crop_box(width, height, ratio, (0.5, 0.5))
    return right - left


def _start(length, box, focus):
    """The start of a box with the pixel at `focus` in its middle, or as near as the picture's edge allows."""
    pixel = min(int(focus * length), length - 1)
    return min(max(0, pixel - box // 2), length - box)


@functools.cache
def forms():
    """All crops, widths and formats that a template can ask for."""
    return sorted({(use.crop, width, kind) for use in USES.values() for width in use.widths for kind in FORMATS})
