"""Items made ready to be stored: their texts are clean and fit their fields, and hashes stand in place of their
source's data. No database is asked, so that a second process can do it (streams/second_process.py)."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.models import Story
from articles.text import body, letters, words

from ..values import digests, story_fields
from ..values.event import Event
from ..values.fields import fitting, is_cut
from ..values.item import Item

TEXTS = ["headline", *story_fields.TEXTS]
LONGEST_SLUG = Story._meta.get_field("slug").max_length


class ReadyItem(NamedTuple):
    """`digest`, `beside`: the hashes of digests.py. `too_long`: why the text cannot be stored, or "".

    `words`: those of the text for the search index, or "" if they are not known yet.
    """

    position: str
    item: Item
    digest: str = ""
    beside: str = ""
    too_long: str = ""
    words: str = ""

    @property
    def body(self):
        return self.item.body

    @property
    def remarks(self):
        return self.item.remarks


def ready(entries, with_words=False):
    """The entries of a reader, each Item as a ReadyItem, each Event with its hash.

    An Item loses the data of its source, which takes more memory than all the rest of it.
    """
    for position, entry in entries:
        if isinstance(entry, Event):
            entry.digest, entry.source = digests.of_item(entry), None
        yield position, _ready(position, entry, with_words) if isinstance(entry, Item) else entry


def _ready(position, item, with_words):
    try:
        item.body = body.bounded(item.body)  # before the hash, so that dropped markup does not make a new version
    except body.TooLong as error:
        return ReadyItem(position, item, too_long=str(error))
    known = words.of_markup(item.body) if with_words else ""
    one = ReadyItem(position, item, digests.of_item(item), digests.of_beside(item), words=known)
    item.source = item.beside = None
    _fit(item)
    return one


def _fit(item):
    """Cut texts to fit their fields, with a remark, and make a slug. The hashes are of what came, not of this."""
    cut = [name for name in TEXTS if is_cut(Story, name, getattr(item, name))]
    if cut:
        fields = ", ".join(str(Story._meta.get_field(name).verbose_name) for name in cut)
        item.remarks.append(_("longer than is kept: %(fields)s") % {"fields": fields})
    slugs = (letters.spelt(text, LONGEST_SLUG) for text in (item.slug, item.headline) if text)
    item.slug = next(filter(None, slugs), "") or str(item.uid)
    for name in TEXTS:
        setattr(item, name, fitting(Story, name, getattr(item, name)))
