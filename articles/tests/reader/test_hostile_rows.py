"""Rows of the wire's own tables that somebody has written by hand: named and refused, and nothing is loaded by half."""

import io
import json
import pathlib
import tempfile
import uuid

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from articles.backup.takeout.rows import list_of
from articles.models import (
    Arrival,
    AwaitedPhoto,
    IncompletePost,
    OldAddress,
    PhotoArrival,
    SourceNote,
    SourcePerson,
    SourcePhoto,
    SourceSection,
    SourceSeries,
    SourceTag,
    Story,
    Tag,
)

from ..backups import but_for_the_log, bytes_of, reseal
from ..newsroom import READING, NewsroomTestCase

LOST = "c1edd65d-ab09-56f6-a24c-00500e73f4a9"
POST = {"fields": {"title": "Judul"}, "categories": [["category", "kota", "Kota"]], "meta": {"a": ["b"]}, "comments": 0}
BAD = [  # what is changed, and words that tell of it
    (PhotoArrival, {"by_itself": {"taken_at": "kemarin"}}, "by_itself"),
    (PhotoArrival, {"by_itself": {"rights_end_at": "2026-01-02 03:04:05"}}, "by_itself"),
    (PhotoArrival, {"with_story": ["Lilin"]}, "with_story"),
    (PhotoArrival, {"with_story": {"tiada": "Lilin"}}, "with_story"),
    (PhotoArrival, {"written": {"caption": {"a": 1}}}, "written"),
    (PhotoArrival, {"photo": [LOST]}, LOST),
    (SourceNote, {"told": {"photo": "Lilin"}}, "told"),
    (SourceNote, {"told": "Siti"}, "told"),
    (SourceNote, {"told": {"author": "Siti", "term": "kota"}}, "told"),
    (SourceNote, {"edition": ["tiada"]}, "tiada"),
    (IncompletePost, {"told": "{rusak"}, "told"),
    (IncompletePost, {"told": json.dumps(POST | {"meta": {"a": "b"}})}, "told"),
    (IncompletePost, {"told": "[" * 100_000}, "told"),
    (IncompletePost, {"story": [LOST]}, LOST),
    (AwaitedPhoto, {"use": "cover"}, "use=cover"),
    (AwaitedPhoto, {"order": -1}, "articles.AwaitedPhoto"),
    (AwaitedPhoto, {"story": [LOST]}, LOST),
    (OldAddress, {"story": [LOST]}, LOST),
    (SourcePerson, {"uid": "bukan"}, "bukan"),
    *((model, {"row": [LOST]}, LOST) for model in (SourcePerson, SourceTag, SourceSeries, SourcePhoto)),
    (SourceSection, {"row": ["gorontalo", "tiada"]}, "tiada"),
]


class HostileRowsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.seed = cls.story("Yang datang", lead_photo=cls.lilin)
        site = {"edition": cls.gorontalo, "site": "https://a.example"}
        rows = [
            Arrival(story=cls.seed, uri="https://a.example/?p=1", digest="d", story_version=1, taken_at=READING),
            PhotoArrival(photo=cls.lilin, uri="https://a.example/a.jpg", taken_at=READING, written={"caption": "Api"}),
            SourceNote(**site, key="author siti", told={"author": "Siti Aminah"}),
            IncompletePost(story=cls.seed, site="https://a.example", told=json.dumps(POST)),
            AwaitedPhoto(story=cls.seed, uid=uuid.uuid4(), use="gallery"),
            OldAddress(edition=cls.gorontalo, path="/lama/", host="a.example", story=cls.seed),
            SourcePerson(uid=uuid.uuid4(), uri="a", row=cls.nina),
            SourceTag(uid=uuid.uuid4(), uri="a", row=cls.rusia),
            SourceSeries(uid=uuid.uuid4(), uri="a", row=cls.perang),
            SourceSection(uid=uuid.uuid4(), uri="a", row=cls.dunia, edition=cls.gorontalo),
            SourcePhoto(uid=uuid.uuid4(), uri="a", row=cls.lilin),
        ]
        for row in rows:
            row.save()
        natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
        cls.rows = {row["model"]: row for row in json.loads(serializers.serialize("json", rows, **natural))}

    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(override("en"))

    def test_loaddata_names_them_and_loads_nothing(self):
        tag = {"model": "articles.tag", "fields": {"name": "Baru", "slug": "baru"}}
        for model, change, words in BAD:
            with self.subTest(f"{model.__name__} {change}"[:100]):
                row = self.rows[model._meta.label_lower]
                path = self.folder / "rows.json"
                path.write_text(json.dumps([tag, row | {"fields": row["fields"] | change}]))
                before = list(model.objects.values())
                with self.assertRaises(CommandError) as caught:
                    call_command("loaddata", path, verbosity=0)
                self.assertIn(words, str(caught.exception))
                self.assertIn(model.__name__.lower(), str(caught.exception).lower())
                self.assertFalse(Tag.objects.filter(slug="baru").exists(), "half of it was loaded")
                self.assertEqual(list(model.objects.values()), before)

    def test_good_ones_are_loaded(self):
        path = self.folder / "rows.json"
        path.write_text(json.dumps(list(self.rows.values())))
        call_command("loaddata", path, verbosity=0)

    @pytest.mark.wide
    def test_a_takeout_with_them_is_refused_whole_and_without_them_comes_in(self):
        out = self.folder / "out"
        call_command("export", str(out), all=True, stderr=io.StringIO())
        before = bytes_of(out)
        connection.check_constraints()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        self.enterContext(self.settings(MEDIA_ROOT=self.folder / "media"))
        for model, change, words in BAD:
            with self.subTest(f"{model.__name__} {change}"[:100]):
                reseal(out, list_of(model), lambda row, c=change: {**row, **c})
                with self.assertRaises(CommandError) as caught:
                    self.ingest(out)
                self.assertIn(words, str(caught.exception))
                self.assertRegex(str(caught.exception).lower(), model.__name__.lower())
                self.assertFalse(Story.objects.exists(), "rows were stored")
                for path in (list_of(model), "takeout.json"):
                    (out / path).write_bytes(before[path])
        self.ingest(out)
        call_command("export", str(self.folder / "again"), all=True, stderr=io.StringIO())
        self.assertEqual(but_for_the_log(self.folder / "again"), but_for_the_log(out))

    def ingest(self, folder):
        call_command("ingest", str(folder), stdout=io.StringIO(), stderr=io.StringIO())
