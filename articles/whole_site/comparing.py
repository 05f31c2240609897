"""Two sites, answer for answer: every address that leads on from the front pages of the first is asked of both."""

import time
from typing import NamedTuple

from articles import photos

from . import links, walking

A_WHILE = 11  # seconds; a feed that lacks pictures is rendered anew after ten


class Difference(NamedTuple):
    address: str
    what: str  # "status 200, 404" or "body"


def differences(one, other, count=lambda number: None, all_pictures=False):
    """Each Difference. `count` is told how many addresses were asked. Of a photo one rendition is asked for, or all.

    Both are asked within moments. What differs is asked again at the end: a page may have changed between two
    questions, and a feed tells of the pictures that are made, of which it makes a few at a time.
    """
    is_wanted = (lambda address: True) if all_pictures else _one_picture_of_each()
    later = []
    for number, (address, answer) in enumerate(walking.walk(one.ask, is_wanted=is_wanted), 1):
        count(number)
        if _differ(answer, other.ask(address)):
            later.append(address)
            _make_pictures(address, answer, one, other)
    time.sleep(A_WHILE if later else 0)
    for address in later:
        if what := _differ(one.ask(address), other.ask(address)):
            yield Difference(address, what)


def _make_pictures(address, answer, *sites):
    for picture in links.references(address, answer):
        if "/media/r/" in picture:
            for site in sites:
                site.ask(picture)


def _one_picture_of_each():
    """Whether to ask for an address: of the renditions of a photo the first JPEG, since all are made of one file."""
    seen = set()

    def is_wanted(address):
        rendition = photos.Rendition.parse(address.rpartition("/")[2]) if "/media/r/" in address else None
        if rendition is None:
            return True
        is_first = rendition.format == "jpg" and rendition.hash not in seen
        if is_first:
            seen.add(rendition.hash)
        return is_first

    return is_wanted


def _differ(one, other):
    for name in ("status", "kind", "place"):
        if getattr(one, name) != getattr(other, name):
            return f"{name} {getattr(one, name)}, {getattr(other, name)}"
    return "body" if one.body != other.body else ""
