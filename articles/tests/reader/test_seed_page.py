"""The sixteen rows of the page that this project exists for, each from the fixture and from the admin form."""

import datetime
import html
import re

import time_machine
from django.db.models import Sum
from django.test import Client, TestCase
from django.urls import reverse

from articles.models import FollowLink, Person, ReadCount, Story

from ..newsroom import PUBLISHED, SEED_PATH, WITA, NewsroomTestCase, load_newsroom, make_photo

HOST = "gorontalo.localhost"
HEADLINE = "Update Perang Rusia Vs Ukraina Hari Ke-603: "
MINUTE = datetime.timedelta(minutes=1)
HOUR = 60 * MINUTE


def text(markup):
    """The words of a piece of HTML as a reader sees them."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def links(markup):
    """[(address, words)] of every link in it."""
    found = re.findall(r'<a [^>]*?href="(.*?)".*?>(.*?)</a>', markup, re.S)
    return [(html.unescape(href), text(words)) for href, words in found]


class SixteenRows:
    """`first_page`, `last_page` and `whole` are what a reader gets of the seed story at the moment `reading`."""

    reading = None

    @classmethod
    def read_seed_story(cls):
        cls.seed = Story.objects.get(headline__startswith=HEADLINE)
        cls.whole, cls.first_page, cls.last_page = (cls.fetch(f"{SEED_PATH}?page={page}") for page in ("all", 1, 2))

    @classmethod
    def fetch(cls, address):
        with time_machine.travel(cls.reading, tick=False):
            response = Client(headers={"host": HOST}).get(address)
        if response.status_code != 200:
            raise AssertionError(f"A reader who asks for {address} gets {response.status_code}")
        return response.text

    def part(self, name, opening, page=None, closing=None):
        """The markup of the one element that starts with `opening`."""
        closing = closing or f"</{opening.split()[0]}>"
        found = re.findall(f"<{opening}.*?{closing}", page or self.whole, re.S)
        assert len(found) == 1, f"The page should have one {name}, and has {len(found)}"
        return found[0]

    def rail(self, kind, title):
        """The links of a list beside the story, which must have this title."""
        rail = self.part(f"list “{title}”", f'section class="rail rail-{kind}"')
        heading = text(self.part(f"title of “{title}”", "h2", rail))
        assert heading.startswith(title), f"The {kind} list is called “{heading}”, not “{title}”"
        return links(rail)

    def story_at(self, address):
        """The story that the path leads to, where a reader finds it."""
        year, month, day, slug = re.fullmatch(r"/(\d+)/(\d+)/(\d+)/(.+)/", address).groups()
        return Story.objects.get(edition=self.seed.edition_id, day=f"{year}-{month}-{day}", slug=slug)

    def test_01_kicker_leads_to_the_series(self):
        above = self.part("head", 'header class="story-head"', closing="<h1")
        kicker = self.part("kicker", 'p class="kicker"', above)
        address = reverse("series", args=["perang-rusia-ukraina"])
        assert links(kicker) == [(address, "Perang Rusia Ukraina")]
        assert (SEED_PATH, self.seed.headline) in links(self.fetch(address)), "The series does not list its story"

    def test_02_headline_and_day_number(self):
        headline = text(self.part("headline", "h1"))
        assert headline == self.seed.headline
        assert headline.startswith(HEADLINE), headline
        counted = text(self.part("day number", 'span class="day-number"', closing="</span>"))
        assert counted.lower() == "hari ke-603", f"19 October 2023 is called “{counted}” of the running story"

    def test_03_standfirst(self):
        standfirst = text(self.part("standfirst", 'p class="standfirst"'))
        assert standfirst == self.seed.standfirst
        assert "Kamis (19/10/2023)" in standfirst
        assert re.findall(r"[.!?](?: |$)", standfirst) == ["."], "The standfirst is not one sentence"

    def all_pages(self, address):
        """The links of a list, page by page."""
        page = self.fetch(address)
        found = links(page)
        while step := re.search(r'<link rel="next" href="(.*?)">', page):
            page = self.fetch(html.unescape(step[1]))
            found += links(page)
        return found

    def test_04_byline_with_roles_and_people(self):
        byline = self.part("byline", 'p class="byline"')
        assert text(byline) == "Penulis: Nina Yuniar | Editor: Ananda Putri Octaviani"
        for (address, name), role in zip(links(byline), ("author", "editor"), strict=True):
            assert address == reverse("person", args=[Person.objects.get(name=name).slug])
            person = self.fetch(address)
            assert text(self.part("name", "h1", person)) == name
            listed = self.all_pages(f"{address}?role={role}")
            assert (SEED_PATH, self.seed.headline) in listed, f"{name}'s page does not list the story"

    def test_05_photo_credit(self):
        figure = self.part("lead photo", 'figure class="photo photo-lead"')
        assert text(self.part("photo credit", 'span class="credit"', figure)) == "AFP/BAY ISMOYO"
        assert f'alt="{self.seed.lead_photo.alt}"' in figure

    def test_06_caption_of_this_story(self):
        photo = self.seed.lead_photo
        caption = text(self.part("caption", "figcaption"))
        assert caption == f"{self.seed.lead_caption} {photo.credit}"
        assert len(re.findall(r"[.!?](?: |$)", self.seed.lead_caption)) == 2, "The caption is not two sentences"
        assert photo.caption not in caption, "The photo's own caption should give way to the story's"

    def test_07_ten_paragraphs_with_typographic_quotes(self):
        first, last, whole = (
            re.findall(r"<p>(.*?)</p>", self.part("body", 'div class="body"', page))
            for page in (self.first_page, self.last_page, self.whole)
        )
        assert len(whole) == 10, "The whole story should have ten paragraphs"
        assert first + last == whole, "Its two pages are not the whole"
        words = text("".join(whole))
        assert "“" in words, "No quotation marks"
        assert "”" in words, "No closing quotation marks"
        assert '"' not in words, "A straight quotation mark reached the reader"

    def test_08_related_stories_after_the_4th_and_7th_paragraph(self):
        body = self.part("body", 'div class="body"')
        found = list(re.finditer("<aside.*?</aside>", body, re.S))
        places = [body[: aside.start()].count("<p>") for aside in found]
        assert places == [4, 7], f"The related stories stand after the paragraphs {places}"
        for day, aside in zip((597, 596), found, strict=True):
            assert text(aside[0]).startswith("Baca juga: "), aside[0]
            [(address, headline)] = links(aside[0])
            assert f"Hari Ke-{day}" in headline
            assert text(self.part("headline", "h1", self.fetch(address))) == headline, f"{address} is another story"

    def test_09_source_line_closes_the_body(self):
        line = "(TribunGorontalo.com/Nina Yuniar)"
        for page in (self.last_page, self.whole):
            assert text(self.part("body", 'div class="body"', page)).endswith(line), f"{line} is not last"
        assert line not in text(self.first_page), "The source line belongs to the last page alone"

    def test_10_pages(self):
        numbers = [SEED_PATH, f"{SEED_PATH}?page=2"]
        for page, place, ways in (
            (self.first_page, "Halaman 1/2", [*numbers, f"{SEED_PATH}?page=all", f"{SEED_PATH}?page=2"]),
            (self.last_page, "Halaman 2/2", [*numbers, f"{SEED_PATH}?page=all", SEED_PATH]),
            (self.whole, "", [SEED_PATH]),
        ):
            pager = self.part("pager", 'nav class="pager"', page)
            assert place in text(pager)
            assert [address for address, _ in links(pager)] == ways, f"The ways on from “{place}”"
            # Each page repeats the story's head, from kicker to caption.
            head = self.part("head", 'header class="story-head"', page, closing="</figure>")
            assert head == self.part("head", 'header class="story-head"', self.whole, closing="</figure>")

    def test_11_recommended(self):
        found = [self.story_at(address) for address, _ in self.rail("recommended", "Rekomendasi untuk Anda")]
        best = {story.series for story in found[:2]}
        assert best == {self.seed.series}, "The same running story should be recommended first"
        assert self.seed not in found, "The story recommends itself"

    def test_12_follow_links(self):
        follow = self.part("list of channels", 'section class="follow"')
        assert text(self.part("title", "h2", follow)) == "Ikuti kami di"
        channels = FollowLink.objects.filter(edition__host=HOST).values_list("url", "channel")
        assert links(follow) == list(channels)
        assert links(follow), "No channel to follow"

    def test_13_latest(self):
        found = [self.story_at(address) for address, _ in self.rail("latest", "Berita Terkini")]
        live = Story.objects.live(self.reading).filter(edition__host=HOST).exclude(pk=self.seed.pk)
        assert found == sorted(live, key=lambda story: story.live_from, reverse=True)[:6]

    def test_14_popular(self):
        found = [self.story_at(address) for address, _ in self.rail("popular", "Berita Populer")]
        counts = ReadCount.objects.filter(hour__gt=self.reading - 24 * HOUR, hour__lte=self.reading)
        counts = counts.filter(story__edition__host=HOST).exclude(story__label__in=["advertorial", "unverified"])
        counts = counts.exclude(story=self.seed)
        most = counts.values_list("story").annotate(reads=Sum("reads")).order_by("-reads")
        assert [story.pk for story in found] == [pk for pk, _ in most[:6]], "This is not the order of the day's reads"

    def test_15_network_owner_and_year(self):
        line = text(self.part("footer line", 'p class="owner"'))
        year = self.reading.astimezone(WITA).year
        assert line.startswith(f"© {year} TRIBUNnews.com Network, "), line
        assert "KG Media" in line
        assert "TribunGorontalo.com" in text(self.part("footer", "footer")), "The outlet is not named"

    def test_16_time_of_gorontalo(self):
        meta = self.part("line with the time", 'p class="story-meta"')
        assert text(self.part("time", "time", meta)) == "Kamis, 19 Oktober 2023, 21.05 WITA"
        assert 'datetime="2023-10-19T21:05:00+08:00"' in meta
        assert self.seed.live_from == PUBLISHED


class FromTheFixture(SixteenRows, TestCase):
    reading = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)

    @classmethod
    def setUpTestData(cls):
        load_newsroom()
        cls.read_seed_story()


class FromTheForm(SixteenRows, NewsroomTestCase):
    reading = PUBLISHED + HOUR

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        earlier = [
            cls.story(f"Update Perang Hari Ke-{day}", series=cls.perang, publish_at=PUBLISHED - age * 24 * HOUR)
            for day, age in ((597, 6), (596, 7))
        ]
        cls.write(cls.body(*earlier))
        for reads, story in enumerate(Story.objects.order_by("pk"), 1):
            ReadCount.objects.create(story=story, hour=PUBLISHED.replace(minute=0), reads=reads)
        cls.read_seed_story()

    @staticmethod
    def body(day_597, day_596):
        parts = [f"<p>Paragraf {number}: “Kami bertahan,” kata seorang warga.</p>" for number in range(1, 11)]
        parts[3] += f'<aside data-story="{day_597.uid}"></aside>'
        parts[4] += "<hr>"
        parts[6] += f'<aside data-story="{day_596.uid}"></aside>'
        return "".join(parts)

    @classmethod
    def write(cls, body):
        """An editor fills in the form five minutes before the story is to be out, and presses Publish."""
        people = [{"role": "author", "person": cls.nina.pk}, {"role": "editor", "person": cls.ananda.pk}]
        data = {
            "headline": f"{HEADLINE}Warga Bersiap",
            "slug": SEED_PATH.split("/")[-2],
            "standfirst": "Memasuki hari ke-603, Kamis (19/10/2023), warga Kyiv bersiap menghadapi musim dingin.",
            "body": body,
            "lead_photo": make_photo().pk,
            "lead_caption": "Lilin di Kyiv, Kamis. Kota itu bersiap menghadapi musim dingin.",
            "edition": cls.gorontalo.pk,
            "section": cls.dunia.pk,
            "series": cls.perang.pk,
            "label": "news",
            "urgency": 5,
            "publish_at_0": "2023-10-19",
            "publish_at_1": "21:05:00",
            **cls.rows("credits", *people),
            **cls.rows("tag_links", {"tag": cls.rusia.pk}),
            **cls.rows("gallery"),
            "_release": "",
        }
        with time_machine.travel(PUBLISHED - 5 * MINUTE, tick=False):
            desk = Client(headers={"host": HOST})
            desk.force_login(cls.somebody("chief"))
            response = desk.post(reverse("admin:articles_story_add"), data, follow=True)
        if response.context.get("errors"):
            raise AssertionError(f"The form refuses the seed story: {response.context['errors']}")

    @staticmethod
    def rows(prefix, *rows):
        filled = {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
        orders = {f"{prefix}-{n}-order": n for n in range(len(rows))}
        return {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, **orders, **filled}
