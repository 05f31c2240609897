import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import tracking
from articles.cache import cached_rows, freshness
from articles.models import Credit, Edition, Person, Policy, ReadCount, Section, Story, StoryPhoto, Tag, TaggedStory
from articles.models.story import State

from ..addresses import not_among
from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

FRONT_OR_STORY, LIST, WHOLE_STORIES = 8, 8, 10
LISTS = [
    "/latest/", "/latest/?network=1", "/popular/", "/section/internasional/", "/section/olahraga/", "/tag/topik-0/",
    "/series/perang-rusia-ukraina/", "/people/nina-yuniar/", "/people/ananda-putri-octaviani/",
    "/archive/2023/10/", "/archive/2023/10/19/", "/search/?q=terkait", "/masthead/", "/corrections/", "/policy/etik/",
    "/feed/", "/feed/network/", "/section/internasional/feed/", "/section/olahraga/feed/atom/", "/tag/topik-0/feed/",
    "/series/perang-rusia-ukraina/feed/", "/people/nina-yuniar/feed/json/", "/corrections/feed/", "/sitemap.xml",
    "/sitemap-2023-10.xml", "/sitemap-news.xml", "/sitemap-sections.xml", "/sitemap-tags.xml", "/sitemap-people.xml",
    "/robots.txt", "/.well-known/tdmrep.json", "/.well-known/security.txt",
]  # fmt: skip
API = [
    "/api/v1/stories/", "/api/v1/stories/?format=jsonfeed", "/api/v1/stories/?section=olahraga",
    "/api/v1/stories/?tag=topik-0", "/api/v1/stories/?person=nina-yuniar", "/api/v1/sections/", "/api/v1/tags/",
    "/api/v1/series/", "/api/v1/people/", "/api/v1/", "/api/v1/openapi.json",
]  # fmt: skip
FILES = {
    "rendition",
    "card",
    "edition_style",
    "ninjs",
    "embed",
    "api_story",
    "api_search",
    "preview",
    "preview_photo",
}  # of one row, or none


class QueryCountTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        olahraga = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga")
        cls.bola = Section.objects.create(edition=cls.gorontalo, name="Bola", slug="bola", parent=olahraga)
        cls.story("Liga", section=cls.bola)
        cls.full = cls.a_full_story()
        text = {"title": "Kode etik", "text": "<p>Kami jujur.</p>", "dated_on": PUBLISHED.date()}
        Policy.objects.create(edition=cls.gorontalo, slug="etik", **text)
        Edition.objects.filter(pk=cls.gorontalo.pk).update(email="redaksi@gorontalo.example")

    def setUp(self):
        super().setUp()
        freshness.get_checker.cache_clear()
        cached_rows.clear()

    @classmethod
    def a_full_story(cls):
        """A story with many of everything: credits, tags, related stories, photos, a series."""
        related = [
            cls.story(f"Terkait {n}", series=cls.perang, lead_photo=make_photo(colour=f"#0{n}0000")) for n in range(8)
        ]
        photo = make_photo()
        nodes = "".join(f'<p>teks</p><aside data-story="{story.uid}"></aside>' for story in related)
        body = f'{nodes}<figure data-photo="{photo.uid}"><figcaption>x</figcaption></figure><p>akhir</p>'
        tags = [Tag.objects.create(name=f"Topik {n}", slug=f"topik-{n}") for n in range(6)]
        full = cls.story("Semua ada", body=body, series=cls.perang, lead_photo=photo, tags=tags)
        for story in related:
            TaggedStory.objects.create(content_object=story, tag=tags[0])
            StoryPhoto.objects.create(story=full, photo=story.lead_photo)
            ReadCount.objects.create(story=story, hour=timezone.now(), reads=story.pk)
        for number in range(5):
            person = Person.objects.create(name=f"Penulis {number}", slug=f"penulis-{number}")
            Credit.objects.create(story=full, person=person, role="author")
        return full

    def queries(self, address):
        """Queries of a cacheable page while it is rendered; edition and frame are cached already."""
        with tracking.tracked():
            self.page(address)
        with tracking.tracked(), CaptureQueriesContext(connection) as captured:
            self.page(address)
        return len(captured)

    def test_front_and_story_ask_at_most_8_however_much_they_show(self):
        for address in ("/", self.full.get_absolute_url()):
            self.assertLessEqual(self.queries(address), FRONT_OR_STORY, address)

    def test_every_address_is_counted(self):
        self.assertEqual(
            not_among(["/", self.full.get_absolute_url(), *LISTS, *API]), FILES, "add a page of it to LISTS"
        )

    def test_no_list_asks_more_than_8(self):
        for address in LISTS:
            with self.subTest(address=address):
                self.assertLessEqual(self.queries(address), LIST)

    def test_no_answer_of_the_api_asks_more_than_10(self):
        one, search = f"/api/v1/stories/{self.full.uid}/", "/api/v1/search/?q=terkait"
        for address in [*API, one]:
            with self.subTest(address=address):
                self.assertLessEqual(self.queries(address), WHOLE_STORIES)
        self.assertLessEqual(self.queries(search), WHOLE_STORIES + 9)  # and those of its limit and of the search itself

    @pytest.mark.wide
    def test_the_same_at_5000_stories(self):
        addresses = [self.full.get_absolute_url(), "/", *LISTS, *API]
        before = [self.queries(address) for address in addresses]
        fields = {"edition": self.gorontalo, "section": self.dunia, "state": State.RELEASED, "series": self.perang}
        Story.objects.bulk_create(
            Story(headline=f"B {n}", slug=f"b-{n}", publish_at=PUBLISHED, day=PUBLISHED.date(), **fields)
            for n in range(5000)
        )
        tag = Tag.objects.get(slug="topik-0")
        some = Story.objects.filter(slug__startswith="b-1")
        TaggedStory.objects.bulk_create(TaggedStory(content_object=story, tag=tag) for story in some)
        more = {a: (now, then) for a, then in zip(addresses, before, strict=True) if (now := self.queries(a)) > then}
        self.assertEqual(more, {}, "More queries (now, before) with more stories")
