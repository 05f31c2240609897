"""Pages as text alone, in portions that a slow connection brings: `?view=text`, then `?view=text-2`. Pure."""

import itertools
import re
from html import escape

from . import body

BETWEEN = "<!--|-->"  # stands between two pieces in templates/articles/text/; no text of an author has a comment
MOST = 7_000  # bytes of a portion; with the frame around it a page stays below 10 kB
VIEW = re.compile(r"text(?:-([2-9]|[1-9][0-9]{1,2}))?", re.ASCII)


def asked(view):
    """The number of the portion that `?view=` asks for; None if it asks for no text."""
    match = VIEW.fullmatch(view or "")
    return match and int(match[1] or 1)


def as_text(address, number=1):
    """The same page as text alone."""
    path, mark, part = address.partition("#")
    view = "view=text" if number == 1 else f"view=text-{number}"
    return f"{path}{'&' if '?' in path else '?'}{view}{mark}{part}"


def portions(pieces, most=MOST):
    """Pieces of HTML, joined to portions of at most so many bytes. A piece that is longer becomes plain paragraphs."""
    made, size = [[]], 0
    for piece in itertools.chain.from_iterable(_short(each, most) for each in pieces):
        length = len(piece.encode())
        if made[-1] and size + length > most:
            made.append([])
            size = 0
        made[-1].append(piece)
        size += length
    return ["".join(portion) for portion in made]


def _short(piece, most):
    if len(piece.encode()) <= most:
        return [piece]
    return [f"<p>{escape(text)}</p>\n" for text in _cut(" ".join(body.text(piece).split()), most - len("<p></p>\n"))]


def _cut(text, most):
    """Texts of which each, written as HTML, has at most so many bytes; cut between words where there are any."""
    while text:
        end = _fitting(text, most)
        if end < len(text) and (space := text.rfind(" ", 1, end)) > 0:
            end = space
        yield text[:end]
        text = text[end:].lstrip()


def _fitting(text, most):
    """How many letters of it fit."""
    size = 0
    for number, letter in enumerate(text):
        size += len(escape(letter).encode())
        if size > most:
            return max(1, number)
    return len(text)
