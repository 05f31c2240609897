"""A script in every text of every row reaches no output as a script: pages, text view, feeds, maps, API, the desk."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.conf import settings
from django.db import Error, models, transaction
from django.utils import timezone

from articles import photos, publishing
from articles.models import Correction, Edition, Note, Story, StoryPhoto
from articles.models.fields import BodyField

from ..newsroom import PUBLISHED
from .junk import JunkCase

pytestmark = pytest.mark.wide

EVIL = ["\"'><script>alert(7)</script><img src=x onerror=alert(7)>{{7*191}}", '"><svg onload=alert(7)>', "<b>alert(7"]
WORDS = "&lt;script&gt;alert(7)&lt;/script&gt;"
BODY = f"<p>{WORDS} {EVIL[0]}</p><a href='javascript:alert(7)'>a</a><h2 onclick=alert(7)>{EVIL[1]}</h2>"
MUST = {  # what readers see first, so that the walk cannot pass by taking nothing
    "Story.headline", "Story.standfirst", "Story.kicker", "Story.body", "Story.lead_caption", "Photo.caption",
    "Photo.alt",
    "Person.name", "Person.bio", "Tag.name", "Section.name", "Series.kicker", "Series.introduction", "Edition.name",
    "Edition.tagline", "Policy.title", "Policy.text", "Correction.text", "Position.title", "FollowLink.channel",
    "StoryPhoto.caption", "Note.text",
}  # fmt: skip
HTML_OF_FEEDS = [  # titles are plain words
    ".//item/description", ".//{http://purl.org/rss/1.0/modules/content/}encoded",
    ".//{http://www.w3.org/2005/Atom}*[@type='html']",
]  # fmt: skip
OF_HTML = ("html", "content_html", "body_html", "summary_html")


class Scripts(HTMLParser):
    """[what would run] of a page."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self.in_script = [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        has = {name: value or "" for name, value in attributes}
        self.in_script = tag == "script" and "json" not in has.get("type", "")
        runs = [name for name, value in has.items() if "alert(7" in value and (name[:2] == "on" or name == "srcdoc")]
        links = [name for name, value in has.items() if value.strip().lower().startswith("javascript:")]
        self.found += [f"<{tag} {name}>" for name in [*runs, *links]]

    def handle_endtag(self, tag):
        self.in_script = self.in_script and tag != "script"

    def handle_data(self, data):
        if self.in_script and "alert(7" in data:
            self.found.append(f"<script>{data[:80]}")


def scripts_in(answer):
    """What would run in an answer, also in the HTML that it carries."""
    kind = answer.get("Content-Type", "")
    if "html" in kind:
        return Scripts(answer.text).found
    if "xml" in kind:
        root = ElementTree.fromstring(answer.content)
        texts = [part.text or "" for path in HTML_OF_FEEDS for part in root.iterfind(path)]
        return [found for text in texts for found in Scripts(text).found]
    if "json" in kind:
        return list(_of_json(json.loads(answer.content)))
    return []


def _of_json(told, key=""):
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _of_json(value, name)
    elif isinstance(told, list):
        for value in told:
            yield from _of_json(value, key)
    elif isinstance(told, str) and (key.lower() in OF_HTML or key.endswith("_html")):
        yield from Scripts(told).found


class ScriptsTypedTest(JunkCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        story = cls.ours["story"]
        released = {"state": "released", "publish_at": PUBLISHED, "first_published_at": PUBLISHED}
        Story.objects.filter(pk=story.pk).update(**released, day=PUBLISHED.date())
        StoryPhoto.objects.create(story=story, photo=cls.lilin)
        Correction.objects.create(story=story, kind="erratum", text="x", at=PUBLISHED)
        Note.objects.create(story=story, text="x", author=cls.people["editor"], made_at=PUBLISHED)
        Edition.objects.filter(pk=cls.gorontalo.pk).update(responsible=cls.ours["person"])
        cls.taken = set(cls.typed())
        publishing.record(Story.objects.get(pk=story.pk), cls.people["reporter"], timezone.now())

    @classmethod
    def typed(cls):
        """Puts a script into every text that takes one; yields their names."""
        for model in apps.get_app_config("articles").get_models():
            texts = [field for field in model._meta.concrete_fields if cls.may_hold_words(field)]
            for number, row in enumerate(model._base_manager.all()[:4]):
                for field in texts:
                    for evil in [BODY] if isinstance(field, BodyField) else [f"{EVIL[0]}{number}", *EVIL[1:]]:
                        if cls.stored(model, row, field, evil):
                            yield f"{model.__name__}.{field.name}"
                            break

    @staticmethod
    def may_hold_words(field):
        is_text = isinstance(field, models.CharField | models.TextField)
        return is_text and not field.choices and (field.max_length is None or field.max_length > 20)

    @staticmethod
    def stored(model, row, field, evil):
        if field.max_length and len(evil) > field.max_length:
            return False
        try:
            with transaction.atomic():
                folded = {"folded": evil} if field.name == "name" and hasattr(model, "folded") else {}
                model._base_manager.filter(pk=row.pk).update(**{field.attname: evil}, **folded)
        except (Error, ValueError):  # a constraint of the field takes no such text
            return False
        stored = model._base_manager.filter(pk=row.pk).values_list(field.attname, flat=True).get()
        return "alert" in str(stored)

    def of_readers(self):
        story = Story.objects.get(pk=self.ours["story"].pk)
        own, names = story.get_absolute_url(), ["series", "tag", "person", "section"]
        lists = [story.series, self.ours["tag"], self.ours["person"], story.section]
        lists = [type(row).objects.get(pk=row.pk).get_absolute_url() for row in lists]
        self.assertEqual(len(lists), len(names))
        return [
            own, f"{own}?view=text", f"{own}?page=all", f"{own}ninjs.json", *lists, *(f"{path}feed/" for path in lists),
            "/", "/latest/", "/latest/?view=text", "/popular/", "/masthead/", "/corrections/", "/corrections/feed/",
            "/feed/", "/feed/atom/", "/feed/json/", "/feed/network/", "/sitemap-news.xml", "/sitemap-tags.xml",
            "/sitemap-people.xml", "/search/?q=alert", "/search/?q=%3Cscript%3Ealert(7)%3C/script%3E",
            "/api/v1/", "/api/v1/stories/", "/api/v1/stories/?format=jsonfeed", f"/api/v1/stories/{story.uid}/",
            "/api/v1/tags/", "/api/v1/people/", "/api/v1/series/", "/api/v1/sections/", "/api/v1/search/?q=alert",
            *(f"/policy/{policy}/" for policy in [self.ours["policy"].slug]), "/archive/2023/10/19/",
            "/edition/gorontalo.css", "/.well-known/security.txt", "/robots.txt",
        ]  # fmt: skip

    def test_every_text_that_readers_see_was_tried(self):
        self.assertEqual(MUST - self.taken, set())

    def test_readers_get_no_script_on_any_channel(self):
        shown = 0
        for address in self.of_readers():
            with self.subTest(address):
                answer = self.client.get(address)
                self.assertIn(answer.status_code, (200, 404), address)
                shown += "alert" in unescape(answer.text)
                self.assertEqual(scripts_in(answer), [])
                self.assertFalse(re.search("1337", answer.text), "a template was rendered twice")
        self.assertGreater(shown, 25)

    def test_drawn_cards_are_pictures_and_mail_is_plain_text(self):
        card = self.client.get(photos.card_address(Story.objects.get(pk=self.ours["story"].pk)))
        self.assertEqual((card.status_code, card.content[:4]), (200, b"\x89PNG"))
        sources = {
            path: path.read_text() for path in settings.ROOT.glob("articles/**/*.py") if "tests" not in path.parts
        }
        of_html = re.compile("EmailMultiAlternatives|attach_alternative|html_message|content_subtype")
        self.assertEqual([path for path, source in sources.items() if of_html.search(source)], [])
        self.assertTrue([path for path, source in sources.items() if "EmailMessage(" in source])

    def test_the_desk_gets_none_on_any_page(self):
        wrong, shown = [], 0
        for name, address in self.addresses():
            answer = self.asks("admin", "get", address)
            if answer is None or answer.status_code != 200:
                continue
            shown += "alert" in unescape(answer.text)
            wrong += [f"{name} {address}: {found}" for found in scripts_in(answer)]
        self.assertEqual(wrong, [])
        self.assertGreater(shown, 40)
