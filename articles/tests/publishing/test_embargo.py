"""No byte of a story before its hour or after its end, on any channel (rules.md W3, F4).

The pictures that only such a story uses are not asked for here, but in test_photo_rights.py.
"""

import datetime

import pytest
import time_machine

from articles import publishing
from articles.models import Address, Correction, Credit, Person, ReadCount, Section, Series, Tag
from articles.models.person import Role
from articles.models.story import State

from ..addresses import not_among
from ..newsroom import WITA, NewsroomTestCase
from .channels import AS_TEXT, Channel, of_the_api

NOON = datetime.datetime(2023, 11, 2, 12, tzinfo=WITA)  # the hour of every case
SECOND, HOUR, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("seconds", "hours", "days"))
MOMENTS = {"a second before": NOON - SECOND, "on the hour": NOON}  # test_standing.py has more of them

# Each stands in one part of the secret stories and nowhere else in the newsroom.
HEADLINE, CORRECTION, SLUG = "zulkarnain", "koreksiana", "wadihana"
WORDS = [SLUG, "mirabilis", "quasarita", "pendekara", "kikerana", "topikara", "seriana", "orangita"]
MARKS = [HEADLINE, CORRECTION, *WORDS]

# Addresses that tell of no story, or of one only to whoever has a picture's hash (test_photo_rights.py) or knows a
# story's headline and id (test_shared_picture.py).
TELLS_NOTHING = {
    "masthead", "policy", "robots", "sitemap", "sitemap_sections", "edition_style", "rendition", "card",
    "tdmrep", "security", "api", "api_description", "api_sections",
    "preview", "preview_photo",  # but to whoever has a link
}  # fmt: skip


def rail(kind):
    return f'id="rail-{kind}"', "</section>"


FILM = '<figure data-embed="https://youtu.be/quasarita"><figcaption>Mirabilis.</figcaption></figure>'
TEXT = '<div class="body">', 'class="source-line"'
INSTALLMENTS = '<aside class="series-box"', "</aside>"


class EmbargoTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.gorontalo.embed_providers = "youtube"
        cls.gorontalo.save()
        cls.jogja = cls.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        cls.home = Section.objects.create(edition=cls.jogja, name="Jogja", slug="jogja")
        cls.sport = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga")
        cls.ball = Section.objects.create(edition=cls.gorontalo, name="Bola", slug="bola", parent=cls.sport)
        cls.topic = Tag.objects.create(name="Topikara", slug="topikara")
        cls.saga = Series.objects.create(kicker="Seriana", slug="seriana", introduction="Seriana dari awal.")
        cls.people = {role: Person.objects.create(name=f"Orangita {role}", slug=f"orangita-{role}") for role in Role}

    def secrets(self, **changes):
        """One in everything that others are in too, and one alone in its series, settled by the neighbour."""
        common = {
            "standfirst": "Mirabilis, rahasia.",
            "body": f"<p>Quasarita rahasia.</p><hr><p>Quasarita lagi.</p>{FILM}",
            "kicker": "Kikerana",
            **changes,
        }
        everywhere = {"section": self.ball, "series": self.perang, "tags": [self.rusia, self.topic]}
        self.secret = self.story(
            "Zulkarnain satu", slug="wadihana-satu", short_headline="Pendekara", credited=False, **everywhere, **common
        )
        for order, (role, person) in enumerate(self.people.items()):
            Credit.objects.create(story=self.secret, person=person, role=role, order=order)
        settled = {"label": "unverified", "verified_in": self.neighbour, "series": self.saga}
        self.alone = self.story("Zulkarnain dua", slug="wadihana-dua", **settled, **common)
        ReadCount.objects.create(story=self.secret, hour=NOON - HOUR, reads=9)
        Correction.objects.create(story=self.secret, kind="erratum", text="Koreksiana.", at=NOON - HOUR)
        self.former = Address.objects.create(
            story=self.secret, edition=self.gorontalo, day=datetime.date(2023, 11, 1), slug="dulu"
        )

    def others(self):
        """Live all the time, and pointing at the secret from everywhere."""
        self.neighbour = self.story("Tetangga", tags=[self.rusia], publish_at=NOON - 2 * DAY)
        self.installment = self.story("Bagian lain", series=self.perang, publish_at=NOON - 12 * HOUR)

    def pointers(self):
        link = f'<p>Awal.</p><aside data-story="{self.secret.uid}"></aside><p>Akhir.</p>'
        self.linking = self.story("Menautkan", body=link, publish_at=NOON - 2 * DAY)
        self.sisters = self.story(
            "Saudara", body=link, publish_at=NOON - 2 * DAY, edition=self.jogja, section=self.home
        )
        self.unsettled = self.story(
            "Belum pasti", label="unverified", verified_in=self.secret, publish_at=NOON - 2 * DAY
        )

    def channels(self):
        return {
            **self.pages(),
            **self.lists(),
            **self.for_programs(),
            **of_the_api(self.secret, self.linking, self.jogja.host),
            **self.other_stories(),
        }

    def pages(self):
        """Those of the story itself, and those that only it and its companion have."""
        own, missing = self.secret.get_absolute_url(), {"hidden": 404}
        return {
            "its own page": Channel(own, **missing),
            "its second page": Channel(f"{own}?page=2", **missing),
            "all of it at once": Channel(f"{own}?page=all", **missing),
            "its page as text alone": Channel(f"{own}?view=text", **missing),
            "its former address": Channel(self.former_path, shown=301, **missing),
            "the page that plays its film": Channel(f"{own}embed/1/", **missing),
            "its ninjs": Channel(f"{own}ninjs.json", **missing),
            "the ninjs of a story that links to it": Channel(f"{self.linking.get_absolute_url()}ninjs.json"),
            "the other's own page": Channel(self.alone.get_absolute_url(), **missing),
            "the tag that only it has": Channel("/tag/topikara/", **missing),
            "the series that only the other is in": Channel("/series/seriana/", **missing),
            **{
                f"the page of its {role}": Channel(f"/people/{person.slug}/?role={role}", **missing)
                for role, person in self.people.items()
            },
            "the page of its author, without a role": Channel("/people/orangita-author/", **missing),
        }

    def lists(self):
        sister = self.jogja.host
        return {
            "the front page": Channel("/"),
            "latest": Channel("/latest/"),
            **{f"{page}, as text alone": Channel(address) for page, address in AS_TEXT.items()},
            "latest of the network, at a sister's": Channel("/latest/?network=1", host=sister),
            "its section": Channel("/section/bola/"),
            "the section around it": Channel("/section/olahraga/"),
            "a tag": Channel("/tag/rusia/"),
            "a series": Channel("/series/perang-rusia-ukraina/"),
            "popular": Channel("/popular/"),
            "the archive of its month": Channel("/archive/2023/11/"),
            "the archive of its day": Channel(f"/archive/{self.secret.day:%Y/%m/%d}/"),
            "search": Channel("/search/?q=rahasia"),
            "the page of corrections": Channel("/corrections/"),
        }

    def for_programs(self):
        """Feeds and sitemaps."""
        missing = {"hidden": 404}
        return {
            **{f"the feed, {kind or 'RSS'}": Channel(f"/feed/{kind}") for kind in ("", "atom/", "json/")},
            "the feed of the network, at a sister's": Channel("/feed/network/", host=self.jogja.host),
            "the feed of its section": Channel("/section/bola/feed/"),
            "the feed of the section around it": Channel("/section/olahraga/feed/atom/"),
            "the feed of a tag": Channel("/tag/rusia/feed/"),
            "the feed of the tag that only it has": Channel("/tag/topikara/feed/json/", **missing),
            "the feed of a series": Channel("/series/perang-rusia-ukraina/feed/"),
            "the feed of its author": Channel("/people/orangita-author/feed/", **missing),
            "the feed of corrections": Channel("/corrections/feed/"),
            "the sitemap": Channel(f"/sitemap-{self.secret.day:%Y-%m}.xml"),
            "the sitemap of news": Channel("/sitemap-news.xml"),
            "the sitemap of tags": Channel("/sitemap-tags.xml"),
            "the sitemap of people": Channel("/sitemap-people.xml"),
        }

    def other_stories(self):
        neighbour, sister = self.neighbour.get_absolute_url(), self.jogja.host
        return {
            "latest, beside another story": Channel(neighbour, rail("latest")),
            "popular, beside another story": Channel(neighbour, rail("popular")),
            "recommended, beside another story": Channel(neighbour, rail("recommended")),
            "another story, all of it at once": Channel(f"{neighbour}?page=all", rail("recommended")),
            "what another story settled": Channel(neighbour, TEXT),
            "what settled another story": Channel(self.unsettled.get_absolute_url(), TEXT),
            "“Baca juga” in another story": Channel(self.linking.get_absolute_url(), TEXT),
            "“Baca juga” in another story as text alone": Channel(f"{self.linking.get_absolute_url()}?view=text"),
            "“Baca juga” in a sister's story": Channel(self.sisters.get_absolute_url(), TEXT, host=sister),
            "an installment beside it": Channel(self.installment.get_absolute_url(), INSTALLMENTS),
        }

    def set_up(self, **changes):
        self.others()
        self.secrets(**changes)
        self.pointers()
        self.former_path = "/2023/11/01/dulu/"

    def answer(self, channel):
        response = self.client.get(channel.address, headers={"host": channel.host})
        return response.status_code, f"{dict(response.headers)}\n{response.text}"

    def assert_hidden(self, allowed=None, statuses=None):
        """`allowed`: marks that a channel still tells of; `statuses`: what it answers instead."""
        allowed, statuses = allowed or {}, statuses or {}
        for name, channel in self.channels().items():
            with self.subTest(channel=name, at=self.moment):
                status, told = self.answer(channel)
                wanted = statuses.get(name, channel.hidden)
                self.assertEqual(status, wanted, f"{channel.address} answers {status} {self.moment}: {name}")
                for mark in set(MARKS) - allowed.get(name, set()):
                    place = told.casefold().find(mark)
                    told_of = told[max(0, place - 120) : place + 120]
                    self.assertEqual(place, -1, f"{name} ({channel.address}) tells of it {self.moment}: {told_of}")

    def assert_shown(self):
        for name, channel in self.channels().items():
            with self.subTest(channel=name, at=self.moment):
                status, told = self.answer(channel)
                self.assertEqual(status, channel.shown, f"{channel.address} answers {status} {self.moment}: {name}")
                start, end = channel.part
                part = told.partition(start)[2].partition(end)[0] if start else told
                self.assertTrue(
                    any(mark in part.casefold() for mark in MARKS),
                    f"{name} ({channel.address}) has nothing of it {self.moment}",
                )

    def moments(self):
        for self.moment, at in MOMENTS.items():
            with time_machine.travel(at, tick=False):
                yield at

    def becomes_public(self, **changes):
        self.set_up(**changes)
        for at in self.moments():
            self.assert_shown() if at >= NOON else self.assert_hidden()

    def test_every_address_is_a_channel_or_tells_of_no_story(self):
        self.set_up(publish_at=NOON)
        asked = [channel.address for channel in self.channels().values()]
        self.assertEqual(not_among(asked), TELLS_NOTHING, "add a channel for it, or say that it tells of no story")

    @pytest.mark.wide
    def test_a_scheduled_story_is_nowhere_before_its_hour_and_everywhere_from_then(self):
        self.becomes_public(publish_at=NOON)

    @pytest.mark.wide
    @pytest.mark.both_databases
    def test_an_embargo_hides_a_story_whose_time_has_come(self):
        self.becomes_public(publish_at=NOON - DAY, embargo_until=NOON)

    @pytest.mark.wide
    def test_a_story_that_expires_is_nowhere_from_that_hour(self):
        self.set_up(publish_at=NOON - DAY, expires_at=NOON)
        for at in self.moments():
            self.assert_shown() if at < NOON else self.assert_hidden()

    @pytest.mark.wide
    def test_a_draft_is_nowhere_whatever_its_time(self):
        self.set_up(publish_at=NOON - DAY, state=State.SUBMITTED, day=(NOON - DAY).date())
        for _at in self.moments():
            self.assert_hidden()

    @pytest.mark.wide
    def test_of_a_withdrawn_story_its_address_and_the_corrections_keep_the_headline_alone(self):
        self.set_up(publish_at=NOON - DAY)
        told = {
            "its own page",
            "its second page",
            "all of it at once",
            "its former address",
            "the other's own page",
        } | {"its page as text alone"}
        told |= {"the page that plays its film"}
        allowed = {name: {HEADLINE} for name in told} | {
            "the page of corrections": {HEADLINE, CORRECTION},
            "the feed of corrections": {HEADLINE, CORRECTION, SLUG},
            "its ninjs": {HEADLINE, CORRECTION, SLUG},
        }
        for at in self.moments():
            if at < NOON:
                self.assert_shown()
                continue
            if at == NOON:
                for story in (self.secret, self.alone):
                    publishing.withdraw(story, None, at, "trauma")
            self.assert_hidden(allowed, {**dict.fromkeys([*told, "it in the API"], 410), "its ninjs": 200})

    @pytest.mark.wide
    def test_what_was_withdrawn_before_its_hour_is_nowhere_ever(self):
        self.set_up(publish_at=NOON)
        addresses = self.channels()  # a story that nobody had gives its day back
        self.channels = lambda: addresses
        for story in (self.secret, self.alone):
            publishing.withdraw(story, None, NOON - HOUR)
        for _at in self.moments():
            self.assert_hidden()
