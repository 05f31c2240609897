"""Where a story stood on another site, as it is kept and as it is asked for. Pure: strings in, strings out.

An address has many spellings: %D8%A7, %d8%a7 and the letter itself are one, and a reader may come by a page of the
story, its form for telephones or its feed. `plain` is the one that is kept; `asked` are those under which what
somebody asks for may be kept, the nearest first.
"""

import re
import urllib.parse

from . import letters

LONGEST = 500
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")
# What WordPress and others add to the address of a story: its form for telephones, its feed, its pages.
_ADDED = re.compile(
    r"(?<=[^/])/(?:amp|feed(?:/(?:rss|rss2|rdf|atom))?|(?:page/|comment-page-)?\d{1,4}|trackback|embed)/?\Z"
)
_INDEX = "/index.php"


def of_address(address):
    """The path of an address on another site, with its query, as it is kept; "" for a front page."""
    try:
        parts = urllib.parse.urlsplit(address.strip())
    except ValueError:
        return ""
    path = plain(parts.path + (f"?{parts.query}" if parts.query else ""))
    return path if path.startswith("/") and path not in ("/", _INDEX, f"{_INDEX}/") else ""


def plain(path):
    """Decoded once, with what is no UTF-8 left as it is, in capitals."""
    if "%" in path:
        path = _ENCODED.sub(lambda found: found[0].upper(), path)
        decoded = urllib.parse.unquote(path, errors="surrogateescape")
        path = "".join(f"%{ord(sign) - 0xDC00:02X}" if "\udc80" <= sign <= "\udcff" else sign for sign in decoded)
    return letters.line(path)


def asked(path, query=""):
    """The paths under which a story may be kept that is asked for by this path and query, the nearest first."""
    path = plain(path)
    number = _number(query)
    found = [f"{path}?{plain(query)}"] if query else []
    if number:
        found += [f"{base}?p={number}" for base in dict.fromkeys((path, "/", _INDEX, f"{_INDEX}/"))]
    if path not in ("/", _INDEX):
        for _hop in range(3):  # /judul/2/amp/
            found += [path, path.rstrip("/"), f"{path.rstrip('/')}/"]
            shorter = _ADDED.sub("", path)
            if shorter == path:
                break
            path = shorter
    return [one for one in dict.fromkeys(found) if one not in ("", "/") and len(one) <= LONGEST]


def bare(path):
    """A path without its query."""
    return path.partition("?")[0]


def _number(query):
    """By which WordPress calls a story: ?p=603"""
    try:
        numbers = urllib.parse.parse_qs(query, max_num_fields=50).get("p", [""])
    except ValueError:  # more fields than any address has
        return ""
    return numbers[0] if numbers[0].isascii() and numbers[0].isdigit() else ""
