"""What stands beside a link to a story in a chat or a network: words, and a picture for every story (rules.md A9)."""

import datetime
import io
import re
from unittest import mock

import pytest
import time_machine
from django.utils import timezone
from PIL import Image

from articles import photos, publishing
from articles.models import Edition, Policy, Story
from articles.photos import cards

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase, make_photo

pytestmark = pytest.mark.wide

HOUR = datetime.timedelta(hours=1)
ROOT = "http://gorontalo.localhost:8000"


class SharedPictureTest(NewsroomTestCase):
    def told(self, story):
        """{property: content} of the head."""
        head = self.page(story.get_absolute_url()).partition("</head>")[0]
        return dict(re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', head))

    def picture(self, told):
        """The picture itself, as it is sent."""
        response = self.client.get(told["og:image"].removeprefix(ROOT))
        self.assertEqual(response["Content-Type"], told["og:image:type"])
        return Image.open(io.BytesIO(response.content))

    def test_the_words_are_whole(self):
        later = PUBLISHED + HOUR
        told = self.told(
            self.story("Tag & <b>", slug="tag", tags=[self.rusia], updated_at=later, lead_photo=self.lilin)
        )
        wanted = {
            "og:type": "article", "og:title": "Tag &amp; &lt;b&gt;", "og:description": "Ringkasan berita.",
            "og:url": f"{ROOT}/2023/10/19/tag/", "og:site_name": "TribunGorontalo.com", "og:locale": "id_ID",
            "article:published_time": "2023-10-19T21:05:00+08:00", "article:modified_time": "2023-10-19T22:05:00+08:00",
            "article:section": "Internasional", "article:author": f"{ROOT}/people/nina-yuniar/", "article:tag": "Rusia",
            "og:image:alt": "Deretan lilin menyala", "twitter:card": "summary_large_image",
            "twitter:image": told["og:image"],
        }  # fmt: skip
        self.assertEqual({name: told.get(name) for name in wanted}, wanted)

    def test_what_is_paid_for_says_so_beside_a_link_to_it(self):
        told = self.told(self.story("Tabungan dibuka", label="advertorial", sponsor="Bank Contoh"))
        for name in ("og:title", "twitter:title"):
            self.assertEqual(told[name], "Advertorial, dibayar oleh Bank Contoh: Tabungan dibuka")

    def test_every_other_page_has_words_and_a_picture_that_it_shows(self):
        self.story("Berfoto", lead_photo=self.lilin, tags=[self.rusia])
        fields = {"title": "Kode etik", "text": "<p>Kami jujur.</p>", "dated_on": PUBLISHED.date()}
        Policy.objects.create(edition=self.gorontalo, slug="etik", **fields)
        logo = make_photo(colour="#aa1122", alt="", is_decorative=True)
        Edition.objects.filter(pk=self.gorontalo.pk).update(logo=logo, tagline="Kabar")
        photo, small = "40x21", "1x1"
        shown = {
            "/": photo, "/latest/": photo, "/section/internasional/": photo, "/tag/rusia/": photo, "/popular/": small,
            "/people/nina-yuniar/": photo, "/archive/2023/10/": photo, "/masthead/": small, "/policy/etik/": small,
            "/corrections/": small, "/api/v1/": small,
        }  # fmt: skip
        for address, crop in shown.items():
            with self.subTest(address):
                head = self.page(address).partition("</head>")[0]
                told = dict(re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', head))
                self.assertIn(f"-{crop}-", told["og:image"])
                words = "Deretan lilin menyala" if crop == photo else "TribunGorontalo.com"
                self.assertEqual(told["og:image:alt"], words)
                self.assertIn(f'rel="canonical" href="{told["og:url"]}"', head)
                self.assertEqual(told["twitter:card"], "summary_large_image" if crop == photo else "summary")
                self.assertEqual((told["og:locale"], told["og:site_name"]), ("id_ID", "TribunGorontalo.com"))
                self.assertTrue(told["og:title"] and told["og:description"], told)
                self.picture(told)

    def test_a_page_without_photo_and_logo_names_none(self):
        head = self.page("/masthead/").partition("</head>")[0]
        self.assertNotIn("og:image", head)
        self.assertIn('<meta name="twitter:card" content="summary">', head)

    def test_it_is_the_lead_photo_cut_to_40_by_21(self):
        told = self.told(self.story(lead_photo=self.lilin))
        self.assertRegex(told["og:image"], rf"^{ROOT}/media/r/.*-40x21-.*\.jpg$")
        self.assertEqual(self.picture(told).size, (1200, 630))
        self.assertEqual((told["og:image:width"], told["og:image:height"]), ("1200", "630"))

    def test_a_story_without_one_or_whose_rights_have_ended_has_a_card_that_is_drawn_once(self):
        ended = make_photo(colour="#112233", rights_end_at=PUBLISHED)
        for fields in ({}, {"lead_photo": ended}):
            told = self.told(self.story(f"Kartu {len(fields)}", **fields))
            with mock.patch.object(cards, "draw", wraps=cards.draw) as draw:
                self.assertEqual(self.picture(told).size, (1200, 630))
                self.picture(told)
            self.assertEqual(draw.call_count, 1)

    def test_a_card_has_the_words_and_colours_of_now_and_its_former_address_leads_there(self):
        story = self.story("Judul lama", label="advertorial")
        before = photos.card_address(story)
        self.assertEqual(cards.card(story)[:3], ("Judul lama", "Advertorial", "TribunGorontalo.com"))
        Story.objects.filter(pk=story.pk).update(headline="Judul baru")
        Edition.objects.update(accent="#00aa11")
        after = self.told(story)["og:image"].removeprefix(ROOT)
        self.assertNotEqual(before, after)
        self.assertRedirects(self.client.get(before), after)
        Edition.objects.update(accent="merah")
        self.assertEqual(self.picture(self.told(story)).size, (1200, 630))

    def test_whatever_a_headline_holds_it_can_be_drawn(self):
        for text in ("م😀", "X" * 200, "kata " * 40, " ", "Harga “naik” – 5 €"):
            drawn = Image.open(io.BytesIO(cards.draw(cards.Card(text, "Opini", text, "#ffe066"))))
            self.assertEqual((drawn.size, drawn.format), ((1200, 630), "PNG"))

    def test_a_card_is_there_while_its_story_is(self):
        now = timezone.now()
        story = self.story("Rahasia", embargo_until=LATER, expires_at=LATER + HOUR)
        address = photos.card_address(story)
        self.page(address, status=404)
        with time_machine.travel(LATER, tick=False):
            self.assertEqual(self.client.get(address)["Cache-Control"], "public, max-age=3600, s-maxage=600")
        with time_machine.travel(LATER + HOUR, tick=False):
            self.page(address, status=404)
        live = self.story("Ditarik")
        address = photos.card_address(live)
        self.assertEqual(self.client.get(address).status_code, 200)
        self.assertEqual(self.client.get(address, headers={"host": self.sister().host}).status_code, 404)
        publishing.withdraw(live, None, now, "trauma")
        gone = self.client.get(address)
        self.assertEqual((gone.status_code, gone.getvalue()[:4]), (410, b"<svg"))
        for name in ("x.png", f"{'0' * 32}-{'0' * 16}.png", f"{live.uid.hex}-0.png", "..%2f..%2fa.png"):
            self.assertEqual(self.client.get(f"/media/c/{name}").status_code, 404, name)

    def sister(self):
        return self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
