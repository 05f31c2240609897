"""Feeds: RSS 0.9 to 2.0 with the usual modules, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1. Pure.

A feed is read twice: first for data about the feed itself, such as its author, which may come after its stories.
"""

import contextlib
import hashlib
import re
import urllib.parse
from html import escape

from django.utils.translation import gettext as _

from articles.text import letters

from ..html import convert
from ..streams import xml_stream
from ..streams.scratch import rewindable
from ..values import bylines, normalise
from ..values.item import Item, Party, Refusal, Term
from . import json, xml
from .entry import is_web

_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")
_FIGURE = re.compile(r'<figure data-photo="([^"]*)">.*?</figure>', re.S)
MOST_FILES = 20
_CUT_SHORT = re.compile(r"\s*\[(?:…|\.\.\.)\]")


def read(file, zone):
    """(position, Item or Refusal) for every story of a feed (wire/values/item.py)."""
    with rewindable(file) as feed_file:
        start = feed_file.tell()
        module = _format(feed_file)
        feed_file.seek(start)
        feed = module.about_feed(feed_file)
        feed_file.seek(start)
        for number, entry in enumerate(module.entries(feed_file, feed), 1):
            yield _("item %(number)s") % {"number": number}, _to_item(entry, feed, zone)


def _format(file):
    """The module that reads the feed, chosen by its first letter in any encoding."""
    match file.read(4_096).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]:
        case b"{":
            return json
        case b"<":
            return xml
    raise Refusal(_("This is no feed: it is neither XML nor JSON."))


def _to_item(entry, feed, zone):
    try:
        return entry if isinstance(entry, Refusal) else _item(entry, feed, zone)
    except Refusal as refusal:
        return refusal


def _item(entry, feed, zone):
    remarks = [xml_stream.mended()] if entry.is_mended else []
    text = _text(entry, remarks)
    text += _links(entry, text, remarks)
    converted = convert.convert(text, base=entry.base or entry.link, headline=normalise.plain(entry.title))
    remarks += converted.remarks
    headline = normalise.headline(entry.title, converted.body, remarks)
    html, pictures = _without_lead(converted.body, converted.pictures, entry.lead)
    publish_at, version_at, is_sound = _times(entry, zone, remarks)
    section, *tags = _terms(entry.categories) or [None]
    return Item(
        uri=_uri(entry, feed, remarks),
        headline=headline,
        body=html,
        state="released" if is_sound else "draft",
        standfirst=_standfirst(entry, html),
        section=section,
        tags=tags,
        people=_people(entry, feed, remarks),
        lead=entry.lead,
        pictures=pictures,
        version_at=version_at,
        publish_at=publish_at,
        first_published_at=publish_at if is_sound else None,
        old_addresses=_old_addresses(entry),
        remarks=remarks,
        source=entry.source,
        beside=None if entry.authors else {"authors": feed.authors},
    )


def _old_addresses(entry):
    """The address, and the id if it is a short address of the same site, such as WordPress' /?p=9."""
    with contextlib.suppress(ValueError):
        link, short = (urllib.parse.urlsplit(written) for written in (entry.link, entry.id))
        if is_web(entry.id) and short.netloc == link.netloc and short.query.startswith("p="):
            return [entry.link, entry.id]
    return [entry.link] if entry.link else []


def _terms(categories):
    """The categories without duplicates. Some feeds write several in one: "food, garden", "Business/Industries/"."""
    terms = {}
    for written, uri in categories:
        names = [normalise.plain(name) for name in _several(written)]
        for name in filter(None, names):
            if not normalise.is_no_section(name):
                terms.setdefault(name.casefold(), Term(name, uri=uri if len(names) == 1 else "", is_loose=True))
    return list(terms.values())


def _several(written):
    is_path = written.count("/") > 1 or written.endswith("/")
    return [part for part in re.split(r"[,/>]" if is_path else r"[,>]", written) if part.strip()]


def _people(entry, feed, remarks):
    """The people of the story's bylines, or else of the feed's. A login gets an id with its site."""
    parties = {}
    for written, uri in [*(entry.authors or feed.authors), *entry.contributors]:
        named = bylines.people(written, remarks)
        for name, role in named:
            is_login = bylines.is_login(name)
            site = uri or (
                _site(entry, feed) if is_login else ""
            )  # many authors may share the uri of their site, so the name is added
            own = f"{site}#author:{urllib.parse.quote(name)}" if site else ""
            parties.setdefault(letters.folded(name), Party(name, role, uri=own, is_login=is_login))
    return list(parties.values())


def _site(entry, feed):
    """The address of the site: "https://contoh.example/"."""
    with contextlib.suppress(ValueError):
        parts = urllib.parse.urlsplit(feed.link or entry.link)
        if parts.netloc:
            return f"{parts.scheme}://{parts.netloc}/"
    return feed.link or entry.link or entry.id


def _links(entry, text, remarks):
    """Links to enclosed files (sound, film, documents) to which the text does not link yet."""
    links, left = [], entry.pictures_left
    for address, title in entry.enclosed[:MOST_FILES]:
        name = normalise.plain(title) or urllib.parse.unquote(address.partition("?")[0].rstrip("/").rpartition("/")[2])
        if not is_web(address):
            remarks.append(_("It encloses a file whose address is none: %(name)s.") % {"name": name[:80]})
        elif address not in text and escape(address) not in text:
            links.append(f'<p><a href="{escape(address)}">{escape(name or address)}</a></p>')
            remarks.append(_("It encloses a file, to which its text now links: %(name)s.") % {"name": name[:80]})
    if len(entry.enclosed) > MOST_FILES:
        left += len(entry.enclosed) - MOST_FILES
    if left:
        remarks.append(_("Further pictures or files that it encloses were left out: %(count)s.") % {"count": left})
    return "".join(links)


def _without_lead(html, pictures, lead):
    """(body, pictures) without a first figure that repeats the lead picture. Its caption and alt text are kept."""
    first = _FIGURE.match(html)
    again = first and lead and next((each for each in pictures if str(each.uid) == first[1]), None)
    if not again or again.uri.partition("?")[0] != lead.uri.partition("?")[0]:
        return html, pictures
    lead.caption, lead.alt = lead.caption or again.caption, lead.alt or again.alt
    rest = html[first.end() :]
    return rest, pictures if first[1] in rest else [each for each in pictures if each is not again]


def _text(entry, remarks):
    if entry.body.strip():
        return entry.body
    if entry.summary.strip():
        remarks.append(_("The feed has only a summary of it, which is taken as its text."))
    return entry.summary


def _standfirst(entry, html):
    """The summary, if the story has a text too and the summary is not the beginning of that text."""
    if not entry.body.strip():
        return ""
    summary = normalise.plain(entry.summary)
    begins = _CUT_SHORT.split(summary)[0].rstrip(" .…")
    return "" if normalise.plain(html).startswith(begins) else summary


def _times(entry, zone, remarks):
    """(published at, version at, whether there is a publication date and no date is invalid)."""
    version_at = normalise.parse_datetime(entry.modified, zone, remarks)
    publish_at = normalise.parse_datetime(entry.published, zone, remarks) if entry.published else version_at
    if not (entry.published or entry.modified):
        remarks.append(_("The feed gives no date for it: the story stays a draft."))
    return publish_at, version_at, bool(publish_at and (version_at or not entry.modified))


def _uri(entry, feed, remarks):
    """The id of a story. An id that is unique only within the feed is joined to the feed's address."""
    uri = entry.id or entry.link
    if not uri:
        remarks.append(_("It has no id: once its source changes it, it will come as another story."))
        content = "\0".join((entry.title, entry.published, entry.body, entry.summary))
        uri = hashlib.sha256(content.encode(errors="replace")).hexdigest()
    return uri if _SCHEME.match(uri) or not feed.link else f"{feed.link}#{uri}"
