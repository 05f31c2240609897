"""Large XML in bounded memory: the parts of a feed, one by one. Pure.

Entities, document types and outside references are refused by defusedxml. What is larger than `LARGEST` bytes, or
nested deeper than `bounds.DEEPEST`, is passed over without being held; what follows it is read.
"""

import functools
from html import escape
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext as _

from . import bounds
from .item import LARGEST, Refusal

CHUNK = 1 << 16

PREFIXES = {  # by namespace; elements without one, or of any RSS, have no prefix here
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
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
_ROOTS = {"rss", "rdf:RDF", "atom:feed", "atom:entry"}
_HOLDERS = {"rss", "rdf:RDF", "atom:feed", "channel"}  # what they hold are the parts
_AT_THE_END = {3, 5, 6, 20}  # expat: no element, unclosed token, partial character, unclosed CDATA section


def parts(file, with_stories=True):
    """Every part of an RSS or Atom feed: Elements named with the prefixes above, or a Refusal for an unfit story.

    First comes the root, empty. Without `with_stories`, only what is said of the feed itself. Raises Refusal with the
    line where the XML breaks.
    """
    target = _Parts(with_stories)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    chunk, skipped = _from_first_tag(file)
    try:
        while chunk:
            target.unheard += len(chunk)
            parser.feed(chunk)
            target.bound()
            yield from target.taken()
            chunk = file.read(CHUNK)
        parser.close()
        yield from target.taken()
    except (ParseError, LookupError, ValueError) as error:
        yield from target.taken()
        raise Refusal(_why(error, skipped)) from error


def html(element):
    """What an element holds: its text, or the markup of what is nested in it, namespaces left out."""
    if not len(element):
        return element.text or ""
    for nested in (nested for child in element for nested in child.iter()):
        nested.tag = nested.tag.rpartition(":")[2]
        nested.attrib = {name: value for name, value in nested.attrib.items() if ":" not in name}
    return escape(element.text or "") + "".join(tostring(child, "unicode", method="html") for child in element)


def _from_first_tag(file):
    """(first bytes, lines before them): some programs leave empty lines before a feed, which XML forbids."""
    skipped, chunk = 0, file.read(CHUNK)
    while chunk and not (rest := chunk.lstrip()):
        skipped, chunk = skipped + chunk.count(b"\n"), file.read(CHUNK)
    return (rest, skipped + chunk.count(b"\n") - rest.count(b"\n")) if chunk else (b"", skipped)


def _why(error, skipped):
    """A sentence for the person who sent the file."""
    if isinstance(error, DefusedXmlException):
        return _("The file has a document type or entities (DTD), which are not read: they hide attacks.")
    if not isinstance(error, ParseError):  # Python does not know the encoding, or the parser cannot use it
        return _("The encoding that the file declares is not known.")
    line, column = error.position
    where = {"line": line + skipped, "column": column + 1}
    if error.code in _AT_THE_END:
        return _("The file is not whole: its XML breaks off in line %(line)s, column %(column)s.") % where
    return _("The XML is broken in line %(line)s, column %(column)s.") % where


@functools.lru_cache(1_000)
def _name(tag):
    """A name with its namespace's prefix; "?:" for namespaces that say nothing of a story."""
    if not tag.startswith("{"):
        return tag
    namespace, _brace, local = tag[1:].partition("}")
    return PREFIXES.get(namespace, "?:") + local


class _Parts:
    """What the parser tells, made parts. One is built at a time; of an unfit one only its end is looked for."""

    def __init__(self, with_stories):
        self.with_stories = with_stories
        self.found, self.unheard = [], 0
        self.open, self.within = [], 0  # names of the open elements; how many were open when the part began
        self.tree, self.size, self.flaw = None, 0, ""

    def taken(self):
        found, self.found = self.found, []
        return found

    def bound(self):
        """A tag or comment is held whole by the parser, which tells nothing until it ends."""
        if self.unheard > LARGEST:
            raise Refusal(_("The file has a tag or comment larger than any feed's."))

    def start(self, tag, attributes):
        kind, self.unheard = _name(tag), 0
        attributes = {_name(name): value for name, value in attributes.items()}
        self.open.append(kind)
        if len(self.open) == 1:
            self._root(kind, attributes)
        if len(self.open) > bounds.ABYSS:
            raise bounds.abyss()
        if not self.within and kind not in _HOLDERS and _HOLDERS.issuperset(self.open[:-1]):
            self.within, self.size, self.flaw = len(self.open), 0, ""
            self.tree = TreeBuilder() if self.with_stories or kind not in STORIES else None
        self._weigh(64 + len(kind) + sum(len(name) + len(value) for name, value in attributes.items()))
        if self.tree:
            self.tree.start(kind, attributes)

    def data(self, text):
        self.unheard = 0
        self._weigh(len(text))
        if self.tree:
            self.tree.data(text)

    def end(self, _tag):
        self.unheard = 0
        kind = self.open.pop()
        if self.tree:
            self.tree.end(kind)
        if len(self.open) < self.within:
            self._whole(kind)

    def close(self):
        pass

    def _root(self, kind, attributes):
        if kind not in _ROOTS:
            raise Refusal(_("This is no feed: its first element is <%(name)s>.") % {"name": kind[:50]})
        self.found.append(Element(kind, attributes))

    def _weigh(self, count):
        self.size += count
        if self.tree and self.size > LARGEST:
            self.flaw = bounds.too_large()
        elif self.tree and len(self.open) - self.within > bounds.DEEPEST:
            self.flaw = bounds.too_deep()
        if self.flaw:
            self.tree = None

    def _whole(self, kind):
        if self.tree:
            self.found.append(self.tree.close())
        elif self.flaw and kind in STORIES:
            self.found.append(Refusal(self.flaw))
        self.within, self.tree = 0, None
