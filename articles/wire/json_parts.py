"""Large JSON in bounded memory: the parts a reader asks for, one by one. Pure.

At no time more is held than one part of at most `LARGEST` bytes and one string of about as many. What is larger, or
nested deeper than `bounds.DEEPEST`, is passed over without being held; what follows it is read.
"""

import codecs
import contextlib
import re
import shutil
import tempfile

import ijson
from django.utils.translation import gettext as _

from . import bounds
from .item import LARGEST, Refusal
from .surrogates import whole

CHUNK = 1 << 16
LONGEST_CHUNK = 1 << 22  # within long strings, which the parser goes through from their start with each chunk
MOST_KEYS = 5  # of a path that a reader may ask for

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ESCAPE_GOES_ON = re.compile(rb"u[0-9a-fA-F]{4}|.", re.S)
_CHARACTER_GOES_ON = re.compile(rb"[0-9a-fA-F]{0,4}[\x80-\xbf]{0,3}")
_TO_QUOTE = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.S)
_BROKEN = ijson.JSONError, ValueError


class Unfit:
    """A part that is not taken. `refusal` says why; `id` is its own id where that stood before the flaw, else ""."""

    def __init__(self, refusal, known):
        self.refusal, self.id = refusal, scalar(known.get("id")) if isinstance(known, dict) else ""


def scalar(value):
    """An id or other short value, written as text or as a number: a text. "" for anything else."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


@contextlib.contextmanager
def rewindable(file):
    """The file itself where it can be read twice, else a copy on disk, gone afterwards.

    What is wrong with the file (files.py) is told where the copy ends, as reading the file would have told it.
    """
    if file.seekable():
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        yield _Copy(file, copy)


class _Copy:
    def __init__(self, file, copy):
        self.copy, self.refusal = copy, None
        try:
            shutil.copyfileobj(file, copy, CHUNK)
        except Refusal as refusal:
            self.refusal = refusal
        copy.seek(0)
        self.seek, self.tell = copy.seek, copy.tell

    def read(self, size):
        found = self.copy.read(size)
        if size and not found and self.refusal:
            raise self.refusal
        return found


def parts(file, wanted):
    """(path, value) of every part for which `wanted(path)` is true, in the order of the file.

    A path lists the keys from the root, None for the place in an array: `["db", None, "data", "posts", None]`. The
    value is as json.loads would have it, or Unfit. Raises Refusal with the place where the JSON breaks.
    """
    start = file.tell()
    source = _Source(file)
    try:
        yield from _parts(source, wanted)
    except _BROKEN as error:
        file.seek(start)
        raise Refusal(_where(file, source.before_last)) from error


def _parts(source, wanted):
    path, part = [], None
    for event, value in _events(source):
        if source.has_cut:
            source.has_cut = False
            if part:
                part.refuse(bounds.too_large())
        if part is None:
            if event == "map_key":
                path[-1] = value
            elif event in ("end_map", "end_array"):
                path.pop()
            elif len(path) <= MOST_KEYS and wanted(path):
                part = _Part()
            elif event in ("start_map", "start_array"):
                path.append(None)
                if len(path) > bounds.ABYSS:
                    raise bounds.abyss()
        if part and part.add(event, value):
            yield list(path), part.made()
            part = None


def _events(source):
    return ijson.basic_parse(source, buf_size=CHUNK, use_float=True)  # else a number of 5,000 digits ends the process


class _Part:
    """One value, made of its events. Once it has a `flaw` it only looks for its end."""

    def __init__(self):
        self.flaw, self.size, self.depth = "", 0, 0
        self.root, self.open = None, []  # containers not yet ended, each as [container, last key]

    def add(self, event, value):
        """Whether the value is whole now."""
        if event == "map_key":
            self._key(value)
            return False
        if event in ("end_map", "end_array"):
            self.depth -= 1
            if not self.flaw:
                self.open.pop()
        else:
            opens = event in ("start_map", "start_array")
            self.depth += opens
            if not self.flaw:
                self._put({} if event == "start_map" else [] if opens else value, opens)
        if self.depth > bounds.ABYSS:
            raise bounds.abyss()
        return not self.depth

    def refuse(self, flaw):
        self.flaw = flaw
        self.open.clear()

    def made(self):
        return Unfit(Refusal(self.flaw), self.root) if self.flaw else self.root

    def _key(self, key):
        if not self.flaw:
            self.size += len(key)
            self.open[-1][1] = whole(key)

    def _put(self, value, opens):
        value = whole(value) if isinstance(value, str) else value
        self.size += len(value) if isinstance(value, str) else 64 if opens else 8
        if self.size > LARGEST:
            return self.refuse(bounds.too_large())
        if self.depth > bounds.DEEPEST:
            return self.refuse(bounds.too_deep())
        if not self.open:
            self.root = value
        elif isinstance(self.open[-1][0], dict):
            self.open[-1][0][self.open[-1][1]] = value
        else:
            self.open[-1][0].append(value)
        if opens:
            self.open.append([value, None])


class _Source:
    """The bytes of a file for the parser, strings beyond `LARGEST` cut short: the parser holds a string as a whole.

    It follows where strings begin and end. `before_last`: how many bytes stood before those last read.
    """

    def __init__(self, file, slow_from=None):
        self.file, self.slow_from = file, slow_from
        self.taken = self.before_last = 0
        self.in_string = self.is_escaped = False
        self.length = 0  # of the string, or of what stands between two
        self.is_cutting = self.has_cut = False

    def read(self, size=-1):
        if not size:
            return b""
        while chunk := self._next():
            if chunk := self._bounded(chunk):
                return chunk
        return b""

    def _next(self):
        chunk = self.file.read(self._size())
        if not self.taken:
            chunk = self._without_mark(chunk)
        self.before_last, self.taken = self.taken, self.taken + len(chunk)
        return chunk

    def _size(self):
        if self.slow_from is None or self.taken < self.slow_from:
            return max(CHUNK, min(self.length, LONGEST_CHUNK))
        return 1 if self.length < 1 << 12 else self.length >> 8  # byte by byte, a long string would take hours

    def _without_mark(self, chunk):
        """The first bytes, spaces in place of the byte order mark that some editors write."""
        if chunk == b"\xef":
            chunk += self.file.read(2)
        if chunk.startswith(_WIDE):
            raise Refusal(_not_utf8(1))
        return chunk.replace(codecs.BOM_UTF8, b"   ", 1) if chunk.startswith(codecs.BOM_UTF8) else chunk

    def _bounded(self, chunk):
        if self.is_cutting:
            return self._cut(chunk)
        was_escaped, quotes = self.is_escaped, self._quotes(chunk)
        if quotes:
            self.in_string ^= quotes % 2
            self.length = len(chunk) - chunk.rfind(b'"')
            return chunk
        self.length += len(chunk)
        if self.length <= LARGEST + CHUNK:
            return chunk
        if not self.in_string:
            raise Refusal(_("From byte %(byte)s on, the file holds no data.") % {"byte": self.taken - self.length + 1})
        self.is_cutting = self.has_cut = True
        return chunk[: (_ESCAPE_GOES_ON if was_escaped else _CHARACTER_GOES_ON).match(chunk).end()]

    def _cut(self, chunk):
        """What of the chunk follows the string: from its closing quote on."""
        start = int(self.is_escaped)
        end = _TO_QUOTE.match(chunk, start).end()
        if end == len(chunk) or chunk[end : end + 1] != b'"':
            self._quotes(chunk)
            return b""
        self.is_cutting = self.is_escaped = False
        self.length = 0
        return self._bounded(chunk[end:])

    def _quotes(self, chunk):
        """How many quotes begin or end a string. Pairs of backslashes go first, then each quote that one escapes."""
        rest = chunk[1:] if self.is_escaped else chunk
        self.is_escaped = (len(rest) - len(rest.rstrip(b"\\"))) % 2 == 1
        if b"\\" in rest:
            rest = rest.replace(b"\\\\", b"").replace(b'\\"', b"")
        return rest.count(b'"')


def _where(file, before_last):
    """Says where the JSON breaks: read once more, the last bytes one by one unless they are in a long string."""
    source = _Source(file, slow_from=before_last)
    said = ""
    try:
        for _event in _events(source):
            pass
    except _BROKEN as error:
        said = str(error)
    if "UTF8" in said or "utf-8" in said:
        return _not_utf8(source.taken)
    if "premature EOF" in said or "ncomplete JSON" in said:
        return _("The file is not whole: its JSON breaks off after byte %(byte)s.") % {"byte": source.taken}
    return _("The JSON is broken near byte %(byte)s.") % {"byte": source.taken}


def _not_utf8(byte):
    return _("The file is not in UTF-8, as JSON must be: look near byte %(byte)s.") % {"byte": byte}
