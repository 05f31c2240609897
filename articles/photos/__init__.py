"""Photos: uploads, the addresses and making of renditions, and which photos readers may see.

The original is never public. Readers get renditions, each made on the first request of its address.
"""

from .addresses import (
    CROPS,
    FORMATS,
    USES,
    Rendition,
    address,
    crop_box,
    forms,
    is_offered,
    rendition,
    size,
    widest,
    widths,
)
from .cards import SIZE as CARD
from .cards import card_address, card_uid, drawn_card, fetch_card
from .file_metadata import FILE_FIELDS, fill, languages, shortened
from .former import keep, successor
from .limits import limits
from .near_doubles.doubles import alike
from .opening import MOST_BYTES, MOST_PIXELS, Unusable
from .originals import describe, is_broken, is_missing, is_missing_here, measure, put, unnamed
from .renditions import fetch, length, make, stored_length
from .same import same
from .showing import counts, in_some, placed, shown

__all__ = [
    "CARD",
    "CROPS",
    "FORMATS",
    "MOST_BYTES",
    "MOST_PIXELS",
    "FILE_FIELDS",
    "USES",
    "Rendition",
    "Unusable",
    "address",
    "alike",
    "card_address",
    "card_uid",
    "drawn_card",
    "crop_box",
    "counts",
    "describe",
    "fetch",
    "fetch_card",
    "fill",
    "forms",
    "in_some",
    "is_broken",
    "is_missing",
    "is_missing_here",
    "is_offered",
    "keep",
    "languages",
    "length",
    "limits",
    "make",
    "measure",
    "placed",
    "put",
    "rendition",
    "same",
    "shortened",
    "shown",
    "size",
    "stored_length",
    "successor",
    "unnamed",
    "widest",
    "widths",
]
