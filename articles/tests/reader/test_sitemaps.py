"""Sitemaps and robots.txt: a test for each rule of rules.md N."""

import datetime
import xml.etree.ElementTree as ET
from unittest import mock

import time_machine
from django.utils import timezone

from articles import publishing
from articles.models import Edition, Section, Story, Tag
from articles.views import sitemaps

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
ROOT = "http://gorontalo.localhost:8000"
HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
# What the schemas allow within each element, in this order.
PARTS = {
    f"{MAP}sitemapindex": [f"{MAP}sitemap"],
    f"{MAP}sitemap": [f"{MAP}loc"],
    f"{MAP}urlset": [f"{MAP}url"],
    f"{MAP}url": [f"{MAP}loc", f"{MAP}lastmod", f"{IMAGE}image", f"{NEWS}news"],
    f"{IMAGE}image": [f"{IMAGE}loc"],
    f"{NEWS}news": [f"{NEWS}publication", f"{NEWS}publication_date", f"{NEWS}title"],
    f"{NEWS}publication": [f"{NEWS}name", f"{NEWS}language"],
}


class SitemapTest(NewsroomTestCase):
    def file(self, address):
        """A file by its address, in which every element stands where the schemas allow it."""
        root = ET.fromstring(self.page(address))
        for element in root.iter():
            allowed = PARTS.get(element.tag, [])
            places = [allowed.index(part.tag) for part in element]
            self.assertEqual(places, sorted(places), element.tag)
        return root

    def told(self, address, name=f"{MAP}loc"):
        return [part.text for part in self.file(address).iter(name)]

    def test_n1_news_are_first_published_within_two_days_whatever_was_edited(self):
        story = self.story()
        for passed, is_news in ((48 * HOUR - MINUTE, True), (48 * HOUR + MINUTE, False)):
            now = PUBLISHED + passed
            Story.objects.filter(pk=story.pk).update(updated_at=now)
            with time_machine.travel(now, tick=False):
                told = self.told("/sitemap-news.xml")
            self.assertEqual(told, [ROOT + story.get_absolute_url()] if is_news else [])

    def test_n2_a_file_has_so_many_news_and_the_index_names_all_files(self):
        for number in range(5):
            self.story(f"Kabar {number}")
        with time_machine.travel(PUBLISHED + HOUR, tick=False), mock.patch.object(sitemaps, "NEWS_LIMIT", 2):
            files = [file.removeprefix(ROOT) for file in self.told("/sitemap.xml")][:3]
            self.assertEqual(files, ["/sitemap-news.xml", "/sitemap-news.xml?p=2", "/sitemap-news.xml?p=3"])
            told = [self.told(file) for file in files]
        self.assertEqual([len(part) for part in told], [2, 2, 1])
        self.assertEqual(len({address for part in told for address in part}), 5)
        for query in ("0", "9", "x", "", "99999999999"):
            self.page(f"/sitemap-news.xml?p={query}", status=404)

    def test_n3_to_n5_each_has_name_language_first_publication_and_headline(self):
        self.story("Harga & <b> ]]> 😀", slug="a", updated_at=PUBLISHED + HOUR)
        with time_machine.travel(PUBLISHED + 2 * HOUR, tick=False):
            told = {name: self.told("/sitemap-news.xml", NEWS + name) for name in ("name", "language", "title")}
            self.assertEqual(self.told("/sitemap-news.xml", f"{NEWS}publication_date"), ["2023-10-19T21:05:00+08:00"])
            self.assertEqual(self.told("/sitemap-news.xml", f"{MAP}lastmod"), ["2023-10-19T22:05:00+08:00"])
        wanted = {"name": ["TribunGorontalo.com"], "language": ["id"], "title": ["Harga & <b> ]]> 😀"]}
        self.assertEqual(told, wanted)

    def test_n6_only_live_stories_are_news_none_that_is_paid_for_and_a_withdrawn_one_is_gone_at_once(self):
        now = timezone.now()
        self.assertEqual(self.told("/sitemap-news.xml"), [])
        story = self.story("Tayang", publish_at=now - HOUR)
        self.story("Embargo", publish_at=now - HOUR, embargo_until=now + HOUR)
        self.story("Nanti", publish_at=now + HOUR)
        self.story("Iklan", publish_at=now - HOUR, label="advertorial")
        self.draft()
        self.assertEqual(self.told("/sitemap-news.xml", f"{NEWS}title"), ["Tayang"])
        publishing.withdraw(story, None, now, "trauma")
        self.assertEqual(self.told("/sitemap-news.xml"), [])

    def test_n7_a_file_for_each_month_with_stories_whose_lastmod_is_what_readers_were_told(self):
        ended = make_photo(colour="#112233", rights_end_at=PUBLISHED)
        self.story(slug="satu", changed_at=PUBLISHED + HOUR, lead_photo=self.lilin)
        self.story("Dua", updated_at=PUBLISHED + HOUR, lead_photo=ended)
        self.story("Lama", day=datetime.date(2022, 2, 19))
        self.draft("Rahasia", day=PUBLISHED.date().replace(month=5))
        files = [file for file in self.told("/sitemap.xml") if "-20" in file]
        self.assertEqual(files, [f"{ROOT}/sitemap-2023-10.xml", f"{ROOT}/sitemap-2022-02.xml"])
        urls = {url[0].text: url for url in self.file("/sitemap-2023-10.xml")}
        times = {address: url[1].text for address, url in urls.items()}
        one, two = f"{ROOT}/2023/10/19/satu/", f"{ROOT}/2023/10/19/dua/"
        self.assertEqual(times, {one: "2023-10-19T21:05:00+08:00", two: "2023-10-19T22:05:00+08:00"})
        [image] = self.told("/sitemap-2023-10.xml", f"{IMAGE}loc")
        self.assertEqual(self.client.get(image.removeprefix(ROOT))["Content-Type"], "image/jpeg")
        for month in ("2023-05", "2023-13", "2022-03"):
            self.page(f"/sitemap-{month}.xml", status=404)

    def test_n7_the_index_names_every_part_of_a_crowded_month_and_each_story_stands_in_one(self):
        stories = [self.story(f"Kabar {number}") for number in range(5)]
        self.story("Lama", day=datetime.date(2022, 2, 19))
        with mock.patch.object(sitemaps, "LIMIT", 2):
            files = [file.removeprefix(ROOT) for file in self.told("/sitemap.xml") if "-20" in file]
            told = [address for file in files[:3] for address in self.told(file)]
        month = "/sitemap-2023-10.xml"
        self.assertEqual(files, [month, f"{month}?p=2", f"{month}?p=3", "/sitemap-2022-02.xml"])
        self.assertEqual(sorted(told), sorted(ROOT + story.get_absolute_url() for story in stories))

    def test_sections_tags_and_people_are_listed_if_readers_find_stories_there(self):
        Section.objects.create(edition=self.gorontalo, name="Baru", slug="baru", is_provisional=True)
        Tag.objects.create(name="Rahasia", slug="rahasia")
        self.story("Satu", tags=[self.rusia])
        self.story("Ditarik", tags=[Tag.objects.create(name="Lain", slug="lain")], state="withdrawn")
        self.assertEqual(self.told("/sitemap-sections.xml"), [f"{ROOT}/section/internasional/"])
        self.assertEqual(self.told("/sitemap-tags.xml"), [f"{ROOT}/tag/rusia/"])
        self.assertEqual(self.told("/sitemap-tags.xml", f"{MAP}lastmod"), ["2023-10-19T21:05:00+08:00"])
        people = [f"{ROOT}/people/nina-yuniar/", f"{ROOT}/people/ananda-putri-octaviani/"]
        self.assertEqual(self.told("/sitemap-people.xml"), people)

    def test_robots_name_the_index_and_the_news_of_their_edition(self):
        for edition in (self.gorontalo, self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")):
            told = self.client.get("/robots.txt", headers={"host": edition.host}).text
            for file in ("/sitemap.xml", "/sitemap-news.xml"):
                self.assertIn(f"Sitemap: {edition.absolute(file)}\n", told)
        Edition.objects.filter(pk=self.gorontalo.pk).update(is_default=False)

    def test_an_edition_without_stories_has_files_without_addresses(self):
        for address in ("/sitemap-news.xml", "/sitemap-tags.xml", "/sitemap-people.xml"):
            self.assertEqual(self.told(address), [])
