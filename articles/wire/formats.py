"""The formats that are read, and the format of a file."""

import contextlib
import io
import re

from django.utils.translation import gettext as _

from articles.text import xml_text

from . import ghost, ninjs, wordpress
from .feed import reader
from .streams.files import unpacked
from .streams.json_text import as_utf8
from .values.item import Passed, Refusal

READERS = {"ninjs": ninjs.read, "wordpress": wordpress.read, "ghost": ghost.read, "feed": reader.read}
_GHOST = re.compile(rb'\s*\{\s*"(?:db|data|meta)"\s*:')
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|entry|RDF)\b")


def entries(file, zone, name="auto", others=None, through=iter):
    """The entries of a binary file, gzip or not (wire/values/item.py). Raises Refusal for an unknown format.

    `others`: source_notes.Sources, with notes from files of the same run and of earlier runs.
    `through`: a function of iterators, for the entries of a reader that needs nothing but its file.
    """
    file = unpacked(file)
    read = READERS[name if name != "auto" else recognised(file)]
    if read is wordpress.read:
        return read(file, zone, others)
    if _start(file).lstrip(_BEFORE)[:1] not in (b"{", b"[") or (text := as_utf8(file)) is file:
        return through(read(file, zone))
    return through(_mended(read(io.BufferedReader(text, 1 << 16), zone), text))


def read_ahead(paths, others, name="auto"):
    """Read the parts of a WordPress export into `others`, because a part may explain the stories of another.

    Errors are ignored here: the import of the same file reports them.
    """
    if len(paths) < 2 or name not in ("auto", "wordpress"):
        return
    for path in paths:
        with contextlib.suppress(OSError, Refusal), path.open("rb") as file:
            packed = unpacked(file)
            if name == "wordpress" or recognised(packed) == "wordpress":
                others.read(packed)


def _mended(pairs, text):
    """The entries of a file that was not in UTF-8. The first story after a repaired byte gets a remark."""
    is_reported = False
    for position, entry in pairs:
        if text.is_mended and not is_reported and not isinstance(entry, Passed | Refusal):
            entry.remarks.append(_("The file has letters that are no UTF-8; they were read as Windows-1252."))
            is_reported = True
        yield position, entry


def recognised(file):
    """The format of a file, recognised by its first bytes. Raises Refusal."""
    start = _start(file).lstrip(_BEFORE)
    if b"jsonfeed.org/version" in start:
        return "feed"
    if _GHOST.match(start):
        return "ghost"
    if start[:1] in (b"{", b"["):
        return "ninjs"
    if b"wordpress.org/export" in start:
        return "wordpress"
    if start[:1] == b"<" and _FEED.search(start):
        return "feed"
    raise Refusal(_("This is none of the formats that we read."))


def _start(file):
    """The first bytes of a file. UTF-16 and UTF-32 are reduced to their ASCII letters."""
    start = file.peek(4096)[:4096]
    with contextlib.suppress(xml_text.UnknownEncoding):
        encoding = xml_text.encoding_of(start)
        if encoding.startswith(("utf-16", "utf-32")):
            return start.decode(encoding, "ignore").encode("ascii", "ignore")
    return start
