"""A passage of a text, found again after the text was edited around it. Pure: no mark stands in the text itself.

A passage is known by its own words; where they stand more than once, by the words before and after it. White space
does not count. static/desk/passages.js keeps the same rule for a text that is being written.
"""

from typing import NamedTuple

LONGEST, AROUND = 500, 40  # characters of a passage, and of the words on either side of it


class Passage(NamedTuple):
    quote: str
    before: str = ""
    after: str = ""


def plain(text):
    return " ".join(text.split())


def passage(text, start, end):
    """The Passage of these places of a plain text."""
    return Passage(text[start:end], text[:start][-AROUND:], text[end:][:AROUND])


def find(text, sought):
    """(start, end) of the passage in a plain text; None if its words do not stand there any more."""
    quote, before, after = (plain(part) for part in sought)
    if not quote:
        return None
    places = list(_places(text, quote))
    best = max(places, key=lambda at: _likeness(text, at, at + len(quote), before, after), default=None)
    return None if best is None else (best, best + len(quote))


def _places(text, words):
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _likeness(text, start, end, before, after):
    """How many characters on either side are those that stood there, from the passage outwards."""
    return _common(reversed(text[:start].rstrip()), reversed(before)) + _common(text[end:].lstrip(), after)


def _common(some, others):
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count
