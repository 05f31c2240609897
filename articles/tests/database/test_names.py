"""One name is one tag, and every name has an address of plain letters."""

import io
import json

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, transaction

from articles.models import (
    Address,
    Edition,
    Network,
    Owner,
    Person,
    Policy,
    Section,
    Series,
    Story,
    Tag,
    TaggedStory,
)
from articles.wire import formats
from articles.wire.store import ingest

from ..newsroom import READING, NewsroomTestCase

SPELLINGS = ["rusia", "RUSIA", "Rusia\u200b", " Rusia ", "Ｒusia", "Rusi\u0301a"]


class OneTagTest(NewsroomTestCase):
    def refused(self, work):
        with self.assertRaises(IntegrityError), transaction.atomic():
            work()

    def test_no_other_spelling_is_stored_by_any_door(self):
        ukraina = Tag.objects.create(name="Ukraina")
        for name in SPELLINGS:
            with self.subTest(name):
                self.refused(lambda n=name: Tag.objects.create(name=n, slug="lain"))
                self.refused(lambda n=name: Tag.objects.bulk_create([Tag(name=n, slug="lain")]))
                self.refused(lambda n=name: Tag.objects.filter(pk=ukraina.pk).update(name=n))
                self.refused(lambda n=name: self.rename(ukraina, n))
                self.refused(lambda n=name: self.loaded(n))
        self.assertEqual(set(Tag.objects.values_list("name", flat=True)), {"Rusia", "Ukraina"})

    def rename(self, tag, name):
        tag.name = name
        Tag.objects.bulk_update([tag], ["name"])

    def loaded(self, name):
        row = {"model": "articles.tag", "fields": {"name": name, "slug": "lain"}}
        for found in serializers.deserialize("json", json.dumps([row])):
            found.save()

    def test_raw_sql_and_a_part_of_a_row_do_not_part_a_name_from_its_folding(self):
        sql = "INSERT INTO articles_tag (name, slug, folded) VALUES ('Baru', 'baru', 'lain')"
        self.refused(lambda: connection.cursor().execute(sql))
        self.rusia.name = "Ukraina"
        self.refused(lambda: self.rusia.save(update_fields=["name"]))

    def test_it_may_be_spelt_anew(self):
        self.rusia.name = "RUSIA"
        self.rusia.save()
        Tag.objects.update(name="Rusía")
        self.assertEqual(Tag.objects.values_list("name", "folded").get(), ("Rusía", "rusia"))

    def test_taggit_finds_it_by_any_spelling(self):
        story = self.story()
        story.tags.add(*SPELLINGS, "Pelé")
        self.assertEqual(set(story.tags.names()), {"Rusia", "Pelé"})
        self.assertEqual(Tag.objects.get(name="Pelé").slug, "pele")

    def test_the_wire_finds_it_by_any_spelling(self):
        item = {
            "uri": "tag:a", "type": "text", "pubStatus": "usable", "versionCreated": "2023-10-19T13:05:00Z",
            "headlines": [{"value": "Judul"}], "bodies": [{"value": "<p>Isi</p>", "contentType": "text/html"}],
            "subjects": [{"name": name, "rel": "topic"} for name in [*SPELLINGS, "Pelé", "PELE", "???"]],
        }  # fmt: skip
        entries = formats.entries(io.BytesIO(json.dumps(item).encode()), self.gorontalo.zone)
        (result,) = ingest.take_in(entries, ingest.IngestOptions(at=READING, released=True))
        self.assertEqual(result.outcome, ingest.Outcome.NEW)
        slugs = [link.tag.slug for link in Story.objects.get().tag_links.select_related("tag")]
        self.assertEqual(slugs[:2], ["rusia", "pele"])
        self.assertEqual(len(slugs), 3)

    def test_a_name_of_nothing_visible_is_none_on_the_wire(self):
        for number, byline in enumerate(["Nina Yuniar, \u2060 dan \u200b", "Nina Yuniar"]):
            item = {
                "uri": f"tag:{number}", "type": "text", "pubStatus": "usable", "by": byline,
                "versionCreated": "2023-10-19T13:05:00Z", "headlines": [{"value": "\u200b"}, {"value": "Judul"}],
                "bodies": [{"value": "<p>Isi</p>", "contentType": "text/html"}],
                "people": [{"name": "\u200b", "rel": "author"}],
                "subjects": [{"name": name, "rel": "topic"} for name in ("\u200b", "\x01", " \ufeff", "Rusia")],
            }  # fmt: skip
            entries = formats.entries(io.BytesIO(json.dumps(item).encode()), self.gorontalo.zone)
            list(ingest.take_in(entries, ingest.IngestOptions(at=READING, released=True)))
            story = Story.objects.latest("pk")
            self.assertEqual([person.name for _role, people in story.byline for person in people], ["Nina Yuniar"])
            self.assertEqual(list(story.tags.names()), ["Rusia"])

    def test_the_desk_says_so(self):
        self.client.force_login(self.somebody("editor"))
        response = self.client.post("/admin/articles/tag/add/", {"name": "RUSIA\u200b", "slug": "lain"})
        self.assertContains(response, "Tag ini sudah ada: Rusia")

    def test_a_tag_of_another_alphabet_has_a_page(self):
        for name in ("Pelé", "中国", "مصر", "???", "🔥", "Москва"):
            tag = Tag.objects.create(name=name)
            story = self.story(f"Tentang {tag.pk}", tags=[tag])
            for address in (tag.get_absolute_url(), story.get_absolute_url(), "/feed/"):
                self.assertIn(name, self.page(address))


class SlugsAreAsciiTest(NewsroomTestCase):
    def rows(self):
        """(model, the values of a row of it but for its slug)"""
        story = self.draft("Judul")
        yield Owner, {"name": "Pemilik"}
        yield Network, {"name": "Jaringan", "owner": self.network.owner}
        yield Edition, {"name": "Lain", "host": "lain.example", "network": self.network}
        yield Policy, {"title": "Etika", "edition": self.gorontalo, "text": "<p>a</p>", "dated_on": "2023-01-01"}
        yield Section, {"name": "Olahraga", "edition": self.gorontalo}
        yield Person, {"name": "Pelé"}
        yield Tag, {"name": "Pelé"}
        yield Series, {"kicker": "Piala"}
        yield Story, {"headline": "Gol", "edition": self.gorontalo, "section": self.dunia}
        yield Address, {"story": story, "edition": self.gorontalo, "day": "2023-01-01"}

    def test_every_model_with_a_slug_is_looked_at(self):
        models = {model for model in apps.get_app_config("articles").get_models() if hasattr(model, "slug")}
        former = {model for model in models if model.__name__.startswith("Former")}
        self.assertEqual({model for model, _values in self.rows()}, models - former)
        for model in models:
            self.assertTrue([c for c in model._meta.constraints if c.name.endswith("slug_ascii")], model)

    def test_whatever_is_given_is_stored_as_ascii(self):
        for model, values in self.rows():
            with self.subTest(model.__name__):
                row = model.objects.create(slug="Pelé di  Gorontalo", **values)
                self.assertEqual(row.slug, "pele-di-gorontalo")
                model.objects.filter(pk=row.pk).update(slug="Pelé")
                self.assertEqual(model.objects.get(pk=row.pk).slug, "pele")

    def test_the_database_refuses_others(self):
        for model, values in self.rows():
            pk = model.objects.create(slug="semula", **values).pk
            for bad in ("pelé", "a b", "", "A", "a/b", "a.b", "a\n"):
                sql = f"UPDATE {model._meta.db_table} SET slug = %s WHERE id = %s"
                with self.subTest((model.__name__, bad)), self.assertRaises(IntegrityError), transaction.atomic():
                    connection.cursor().execute(sql, [bad, pk])

    def test_an_empty_one_is_made_of_the_name(self):
        for model, values in self.rows():
            if model is not Address:
                with self.subTest(model.__name__):
                    self.assertRegex(model.objects.create(**values).slug, "^[a-z]+$")
        self.assertRegex(Person.objects.create(name="???").slug, "^[0-9a-f]{12}$")

    def test_the_desk_makes_it_too(self):
        self.client.force_login(self.somebody("admin"))
        for path, field, model in (("tag", "name", Tag), ("series", "kicker", Series)):
            for name, typed, slug in (("Пушкин", "", "pushkin"), ("Danau", "Danau Limboto", "danau-limboto")):
                response = self.client.post(f"/admin/articles/{path}/add/", {field: name, "slug": typed})
                self.assertEqual(response.status_code, 302, response.text)
                self.assertEqual(model.objects.get(**{field: name}).slug, slug)

    def test_a_fixture_of_old_may_name_rows_by_old_slugs(self):
        story = self.story()
        rows = [
            {"model": "articles.tag", "fields": {"name": "Pelé", "slug": "pelé"}},
            {"model": "articles.taggedstory", "fields": {"content_object": [str(story.uid)], "tag": ["pelé"]}},
        ]
        for row in serializers.deserialize("json", json.dumps(rows)):
            row.save()
        self.assertEqual(TaggedStory.objects.get().tag.slug, "pele")
