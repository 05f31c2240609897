"""The parts of a feed, one by one, in bounded memory (xml_stream.py). Pure.

A part that is larger than `LARGEST` bytes, or nested deeper than `limits.DEEPEST`, is skipped without being stored; the
parts after it are read.
"""

import functools
from html import escape
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from django.utils.translation import gettext as _

from ..values.item import LARGEST, Refusal
from . import limits, xml_stream

PREFIXES = {  # by namespace; elements of RSS, or without a namespace, have no prefix here
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/RSS2": "",
    "http://backend.userland.com/rss091": "",
    "http://backend.userland.com/rss092": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://purl.org/rss/2.0/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
STORIES = {"item", "atom:entry"}
_OF_VIEWERS = {"comments", "media:community"}
_ROOTS = {"rss", "rdf:RDF", "atom:feed", "atom:entry"}
_HOLDERS = {"rss", "rdf:RDF", "atom:feed", "channel"}  # their children are the parts
_DOCTYPES = tuple(
    f"-//Netscape Communications//DTD RSS 0.{version}//EN" for version in ("9", "91")
)  # those of RSS itself


def parts(file, with_stories=True):
    """(part, whether it was mended) of an RSS or Atom feed, one by one.

    A part is an Element, named with the prefixes above, or a Refusal for an unfit story. The first part is the root, as
    an empty Element; a root that is a story itself follows as a part. Without `with_stories`, only data about the feed
    itself is read. Raises Refusal with the line where the XML breaks.
    """
    target = _Parts(with_stories)
    for _bit in xml_stream.parse(file, target, _DOCTYPES):
        yield from target.pop_ready()


def html(element):
    """The content of an element: its text, or the markup of its children without namespaces."""
    if not len(element):
        return element.text or ""
    for nested in (nested for child in element for nested in child.iter()):
        nested.tag = nested.tag.rpartition(":")[2]
        nested.attrib = {name: value for name, value in nested.attrib.items() if ":" not in name}
    return escape(element.text or "") + "".join(tostring(child, "unicode", method="html") for child in element)


def plain(element):
    """The content of an element as lists, dicts and texts, without data about viewers, such as counts of comments."""
    inner = [(element.text or "").strip()]
    for child in element:
        if not child.tag.startswith("?:") and child.tag not in _OF_VIEWERS:
            inner.append(plain(child))
        inner.append((child.tail or "").strip())
    attributes = {name: value for name, value in element.attrib.items() if not name.startswith("?:")}
    return [element.tag, attributes, *(each for each in inner if each)]


@functools.lru_cache(1_000)
def _name(tag):
    """A name with the prefix of its namespace; "?:" for unknown namespaces."""
    if not tag.startswith("{"):
        return tag
    namespace, _brace, local = tag[1:].partition("}")
    return PREFIXES.get(namespace, "?:") + local


class _Parts:
    """The target of the parser: it builds one part at a time. After a flaw it only looks for the end of the part."""

    def __init__(self, with_stories):
        self.with_stories = with_stories
        self.ready = []
        self.open, self.within = [], 0  # names of the open elements; depth of the part
        self.tree, self.size, self.flaw, self.is_mended = None, 0, "", False

    def pop_ready(self):
        ready, self.ready = self.ready, []
        return ready

    def start(self, tag, attributes):
        kind = _name(tag)
        attributes = {_name(name): value for name, value in attributes.items()}
        self.open.append(kind)
        if len(self.open) == 1:
            self._root(kind, attributes)
        if not self.within and kind not in _HOLDERS and _HOLDERS.issuperset(self.open[:-1]):
            self.within, self.size, self.flaw, self.is_mended = len(self.open), 0, "", False
            self.tree = TreeBuilder() if self.with_stories or kind not in STORIES else None
        self._weigh(64 + len(kind) + sum(len(name) + len(value) for name, value in attributes.items()))
        if self.tree:
            self.tree.start(kind, attributes)

    def data(self, text):
        self._weigh(len(text))
        if self.tree:
            self.tree.data(text)

    def end(self, _tag):
        kind = self.open.pop()
        if self.tree:
            self.tree.end(kind)
        if len(self.open) < self.within:
            self._whole(kind)

    def mended(self):
        self.is_mended = True

    def _root(self, kind, attributes):
        if kind not in _ROOTS:
            raise Refusal(_("This is no feed: its first element is <%(name)s>.") % {"name": kind[:50]})
        self.ready.append((Element(kind, attributes), False))

    def _weigh(self, count):
        self.size += count
        if self.tree and self.size > LARGEST:
            self.flaw = limits.too_large()
        elif self.tree and len(self.open) - self.within > limits.DEEPEST:
            self.flaw = limits.too_deep()
        if self.flaw:
            self.tree = None

    def _whole(self, kind):
        if self.tree:
            self.ready.append((self.tree.close(), self.is_mended))
        elif self.flaw and kind in STORIES:
            self.ready.append((Refusal(self.flaw), False))
        self.within, self.tree = 0, None
