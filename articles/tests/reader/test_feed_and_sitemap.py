import datetime
import html
import xml.etree.ElementTree as ET
from unittest import mock

from django.utils import timezone

from articles.models import Edition, Story, Tag
from articles.views import sitemaps

from ..newsroom import PUBLISHED, NewsroomTestCase

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NASTY = [
    "]]>",
    "<![CDATA[",
    "<!--",
    "&#0;",
    "&nope;",
    "\x0b",
    "\ufffe",
    "\uffff",
    "\x85",
    "\u2028",
    "😀",
    "\u202e",
    "\r\n",
]
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

    def test_it_says_in_which_language_it_is(self):
        self.gorontalo.tagline = "Kabar <Gorontalo> & dunia"
        self.gorontalo.save()
        for language in ("id", "en"):
            Edition.objects.update(language=language)
            channel = {part.tag: part.text for part in ET.fromstring(self.page("/feed/")).find("channel")}
            self.assertEqual(channel["language"], language)
            self.assertEqual(channel["description"], "Kabar <Gorontalo> & dunia")
            self.assertNotRegex(self.page("/feed/"), r"bound method|object at 0x")

    def test_a_standfirst_is_told_as_the_html_that_readers_take_it_for(self):
        story = self.story(standfirst='Tag <b> & "kutip" &amp; 1 < 2 <script>alert(1)</script>')
        told = self.items()[0].find("description").text
        self.assertEqual(html.unescape(told), story.standfirst)
        self.assertNotIn("<", told)

    def test_it_is_xml_whatever_a_story_holds(self):
        for number, text in enumerate([*NASTY, "".join(NASTY)]):
            tag = Tag.objects.create(name=f"{text} {number}")
            self.story(f"{text} {number}", slug=f"a{number}", standfirst=text, tags=[tag])
        self.assertEqual(len(self.items()), len(NASTY) + 1)
        self.assertIn("]]&gt;", self.page("/feed/"))

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
        for address in (
            "/feed/",
            "/sitemap-2023-10.xml",
            "/",
            "/latest/",
            "/search/?q=rahasia",
            "/archive/2023/10/19/",
        ):
            page = self.page(address)
            for hidden in Story.objects.exclude(pk=live.pk):
                self.assertNotIn(hidden.slug, page, address)

    def test_the_sitemap_has_a_file_for_each_month_with_stories_and_robots_name_it(self):
        self.story(slug="satu", changed_at=PUBLISHED + LATER)
        self.story("Dua", day=datetime.date(2022, 2, 19))
        self.draft("Rahasia", day=PUBLISHED.date().replace(month=5))
        index = self.page("/sitemap.xml")
        files = [part.text for part in ET.fromstring(index).iter(f"{SITEMAP}loc")]
        root = "http://gorontalo.localhost:8000"
        self.assertEqual(files, [f"{root}/sitemap-2023-10.xml", f"{root}/sitemap-2022-02.xml"])
        page = self.page("/sitemap-2023-10.xml")
        self.assertEqual(
            [part.text for part in ET.fromstring(page).iter(f"{SITEMAP}loc")], [f"{root}/2023/10/19/satu/"]
        )
        self.assertIn("<lastmod>2023-10-19", page)
        self.page("/sitemap-2023-13.xml", status=404)
        self.assertIn(f"Sitemap: {root}/sitemap.xml", self.page("/robots.txt"))

    def test_the_index_names_every_page_of_a_crowded_month_and_each_story_stands_on_one(self):
        stories = [self.story(f"Kabar {number}") for number in range(5)]
        self.story("Dua", day=datetime.date(2022, 2, 19))
        self.draft("Rahasia", day=PUBLISHED.date())
        with mock.patch.object(sitemaps, "LIMIT", 2), mock.patch.object(sitemaps.MonthSitemap, "limit", 2):
            index = self.page("/sitemap.xml")
            files = [part.text for part in ET.fromstring(index).iter(f"{SITEMAP}loc")]
            pages = [self.page(file.removeprefix("http://gorontalo.localhost:8000")) for file in files]
        month = "http://gorontalo.localhost:8000/sitemap-2023-10.xml"
        self.assertEqual(files[:-1], [month, f"{month}?p=2", f"{month}?p=3"])
        told = [part.text for page in pages[:3] for part in ET.fromstring(page).iter(f"{SITEMAP}loc")]
        self.assertEqual(sorted(told), sorted(self.gorontalo.absolute(story.get_absolute_url()) for story in stories))

    def test_an_edition_without_stories_has_an_empty_sitemap(self):
        self.assertEqual(list(ET.fromstring(self.page("/sitemap.xml"))), [])
