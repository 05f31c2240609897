"""Feeds in three formats, which tell the same (rules.md F): one list of their rules, and what they must never tell."""

import datetime
import json
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime

from django.utils import timezone

from articles import publishing
from articles.models import Credit, Person, Section, Story, StoryPhoto
from articles.models.person import Role
from articles.views import feeds

from ..cases import DeliveryTestCase
from ..newsroom import LATER, PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)
ROOT = "http://gorontalo.localhost:8000"
ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
CONTENT, GONE = (
    "{http://purl.org/rss/1.0/modules/content/}encoded",
    "{http://purl.org/atompub/tombstones/1.0}deleted-entry",
)
LISTS = {
    "/": "/feed/",
    "/latest/?network=1": "/feed/network/",
    "/section/internasional/": "/section/internasional/feed/",
    "/tag/rusia/": "/tag/rusia/feed/",
    "/series/perang-rusia-ukraina/": "/series/perang-rusia-ukraina/feed/",
    "/people/nina-yuniar/": "/people/nina-yuniar/feed/",
}
KINDS = {"": "application/rss+xml", "atom/": "application/atom+xml", "json/": "application/feed+json"}


class FeedsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.inner = Section.objects.create(edition=cls.gorontalo, parent=cls.dunia, name="Eropa", slug="eropa")
        cls.other = Person.objects.create(name="Ridwan & Lahay", slug="ridwan-lahay")

    def full(self, headline="Harga & kabar ]]> 😀", **changes):
        """A story with everything that a feed may tell, in every list."""
        related = self.story("Terkait", publish_at=PUBLISHED - HOUR)
        hidden, inset = self.story("Rahasia", slug="rahasia", publish_at=LATER), make_photo(colour="#332211")
        ended = make_photo(colour="#112233", rights_end_at=PUBLISHED)
        body = (
            f'<p>Satu <a href="/tag/rusia/">taut</a>.</p><aside data-story="{related.uid}"></aside>'
            f'<aside data-story="{hidden.uid}"></aside><hr><figure data-photo="{inset.uid}"></figure>'
            f'<figure data-photo="{ended.uid}"></figure><p>Terakhir.</p>'
        )
        fields = {"slug": "harga", "body": body, "series": self.perang, "section": self.inner, "tags": [self.rusia]}
        story = self.story(headline, lead_photo=self.lilin, **(fields | changes))
        Credit.objects.create(story=story, person=self.other, role=Role.AUTHOR, order=5)
        self.inset, self.ended = inset, ended
        return story

    def rss(self, address="/feed/"):
        return ET.fromstring(self.page(address)).find("channel")

    def atom(self, address="/feed/atom/"):
        return ET.fromstring(self.page(address))

    def json(self, address="/feed/json/"):
        return json.loads(self.page(address))

    def test_every_list_has_its_feed_in_three_formats_that_tell_the_same_and_its_page_leads_there(self):
        story = self.full()
        for page, address in LISTS.items():
            for kind, media_type in KINDS.items():
                self.assertIn(f'<link rel="alternate" type="{media_type}"', self.page(page))
                self.assertIn(f'href="{address}{kind}">', self.page(page))
                self.assertEqual(self.client.get(address + kind)["Content-Type"], f"{media_type}; charset=utf-8")
            of_rss = [item.find("guid").text for item in self.rss(address).iter("item")]
            of_atom = [entry.find(f"{ATOM}id").text for entry in self.atom(f"{address}atom/").iter(f"{ATOM}entry")]
            of_json = [item["id"] for item in self.json(f"{address}json/")["items"]]
            self.assertEqual((of_rss, of_atom), (of_json, of_json), address)
            self.assertIn(f"urn:uuid:{story.uid}", of_json)

    def test_f1_an_item_of_rss(self):
        story = self.full()
        channel = self.rss()
        item = channel.find("item")
        self.assertEqual(item.find("title").text, story.headline)
        self.assertEqual(item.find("guid").get("isPermaLink"), "false")
        self.assertEqual(parsedate_to_datetime(item.find("pubDate").text), PUBLISHED)
        self.assertEqual([one.text for one in item.iter(f"{DC}creator")], ["Nina Yuniar", "Ridwan & Lahay"])
        self.assertEqual([one.text for one in item.iter("category")], ["Rusia"])
        self.assertEqual(channel.find("language").text, "id")
        links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
        self.assertEqual(links, {"first": f"{ROOT}/feed/", "self": f"{ROOT}/feed/"})
        enclosure = item.find("enclosure")
        picture = self.client.get(enclosure.get("url").removeprefix(ROOT))
        self.assertEqual(picture["Content-Type"], enclosure.get("type"))
        self.assertEqual(len(picture.content), int(enclosure.get("length")))
        Story.objects.filter(pk=story.pk).update(slug="lain")
        self.assertEqual(self.rss().find("item/guid").text, f"urn:uuid:{story.uid}")

    def test_f2_an_item_of_json_feed_and_an_entry_of_atom(self):
        story = self.full()
        feed = self.json()
        self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
        item = feed["items"][0]
        wanted = {
            "id": f"urn:uuid:{story.uid}", "url": f"{ROOT}/2023/10/19/harga/", "title": story.headline,
            "language": "id", "date_published": PUBLISHED.astimezone(datetime.UTC).isoformat(), "tags": ["Rusia"],
            "authors": [{"name": "Nina Yuniar", "url": f"{ROOT}/people/nina-yuniar/"},
                        {"name": "Ridwan & Lahay", "url": f"{ROOT}/people/ridwan-lahay/"}],
        }  # fmt: skip
        self.assertEqual({name: item[name] for name in wanted}, wanted)
        self.assertEqual(item["attachments"][0].keys(), {"url", "mime_type", "size_in_bytes"})
        entry = self.atom().find(f"{ATOM}entry")
        self.assertEqual(entry.find(f"{ATOM}content").get("type"), "html")
        self.assertEqual([one.text for one in entry.iter(f"{ATOM}name")], ["Nina Yuniar", "Ridwan & Lahay"])
        self.assertEqual(entry.find(f"{ATOM}updated").text, wanted["date_published"])

    def test_the_text_is_whole_with_whole_addresses_and_without_what_readers_may_not_see(self):
        self.full()
        told = self.rss().find(f"item/{CONTENT}").text
        self.assertEqual(told, self.json()["items"][0]["content_html"])
        addresses = [f'href="{ROOT}/tag/rusia/"', f'href="{ROOT}/2023/10/19/terkait/"']
        words = ["Satu", "Terakhir.", "AFP/BAY ISMOYO", "(TribunGorontalo.com/Nina Yuniar"]
        for part in (*words, *addresses, self.inset.hash, self.lilin.hash):
            self.assertIn(part, told)
        for part in (self.ended.hash, "rahasia", "<aside", "<hr", 'src="/', 'href="/'):
            self.assertNotIn(part, told)

    def test_a_gallery_is_told_where_the_page_shows_it(self):
        ended = make_photo(colour="#112233", rights_end_at=PUBLISHED)
        for label in ("photo-story", "news"):
            story = self.story(f"Galeri {label}", slug=label, label=label, body="<p>Isi.</p>", publish_at=PUBLISHED)
            for photo, caption in ((self.lilin, "Milik galeri"), (ended, "Berakhir")):
                StoryPhoto.objects.create(story=story, photo=photo, caption=caption)
            told = next(item for item in self.json()["items"] if item["url"].endswith(f"/{label}/"))["content_html"]
            self.assertIn("<figcaption>Milik galeri (AFP/BAY ISMOYO)</figcaption>", told)
            self.assertNotIn("Berakhir", told)
            self.assertEqual(told.index("Milik galeri") < told.index("Isi."), label == "photo-story")

    def test_f4_corrections_and_withdrawals_are_told_and_move_the_feed(self):
        story, now = self.full(), timezone.now()
        at = PUBLISHED + HOUR
        publishing.correct(story, None, at, "correction", "Dua, bukan <b>tiga</b>.")
        channel = self.rss()
        self.assertEqual(parsedate_to_datetime(channel.find("lastBuildDate").text), at)
        self.assertIn("Dua, bukan &lt;b&gt;tiga&lt;/b&gt;.", channel.find(f"item/{CONTENT}").text)
        self.assertEqual(parsedate_to_datetime(self.client.get("/feed/")["Last-Modified"]), at)
        self.assertEqual(self.json()["items"][0]["date_modified"], at.astimezone(datetime.UTC).isoformat())
        [told] = self.json("/corrections/feed/json/")["items"]
        self.assertEqual(told["title"], f"Koreksi: {story.headline}")
        publishing.withdraw(story, None, now, "trauma")
        for address in ("/feed/", "/section/internasional/feed/", "/people/nina-yuniar/feed/"):
            [gone] = self.rss(address).iter(GONE)
            self.assertEqual((gone.get("ref"), gone.get("when")), (f"urn:uuid:{story.uid}", now.isoformat()))
            self.assertNotIn("Harga", self.page(address))
        told = self.json("/corrections/feed/json/")["items"]
        self.assertEqual(told[0]["title"], f"Penarikan: {story.headline}")
        self.assertEqual({item["url"] for item in told}, {f"{ROOT}/corrections/"})

    def test_older_stories_are_on_further_pages_that_lead_to_each_other(self):
        for number in range(2 * feeds.A_FEED + 1):
            self.story(f"Kabar {number}", credited=False, publish_at=PUBLISHED - number * HOUR)
        address, ids = f"{ROOT}/feed/json/", []
        while address:
            feed = self.json(address.removeprefix(ROOT))
            self.assertEqual(feed["feed_url"], address)
            ids += [item["id"] for item in feed["items"]]
            address = feed.get("next_url")
        self.assertEqual((len(ids), len(set(ids))), (2 * feeds.A_FEED + 1,) * 2)
        links = {link.get("rel"): link.get("href") for link in self.atom("/feed/atom/?page=2").findall(f"{ATOM}link")}
        base = f"{ROOT}/feed/atom/"
        pages = {"first": base, "self": f"{base}?page=2", "previous": base, "next": f"{base}?page=3"}
        self.assertEqual(links, pages | {"alternate": f"{ROOT}/"})
        for query in ("0", "4", "999", "abc", "²", ""):
            self.page(f"/feed/?page={query}", status=404)

    def test_a_list_without_stories_has_no_feed_if_its_name_may_not_be_public(self):
        for address in ("/tag/rusia/", "/series/perang-rusia-ukraina/", "/people/nina-yuniar/", "/section/tiada/"):
            self.page(f"{address}feed/", status=404)
        self.assertEqual(list(self.rss("/section/internasional/feed/").iter("item")), [])
        self.assertEqual(self.json()["items"], [])
        self.assertEqual(self.atom().findall(f"{ATOM}entry"), [])
        self.story("Satu", tags=[self.rusia])
        self.assertRedirects(self.client.get("/tag/Rusia/feed/atom/"), "/tag/rusia/feed/atom/", status_code=301)


class ConditionalTest(DeliveryTestCase):
    def test_f3_a_feed_that_has_not_changed_is_not_sent_again(self):
        story = self.story("Satu")
        status, headers, _body = self.ask("/feed/")
        self.assertEqual((status, headers["Last-Modified"]), (200, "Thu, 19 Oct 2023 13:05:00 GMT"))
        for known in ({"if_none_match": headers["ETag"]}, {"if_modified_since": headers["Last-Modified"]}):
            self.assertEqual(self.ask("/feed/", **known)[0], 304, known)
        self.assertEqual(self.ask("/feed/", if_none_match='"x"', if_modified_since=headers["Last-Modified"])[0], 200)
        publishing.correct(story, None, PUBLISHED + HOUR, "erratum", "Salah ketik.")
        self.assertEqual(self.ask("/feed/", if_modified_since=headers["Last-Modified"])[0], 200)
        since = self.ask("/feed/")[1]["Last-Modified"]
        publishing.withdraw(story, None, timezone.now(), "trauma")
        self.assertEqual(self.ask("/feed/", if_modified_since=since)[0], 200)
