"""Feeds: RSS 0.9 to 2.0 with the usual modules, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, told apart by reading. Pure.

A feed is read twice: first for what it says of itself, such as its author, which may stand behind its stories.
"""

import hashlib
import re

from django.utils.translation import gettext as _

from . import feed_json, feed_xml, markup, mending, xml_stream
from .feed_entry import distinct, join
from .item import Item, Party, Refusal, Term
from .scratch import rewindable

_ADDRESS = re.compile(r"""(?i)(\s(?:href|src)\s*=\s*)("[^">]*"|'[^'>]*')""")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")
_MAILBOX = re.compile(r"\S+@\S+")
_CUT_SHORT = re.compile(r"\s*\[(?:…|\.\.\.)\]")


def read(file, zone):
    """(position, Item or Refusal) for every story of a feed (item.py)."""
    with rewindable(file) as feed_file:
        start = feed_file.tell()
        format_of_it = _format(feed_file)
        feed_file.seek(start)
        feed = format_of_it.about_feed(feed_file)
        feed_file.seek(start)
        for number, entry in enumerate(format_of_it.entries(feed_file, feed), 1):
            yield _("item %(number)s") % {"number": number}, _found(entry, feed, zone)


def _format(file):
    """The module that reads the feed, by its first letter in whatever encoding."""
    match file.read(4_096).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]:
        case b"{":
            return feed_json
        case b"<":
            return feed_xml
    raise Refusal(_("This is no feed: it is neither XML nor JSON."))


def _found(entry, feed, zone):
    try:
        return entry if isinstance(entry, Refusal) else _item(entry, feed, zone)
    except Refusal as refusal:
        return refusal


def _item(entry, feed, zone):
    remarks = [xml_stream.mended()] if entry.is_mended else []
    html, pictures = _body(_absolute(_text(entry, remarks), entry.base or entry.link))
    headline = mending.headline(entry.title, html, remarks)
    publish_at, version_at, is_sound = _times(entry, zone, remarks)
    section, *tags = [Term(name) for name in distinct(entry.categories)] or [None]
    return Item(
        uri=_uri(entry, feed, remarks),
        headline=headline,
        body=html,
        state="released" if is_sound else "draft",
        standfirst=_standfirst(entry, html),
        section=section,
        tags=tags,
        people=[Party(name, "author") for name in distinct(map(_person, entry.authors or feed.authors))],
        lead=entry.lead,
        pictures=pictures,
        version_at=version_at,
        publish_at=publish_at,
        first_published_at=publish_at if is_sound else None,
        old_addresses=[entry.link] if entry.link else [],
        remarks=remarks,
    )


def _body(html):
    return markup.story_html(html)


def _text(entry, remarks):
    if entry.body.strip():
        return entry.body
    if entry.summary.strip():
        remarks.append(_("The feed has only a summary of it, which is taken as its text."))
    return entry.summary


def _standfirst(entry, html):
    """The summary of a story that has a text too, unless it is but the beginning of that text."""
    if not entry.body.strip():
        return ""
    summary = mending.plain(entry.summary)
    begins = _CUT_SHORT.split(summary)[0].rstrip(" .…")
    return "" if mending.plain(html).startswith(begins) else summary


def _times(entry, zone, remarks):
    """(published at, version at, whether what is written there are dates)."""
    version_at = mending.moment(entry.modified, zone, remarks)
    publish_at = mending.moment(entry.published, zone, remarks) if entry.published else version_at
    if not (entry.published or entry.modified):
        remarks.append(_("The feed gives no date for it: the story stays a draft."))
    return publish_at, version_at, bool((publish_at or not entry.published) and (version_at or not entry.modified))


def _uri(entry, feed, remarks):
    """Its id; one that is unique within the feed only is joined to the feed's address."""
    found = entry.id or entry.link
    if not found:
        remarks.append(_("It has no id: once its source changes it, it will come as another story."))
        told = "\0".join((entry.title, entry.published, entry.body, entry.summary))
        found = hashlib.sha256(told.encode(errors="replace")).hexdigest()
    return found if _SCHEME.match(found) or not feed.link else f"{feed.link}#{found}"


def _person(written):
    """A name, without the mail address that RSS asks for: "redaksi@contoh.example (Siti Aminah)"."""
    name = mending.plain(written)
    if not _MAILBOX.search(name):
        return name
    name = _MAILBOX.sub("", name).strip()
    return name[1:-1] if name.startswith("(") and name.endswith(")") else name


def _absolute(html, base):
    """The same HTML with addresses that hold wherever it is read."""

    def resolved(match):
        quote, address = match[2][0], match[2][1:-1]
        return match[0] if address.startswith("#") else f"{match[1]}{quote}{join(base, address)}{quote}"

    return _ADDRESS.sub(resolved, html) if base else html
