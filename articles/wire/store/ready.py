"""Items made ready to be stored: their text is clean, and hashes stand in place of their source's data."""

from typing import NamedTuple

from articles.text import body

from ..values import digests
from ..values.event import Event
from ..values.item import Item


class ReadyItem(NamedTuple):
    """`digest`, `beside`: the hashes of digests.py. `too_long`: why the text cannot be stored, or ""."""

    position: str
    item: Item
    digest: str = ""
    beside: str = ""
    too_long: str = ""

    @property
    def body(self):
        return self.item.body

    @property
    def remarks(self):
        return self.item.remarks


def ready(entries):
    """The entries of a reader, each Item as a ReadyItem, each Event with its hash.

    An Item loses the data of its source, which takes more memory than all the rest of it.
    """
    for position, entry in entries:
        if isinstance(entry, Event):
            entry.digest, entry.source = digests.of_item(entry), None
        yield position, _ready(position, entry) if isinstance(entry, Item) else entry


def _ready(position, item):
    try:
        item.body = body.bounded(item.body)  # before the hash, so that dropped markup does not make a new version
    except body.TooLong as error:
        return ReadyItem(position, item, too_long=str(error))
    one = ReadyItem(position, item, digests.of_item(item), digests.of_beside(item))
    item.source = item.beside = None
    return one
