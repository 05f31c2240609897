"""What an owner set for programs of AI is told in robots.txt, beside every page and photo, and in tdmrep.json."""

import json
from urllib.robotparser import RobotFileParser

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import photos
from articles.models import Edition
from articles.structured_data import crawlers

from ..cases import DeliveryTestCase
from ..newsroom import NewsroomTestCase

TERMS = "https://gorontalo.example/lisensi"


class AICrawlersTest(DeliveryTestCase):
    def choose(self, use, edition=None, **more):
        Edition.objects.filter(pk=(edition or self.gorontalo).pk).update(ai_use=use, **more)

    def refused(self, host=None):
        """The crawlers that robots.txt refuses the front page."""
        parser = RobotFileParser()
        parser.parse(self.ask("/robots.txt", host=host)[2].decode().splitlines())
        names = (*crawlers.LEARNING, *crawlers.ANSWERING, "Googlebot", "bingbot")
        return {name for name in names if not parser.can_fetch(name, "/")}

    def test_robots_txt_refuses_whom_the_owner_refuses_and_never_a_search_engine(self):
        self.assertEqual(self.refused(), set())
        self.choose("answers")
        self.assertEqual(self.refused(), set(crawlers.LEARNING))
        self.choose("none")
        self.assertEqual(self.refused(), {*crawlers.LEARNING, *crawlers.ANSWERING})
        self.assertIn(b"Disallow: /search/", self.ask("/robots.txt")[2])

    def test_the_crawlers_that_everybody_knows_are_named(self):
        known = {"GPTBot", "ClaudeBot", "Google-Extended", "CCBot", "PerplexityBot", "Applebot-Extended", "Bytespider",
                 "meta-externalagent", "Amazonbot"}  # fmt: skip
        self.assertLessEqual(known, {*crawlers.LEARNING, *crawlers.ANSWERING})
        self.assertFalse(set(crawlers.LEARNING) & set(crawlers.ANSWERING))

    def test_pages_photos_feeds_and_the_api_say_it_with_the_next_request(self):
        story = self.story(lead_photo=self.lilin)
        photo = photos.address(self.lilin, "16x9", 320, "jpg")
        addresses = ["/", story.get_absolute_url(), "/feed/", "/api/v1/stories/", "/search/?q=x", photo]
        for address in addresses:
            self.assertNotIn("tdm-reservation", self.ask(address)[1], address)
        for use, is_told in (("none", True), ("open", False), ("answers", True)):
            self.choose(use, tdm_policy=TERMS)
            for address in addresses:
                _status, headers, _body = self.ask(address)
                told = [headers.get(name) for name in ("X-Robots-Tag", "tdm-reservation", "tdm-policy")]
                self.assertEqual(told, ["noai, noimageai", "1", TERMS] if is_told else [None] * 3, (use, address))
        self.assertEqual(self.ask("/")[1]["X-Page"], "hit")
        self.assertEqual(self.ask("/sitemap.xml")[1]["X-Robots-Tag"], "noindex, noai, noimageai")
        self.assertNotIn("tdm-reservation", self.ask("/admin/login/")[1])

    def test_every_visitor_is_told_the_same(self):
        self.choose("none")
        answers = {
            (self.ask("/robots.txt", user_agent=name)[2], self.ask("/", user_agent=name)[1]["X-Robots-Tag"])
            for name in ("GPTBot/1.2", "Mozilla/5.0", "")
        }
        self.assertEqual(len(answers), 1)

    def test_tdmrep_says_whether_the_right_is_reserved_and_where_terms_are(self):
        def told():
            return json.loads(self.ask("/.well-known/tdmrep.json")[2])

        self.assertEqual(told(), [{"location": "/", "tdm-reservation": 0}])
        self.choose("answers", tdm_policy=TERMS)
        self.assertEqual(told(), [{"location": "/", "tdm-reservation": 1, "tdm-policy": TERMS}])

    def test_each_edition_has_its_own_choice(self):
        self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost", ai_use="none")
        self.assertEqual(self.refused(), set())
        self.assertIn("GPTBot", self.refused(host="jogja.localhost"))
        self.assertNotIn("X-Robots-Tag", self.ask("/")[1])


class ChoosingTest(NewsroomTestCase):
    def test_a_chief_editor_chooses_at_the_desk(self):
        self.client.force_login(self.somebody("chief"))
        page = self.page(f"/admin/articles/edition/{self.gorontalo.pk}/change/")
        for part in ('name="ai_use"', 'value="answers"', 'name="tdm_policy"'):
            self.assertIn(part, page)

    def test_what_is_no_choice_and_no_secure_address_is_not_stored(self):
        for values in ({"ai_use": "maybe"}, {"tdm_policy": "http://a.example"}, {"tdm_policy": "javascript:1"}):
            with self.assertRaises(IntegrityError), transaction.atomic():
                Edition.objects.filter(pk=self.gorontalo.pk).update(**values)
            with self.assertRaises(ValidationError):
                Edition(**values).clean_fields(exclude=["name", "slug", "host", "network"])
