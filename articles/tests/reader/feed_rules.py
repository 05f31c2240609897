"""The rules of RSS 2.0, Atom, JSON Feed 1.1 and the sitemap protocol, as faults that a file has: an own list of them,
beside what parsers take. Nothing here reads our writers."""

import datetime
import re
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+\Z")


def is_address(text):
    parts = urlsplit(text or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in text


def is_id(text):
    return is_address(text) or bool(re.match(r"(urn|tag):\S+\Z", text or ""))


def is_time(text):
    """RFC 3339, with a zone."""
    try:
        return datetime.datetime.fromisoformat(text).tzinfo is not None
    except (TypeError, ValueError):
        return False


def is_date_of_mail(text):
    """RFC 822, as RSS has it, with a zone."""
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except (TypeError, ValueError):
        return False


class Faults(list):
    """What is wrong, in words; `hold` adds what is not so."""

    def hold(self, claim, is_so):
        if not is_so:
            self.append(claim)

    def once(self, parent, *names):
        for name in names:
            self.hold(f"one {name} in {parent.tag}", len(parent.findall(name)) == 1)
            self.hold(f"words in {name}", all((part.text or "").strip() for part in parent.findall(name)))


def of_rss(text):
    root, faults = ET.fromstring(text), Faults()
    faults.hold("version 2.0", root.tag == "rss" and root.get("version") == "2.0")
    faults.hold("one channel, and nothing beside it", [part.tag for part in root] == ["channel"])
    channel = root.find("channel")
    faults.once(channel, "title", "link", "description", "language")
    faults.hold("language", LANGUAGE.match(channel.findtext("language") or ""))
    faults.hold("lastBuildDate", all(is_date_of_mail(one.text) for one in channel.findall("lastBuildDate")))
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    faults.hold("one link to itself", len(own) == 1 and is_address(own[0].get("href")))
    guids = [item.findtext("guid") for item in channel.findall("item")]
    faults.hold("each guid once", len(guids) == len(set(guids)))
    for item in channel.findall("item"):
        faults.once(item, "title", "link", "guid", "pubDate", "description", CONTENT)
        faults.hold("a whole link", is_address(item.findtext("link")))
        guid = item.find("guid")
        faults.hold("guid is an id", guid.get("isPermaLink") == "false" and is_id(guid.text))
        faults.hold("pubDate", is_date_of_mail(item.findtext("pubDate")))
        faults.hold("an author", item.findall(f"{DC}creator"))
        faults.hold("one enclosure at most", len(item.findall("enclosure")) < 2)
        for enclosure in item.findall("enclosure"):
            faults.hold("enclosure has address, length and type", _is_enclosure(enclosure, "url"))
        faults.extend(_of_html(item.findtext(CONTENT)))
    return faults


def _is_enclosure(one, address):
    length = one.get("length") or ""
    return is_address(one.get(address)) and length.isdigit() and int(length) and MEDIA_TYPE.match(one.get("type") or "")


def of_atom(text):
    root, faults = ET.fromstring(text), Faults()
    faults.hold("a feed", root.tag == f"{ATOM}feed")
    faults.once(root, f"{ATOM}title", f"{ATOM}id", f"{ATOM}updated")
    faults.hold("updated", is_time(root.findtext(f"{ATOM}updated")))
    faults.hold(
        "one link to itself", len([one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]) == 1
    )
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    faults.hold("each id once", len(ids) == len(set(ids)) and all(map(is_id, ids)))
    for entry in root.findall(f"{ATOM}entry"):
        faults.once(entry, f"{ATOM}title", f"{ATOM}id", f"{ATOM}updated", f"{ATOM}published", f"{ATOM}content")
        faults.hold("an author with a name", all(one.findtext(f"{ATOM}name") for one in entry.findall(f"{ATOM}author")))
        faults.hold("an author", entry.findall(f"{ATOM}author") or root.findall(f"{ATOM}author"))
        times = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
        faults.hold("times with zones", all(map(is_time, times)))
        faults.hold("not updated before it was published", not all(map(is_time, times)) or times == _in_order(times))
        links = entry.findall(f"{ATOM}link")
        faults.hold("one alternate", len([one for one in links if one.get("rel", "alternate") == "alternate"]) == 1)
        faults.hold("whole links", all(is_address(one.get("href")) for one in links))
        for enclosure in (one for one in links if one.get("rel") == "enclosure"):
            faults.hold("enclosure has length and type", _is_enclosure(enclosure, "href"))
        faults.hold("content is HTML", entry.find(f"{ATOM}content").get("type") == "html")
        faults.extend(_of_html(entry.findtext(f"{ATOM}content")))
    return faults


def _in_order(times):
    return sorted(times, key=datetime.datetime.fromisoformat)


def _of_html(text):
    faults = Faults()
    faults.hold("whole addresses in the text", not re.search(r'(?:href|src)="(?!https?:|mailto:)', text or ""))
    faults.hold("no script, style or frame", not re.search(r"<(script|style|iframe|form)\b", text or ""))
    return faults


ADDRESS, TIME = {"type": "string", "pattern": "^https?://[^ ]+$"}, {"type": "string", "format": "date-time"}
WORDS = {"type": "string", "minLength": 1}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": {"name": WORDS, "url": ADDRESS, "avatar": ADDRESS}, "minProperties": 1},
}
JSON_FEED = {  # version 1.1, as its page tells it: own names begin with "_"
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": WORDS, "home_page_url": ADDRESS,
        "feed_url": ADDRESS, "description": WORDS, "user_comment": WORDS, "next_url": ADDRESS, "icon": ADDRESS,
        "favicon": ADDRESS, "authors": AUTHORS, "language": {"type": "string", "pattern": LANGUAGE.pattern[:-2] + "$"},
        "expired": {"type": "boolean"}, "hubs": {"type": "array"},
        "items": {"type": "array", "items": {
            "type": "object", "required": ["id", "date_published"],
            "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
            "properties": {
                "id": WORDS, "url": ADDRESS, "external_url": ADDRESS, "title": WORDS, "content_html": WORDS,
                "content_text": WORDS, "summary": WORDS, "image": ADDRESS, "banner_image": ADDRESS,
                "date_published": TIME, "date_modified": TIME, "authors": AUTHORS, "language": WORDS,
                "tags": {"type": "array", "items": WORDS},
                "attachments": {"type": "array", "items": {
                    "type": "object", "required": ["url", "mime_type"], "additionalProperties": False,
                    "properties": {"url": ADDRESS, "mime_type": {"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"},
                                   "title": WORDS, "size_in_bytes": {"type": "integer", "minimum": 1},
                                   "duration_in_seconds": {"type": "number"}}}},
            },
            "additionalProperties": False, "patternProperties": {"^_": {}}}},
    },
    "additionalProperties": False,
    "patternProperties": {"^_": {}},
}  # fmt: skip

# What the schemas of sitemaps allow: {element: [(part, at least, at most)]}, in this order.
SITEMAP = {
    f"{MAP}urlset": [(f"{MAP}url", 0, 50_000)],
    f"{MAP}sitemapindex": [(f"{MAP}sitemap", 1, 50_000)],
    f"{MAP}sitemap": [(f"{MAP}loc", 1, 1), (f"{MAP}lastmod", 0, 1)],
    f"{MAP}url": [(f"{MAP}loc", 1, 1), (f"{MAP}lastmod", 0, 1), (f"{IMAGE}image", 0, 1000), (f"{NEWS}news", 0, 1)],
    f"{IMAGE}image": [(f"{IMAGE}loc", 1, 1)],
    f"{NEWS}news": [(f"{NEWS}publication", 1, 1), (f"{NEWS}publication_date", 1, 1), (f"{NEWS}title", 1, 1)],
    f"{NEWS}publication": [(f"{NEWS}name", 1, 1), (f"{NEWS}language", 1, 1)],
}
VALUES = {
    f"{MAP}loc": lambda text: is_address(text) and 12 <= len(text) <= 2048,
    f"{IMAGE}loc": is_address,
    f"{MAP}lastmod": is_time,
    f"{NEWS}publication_date": is_time,
    f"{NEWS}language": LANGUAGE.match,
    f"{NEWS}name": bool,
    f"{NEWS}title": bool,
}


def of_sitemap(text, host):
    """`host`: of which alone it may list pages."""
    root, faults = ET.fromstring(text), Faults()
    faults.hold("a sitemap or an index", root.tag in (f"{MAP}urlset", f"{MAP}sitemapindex"))
    faults.hold("at most 50 MB", len(text) <= 52_428_800)
    for element in root.iter():
        if element.tag in VALUES:
            faults.hold(f"{element.tag}: {element.text}", VALUES[element.tag](element.text or ""))
            continue
        allowed = SITEMAP.get(element.tag)
        faults.hold(f"{element.tag} is known", allowed is not None)
        names = [part.tag for part in element]
        order = [name for name, _least, _most in allowed or ()]
        faults.hold(f"{element.tag}: {names}", set(names) <= set(order) and names == sorted(names, key=order.index))
        faults.extend(
            f"{names.count(name)} {name} in {element.tag}"
            for name, least, most in allowed or ()
            if not least <= names.count(name) <= most
        )
    places = [one.text for one in root.iter(f"{MAP}loc")]
    faults.hold("each address once", len(places) == len(set(places)))
    faults.hold("addresses of its own host", {urlsplit(place).netloc for place in places} <= {host})
    return faults
