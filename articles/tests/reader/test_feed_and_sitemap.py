import datetime
import html
import xml.etree.ElementTree as ET

from django.utils import timezone

from articles.models import Edition, Story, Tag

from ..newsroom import PUBLISHED, NewsroomTestCase

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
