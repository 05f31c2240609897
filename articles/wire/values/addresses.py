"""Where the links and pictures of a foreign text lead, as readers can follow it from here. Pure."""

import re
import urllib.parse

from articles.text import links

SPACES = " \t\n\r\f\xa0"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def address(written):
    """A link that readers can follow from here, or "": with a scheme of text/links.py, or relative to its old site."""
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
    """Whether both are addresses, and of two hosts: then nobody but each site itself can say what it means by its."""
    hosts = {host(one), host(other)}
    return "" not in hosts and len(hosts) == 2


def host(uri):
    """The host of an address, by which a site is known whether it is asked for with "www." or without; "" of others."""
    try:
        return (urllib.parse.urlsplit(uri).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class Addresses:
    """The addresses of one text, made absolute by that of the text itself, `base`, where there is one.

    `keeps_paths`: "/kontak/" stays as it is, because the site that it belongs to moves here. `lost` are the links as
    written that were left out: "#part" of a page that is no more, javascript:, "../x/" without a base.
    """

    def __init__(self, base="", *, keeps_paths=False):
        self.base, self.keeps_paths = links.address(base) if base else "", keeps_paths
        self.lost = []

    def link(self, written):
        """The address of a link, or "" where its words are all that can be kept."""
        found = re.sub(r"[\t\n\r]", "", written.strip(SPACES))
        if not found:
            return ""
        kept = "" if found[0] == "#" else self._absolute(found)
        if not kept:
            self.lost.append(found)
        return kept

    def picture(self, written):
        """The address of a picture: one without a base stays as it is written, for its file to be found by."""
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
        """Whether it is to be joined to the base."""
        if not self.base or _SCHEME.match(found):
            return False
        return not (self.keeps_paths and found[0] == "/" and not found.startswith("//"))

    def _joined(self, found):
        try:
            return urllib.parse.urljoin(self.base, found.replace(" ", "%20"))
        except ValueError:
            return ""
