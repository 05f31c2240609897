"""A story of a feed, the same for all formats. Pure."""

import contextlib
import dataclasses
import urllib.parse

from ..values import normalise
from ..values.item import Picture

MOST_AUTHORS = 20  # of a feed itself; its stories may have any number


@dataclasses.dataclass
class Entry:
    """A story, or the feed itself. Texts may hold markup. Addresses are absolute, except within texts.

    `authors`, `contributors`: (byline, id or ""). `categories`: (name, id or ""). `enclosed`: (address, title or "") of
    each file. `source`: the story as plain data.
    """

    base: str = ""  # for relative addresses
    has_base: bool = False  # whether the feed itself names its base
    id: str = ""
    link: str = ""
    title: str = ""
    body: str = ""
    summary: str = ""
    published: str = ""
    modified: str = ""
    authors: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    contributors: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    categories: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    enclosed: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    lead: Picture | None = None
    pictures_left: int = 0  # number of enclosed pictures that are neither the lead nor another size of it
    source: object = None
    is_mended: bool = False  # letters in another encoding than the file's


def is_web(address):
    return address.lower().startswith(("http://", "https://"))


def distinct(names):
    """The names without duplicates (in any case) and without empty ones."""
    by_name = {}
    for name in map(normalise.plain, names):
        by_name.setdefault(name.casefold(), name)
    return [name for name in by_name.values() if name]


def join(base, address):
    """The absolute form of an address; the base itself if it is empty."""
    with contextlib.suppress(ValueError):
        return urllib.parse.urljoin(base, address.strip())
    return address.strip()


def picture(base, address, **texts):
    """The Picture at an address; None without an address, or for a data: address."""
    if not address.strip():
        return None
    uri = join(base, address)
    with contextlib.suppress(ValueError):
        parts = urllib.parse.urlsplit(uri)
        if parts.scheme in ("http", "https", ""):
            return Picture(uri, file=urllib.parse.unquote(parts.path).lstrip("/"), **texts)
    return None
