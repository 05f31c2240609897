"""Where an answer leads to: the addresses in a page, a style sheet, a script, a feed or a sitemap. Pure."""

import html
import json
import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

LISTS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "text/plain")
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"']+")
IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
IN_SCRIPT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+\.m?js)["']""")
LEFT_OUT = re.compile(r"/(?:admin|preview|read|search)(?:/|$)|/api/.*\?")  # no pages, or without an end


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.is_data = [], False

    def handle_starttag(self, name, attributes):
        has = {key: value or "" for key, value in attributes}
        self.is_data = name == "script" and has.get("type") == "application/ld+json"
        if name == "base":
            return
        self.found += [has[key] for key in ("href", "src", "poster") if key in has]
        for key in ("srcset", "imagesrcset"):
            self.found += [part.split()[0] for part in has.get(key, "").split(",") if part.strip()]
        if name == "meta" and has.get("property", "").startswith("og:"):
            self.found += ADDRESS.findall(has.get("content", ""))

    def handle_endtag(self, name):
        self.is_data = False

    def handle_data(self, words):
        if self.is_data:
            self.found += _in_json(words)


def references(address, answer):
    """The addresses that an answer at `address` leads to, without fragments; whoever they are of."""
    found = [answer.place] if answer.place else []
    text = answer.body.decode(errors="replace") if _is_text(answer.kind) else ""
    if answer.kind == "text/html":
        page = _Page()
        page.feed(text)
        page.close()
        found += page.found
    elif answer.kind in LISTS:
        found += map(html.unescape, ADDRESS.findall(html.unescape(text)))
    elif answer.kind.endswith("json"):
        found += _in_json(text)
    elif answer.kind == "text/css":
        found += [one or other for one, other in IN_STYLE.findall(text)]
    elif answer.kind.endswith("javascript"):
        found += IN_SCRIPT.findall(text)
    joined = (urljoin(address, one.strip()) for one in found if not one.startswith("data:"))
    return sorted({_with_path(urldefrag(one).url) for one in joined})


def _with_path(address):
    """https://a.example is https://a.example/"""
    parts = urlsplit(address)
    return address if parts.path or not parts.netloc else parts._replace(path="/").geturl()


def is_public_page(address, hosts):
    """Whether it is an address of ours that has an end: no search, no cursor, nothing of the desk."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.scheme in ("http", "https") and parts.netloc in hosts and not LEFT_OUT.match(path)


def _is_text(kind):
    return kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))


def _in_json(text):
    try:
        return list(_addresses(json.loads(text)))
    except ValueError:
        return []


def _addresses(data):
    if isinstance(data, str):
        yield from ADDRESS.findall(data)
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _addresses(part)
