import copy
import json
import pathlib
import tempfile

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from articles.models import Edition, Photo, Story

from ..newsroom import SEED_PATH, NewsroomTestCase

FIXTURE = json.loads((settings.ROOT / "fixtures" / "newsroom.json").read_text())
MANY = {f"articles.{model}" for model in ("readcount", "taggedstory", "credit")}
FEW = [row for at, row in enumerate(FIXTURE) if row["model"] not in MANY or FIXTURE[at - 1]["model"] != row["model"]]
PAGES = ["/", SEED_PATH, f"{SEED_PATH}?page=2", "/latest/", "/series/perang-rusia-ukraina/", "/people/nina-yuniar/",
         "/section/gorontalo/"]  # fmt: skip


def load(rows):
    with tempfile.TemporaryDirectory() as folder, override("en"):
        path = pathlib.Path(folder) / "some.json"
        path.write_text(json.dumps(rows))
        call_command("loaddata", path, verbosity=0)


class LoaddataTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        """Nothing: the fixture brings all."""

    def changed(self, model, **fields):
        """The fixture's rows, but only the first of its many reads, tags and credits; that of `model` is changed."""
        rows = copy.deepcopy(FEW)
        next(row for row in rows if row["model"] == f"articles.{model}")["fields"].update(fields)
        return rows

    def refused(self, rows, *told):
        with self.assertRaises(CommandError) as caught:
            load(rows)
        for words in told:
            self.assertIn(words, str(caught.exception))
        self.assertFalse(Edition.objects.exists(), "half of the fixture was loaded")

    @pytest.mark.wide
    def test_brings_text_and_pictures_and_can_run_twice(self):
        for _ in range(2):
            call_command("loaddata", "newsroom", verbosity=0)
            self.assertEqual(Story.objects.count(), sum(row["model"] == "articles.story" for row in FIXTURE))
            self.assertEqual([p.file.name for p in Photo.objects.all() if not default_storage.exists(p.file.name)], [])
            self.page(SEED_PATH)

    @pytest.mark.wide
    def test_an_unknown_role_names_the_credit(self):
        self.refused(self.changed("credit", role="penulis"), "articles.Credit", "role=penulis", "not one of ours")

    def test_an_unknown_urgency_names_the_story(self):
        self.refused(self.changed("story", urgency=12), "articles.Story", "urgency=12", "Urgency runs from 1 to 9.")

    def test_a_text_longer_than_any_names_the_story(self):
        self.refused(self.changed("story", body="kata " * 100_000), "articles.Story", "400 thousand")

    def test_a_file_nested_too_deep_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "deep.json"
            path.write_text("[" * 100_000)
            with self.assertRaises(CommandError):
                call_command("loaddata", path, verbosity=0)

    @pytest.mark.wide
    def test_a_wrong_reference_names_the_row_and_what_is_missing(self):
        self.refused(self.changed("credit", person=["siapa-ini"]), "articles.credit", "siapa-ini")

    @pytest.mark.wide
    def test_a_wrong_optional_reference_too(self):
        self.refused(
            self.changed("person", portrait=["c1edd65d-ab09-56f6-a24c-00500e73f4a9"]),
            "c1edd65d-ab09-56f6-a24c-00500e73f4a9",
        )

    @pytest.mark.wide
    def test_a_body_that_refers_to_nothing(self):
        lost = "c1edd65d-ab09-56f6-a24c-00500e73f4a8"
        self.refused(self.changed("story", body=f'<p>a</p><aside data-story="{lost}"></aside><p>b</p>'), lost)

    @pytest.mark.wide
    def test_a_dump_loaded_into_an_empty_database_gives_the_same_pages(self):
        call_command("loaddata", "newsroom", verbosity=0)
        before = [self.page(address) for address in PAGES]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "dump.json"
            call_command(
                "dumpdata", "articles", natural_foreign=True, natural_primary=True, output=str(path), verbosity=0
            )
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
            self.assertFalse(Story.objects.exists())
            call_command("loaddata", path, verbosity=0)
        self.assertEqual([self.page(address) for address in PAGES], before)


class ReferencesTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.berita = cls.story(credited=False)

    def credit(self, slug, role):
        fields = {"story": [str(self.berita.uid)], "person": [slug], "role": role, "order": 1}
        return {"model": "articles.credit", "fields": fields}

    def test_a_row_to_which_many_refer_is_asked_for_once(self):
        with CaptureQueriesContext(connection) as queries:
            load([self.credit("nina-yuniar", role) for role in ("author", "editor", "contributor")])
        self.assertEqual(self.berita.credits.filter(person=self.nina).count(), 3)
        asked = [query["sql"] for query in queries if 'WHERE "articles_person"."slug"' in query["sql"]]
        self.assertEqual(len(asked), 1)

    def test_one_that_was_renamed_in_between_is_found_by_its_new_name_alone(self):
        renamed = {"model": "articles.person", "pk": self.nina.pk, "fields": {"name": "Nina Y.", "slug": "nina-y"}}
        load([self.credit("nina-yuniar", "author"), renamed, self.credit("nina-y", "editor")])
        self.assertEqual(self.berita.credits.filter(person=self.nina).count(), 2)
        with self.assertRaises(CommandError):
            load(
                [
                    self.credit("nina-y", "author"),
                    {**renamed, "fields": {"name": "Nina", "slug": "nina"}},
                    self.credit("nina-y", "contributor"),
                ]
            )
