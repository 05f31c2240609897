"""No text of any model holds what no page and no feed may, whichever way it comes."""

import io
import json

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection, models
from django.test import SimpleTestCase

from articles.models import Edition, Owner, Person, Photo, Story
from articles.models.fields import BodyField, Ruled
from articles.wire import formats
from articles.wire.store import ingest

from ..newsroom import READING, NewsroomTestCase

BAD = "Baris satu\x0bbaris\ufffe dua\u202e \x00"
GOOD = "Baris satu\nbaris dua "
LINE = "Baris satu baris dua"


class EveryFieldHasARuleTest(SimpleTestCase):
    def test_every_text_of_every_model_has_a_rule(self):
        for model in apps.get_app_config("articles").get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField):
                    with self.subTest(f"{model.__name__}.{field.name}"):
                        self.assertIsInstance(field, Ruled | BodyField, "take a field of articles/models/fields.py")

    def test_the_rule_is_at_work_in_every_field(self):
        for model in apps.get_app_config("articles").get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField):
                    stored = field.get_db_prep_save("satu\x0b\ufffedua", connection)
                    with self.subTest(f"{model.__name__}.{field.name}"):
                        self.assertNotRegex(stored, "[\x0b\ufffe]")
                        self.assertNotIn("satudua", stored)


class EveryWayInTest(NewsroomTestCase):
    def stored(self):
        return Story.objects.values_list("headline", "standfirst").get()

    def test_save_also_mends_the_row_at_hand(self):
        story = self.story(BAD, slug="a", standfirst=BAD)
        self.assertEqual(self.stored(), (LINE, GOOD))
        self.assertEqual((story.headline, story.standfirst), (LINE, GOOD))

    def test_update(self):
        self.story()
        Story.objects.update(headline=BAD, standfirst=BAD)
        self.assertEqual(self.stored(), (LINE, GOOD))

    def test_bulk_create_and_bulk_update(self):
        story = Story(edition=self.gorontalo, section=self.dunia, headline=BAD, slug="a", standfirst=BAD)
        Story.objects.bulk_create([story])
        self.assertEqual(self.stored(), (LINE, GOOD))
        story = Story.objects.get()
        story.headline = story.standfirst = f"{BAD}tiga"
        Story.objects.bulk_update([story], ["headline", "standfirst"])
        self.assertEqual(self.stored(), (f"{LINE} tiga", f"{GOOD}tiga"))

    def test_a_fixture(self):
        rows = json.loads(serializers.serialize("json", [self.story()]))
        rows[0]["fields"] |= {"headline": BAD, "standfirst": BAD}
        for row in serializers.deserialize("json", json.dumps(rows)):
            row.save()
        self.assertEqual(self.stored(), (LINE, GOOD))

    def test_ninjs(self):
        item = {
            "uri": "tag:a", "type": "text", "pubStatus": "usable", "versionCreated": "2023-10-19T13:05:00Z",
            "headlines": [{"value": BAD}], "descriptions": [{"value": BAD}],
            "bodies": [{"value": f"<p>{BAD}</p>", "contentType": "text/html"}],
        }  # fmt: skip
        entries = formats.entries(io.BytesIO(json.dumps(item).encode()), self.gorontalo.zone)
        for _result in ingest.take_in(entries, ingest.IngestOptions(at=READING, released=True)):
            pass
        story = Story.objects.get()
        self.assertEqual(story.headline, LINE)
        self.assertNotRegex(story.standfirst + story.body, "[\x0b\ufffe]")
        self.assertEqual(story.revisions.get().snapshot["headline"], LINE)
        self.assertEqual(story.revisions.get().snapshot["standfirst"], story.standfirst)

    def test_the_desk(self):
        self.client.force_login(self.somebody("admin"))
        posted = {
            "name": "Rahmat\x0bHidayat\u200b",
            "slug": "",
            "bio": BAD.replace("\0", ""),
            "title": "\u2066Reporter",
        }
        self.client.post("/admin/articles/person/add/", posted)
        person = Person.objects.get(name="Rahmat Hidayat")
        self.assertEqual((person.slug, person.title), ("rahmat-hidayat", "Reporter"))
        self.assertNotRegex(person.bio, "[\x00\x0b\ufffe\u202e]")

    def test_values_in_json(self):
        Photo.objects.update(from_file={"title": ["a\x00b\ufffe", {"c": "\x0b"}]})
        self.assertEqual(Photo.objects.get().from_file, {"title": ["ab", {"c": "\n"}]})

    def test_a_text_of_nothing_visible_is_empty(self):
        story = self.story(standfirst="\u200b\u2800 ", kicker="\u3164")
        self.assertEqual((story.standfirst, story.kicker), ("", ""))

    def test_a_form_takes_nothing_visible_for_nothing(self):
        self.client.force_login(self.somebody("admin"))
        response = self.client.post("/admin/articles/owner/add/", {"name": "\u200b\u3164", "slug": "a"})
        self.assertEqual(response.status_code, 200)
        self.assertFalse(Owner.objects.filter(slug="a").exists())

    @pytest.mark.wide
    def test_the_fixture_comes_as_it_is_written(self):
        call_command("loaddata", "newsroom", verbosity=0)
        with open("fixtures/newsroom.json") as file:
            rows = json.load(file)
        written = {row["fields"]["uid"]: row["fields"] for row in rows if row["model"] == "articles.story"}
        for story in Story.objects.filter(uid__in=written):
            for name in ("headline", "standfirst", "kicker", "source_line", "slug", "lead_caption"):
                self.assertEqual(getattr(story, name), written[str(story.uid)].get(name, ""))


class FoundByWhatWasTypedTest(NewsroomTestCase):
    def test_a_row_is_found_by_any_spelling_of_what_is_stored(self):
        self.assertEqual(Person.objects.get(slug="Nina-Yuniar"), self.nina)
        self.assertEqual(Person.objects.get(name="Nina Yuniar\u200b"), self.nina)
        self.assertEqual(Edition.objects.get(host="GORONTALO.localhost"), self.gorontalo)
        self.assertFalse(Person.objects.filter(slug="").exists())
