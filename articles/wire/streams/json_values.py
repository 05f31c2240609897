"""JSON with many values of one kind: an array, JSON Lines, or one value after another. Pure.

Memory is bounded as in json_parts.py. Each line is read alone, so that a broken line does not stop the next one.
"""

import io
import json
import re

from django.utils.translation import gettext as _

from articles.text.letters import whole

from ..values.item import LARGEST, Refusal
from . import json_parts, limits
from .json_source import CHUNK, Source, not_utf8

SMALL = 1 << 20  # bytes for json.loads, whose result may be thirty times as large

_HALF_A_LETTER = re.compile(rb"\\u[dD][89a-fA-F]")


def values(file):
    """(position, value or Refusal), one by one. Raises Refusal if it cannot read on. The file must have `peek`."""
    start = _start(file)
    if not start:
        return
    first = b"" if start == b"[" else file.readline(LARGEST)
    if first and (file.peek(1)[:1] == b"{" or not isinstance(_value(first), Refusal)):
        yield from _lines(first, file)
    else:
        yield from _stream(_Joined(first, file), *((_is_element, False) if start == b"[" else (_is_root, True)))


def values_at(file, keys):
    """The same of the array to which these keys lead, in each object of the file."""
    return _stream(file, lambda path: path == [*keys, None], is_row=True)


def _start(file):
    """The first character that is not a space, after a byte order mark."""
    if file.peek(3)[:3] == b"\xef\xbb\xbf":
        file.read(3)
    while (sign := file.peek(1)[:1]) and sign in b" \t\r\n":
        file.read(1)
    return sign


def _lines(first, file):
    number, line, named = 1, first, _("line %(number)s")
    while line:
        position = named % {"number": number}
        if len(line) >= LARGEST and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(CHUNK)
            yield position, Refusal(limits.too_large())
        elif line.strip():
            yield position, _value(line)
        line = file.readline(LARGEST)
        number += 1


def _stream(file, matches, is_row):
    number, source = 0, Source(file)
    try:
        for _path, value in json_parts.parts_of(source, matches, is_row):
            number += 1
            position = _("item %(number)s") % {"number": number}
            yield position, value.refusal if isinstance(value, json_parts.Unfit) else value
    except json_parts.BROKEN as error:
        raise Refusal(_why(error, source, number + 1)) from error


def _is_root(path):
    return not path


def _is_element(path):
    return path == [None]


def _why(error, source, number):
    match json_parts.flaw(error):
        case "encoding":
            return not_utf8(source.before_last + 1)
        case "number":
            text = _("Item %(number)s has a number that is longer than any; it and what follows were not read.")
            return text % {"number": number}
        case "cut":
            return _("The file is not whole: its JSON breaks off in item %(number)s.") % {"number": number}
    return _("This is no JSON from item %(number)s on; what follows was not read.") % {"number": number}


def _value(line):
    """The value of a line, or a Refusal."""
    if len(line) > SMALL:
        return _large(line)
    try:
        value = json.loads(line)
    except UnicodeDecodeError:
        return Refusal(_("It is not written in UTF-8."))
    except json.JSONDecodeError as error:
        return Refusal(_("This is no JSON from its character %(number)s on.") % {"number": error.pos + 1})
    except RecursionError:
        return Refusal(limits.too_deep())
    except ValueError:  # a number of thousands of digits
        return Refusal(_("It has a number that is longer than any."))
    if line.count(b"[") + line.count(b"{") > limits.DEEPEST and _is_deep(value):
        return Refusal(limits.too_deep())
    return _whole(value) if b"\\u" in line and _HALF_A_LETTER.search(line) else value


def _large(line):
    try:
        ((_path, value),) = json_parts.parts(io.BytesIO(line), _is_root)
    except Refusal as refusal:
        return refusal
    return value.refusal if isinstance(value, json_parts.Unfit) else value


def _is_deep(value):
    """Whether a value is nested deeper than `limits.DEEPEST`."""
    level = [value]
    for _depth in range(limits.DEEPEST):
        inner = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [each for within in inner for each in within if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def _whole(value):
    """The value without lone surrogates in its texts. Its depth was checked before."""
    match value:
        case str():
            return whole(value)
        case dict():
            return {whole(key): _whole(each) for key, each in value.items()}
        case list():
            return [_whole(each) for each in value]
    return value


class _Joined:
    """The bytes that were read already, and then the rest of the file."""

    def __init__(self, first, file):
        self.first, self.file = first, file

    def read(self, size):
        if not self.first:
            return self.file.read(size)
        chunk, self.first = self.first[:size], self.first[size:]
        return chunk
