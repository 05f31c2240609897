"""What comes of a feed, for the tests of the reader of feeds."""

import io
import json
from pathlib import Path
from zoneinfo import ZoneInfo

from articles.wire.feed import reader
from articles.wire.values.item import Refusal

SAMPLES = Path(__file__).parent / "samples"
ZONE = ZoneInfo("Asia/Makassar")
SPACES = """xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" """
SOUND = "<item><title>Hujan</title><guid>https://a.example/1</guid><description>Deras.</description></item>"


def sample(name):
    with (SAMPLES / name).open("rb") as file:
        return [item for _position, item in reader.read(file, ZONE)]


def read(data):
    """(what comes, why nothing more comes)."""
    came = []
    try:
        for pair in reader.read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), ZONE):
            came.append(pair)
    except Refusal as refusal:
        return came, str(refusal)
    return came, ""


def rss(*items, link="https://a.example/berita/"):
    return f'<rss version="2.0" {SPACES}><channel><link>{link}</link>{"".join(items)}</channel></rss>'


def rss_item(inside):
    """What comes of an RSS item with a title, an id, a text, a date and this."""
    sound = "<title>Hujan</title><guid>tag:a.example,1</guid><content:encoded>Deras.</content:encoded>"
    (((_position, found),), _end) = read(rss(f"<item>{inside}{sound}<pubDate>23 Oct 2023 10:00 GMT</pubDate></item>"))
    return found


def atom_item(inside, feed=""):
    data = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}<entry><id>tag:a.example,1</id>{inside}</entry></feed>'
    (((_position, found),), _end) = read(data)
    return found


def json_item(feed=None, **item):
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Danau", **(feed or {}), "items": [item]}
    (((_position, found),), _end) = read(json.dumps(told))
    return found


def names(people):
    return [person.name for person in people]
