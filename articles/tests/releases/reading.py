"""What readers get of every public address, told so that another look of the page changes nothing.

A release tells it of its own database when that is made (make.py), and the test asks it of the same rows, migrated.
It stands by itself: it is run beside the code of any release.
"""

import collections
import hashlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

STORY = re.compile(r"/\d{4}/\d\d/\d\d/[^/]+/")
PICTURES = "/media/r/"
WORDS_OF = {"p", "h2", "h3", "li", "blockquote"}
UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060"))
LISTS_OF_ADDRESSES = ("application/rss+xml", "application/xml", "text/plain")


class Page(HTMLParser):
    """The headline of a page, its byline, its tags and what it says; of a list, the stories."""

    def __init__(self, address, response):
        super().__init__()
        self.links, self.inside, self.said = [], [], collections.defaultdict(list)
        self.address, self.in_main = address, False
        if response is None:
            return
        self.status, self.location = response.status_code, response.get("Location", "")
        self.kind = response.get("Content-Type", "").partition(";")[0]
        text = "" if response.streaming else response.text
        if self.kind == "text/html":
            self.feed(text)
            self.close()
        elif self.kind in LISTS_OF_ADDRESSES:
            self.links = re.findall(r"\bhttps?://[^\s<>\"]+", text)
        elif self.kind.endswith("json") and self.status == 200:
            self.said["h1"] = [line["value"] for line in json.loads(text)["headlines"]]

    def handle_starttag(self, name, attributes):
        has = dict(attributes)
        self.in_main = self.in_main or name == "main"
        if name == "a" and has.get("href"):
            self.links.append(has["href"])
            is_person = "/people/" in has["href"] and self.in_main
            name = "tag" if has.get("rel") == "tag" else "person" if is_person else name
        if name in {*WORDS_OF, "h1", "tag", "person"}:
            self.inside.append(name)
            self.said[name].append("")

    def handle_endtag(self, name):
        self.in_main = self.in_main and name != "main"
        names = {"a": {"tag", "person"}}.get(name, {name})
        if self.inside and self.inside[-1] in names:
            self.inside.pop()

    def handle_data(self, words):
        for name in self.inside:
            self.said[name][-1] += words

    @property
    def references(self):
        return [urldefrag(urljoin(self.address, link)).url for link in self.links]

    def told(self):
        """As it is kept: {"status": …, "headline": …, "byline": …, "tags": …, "stories": …, "words": …}."""
        told = {"status": self.status}
        if self.location:
            return told | {"location": self.location}
        told["headline"] = " / ".join(map(_plain, self.said["h1"]))
        if STORY.fullmatch(urlsplit(self.address).path):
            told["byline"] = sorted({_plain(name) for name in self.said["person"]})
            told["tags"] = sorted({_plain(name).casefold() for name in self.said["tag"]})
            told["words"] = sorted({_digest(words) for name in WORDS_OF for words in self.said[name] if words.strip()})
        else:
            paths = [urlsplit(link) for link in self.references]
            told["stories"] = sorted({f"{to.netloc}{to.path}" for to in paths if STORY.fullmatch(to.path)})
        return {name: value for name, value in told.items() if value}


def crawl(*starts):
    """{address: what `Page.told` says} of all that can be reached, but for pictures, styles and searches."""
    found, to_do = {}, collections.deque(starts)
    hosts = {urlsplit(start).netloc for start in starts}
    while to_do:
        address = to_do.popleft()
        parts = urlsplit(address)
        if _short(address) in found or parts.netloc not in hosts or not _is_page(parts):
            continue
        page = read(address)
        found[_short(address)] = page.told()
        to_do.extend([*page.references, *([urljoin(address, page.location)] if page.location else [])])
    return found


def read(address):
    client = Client(headers={"host": urlsplit(address).netloc}, raise_request_exception=False)
    return Page(address, client.get(address))


def digests(standfirst, body):
    """Of what a story itself says: of its standfirst and of each paragraph of its body."""
    page = Page("", None)
    page.feed(f"<p>{standfirst}</p>{body}")
    return {_digest(words) for name in WORDS_OF for words in page.said[name]}


def _is_page(parts):
    is_file = parts.path.startswith((PICTURES, "/static/")) or parts.path.endswith(".css")
    return parts.scheme.startswith("http") and not is_file and not parts.path.startswith("/search/")


def _short(address):
    return address.partition("://")[2]


def _plain(words):
    return " ".join(words.translate(UNSEEN).split())


def _digest(words):
    return hashlib.blake2b(_plain(words).encode(), digest_size=4).hexdigest()
