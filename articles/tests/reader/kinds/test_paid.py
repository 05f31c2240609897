"""What somebody paid for is told wherever a link leads to it, with who paid (rules.md D7)."""

import datetime
import json

import time_machine

from articles.models.label import Label

from ...newsroom import PUBLISHED, NewsroomTestCase

HOUR = datetime.timedelta(hours=1)
TOLD = "Advertorial, dibayar oleh Bank Contoh"
LISTS = [
    "/",
    "/latest/",
    "/section/internasional/",
    "/tag/rusia/",
    "/people/nina-yuniar/",
    "/series/perang-rusia-ukraina/",
    "/archive/2023/10/",
    "/archive/2023/10/19/",
    "/search/?q=tabungan",
]
FEEDS = ["/feed/", "/feed/atom/", "/feed/json/", "/section/internasional/feed/", "/tag/rusia/feed/"]


class PaidTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        beside = {"tags": [cls.rusia], "series": cls.perang}
        cls.paid = cls.story("Tabungan haji dibuka", label=Label.ADVERTORIAL, sponsor="Bank Contoh", **beside)
        body = f'<p>Satu.</p><aside data-story="{cls.paid.uid}"></aside><p>Dua.</p>'
        cls.news = cls.story("Perundingan dibuka", body=body, publish_at=PUBLISHED + HOUR, **beside)
        cls.address = cls.paid.get_absolute_url()

    def setUp(self):
        super().setUp()
        travelling = time_machine.travel(PUBLISHED + 3 * HOUR, tick=False)
        travelling.start()
        self.addCleanup(travelling.stop)

    def test_every_link_to_it_says_so(self):
        for address in [*LISTS, self.news.get_absolute_url()]:
            with self.subTest(address):
                page = self.page(address)
                links = page.count(f'<a href="{self.address}"')
                self.assertGreater(links, 0)
                self.assertEqual(page.count(f"{TOLD}</span>"), links)

    def test_its_page_says_so_before_all_else(self):
        page = self.page(self.address).partition("<main")[2]
        self.assertLess(page.index(TOLD), page.index("Tabungan haji dibuka"))
        self.assertEqual(page.partition(TOLD)[0].count("<a "), 0, "something stands before who paid")

    def test_feeds_say_so_in_the_title(self):
        for address in FEEDS:
            with self.subTest(address):
                self.assertIn(f"{TOLD}: Tabungan haji dibuka", self.page(address))

    def test_text_alone_says_so(self):
        for address in ("/latest/", self.news.get_absolute_url()):
            self.assertIn("[advertorial, dibayar oleh Bank Contoh]", self.page(f"{address}?view=text"))

    def test_programs_are_told(self):
        item = json.loads(self.page(f"/api/v1/stories/{self.paid.uid}/"))
        self.assertEqual(item["genres"][0]["literal"], "advertorial")
        self.assertIn("Bank Contoh", [one["value"] for one in item["descriptions"] if one["role"] == "sponsor"])
        self.assertIn('"sponsor":{"@type":"Organization","name":"Bank Contoh"}', self.page(self.address))
