"""Names that may be meant by another spelling. Pure: strings in, strings out."""

import difflib
import re

from . import letters

CLOSE = 0.84  # of difflib: one or two letters of a name of ten
_BETWEEN = re.compile(r"[\s\-_'’.]+")
_DIGITS = re.compile(r"\d+")


def squeezed(name):
    """The name as it is compared, without what people write or leave out between words: banjir-rob is Banjir Rob."""
    return _BETWEEN.sub("", letters.folded(name))


def is_near(name, other):
    """Whether one may be a slip of the pen for the other. Numbers are never: Pemilu 2024 is not Pemilu 2029."""
    one, two = squeezed(name), squeezed(other)
    if one == two:
        return True
    if _DIGITS.findall(one) != _DIGITS.findall(two):
        return False
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return matcher.real_quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE


def nearest(name, others, most=3):
    """Those of `others` that may be meant, the likeliest first."""
    near = [other for other in others if is_near(name, other)]
    return sorted(near, key=lambda other: -_likeness(name, other))[:most]


def _likeness(name, other):
    return difflib.SequenceMatcher(None, squeezed(name), squeezed(other), autojunk=False).ratio()
