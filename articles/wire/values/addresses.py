"""The addresses of links and pictures in a foreign text, made valid on our site. Pure."""

import re
import urllib.parse

from articles.text import links

SPACES = " \t\n\r\f\xa0"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def address(written):
    """A link that readers can follow, or "". It has a scheme of text/links.py, or is relative to its old site."""
    cleaned = re.sub(r"[\t\n\r]", "", written.strip(SPACES))
    if cleaned.startswith("//"):
        cleaned = f"https:{cleaned}"
    elif cleaned[:4].lower() == "www.":
        cleaned = f"https://{cleaned}"
    if cleaned.startswith("#"):
        return ""
    if _SCHEME.match(cleaned):
        return links.address(cleaned)
    cleaned = cleaned.replace(" ", "%20")
    try:
        urllib.parse.urlsplit(cleaned)
    except ValueError:
        return ""
    return cleaned


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
        cleaned = re.sub(r"[\t\n\r]", "", written.strip(SPACES))
        if not cleaned:
            return ""
        absolute = "" if cleaned[0] == "#" else self._absolute(cleaned)
        if not absolute:
            self.lost.append(cleaned)
        return absolute

    def picture(self, written):
        """The address of a picture. Without a base it stays as written, so that its file can still be found."""
        cleaned = address(written)
        return self._joined(cleaned) if cleaned and self._is_relative(cleaned) else cleaned

    def _absolute(self, cleaned):
        absolute = links.address(cleaned)
        if (absolute and absolute[0] not in "/?") or _SCHEME.match(cleaned):
            return absolute
        if absolute and not self._is_relative(cleaned):
            return absolute
        return links.address(self._joined(cleaned)) if self.base else absolute

    def _is_relative(self, cleaned):
        """Whether an address must be joined to the base."""
        if not self.base or _SCHEME.match(cleaned):
            return False
        return not (self.keeps_paths and cleaned[0] == "/" and not cleaned.startswith("//"))

    def _joined(self, cleaned):
        try:
            return urllib.parse.urljoin(self.base, cleaned.replace(" ", "%20"))
        except ValueError:
            return ""
