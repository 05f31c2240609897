"""Exports as WordPress writes them, and how they are read."""

import dataclasses
import datetime
import io
import pathlib
from zoneinfo import ZoneInfo

from articles.wire import wordpress
from articles.wire.values.item import Passed, Picture

SAMPLES = pathlib.Path(__file__).parent / "samples"
WITA = ZoneInfo("Asia/Makassar")
HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><wp:wxr_version>1.2</wp:wxr_version>"""
TAIL = "</channel></rss>"
UPLOADS = "https://a.example/wp-content/uploads/"
POST = {
    "title": "Judul",
    "link": "https://a.example/2024/01/judul/",
    "guid": "https://a.example/?p=5",
    "content:encoded": "Isi",
    "wp:post_id": "5",
    "wp:post_date_gmt": "2024-01-02 03:04:05",
    "wp:post_name": "judul",
    "wp:status": "publish",
    "wp:post_type": "post",
}


def element(fields, more=""):
    texts = "".join(f"<{name}><![CDATA[{text}]]></{name}>" for name, text in fields.items() if text is not None)
    return f"<item>{texts}{more}</item>"


def head(name, **fields):
    return f"<{name}>" + "".join(f"<wp:{key}>{text}</wp:{key}>" for key, text in fields.items()) + f"</{name}>"


def meta(key, value):
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"


def category(name, nicename="", domain="category"):
    return f'<category domain="{domain}" nicename="{nicename}">{name}</category>'


def photo(number, path, caption="", alt="", parent="", order=""):
    fields = {
        "wp:post_parent": parent,
        "wp:menu_order": order,
        "guid": f"urn:{number}",
        "wp:post_id": str(number),
        "excerpt:encoded": caption,
        "wp:post_type": "attachment",
    }
    told = meta("_wp_attached_file", path) + meta("_wp_attachment_image_alt", alt)
    return element({**fields, "wp:attachment_url": UPLOADS + path}, told)


def numbered(number):
    return f"https://a.example/?attachment_id={number}"


def export(*elements):
    return (HEAD + "".join(elements) + TAIL).encode()


def read(data):
    return list(wordpress.read(io.BytesIO(data), WITA))


def post(more="", before="", after="", **changes):
    """The one post of a file, which has other elements before and after it."""
    fields = POST | {name.replace("__", ":"): text for name, text in changes.items()}
    [found] = [one for _position, one in read(export(before, element(fields, more), after)) if not is_beside(one)]
    return found


def is_beside(found):
    return isinstance(found, (Picture, Passed))


def sample(name):
    return list(wordpress.read(io.BytesIO((SAMPLES / name).read_bytes()), WITA))


def told(item):
    """An Item without what it was made of."""
    return dataclasses.replace(item, source=None, beside=None)


def utc(*parts):
    return datetime.datetime(*parts, tzinfo=datetime.UTC)
