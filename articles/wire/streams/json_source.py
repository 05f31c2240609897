"""The bytes of a JSON file for the parser. It keeps a whole string in memory, so long strings are cut here. Pure."""

import codecs
import re

from django.utils.translation import gettext as _

from ..values.item import LARGEST, Refusal

CHUNK = 1 << 16
LONGEST_CHUNK = 1 << 22  # within long strings, which the parser reads again from their start with each chunk
LONGEST_BETWEEN = 1 << 18  # elsewhere: the parser returns all events of a chunk at once

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ESCAPE_GOES_ON = re.compile(rb"u[0-9a-fA-F]{4}|.", re.S)
_CHARACTER_GOES_ON = re.compile(rb"[0-9a-fA-F]{0,4}[\x80-\xbf]{0,3}")
_TO_QUOTE = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.S)


class Source:
    """Follows the beginning and end of strings. `before_last`: the number of bytes before the last chunk."""

    def __init__(self, file, slow_from=None):
        self.file, self.slow_from = file, slow_from
        self.taken = self.before_last = 0
        self.in_string = self.is_escaped = False
        self.length = 0  # of the string, or of the gap between two strings
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
            return max(CHUNK, min(self.length, LONGEST_CHUNK if self.in_string else LONGEST_BETWEEN))
        return 1 if self.length < 1 << 12 else self.length >> 8  # byte by byte, a long string would take hours

    def _without_mark(self, chunk):
        """The first bytes, with spaces in place of the byte order mark that some editors write."""
        if chunk == b"\xef":
            chunk += self.file.read(2)
        if chunk.startswith(_WIDE):
            raise Refusal(not_utf8(1))
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
        """The rest of a chunk from the closing quote of a cut string on."""
        start = int(self.is_escaped)
        end = _TO_QUOTE.match(chunk, start).end()
        if end == len(chunk) or chunk[end : end + 1] != b'"':
            self._quotes(chunk)
            return b""
        self.is_cutting = self.is_escaped = False
        self.length = 0
        return self._bounded(chunk[end:])

    def _quotes(self, chunk):
        """The number of quotes that begin or end a string: escaped backslashes and escaped quotes are removed first."""
        rest = chunk[1:] if self.is_escaped else chunk
        self.is_escaped = (len(rest) - len(rest.rstrip(b"\\"))) % 2 == 1
        if b"\\" in rest:
            rest = rest.replace(b"\\\\", b"").replace(b'\\"', b"")
        return rest.count(b'"')


def not_utf8(byte):
    return _("The file is not in UTF-8, as JSON must be: look near byte %(byte)s.") % {"byte": byte}
