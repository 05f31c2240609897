"""Every link of every page, from the front pages on: what a search engine walks through, and what it should meet."""

import collections
import itertools
import json
import re
from html.parser import HTMLParser
from unittest import mock
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import time_machine
from django.test import Client, TestCase

from articles import photos
from articles.models import Edition, Photo, Story

from ..newsroom import READING, load_newsroom

RENDITION = "/media/r/"
LISTS_OF_ADDRESSES = ("application/rss+xml", "application/xml", "text/plain")


class Page(HTMLParser):
    """What is at an address. If it is HTML, also its elements, as [(name, attributes)], and the words of its title."""

    def __init__(self, address, response):
        super().__init__()
        self.address, self.status, self.location = address, response.status_code, response.get("Location")
        self.kind = response.get("Content-Type", "").partition(";")[0]
        self.edition = urlsplit(address).netloc
        content = response.getvalue()
        self.text = content.decode() if self.kind in ("text/html", *LISTS_OF_ADDRESSES) else ""
        self.elements, self.title, self.inside, self.told = [], "", None, []
        if self.kind == "text/html":
            self.feed(self.text)
            self.close()

    def handle_starttag(self, name, attributes):
        self.inside = name
        self.elements.append((name, {key: value or "" for key, value in attributes}))

    def handle_endtag(self, name):
        self.inside = None

    def handle_data(self, words):
        if self.inside == "title":
            self.title += words
        if self.inside == "script":
            self.told += addresses(json.loads(words))

    def all(self, element, /, **wanted):
        """The attributes of every element of this kind that has these values."""
        return [has for name, has in self.elements if name == element and wanted.items() <= has.items()]

    def meta(self, name):
        return " ".join(has["content"] for has in self.all("meta", name=name))

    @property
    def canonical(self):
        return [has["href"] for has in self.all("link", rel="canonical")]

    @property
    def headings(self):
        return [int(name[1]) for name, _ in self.elements if re.fullmatch("h[1-6]", name)]

    def references(self):
        """Where this page sends a browser or a crawler."""
        found = re.findall(r"\bhttps?://[^\s<>\"]+", self.text) if self.kind in LISTS_OF_ADDRESSES else []
        found += self.told
        for name, has in self.elements:
            found += [has[key] for key in ("href", "src", "action") if key in has]
            found += [candidate.split()[0] for candidate in has.get("srcset", "").split(", ") if candidate]
            found += [has["content"]] if name == "meta" and has.get("property") in ("og:url", "og:image") else []
        return sorted({urldefrag(urljoin(self.address, reference)).url for reference in found})


def addresses(data):
    """Every address in the structured data of a page."""
    if isinstance(data, str):
        return [data] if data.startswith("http") else []
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [address for part in parts for address in addresses(part)]


@pytest.mark.wide
class CrawlTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_newsroom()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editions = {urlsplit(edition.absolute("/")).netloc: edition for edition in Edition.objects.all()}
        cls.found, cls.linked_from = {}, {}
        no_enclosures = mock.patch("articles.feeds.entries._picture", return_value=None)  # renditions again
        with time_machine.travel(READING, tick=False), no_enclosures:
            for edition in cls.editions.values():
                cls.crawl(edition.absolute("/"))
            cls.linked_from_pages = set(cls.linked_from)
            cls.crawl(*(edition.absolute("/robots.txt") for edition in cls.editions.values()))
        cls.pages = [page for page in cls.found.values() if page.kind == "text/html" and page.status == 200]
        cls.indexed = [page for page in cls.pages if "noindex" not in page.meta("robots")]

    @classmethod
    def crawl(cls, *starts):
        """Fetch whatever can be reached; of renditions note only the names, since to make them all takes minutes."""
        to_do = collections.deque(starts)
        while to_do:
            address = to_do.popleft()
            if address in cls.found or RENDITION in address:
                continue
            cls.found[address] = Page(address, cls.get(address))
            for reference in cls.found[address].references():
                if urlsplit(reference).netloc in cls.editions:
                    cls.linked_from.setdefault(reference, address)
                    to_do.append(reference)

    @staticmethod
    def get(address):
        return Client(headers={"host": urlsplit(address).netloc}).get(address)

    def assert_none(self, faults):
        assert not faults, "\n".join(["", *faults])

    def test_every_live_story_is_found(self):
        live = Story.objects.live(READING).select_related("edition")
        addresses = {story.edition.absolute(story.get_absolute_url()) for story in live}
        self.assert_none([f"No page links to {address}" for address in addresses - self.linked_from_pages])

    def test_every_link_leads_somewhere(self):
        broken = [page for page in self.found.values() if page.status >= 400]
        self.assert_none([f"{self.linked_from[p.address]} links to {p.address}, which is {p.status}" for p in broken])

    def test_no_link_is_a_detour(self):
        moved = [page for page in self.found.values() if page.location]
        self.assert_none([f"{self.linked_from[p.address]} links to {p.address}, now {p.location}" for p in moved])

    def test_every_fragment_is_on_its_page(self):
        self.assert_none(
            [
                f"{page.address} links to {link['href']}, which is not on it"
                for page in self.pages
                for link in page.all("a")
                if link.get("href", "").startswith("#")
                and not any(has.get("id") == link["href"][1:] for _, has in page.elements)
            ]
        )

    def test_every_rendition_is_of_a_photo_as_it_is_now(self):
        library, wrong = list(Photo.objects.all()), []
        for address, page in self.renditions():
            wanted = photos.Rendition.parse(address.rpartition("/")[2])
            if not wanted or not any(photos.rendition(photo, *wanted.form) == wanted for photo in library):
                wrong.append(f"{page} shows {address}, which is no rendition of a photo")
        self.assert_none(wrong)

    def test_every_photo_is_sent(self):
        """In its narrowest JPEG: the ways to make the others differ only in what Pillow is told."""
        narrowest = {}
        for address, _ in self.renditions():
            wanted = photos.Rendition.parse(address.rpartition("/")[2])
            if wanted.format == "jpg" and wanted.width <= narrowest.get(wanted.hash, (9999,))[0]:
                narrowest[wanted.hash] = wanted.width, address
        sent = {address: self.get(address) for _, address in narrowest.values()}
        self.assertGreater(len(sent), 10)
        self.assert_none(
            [
                f"{a} is {r.status_code} {r['Content-Type']}"
                for a, r in sent.items()
                if (r.status_code, r["Content-Type"]) != (200, "image/jpeg")
            ]
        )

    def renditions(self):
        """(address, the page that shows it)."""
        return [(address, page) for address, page in self.linked_from.items() if RENDITION in address]

    def test_every_page_names_its_language(self):
        self.assert_none(
            [
                f"{page.address}: <html lang> is {[has.get('lang') for has in page.all('html')]}"
                for page in self.pages
                if [has.get("lang") for has in page.all("html")] != [self.editions[page.edition].language]
            ]
        )

    def test_every_page_has_one_h1_and_skips_no_level(self):
        self.assert_none(
            [
                f"{page.address}: its headings are {page.headings}"
                for page in self.pages
                if page.headings.count(1) != 1 or any(b - a > 1 for a, b in itertools.pairwise([0, *page.headings]))
            ]
        )

    def test_only_searches_and_pages_as_text_are_kept_from_search_engines(self):
        hidden = {page.address for page in self.pages} - {page.address for page in self.indexed}
        kept = {page.address for page in self.pages if re.search(r"[?&]view=text", page.address)}
        searches = {page.address for page in self.pages if "/search/?" in page.address}
        self.assertEqual(hidden, kept | searches)
        self.assertTrue(kept)

    def test_the_canonical_address_of_a_page_is_its_own_or_the_whole_story(self):
        """A story in pages is the same text as all of them at once (rules.md A11)."""
        self.assert_none(
            [
                f"{page.address}, linked from {self.linked_from.get(page.address)}, says it is {page.canonical}"
                for page in self.indexed
                if page.canonical not in ([page.address], [f"{page.address.partition('?')[0]}?page=all"])
            ]
        )

    def test_no_two_pages_of_an_edition_have_one_title(self):
        self.assert_unique("title", lambda page: page.title)

    def test_no_two_pages_of_an_edition_have_one_description(self):
        self.assert_unique("description", lambda page: page.meta("description"))

    def assert_unique(self, what, of):
        by_words = collections.defaultdict(list)
        for page in self.indexed:
            if page.canonical == [page.address]:
                by_words[page.edition, of(page)].append(page.address)
        self.assert_none(
            [
                f"One {what}, “{words}”: {' and '.join(addresses)}"
                for (_, words), addresses in by_words.items()
                if len(addresses) > 1 or not words.strip()
            ]
        )
