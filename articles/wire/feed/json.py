"""JSON Feed, versions 1 and 1.1. Pure."""

import contextlib
import html

from django.utils.translation import gettext as _

from ..html import convert
from ..streams import json_parts
from ..streams.json_parts import scalar
from ..values import normalise
from ..values.item import Refusal
from .entry import MOST_AUTHORS, Entry, is_web, join, picture


def about_feed(file):
    feed, data = Entry(), {}
    names = {"home_page_url", "feed_url", "author", "authors"}
    with contextlib.suppress(Refusal):  # the second reading reports it, after the stories before the break
        for path, value in json_parts.parts(file, lambda path: len(path) == 1 and path[0] in names):
            data[path[0]] = value
    feed.link = feed.base = scalar(data.get("home_page_url")) or scalar(data.get("feed_url"))
    feed.authors = _authors(data)[:MOST_AUTHORS]
    return feed


def entries(file, feed):
    seen = set()

    def matches(path):
        seen.update(path[:1])
        return path == ["items", None]

    for _path, item in json_parts.parts(file, matches):
        if isinstance(item, json_parts.Unfit):
            yield item.refusal
        elif isinstance(item, dict):
            yield _entry(item, feed)
        else:
            yield Refusal(_("It is no story, as JSON Feed writes them."))
    if "items" not in seen:
        raise Refusal(_("This is no JSON Feed: it has no items."))


def _entry(item, feed):
    def text(name):
        return scalar(item.get(name))

    link = join(feed.base, text("url")) if text("url") else ""
    attached = [each for each in _list(item.get("attachments")) if isinstance(each, dict)]
    images = [each for each in attached if scalar(each.get("mime_type")).startswith("image/")]
    first = text("image") or text("banner_image")
    return Entry(
        base=link or feed.base,
        id=text("id"),
        link=link,
        title=normalise.title_html(text("title")),
        body=text("content_html") or convert.paragraphs(text("content_text")),
        summary=convert.paragraphs(text("summary")),
        published=_date(item.get("date_published")),
        modified=_date(item.get("date_modified")),
        authors=_authors(item),
        categories=[(tag, "") for tag in _list(item.get("tags")) if isinstance(tag, str)],
        enclosed=[_file(each, feed) for each in attached if each not in images],
        lead=picture(feed.base, first or next((scalar(each.get("url")) for each in images), "")),
        pictures_left=len(images) - (not first and bool(images)),
        source={name: value for name, value in item.items() if not name.startswith("_")},
    )


def _file(attached, feed):
    return join(feed.base, scalar(attached.get("url"))), scalar(attached.get("title"))


def _authors(item):
    """(name, address) of each author: version 1.1 has a list, version 1 has one."""
    authors = [author for author in _list(item.get("authors")) or [item.get("author")] if isinstance(author, dict)]
    pairs = ((scalar(author.get("name")), scalar(author.get("url"))) for author in authors)
    return [(html.escape(name), address if is_web(address) else "") for name, address in pairs]


def _list(value):
    return value if isinstance(value, list) else []


def _date(value):
    """A date as text; "" if it is missing. Another type is shown as it is, so that the remark can name it."""
    return "" if value is None else value if isinstance(value, str) else repr(value)[:50]
