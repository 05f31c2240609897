"""Feeds and sitemaps by their rules: an own list of them (feed_rules.py), and feedparser reads back what we told."""

import datetime
import functools
import importlib.util
import json
import re
from unittest import mock

import jsonschema
import pytest

from articles import photos, publishing
from articles.models import Credit, Person
from articles.models.person import Role
from articles.photos import renditions
from articles.views import sitemaps

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo
from . import feed_rules

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

HOUR = datetime.timedelta(hours=1)
HOST = "gorontalo.localhost:8000"
LISTS = ["/feed/", "/feed/network/", "/section/internasional/feed/", "/tag/rusia/feed/",
         "/series/perang-rusia-ukraina/feed/", "/people/nina-yuniar/feed/", "/corrections/feed/"]  # fmt: skip
JSON_FEED = jsonschema.Draft202012Validator(feed_rules.JSON_FEED, format_checker=jsonschema.FormatChecker())


@pytest.mark.wide
class JudgedTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        other = Person.objects.create(name="Ridwan & <Lahay>", slug="ridwan-lahay")
        cls.main = cls.story(
            "Harga & kabar ]]> 😀 <b>naik</b>", slug="harga", series=cls.perang, tags=[cls.rusia], lead_photo=cls.lilin,
            body='<p>Satu <a href="/tag/rusia/">taut</a> &amp; dua.</p><hr><p>Tiga &lt;i&gt;.</p>',
        )  # fmt: skip
        Credit.objects.create(story=cls.main, person=other, role=Role.AUTHOR, order=5)
        publishing.correct(cls.main, None, PUBLISHED + HOUR, "correction", "Dua, bukan tiga.")
        cls.story("Tanpa foto", standfirst="", publish_at=PUBLISHED - HOUR)
        gone = cls.story("Ditarik", publish_at=PUBLISHED - 2 * HOUR)
        publishing.withdraw(gone, None, PUBLISHED + 2 * HOUR, "trauma")

    def test_every_feed_keeps_every_rule_of_its_format(self):
        for address in LISTS:
            self.assertEqual(feed_rules.of_rss(self.page(address)), [], address)
            self.assertEqual(feed_rules.of_atom(self.page(f"{address}atom/")), [], address)
            JSON_FEED.validate(json.loads(self.page(f"{address}json/")))

    def test_the_list_of_rules_finds_what_is_broken(self):
        rss, atom = self.page("/feed/"), self.page("/feed/atom/")
        sitemap = self.page("/sitemap-2023-10.xml")
        of_sitemap = functools.partial(feed_rules.of_sitemap, host=HOST)
        for judge, told, whole, broken in (
            (feed_rules.of_rss, rss, r"<pubDate>[^<]+", "<pubDate>kemarin"),
            (feed_rules.of_rss, rss, 'isPermaLink="false"', ""),
            (feed_rules.of_rss, rss, 'length="', 'length="x'),
            (feed_rules.of_rss, rss, "<language>id", "<language>Indonesia"),
            (feed_rules.of_atom, atom, "<updated>20", "<updated>x20"),
            (feed_rules.of_atom, atom, "urn:uuid", "uuid"),
            (of_sitemap, sitemap, "lastmod>2023", "lastmod>x"),
            (of_sitemap, sitemap, "loc>http", "loc>ftp"),
            (of_sitemap, sitemap, HOST, "a.example"),
        ):
            self.assertNotEqual(judge(re.sub(whole, broken, told)), [], broken)

    @pytest.mark.skipif(not importlib.util.find_spec("feedparser"), reason="feedparser is not installed here")
    def test_feedparser_reads_back_what_readers_have(self):
        import feedparser

        for address in ("/feed/", "/feed/atom/"):  # it knows no JSON Feed
            told = feedparser.parse(self.client.get(address).content)
            self.assertFalse(told.bozo, address)
            entry = told.entries[0]
            wanted = {
                "title": self.main.headline,
                "id": f"urn:uuid:{self.main.uid}",
                "link": f"http://{HOST}/2023/10/19/harga/",
            }
            self.assertEqual({name: entry[name] for name in wanted}, wanted, address)
            self.assertEqual(datetime.datetime(*entry.published_parsed[:6], tzinfo=datetime.UTC), PUBLISHED, address)
            self.assertIn("Tiga &lt;i&gt;.", entry.content[0].value, address)
            self.assertIn(f'href="http://{HOST}/tag/rusia/"', entry.content[0].value, address)
            self.assertEqual([one.name for one in entry.authors], ["Nina Yuniar", "Ridwan & <Lahay>"], address)
            self.assertEqual([one.term for one in entry.tags], ["Rusia"], address)
            [enclosure] = entry.enclosures
            self.assertEqual((enclosure.type, int(enclosure.length) > 0), ("image/jpeg", True), address)

    def test_every_sitemap_keeps_its_schema(self):
        for address in ("/sitemap.xml", "/sitemap-2023-10.xml", "/sitemap-news.xml", "/sitemap-sections.xml",
                        "/sitemap-tags.xml", "/sitemap-people.xml"):  # fmt: skip
            self.assertEqual(feed_rules.of_sitemap(self.page(address), HOST), [], address)


class BoundedTest(DeliveryTestCase):
    def test_a_request_of_a_feed_makes_few_renditions_and_later_ones_the_rest(self):
        for number in range(8):
            self.story(f"Kabar {number}", lead_photo=make_photo(colour=f"#77{number}{number}55"))
        renditions._lengths.clear()
        made, seen = [], []
        real = renditions.fetch
        self.enterContext(mock.patch.object(renditions, "fetch", lambda *args: made.append(args) or real(*args)))
        for _turn in range(3):
            status, _headers, body = self.ask("/feed/json/")
            self.assertEqual((status, len(json.loads(body)["items"])), (200, 8))
            seen.append((len(made), body.count(b'"attachments"')))
            self.cache.store.pages.clear()  # as after ten seconds
        self.assertEqual(seen, [(3, 3), (6, 6), (8, 8)])

    def test_a_feed_that_lacks_pictures_is_soon_rendered_again(self):
        for number in range(5):
            self.story(f"Kabar {number}", lead_photo=make_photo(colour=f"#88{number}{number}55"))
        renditions._lengths.clear()
        self.ask("/feed/")
        [page] = self.cache.store.pages.values()
        self.assertLess(page.until - page.at, 11)
        self.cache.store.pages.clear()
        self.ask("/feed/")
        [page] = self.cache.store.pages.values()
        self.assertGreater(page.until - page.at, 60)

    def test_sitemaps_are_cached_and_fresh(self):
        story = self.story(tags=[self.rusia], lead_photo=self.lilin)
        addresses = ["/sitemap-2023-10.xml", "/sitemap-tags.xml", "/sitemap-people.xml"]
        for address in addresses:
            self.assertEqual([self.how(address) for _ in range(2)], ["miss", "hit"], address)
        type(story).objects.filter(pk=story.pk).update(updated_at=PUBLISHED + HOUR)
        self.assertIn(b"2023-10-19T22:05:00", self.ask(addresses[0])[2])
        address = photos.address(self.lilin, "16x9", 1280, "jpg")
        type(self.lilin).objects.filter(pk=self.lilin.pk).update(rights_end_at=PUBLISHED)
        self.assertNotIn(address.encode(), self.ask(addresses[0])[2])
        publishing.withdraw(story, None, PUBLISHED + HOUR, "trauma")
        self.assertEqual(
            [b"/tag/rusia/" in self.ask(one)[2] or b"nina" in self.ask(one)[2] for one in addresses], [False] * 3
        )
        self.assertEqual(self.ask(addresses[0])[0], 404)
        self.assertEqual(sitemaps.LIMIT, 50_000)
