"""The addresses of links and pictures in a foreign text, made valid on our site. Pure."""

import re
import urllib.parse

from articles.text import links

SPACES = " \t\n\r\f\xa0"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def address(written):
    """A link that readers can follow, or "". It has a scheme of text/links.py, or is relative to its old site."""
    found = re.sub(r"[\t\n\r]", "", written.strip(SPACES))
    if found.startswith("//"):
        found = f"https:{found}"
    elif found[:4].lower() == "www.":
        found = f"https://{found}"
    if found.startswith("#"):
        return ""
    if _SCHEME.match(found):
        return links.address(found)
    found = found.replace(" ", "%20")
    try:
        urllib.parse.urlsplit(found)
    except ValueError:
        return ""
    return found


def are_of_two_sites(one, other):
    """Whether both are addresses of two different hosts. A site may speak only for ids of its own host."""
    hosts = {host(one), host(other)}
    return "" not in hosts and len(hosts) == 2


def host(uri):
    """The host of an address without "www.", which identifies its site; "" if it has no host."""
    try:
        return (urllib.parse.urlsplit(uri).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class Addresses:
    """Makes the addresses of one text absolute. `base`: the address of the text itself, or "".

    `keeps_paths`: "/kontak/" stays a path, because its site moves here. `lost`: the links that were left out, as
    written: "#part", because its page no longer exists; javascript:; "../x/" without a base.
    """

    def __init__(self, base="", *, keeps_paths=False):
        self.base, self.keeps_paths = links.address(base) if base else "", keeps_paths
        self.lost = []

    def link(self, written):
        """The address of a link, or "" if only its words can be kept."""
        found = re.sub(r"[\t\n\r]", "", written.strip(SPACES))
        if not found:
            return ""
        kept = "" if found[0] == "#" else self._absolute(found)
        if not kept:
            self.lost.append(found)
        return kept

    def picture(self, written):
        """The address of a picture. Without a base it stays as written, so that its file can still be found."""
        found = address(written)
        return self._joined(found) if found and self._is_relative(found) else found

    def _absolute(self, found):
        kept = links.address(found)
        if (kept and kept[0] not in "/?") or _SCHEME.match(found):
            return kept
        if kept and not self._is_relative(found):
            return kept
        return links.address(self._joined(found)) if self.base else kept

    def _is_relative(self, found):
        """Whether an address must be joined to the base."""
        if not self.base or _SCHEME.match(found):
            return False
        return not (self.keeps_paths and found[0] == "/" and not found.startswith("//"))

    def _joined(self, found):
        try:
            return urllib.parse.urljoin(self.base, found.replace(" ", "%20"))
        except ValueError:
            return ""
