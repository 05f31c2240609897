"""RSS 2.0 with the modules that readers of feeds know: Dublin Core, content, Atom's links, deleted entries. Pure."""

from email.utils import format_datetime

from .xml import HEAD, element

NAMESPACES = {
    "xmlns__dc": "http://purl.org/dc/elements/1.1/",
    "xmlns__content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns__atom": "http://www.w3.org/2005/Atom",
    "xmlns__at": "http://purl.org/atompub/tombstones/1.0",
}


def write(feed):
    channel = [
        element("title", feed.title),
        element("link", feed.address),
        element("description", feed.description),
        element("language", feed.language),
        *([element("lastBuildDate", format_datetime(feed.updated))] if feed.updated else ()),
        *(element("atom:link", rel=rel, href=href, type="application/rss+xml") for rel, href in feed.pages.items()),
        *(element("at:deleted-entry", ref=one.id, when=one.at.isoformat()) for one in feed.withdrawn),
        *(_item(entry) for entry in feed.entries),
    ]
    return HEAD + element("rss", parts=[element("channel", parts=channel)], version="2.0", **NAMESPACES)


def _item(entry):
    picture = entry.picture
    parts = [
        element("title", entry.title),
        element("link", entry.address),
        element("guid", entry.id, isPermaLink="false"),
        element("pubDate", format_datetime(entry.published)),
        element("atom:updated", entry.updated.isoformat()),
        *(element("dc:creator", name) for name, _address in entry.authors),
        *(element("category", tag) for tag in entry.tags),
        *([element("enclosure", url=picture.address, length=picture.length, type=picture.kind)] if picture else ()),
        element("description", _as_html(entry.summary)),
        element("content:encoded", entry.html),
    ]
    return element("item", parts=parts)


def _as_html(text):
    """Readers take a description for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
