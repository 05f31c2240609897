"""Photos: what an upload is, where its renditions are, how they are made, and who may see them.

The original is never public; readers are sent renditions, each made on the first request of its address.
"""

from .addresses import CROPS, FORMATS, USES, Rendition, address, crop_box, forms, rendition, size
from .former import keep, successor
from .originals import alike, describe, is_missing, is_missing_here, put
from .renditions import fetch, make
from .said import SAID_BY_FILE, fill
from .showing import placed, shown

__all__ = [
    "CROPS",
    "FORMATS",
    "SAID_BY_FILE",
    "USES",
    "Rendition",
    "address",
    "alike",
    "crop_box",
    "describe",
    "fetch",
    "fill",
    "forms",
    "is_missing",
    "is_missing_here",
    "keep",
    "make",
    "placed",
    "put",
    "rendition",
    "shown",
    "size",
    "successor",
]
