"""A photo as HTML, in the renditions of a use (`USES`)."""

import functools
from typing import NamedTuple

from django.template.loader import render_to_string
from django.templatetags.static import static

from . import addresses

SMALL = 480  # pixels: a whole picture that is less wide is shown as wide as it is, since wider it would be a blur


class Facts(NamedTuple):
    """What the HTML is made of."""

    hash: str
    width: int
    height: int
    focal_x: float
    focal_y: float
    alt: str


def picture(photo, use, first, at):
    """`first`: the first picture of a page is not loaded lazily. Written once while the facts are the same.

    If its rights have ended, a neutral picture replaces it (rules.md I6).
    """
    facts = Facts(photo.hash, photo.width, photo.height, photo.focal_x, photo.focal_y, photo.alt)
    return _picture(facts, use, first, photo.is_usable(at))


@functools.lru_cache(500)
def _picture(photo, use, first, is_usable):
    crop, _widths, sizes = addresses.USES[use]
    widths = addresses.widths(photo, use)
    width, height = addresses.size(photo, crop, widths[-1])
    shown = {"width": width, "height": height, "first": first}
    if not is_usable:
        return render_to_string("articles/_picture.html", shown | {"src": static("site/no-picture.svg"), "alt": ""})
    sets = {
        kind: ", ".join(f"{addresses.address(photo, crop, width, kind)} {width}w" for width in widths)
        for kind in addresses.FORMATS
    }
    is_small = crop == "full" and width < SMALL
    shown |= {
        "is_small": is_small,
        "alt": photo.alt,
        "sources": [(addresses.FORMATS[kind][0], sets[kind]) for kind in ("avif", "webp")],
        "srcset": sets["jpg"],
        "src": addresses.address(photo, crop, widths[len(widths) // 2], "jpg"),
        "sizes": f"{width}px" if is_small else sizes,
    }
    return render_to_string("articles/_picture.html", shown)
