"""The formats that are read, and the format of a file. A new format is a folder here and a line of `FORMATS`."""

import contextlib
import io
import re
from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.text import xml_text

from . import feed, ghost, ninjs, wordpress
from .streams.files import unpacked
from .streams.json_text import as_utf8
from .values.item import Passed, Refusal

_BEFORE = b"\xef\xbb\xbf \t\r\n"
_GHOST = re.compile(rb'\{\s*"(?:db|data|meta)"\s*:')
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|entry|RDF)\b")


class Format(NamedTuple):
    """A format that is read.

    `label`: its name for people. `read(file, zone)` yields its entries (wire/values/item.py). `begins(start)`: whether
    a file with these first bytes, without white space before them, is of this format.
    """

    label: str
    read: Callable
    begins: Callable


def _is_json(start):
    return start[:1] in (b"{", b"[")


# By the name that `ingest --format` takes. The first that a file's beginning fits is taken: WordPress writes RSS with
# fields of its own, and what is JSON of nobody else is ninjs.
FORMATS = {
    "wordpress": Format(
        "WordPress", wordpress.read, lambda start: not _is_json(start) and b"wordpress.org/export" in start
    ),
    "feed": Format(
        "RSS, Atom, JSON Feed",
        feed.read,
        lambda start: b"jsonfeed.org/version" in start or (start[:1] == b"<" and _FEED.search(start)),
    ),
    "ghost": Format("Ghost", ghost.read, lambda start: _GHOST.match(start) and not ninjs.is_envelope(start)),
    "ninjs": Format("ninjs", ninjs.read, _is_json),
}


def entries(file, zone, name="auto", others=None, through=iter):
    """The entries of a binary file, gzip or not (wire/values/item.py). Raises Refusal for an unknown format.

    `others`: source_notes.Sources, with notes from files of the same run and of earlier runs.
    `through`: a function of iterators, for the entries of a reader that needs nothing but its file.
    """
    file = unpacked(file)
    read = FORMATS[name if name != "auto" else recognised(file)].read
    if read is wordpress.read:
        return read(file, zone, others)
    if not _is_json(_start(file)) or (text := as_utf8(file)) is file:
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
    start = _start(file)
    names = (name for name, one in FORMATS.items() if one.begins(start))
    if name := next(names, None):
        return name
    raise Refusal(_("This is none of the formats that we read."))


def _start(file):
    """The first bytes of a file after white space. UTF-16 and UTF-32 are reduced to their ASCII letters."""
    start = file.peek(4096)[:4096]
    with contextlib.suppress(xml_text.UnknownEncoding):
        encoding = xml_text.encoding_of(start)
        if encoding.startswith(("utf-16", "utf-32")):
            start = start.decode(encoding, "ignore").encode("ascii", "ignore")
    return start.lstrip(_BEFORE)
