import datetime
import xml.etree.ElementTree as ET

from django.utils import timezone

from articles.models import Story

from .newsroom import PUBLISHED, NewsroomTestCase

LATER = datetime.timedelta(hours=1)


class FeedTest(NewsroomTestCase):
    def items(self):
        return ET.fromstring(self.page("/feed/")).findall("channel/item")

    def test_an_item_says_what_the_story_says(self):
        story = self.story("Harga & kabar ]]> 😀", slug="harga", tags=[self.rusia])
        (item,) = self.items()
        told = {part.tag: part.text for part in item}
        self.assertEqual(told["title"], story.headline)
        self.assertEqual(told["link"], "http://gorontalo.localhost:8000/2023/10/19/harga/")
        self.assertEqual(told["guid"], f"urn:uuid:{story.uid}")
        self.assertEqual(told["pubDate"], "Thu, 19 Oct 2023 13:05:00 +0000")
        self.assertEqual(told["{http://purl.org/dc/elements/1.1/}creator"], "Nina Yuniar")
        self.assertEqual(told["category"], "Rusia")

    def test_what_is_paid_for_says_so(self):
        self.story("Kain karawo", label="advertorial")
        self.assertEqual(self.items()[0].find("title").text, "Advertorial: Kain karawo")

    def test_what_is_not_live_is_in_no_channel(self):
        live = self.story("Tayang")
        self.draft("Rahasia draf")
        self.story("Rahasia nanti", publish_at=timezone.now() + LATER)
        self.story("Rahasia embargo", slug="embargo", embargo_until=timezone.now() + LATER)
        self.story("Rahasia lewat", slug="lewat", expires_at=PUBLISHED + LATER)
        self.story("Rahasia tarik", slug="tarik", state="withdrawn", day=PUBLISHED.date())
        for address in ("/feed/", "/sitemap.xml", "/", "/latest/", "/search/?q=rahasia", "/archive/2023/10/19/"):
            page = self.page(address)
            for hidden in Story.objects.exclude(pk=live.pk):
                self.assertNotIn(hidden.slug, page, address)

    def test_the_sitemap_names_each_live_story_and_robots_name_the_sitemap(self):
        self.story(slug="satu", changed_at=PUBLISHED + LATER)
        page = self.page("/sitemap.xml")
        self.assertIn("<loc>http://gorontalo.localhost:8000/2023/10/19/satu/</loc>", page)
        self.assertIn("<lastmod>2023-10-19", page)
        self.assertIn("Sitemap: http://gorontalo.localhost:8000/sitemap.xml", self.page("/robots.txt"))
