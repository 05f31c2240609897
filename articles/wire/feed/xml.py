"""RSS 0.9 to 2.0 with the modules in use, and Atom 0.3 and 1.0. Pure."""

import contextlib
import re

from articles.photo_metadata import Metadata, agency_and_photographer

from ..html import convert
from ..streams import xml_parts
from ..values import normalise
from ..values.item import Refusal
from .entry import MOST_AUTHORS, Entry, distinct, is_web, join, picture

_CATEGORIES = "category", "atom:category", "dc:subject"
_IMAGE_FILE = re.compile(r"(?i)\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)")


def about_feed(file):
    feed, root, links = Entry(), None, {}
    with contextlib.suppress(Refusal):  # the second reading reports it, after the stories before the break
        for part, _is_mended in xml_parts.parts(file, with_stories=False):
            root = part if root is None else root
            feed.authors = (feed.authors + _authors([part]))[:MOST_AUTHORS]
            if part.tag in ("link", "atom:link") and (kind := part.get("rel", "alternate")) in ("alternate", "self"):
                links.setdefault(kind, (part.get("href") or part.text or "").strip())
    base = "" if root is None else root.get("xml:base", "")
    feed.link = join(base, links.get("alternate") or links.get("self") or "")
    feed.base, feed.has_base = join(feed.link, base), bool(base)
    return feed


def entries(file, feed):
    parts = xml_parts.parts(file)
    next(parts, None)  # the root
    for part, is_mended in parts:
        if isinstance(part, Refusal):
            yield part
        elif part.tag in xml_parts.STORIES:
            yield _entry(part, feed, is_mended)


def _entry(story, feed, is_mended):
    source = xml_parts.plain(story)  # before `html` changes the names
    base = join(feed.base, story.get("xml:base", ""))
    link = _link(story, base)
    of_text = base if feed.has_base or story.get("xml:base") else link or base  # base of the addresses in its text
    body_base, body = _content(story, of_text, "content:encoded", "atom:content", "xhtml:body")
    summary_base, summary = _content(story, of_text, "description", "atom:summary", "dc:description")
    if not body and not summary:  # video channels describe only the film
        summary = next(
            (_inner(each) for group in _children(story, "media:group") for each in group if _tells(each)), ""
        )
    lead, left = _pictures(story, base)
    return Entry(
        base=body_base if body else summary_base,
        is_mended=is_mended,
        source=source,
        id=(_first(story, "guid", "atom:id") or story.get("rdf:about", "")).strip(),
        link=link,
        lead=lead,
        pictures_left=left,
        enclosed=_files(story, base),
        title=_title(story),
        body=body,
        summary=summary,
        published=_first(story, "atom:published", "atom:issued", "pubDate", "dc:date", "dcterms:issued"),
        modified=_first(story, "atom:updated", "atom:modified", "dcterms:modified"),
        authors=_authors(story)
        or _authors([author for source in _children(story, "atom:source") for author in source]),
        contributors=_contributors(story),
        categories=[_category(each) for each in _children(story, *_CATEGORIES)],
    )


def _title(story):
    for child in _children(story, "title", "atom:title", "dc:title"):
        is_text = child.tag == "atom:title" and not len(child) and child.get("type", "text") in ("text", "text/plain")
        if found := normalise.title_html((child.text or "").strip()) if is_text else _inner(child):
            return found
    return ""


def _category(element):
    """(name, id) of a category. The id is the address of its scheme with its term; "" without a scheme."""
    name = element.get("label") or element.get("term") or element.text or ""
    scheme = (element.get("scheme") or element.get("domain") or "").strip()
    key = (element.get("term") or element.text or "").strip()
    return name, f"{scheme.rstrip('#')}#{key}" if is_web(scheme) and key else ""


def _children(element, *names):
    return [child for child in element if child.tag in names]


def _first(element, *names):
    """The text or markup of the first of these children that is not empty."""
    return next((found for name in names for child in _children(element, name) if (found := _inner(child))), "")


def _inner(child):
    return xml_parts.html(child).strip()


def _content(story, base, *names):
    """(base of its addresses, HTML) of the first of these children with a text."""
    for child in (child for name in names for child in _children(story, name)):
        if html := _readable(child):
            return join(base, child.get("xml:base", "")), html
    return base, ""


def _readable(child):
    """The HTML of a text: RSS always has HTML, Atom names the type. "" for a picture, film and the like."""
    kind = child.get("type", "").lower()
    if not child.tag.startswith("atom:") or len(child) or kind.endswith(("html", "html+xml")):
        return _inner(child)
    return convert.paragraphs(child.text or "") if kind in ("", "text", "text/plain") else ""


def _authors(parts):
    """(byline, id) of each author, from the first kind of element that names one."""
    names = {"atom:author": [], "dc:creator": [], "author": [], "itunes:author": []}
    for part in parts:
        if part.tag == "atom:author":
            names[part.tag].append(_person(part))
        elif part.tag in names:
            names[part.tag].append((part.text or "", ""))
    return next(
        (found for found in ([each for each in pairs if each[0].strip()] for pairs in names.values()) if found), []
    )


def _person(part):
    uri = _first(part, "atom:uri", "atom:url")
    return _first(part, "atom:name"), uri if is_web(uri) else ""


def _contributors(story):
    """(byline, id) of each contributor of Atom, the byline with its label: "contributor: Siti"."""
    people = map(_person, _children(story, "atom:contributor"))
    return [(f"contributor: {name}", uri) for name, uri in people if name]


def _link(story, base):
    """The address of the story: its link, or a guid that is an address."""
    for link in _children(story, "atom:link", "link"):
        if link.get("rel", "alternate") == "alternate" and (address := (link.get("href") or link.text or "").strip()):
            return join(base, address)
    for guid in _children(story, "guid"):
        if guid.get("isPermaLink", "true") != "false" and (guid.text or "").strip().startswith(("http://", "https://")):
            return guid.text.strip()
    return ""


def _pictures(story, base):
    """(lead, number of others). The lead is the widest picture of Media RSS, else an enclosure, else a thumbnail.

    Pictures of one group are sizes of one picture, and so are pictures with a width.
    """
    contents = [media for media in story.iter("media:content") if _is_image(media)]
    enclosed = [each for each in _children(story, "enclosure", "atom:link") if _is_image(each) and _is_enclosed(each)]
    small = [*story.iter("media:thumbnail"), *_children(story, "itunes:image", "image")]
    lead = None
    for image in [*sorted(contents, key=_width, reverse=True)[:1], *enclosed, *small]:
        address = image.get("url") or image.get("href") or _first(image, "url") or image.text or ""
        if lead := picture(base, address, **_picture_texts(image, story)):
            break
    others = [*enclosed, *(each for each in _children(story, "media:content") if _is_image(each) and not _width(each))]
    addresses = {join(base, each.get("url") or each.get("href") or "") for each in others}
    return lead, len(addresses - {lead.uri if lead else ""})


def _files(story, base):
    """(address, title) of the enclosed files that are not pictures: sound, film, documents."""
    media = [*(each for each in story.iter("media:content") if not _is_image(each)), *story.iter("media:player")]
    enclosed = [
        each for each in _children(story, "enclosure", "atom:link") if _is_enclosed(each) and not _is_image(each)
    ]
    titles = {}
    for each in [*enclosed, *media]:
        if address := (each.get("url") or each.get("href") or "").strip():
            titles.setdefault(join(base, address), each.get("title") or _first(each, "media:title"))
    return list(titles.items())


def _tells(element):
    return element.tag == "media:description" and bool(_inner(element))


def _is_image(media):
    """Whether it is an image, by its type or else by its address."""
    said = media.get("medium") or media.get("type", "").partition("/")[0]
    return said == "image" or (not said and bool(_IMAGE_FILE.search(media.get("url") or media.get("href") or "")))


def _is_enclosed(element):
    return element.tag == "enclosure" or element.get("rel") == "enclosure"


def _width(media):
    width = media.get("width", "")[:6]
    return int(width) if width.isdecimal() else 0


def _picture_texts(image, story):
    """Credit, caption and copyright of a picture, from itself, its group, or its story."""
    holders = [image, *(group for group in _children(story, "media:group") if image in list(group)), story]

    def text_of(name):
        texts = (", ".join(distinct(each.text or "" for each in _children(holder, name))) for holder in holders)
        return next(filter(None, texts), "")

    agency, photographer = agency_and_photographer(Metadata(creator=text_of("media:credit")))
    return {
        "photographer": photographer,
        "agency": agency,
        "caption": text_of("media:description"),
        "copyright": text_of("media:copyright"),
    }
