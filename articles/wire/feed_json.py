"""JSON Feed, versions 1 and 1.1. Pure."""

import contextlib

from django.utils.translation import gettext as _

from . import json_parts, mending
from .feed_entry import MOST_AUTHORS, Entry, join, picture
from .item import Refusal
from .json_parts import scalar


def about_feed(file):
    feed, said = Entry(), {}
    names = {"home_page_url", "feed_url", "author", "authors"}
    with contextlib.suppress(Refusal):  # it is told once the stories before the flaw have come
        for path, value in json_parts.parts(file, lambda path: len(path) == 1 and path[0] in names):
            said[path[0]] = value
    feed.link = feed.base = scalar(said.get("home_page_url")) or scalar(said.get("feed_url"))
    feed.authors = _authors(said)[:MOST_AUTHORS]
    return feed


def entries(file, feed):
    seen = set()

    def wanted(path):
        seen.update(path[:1])
        return path == ["items", None]

    for _path, item in json_parts.parts(file, wanted):
        if isinstance(item, json_parts.Unfit):
            yield item.refusal
        elif isinstance(item, dict):
            yield _entry(item, feed)
        else:
            yield Refusal(_("It is no story, as JSON Feed writes them."))
    if "items" not in seen:
        raise Refusal(_("This is no JSON Feed: it has no items."))


def _entry(item, feed):
    def told(name):
        return scalar(item.get(name))

    link = join(feed.base, told("url")) if told("url") else ""
    return Entry(
        base=feed.base,
        id=told("id"),
        link=link,
        title=told("title"),
        body=told("content_html") or mending.paragraphs(told("content_text")),
        summary=mending.paragraphs(told("summary")),
        published=_date(item.get("date_published")),
        modified=_date(item.get("date_modified")),
        authors=_authors(item),
        categories=[tag for tag in _list(item.get("tags")) if isinstance(tag, str)],
        lead=picture(feed.base, told("image") or told("banner_image") or _attached_image(item)),
    )


def _authors(item):
    """Names, as version 1.1 has them (a list) or version 1 (one)."""
    authors = _list(item.get("authors")) or [item.get("author")]
    return [scalar(author.get("name")) for author in authors if isinstance(author, dict)]


def _attached_image(item):
    attached = [each for each in _list(item.get("attachments")) if isinstance(each, dict)]
    images = (scalar(each.get("url")) for each in attached if scalar(each.get("mime_type")).startswith("image/"))
    return next(images, "")


def _list(value):
    return value if isinstance(value, list) else []


def _date(value):
    """As written, "" where nothing is; what is neither text nor nothing is told as it looks."""
    return "" if value is None else value if isinstance(value, str) else repr(value)[:50]
