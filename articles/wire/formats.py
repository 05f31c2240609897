"""Which formats are read, and which one a file is in."""

import contextlib
import re

from django.utils.translation import gettext as _

from articles import xml_text

from . import ghost, ninjs, syndication, wordpress
from .files import unpacked
from .item import Refusal

READERS = {"ninjs": ninjs.read, "wordpress": wordpress.read, "ghost": ghost.read, "feed": syndication.read}
_GHOST = re.compile(rb'\s*\{\s*"(?:db|data|meta)"\s*:')
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|entry|RDF)\b")


def entries(file, zone, name="auto"):
    """The entries of a binary file, gzip or not: see item.py. Raises Refusal for a format that is none of ours."""
    file = unpacked(file)
    return READERS[name if name != "auto" else recognised(file)](file, zone)


def recognised(file):
    """The format of a file, by how it begins. Raises Refusal."""
    start = _start(file).lstrip(b"\xef\xbb\xbf \t\r\n")
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
    """How it begins; of UTF-16 and UTF-32, which XML may be written in, what of it is ASCII."""
    start = file.peek(4096)[:4096]
    with contextlib.suppress(xml_text.UnknownEncoding):
        encoding = xml_text.encoding_of(start)
        if encoding.startswith(("utf-16", "utf-32")):
            return start.decode(encoding, "ignore").encode("ascii", "ignore")
    return start
