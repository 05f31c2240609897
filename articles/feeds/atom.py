"""Atom (RFC 4287), in pages (RFC 5005), with deleted entries (RFC 6721). Pure."""

import datetime

from .xml import HEAD, element

NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns__at": "http://purl.org/atompub/tombstones/1.0"}
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # of a feed in which nothing has happened yet


def write(feed):
    kind = "application/atom+xml"
    name, address = feed.edition
    parts = [
        element("title", feed.title),
        element("subtitle", feed.description),
        element("id", feed.pages["first"]),
        element("updated", (feed.updated or NEVER).isoformat()),
        element("author", parts=[element("name", name), element("uri", address)]),
        element("link", rel="alternate", href=feed.address, type="text/html"),
        *(element("link", rel=rel, href=href, type=kind) for rel, href in feed.pages.items()),
        *([element("icon", feed.icon)] if feed.icon else ()),
        *(element("at:deleted-entry", ref=one.id, when=one.at.isoformat()) for one in feed.withdrawn),
        *(_entry(entry) for entry in feed.entries),
    ]
    return HEAD + element("feed", parts=parts, **NAMESPACES, xml__lang=feed.language)


def _entry(entry):
    picture = entry.picture
    link = {"rel": "enclosure", "type": picture.kind, "length": picture.length} if picture else None
    parts = [
        element("title", entry.title),
        element("id", entry.id),
        element("link", rel="alternate", href=entry.address, type="text/html"),
        *([element("link", href=picture.address, **link)] if picture else ()),
        element("published", entry.published.isoformat()),
        element("updated", entry.updated.isoformat()),
        *(element("author", parts=[element("name", name), element("uri", uri)]) for name, uri in entry.authors),
        *(element("category", term=tag) for tag in entry.tags),
        element("summary", entry.summary),
        element("content", entry.html, type="html"),
    ]
    return element("entry", parts=parts, xml__lang=entry.language)
