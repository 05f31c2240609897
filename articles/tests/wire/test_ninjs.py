"""The page of a story as ninjs: what leaves, and what never does."""

import datetime

import jsonschema
import time_machine
from django.utils import timezone

from articles import publishing
from articles.models import Correction, Photo, Story
from articles.models.correction import Kind, Reason
from articles.models.label import Label
from articles.text import body
from articles.wire.html import convert

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase, make_photo
from ..ninjs_schema import SCHEMA

HOUR = datetime.timedelta(hours=1)
validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


class NinjsTest(NewsroomTestCase):
    def told(self, story, status=200):
        response = self.client.get(f"{story.get_absolute_url()}ninjs.json")
        self.assertEqual(response.status_code, status)
        if status == 200:
            validator.validate(response.json())
            return response.json()
        return None

    def full_story(self):
        other = self.story("Kabar sebelumnya")
        gone = self.story("Kabar yang ditarik", slug="ditarik")
        Story.objects.filter(pk=gone.pk).update(state="withdrawn")
        photo = make_photo(colour="#123123", web_statement="https://afp.example/hak", people="Nina Yuniar")
        body = f'<p>Satu.</p><aside data-story="{other.uid}"></aside><aside data-story="{gone.uid}"></aside>'
        story = self.story(
            tags=[self.rusia], series=self.perang, place="Kyiv", lead_photo=self.lilin, lead_caption="Lilin lagi.",
            body=f'{body}<figure data-photo="{photo.uid}"></figure><p>Dua.</p>', urgency=2, label=Label.OPINION,
            embargo_until=PUBLISHED + HOUR, expires_at=LATER,
        )  # fmt: skip
        story.gallery.create(photo=make_photo(colour="#321321", digital_source_type="compositeSynthetic"))
        Correction.objects.create(story=story, kind=Kind.REPLY, text="Kami keberatan.", at=PUBLISHED + 2 * HOUR)
        return story

    def test_all_that_readers_see_stands_in_it(self):
        told = self.told(self.full_story())
        self.assertEqual(told["pubStatus"], "usable")
        self.assertEqual(told["headlines"][0]["value"], "Perdamaian dirundingkan lagi")
        self.assertEqual(told["people"][0], {"name": "Nina Yuniar", "rel": "author", "literal": "nina-yuniar"})
        self.assertEqual([s["rel"] for s in told["subjects"]], ["category", "topic"])
        self.assertEqual(told["embargoedUntil"], "2023-10-19T22:05:00+08:00")
        pictures = [a for a in told["associations"] if a["type"] == "picture"]
        self.assertEqual([p["rel"] for p in pictures], ["lead", "gallery", "inline"])
        self.assertEqual(pictures[0]["descriptions"][0]["value"], "Lilin lagi.")
        self.assertEqual(pictures[2]["rightsInfo"], {"linkedRights": "https://afp.example/hak"})
        self.assertIn("Kami keberatan.", [t.get("title") for t in told["trustIndicators"]])
        self.assertEqual(told["versionCreated"], "2023-10-19T23:05:00+08:00")  # that of the correction

    def test_a_related_story_stands_in_it_only_while_readers_have_it(self):
        text = self.told(self.full_story())["bodies"][0]["value"]
        self.assertIn("Kabar sebelumnya", text)
        self.assertNotIn("ditarik", text)

    def test_a_page_break_says_that_it_is_one_and_comes_back(self):
        told = self.told(self.story("Dua halaman", slug="dua-halaman", body="<p>Satu.</p><hr><p>Dua.</p>"))
        text = told["bodies"][0]["value"]
        self.assertEqual(text, '<p>Satu.</p><hr class="page-break"><p>Dua.</p>')
        self.assertEqual(convert.convert(text, media_type="text/html").body, "<p>Satu.</p><hr><p>Dua.</p>")
        self.assertEqual(body.clean(text), "<p>Satu.</p><hr><p>Dua.</p>")

    def test_a_photo_leaves_with_its_rights(self):
        story = self.full_story()
        Photo.objects.update(rights_end_at=PUBLISHED + 4 * HOUR)
        for at, expected in ((PUBLISHED + 3 * HOUR, 3), (PUBLISHED + 4 * HOUR, 0)):
            with time_machine.travel(at, tick=False):
                told = self.told(story)
            self.assertEqual(sum(a["type"] == "picture" for a in told["associations"]), expected, at)
            self.assertEqual("<figure" in told["bodies"][0]["value"], bool(expected))

    def test_what_readers_do_not_have_does_not_leave(self):
        for name, story in {
            "draft": self.draft(),
            "scheduled": self.story("Nanti", publish_at=LATER),
            "embargoed": self.story("Ditahan", embargo_until=LATER),
            "expired": self.story("Lewat", expires_at=PUBLISHED + HOUR),
        }.items():
            with self.subTest(name):
                address = story.get_absolute_url() or "/2023/10/19/naskah-yang-belum-selesai/"
                self.assertEqual(self.client.get(f"{address}ninjs.json").status_code, 404)

    def test_names_to_protect_never_leave(self):
        story = self.story(protected_names="Budi Santoso", involves_child=True)
        self.assertNotIn("Budi", str(self.told(story)))

    def test_a_withdrawn_story_is_canceled_and_says_why_without_its_words(self):
        story = self.story(tags=[self.rusia], standfirst="Ringkasan rahasia.")
        publishing.withdraw(story, self.somebody("chief"), timezone.now(), Reason.CHILD)
        told = self.told(story)
        self.assertEqual((told["pubStatus"], told["associations"][0]["rel"]), ("canceled", "withdrawal"))
        self.assertEqual(told["associations"][0]["subjects"][0]["literal"], "child")
        for word in ("bodies", "rahasia", "Paragraf", "Nina", "Rusia"):
            self.assertNotIn(word, str(told))
