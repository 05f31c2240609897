"""JSON of every form that ninjs comes in: an object, an array, JSON Lines, objects one after another."""

import json

import ijson
from django.utils.translation import gettext as _

from articles.wire import bounds, surrogates
from articles.wire import item as wire
from articles.wire.item import Refusal

from .reading import to_entry


def read(file, zone):
    """Items of a JSON object, an array, JSON Lines or objects one after another; see item.py. Raises Refusal."""
    start = _start(file)
    if not start:
        return
    first = b"" if start == b"[" else file.readline(wire.LARGEST)
    if first and (file.peek(1)[:1] in (b"{", b"") or not isinstance(_json(first), Refusal)):
        yield from _lines(first, file, zone)
    else:
        yield from _stream(_Bounded(first, file), "item" if start == b"[" else "", zone)


def _start(file):
    """The first sign that is no space; a byte order mark is passed over."""
    if file.peek(3)[:3] == b"\xef\xbb\xbf":
        file.read(3)
    while (sign := file.peek(1)[:1]) and sign in b" \t\r\n":
        file.read(1)
    return sign


def _lines(first, file, zone):
    """JSON Lines: whatever a line is, the next one follows."""
    number, line = 1, first
    while line:
        if len(line) >= wire.LARGEST and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
            yield _line(number), _too_large()
        elif line.strip():
            yield _line(number), _found(_json(line), zone)
        line = file.readline(wire.LARGEST)
        number += 1


def _line(number):
    return _("line %(number)s") % {"number": number}


def _stream(file, prefix, zone):
    """Items of an array, or objects that follow one another; what is no JSON ends it."""
    number = 0
    try:
        for data in ijson.items(ijson.parse(_events(file, is_row=not prefix)), prefix):
            number, file.unfinished = number + 1, 0
            yield _("item %(number)s") % {"number": number}, _found(data, zone)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        told = {"number": number + 1, "error": _tidy(error)}
        raise Refusal(_("This is no JSON from item %(number)s on: %(error)s.") % told) from error


def _events(file, *, is_row):
    """What the parser tells, as long as it is no deeper than data goes."""
    depth = 0
    for event in ijson.basic_parse(file, use_float=True, multiple_values=is_row):
        depth += event[0].startswith("start_") - event[0].startswith("end_")
        if depth > bounds.ABYSS:
            raise bounds.abyss()
        yield event


class _Bounded:
    """What was read already and the rest of a file; refuses to go on where one item is larger than it may be."""

    def __init__(self, first, file):
        self.first, self.file, self.unfinished = first, file, 0

    def read(self, size=-1):
        if size == 0:  # asked only to see whether it gives bytes
            return b""
        found = self.first or self.file.read(size)
        self.first = b""
        self.unfinished += len(found)
        if self.unfinished > wire.LARGEST + (1 << 16):
            raise _too_large()
        return found


def _too_large():
    return Refusal(_("It is larger than %(most)s megabytes.") % {"most": wire.LARGEST // 10**6})


def _json(source):
    """What a line holds, or a Refusal."""
    try:
        return json.loads(source)
    except UnicodeDecodeError:
        return Refusal(_("It is not written in UTF-8."))
    except (ValueError, RecursionError) as error:
        return Refusal(_("This is no JSON: %(error)s.") % {"error": _tidy(error)})


def _tidy(error):
    return " ".join(str(error).split())[:200]


def _found(data, zone):
    if isinstance(data, Refusal):
        return data
    try:
        return to_entry(surrogates.all_whole(data), zone)
    except Refusal as refusal:
        return refusal
