"""The path of a story on another site: how it is stored and looked up. Pure: strings in, strings out.

A path has many spellings: %D8%A7, %d8%a7 and the letter itself are one, and a reader may request a page of the
story, its mobile version or its feed. `plain` is the stored spelling; `asked` are the stored paths that may match
a request, the nearest first.
"""

import re
import urllib.parse

from . import letters

LONGEST = 500
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")
# Endings that WordPress and others add to a story's address: the mobile version, the feed, the page.
_ADDED = re.compile(
    r"(?<=[^/])/(?:amp|feed(?:/(?:rss|rss2|rdf|atom))?|(?:page/|comment-page-)?\d{1,4}|trackback|embed)/?\Z"
)
_INDEX = "/index.php"


def of_address(address):
    """The stored path of an address on another site, with its query; "" for a front page."""
    try:
        parts = urllib.parse.urlsplit(address.strip())
    except ValueError:
        return ""
    path = plain(parts.path + (f"?{parts.query}" if parts.query else ""))
    return path if path.startswith("/") and path not in ("/", _INDEX, f"{_INDEX}/") else ""


def plain(path):
    """Decoded once; bytes that are not UTF-8 stay encoded, in capitals."""
    if "%" in path:
        path = _ENCODED.sub(lambda match: match[0].upper(), path)
        decoded = urllib.parse.unquote(path, errors="surrogateescape")
        path = "".join(f"%{ord(sign) - 0xDC00:02X}" if "\udc80" <= sign <= "\udcff" else sign for sign in decoded)
    return letters.line(path)


def asked(path, query=""):
    """The stored paths that may match this path and query, the nearest first."""
    path = plain(path)
    number = _number(query)
    paths = [f"{path}?{plain(query)}"] if query else []
    if number:
        paths += [f"{base}?p={number}" for base in dict.fromkeys((path, "/", _INDEX, f"{_INDEX}/"))]
    if path not in ("/", _INDEX):
        for _hop in range(3):  # /judul/2/amp/
            paths += [path, path.rstrip("/"), f"{path.rstrip('/')}/"]
            shorter = _ADDED.sub("", path)
            if shorter == path:
                break
            path = shorter
    return [one for one in dict.fromkeys(paths) if one not in ("", "/") and len(one) <= LONGEST]


def bare(path):
    """A path without its query."""
    return path.partition("?")[0]


def _number(query):
    """The number by which WordPress names a story: ?p=603"""
    try:
        numbers = urllib.parse.parse_qs(query, max_num_fields=50).get("p", [""])
    except ValueError:  # more fields than a usual address has
        return ""
    return numbers[0] if numbers[0].isascii() and numbers[0].isdigit() else ""
