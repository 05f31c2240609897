"""Files of every form and every fault: each bad item is named, the rest goes on; and what went out comes back."""

import gzip
import io
import json

import pytest
from django.core.management import call_command

from articles import publishing
from articles.models import Story

from ..newsroom import PUBLISHED
from ..wire_cases import DAY, IngestTestCase, told

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


class BadInputTest(IngestTestCase):
    def refused(self, *items, count=1, **options):
        """What the report says of the one that was refused; the two good ones around it are taken."""
        good = [told(101), *items, told(102)] if len(items) == 1 and not isinstance(items[0], bytes) else items
        self.ingest(self.file(*good), refused=count, **options)
        return self.report()

    def test_each_bad_item_is_named_and_the_rest_goes_on(self):
        for name, item, words in (
            ("broken JSON", '{"uri": "x", ', "JSON"),
            ("no object", "[1, 2]", "objek"),
            ("no uri", told(uri=""), "uri"),
            ("no headline", told(headlines=[]), "judul"),
            ("a picture without uri", told(type="picture", uri=""), "uri"),
            ("a date that is none", told(versionCreated="kemarin"), "kemarin"),
            ("a year out of reach", told(versionCreated="9999-12-31T23:59:59+00:00"), "9999"),
            ("nested too deeply", told(extra=json.loads("[" * 40 + "]" * 40)), "dalam"),
            ("it ends before it begins", told(expires="2020-01-01T00:00:00Z"), "kedaluwarsa"),
        ):
            with self.subTest(name):
                Story.objects.all().delete()
                report = self.refused(item)
                self.assertIn("baris 2\t", report)
                self.assertIn(words, report)
                self.assertEqual(Story.objects.count(), 2)

    def test_a_file_that_breaks_off_gives_what_came_before(self):
        whole = gzip.compress(b"\n".join(json.dumps(told(n, x="y" * 500)).encode() for n in range(200)))
        path = self.folder / "stories.jsonl.gz"
        path.write_bytes(whole[: len(whole) // 2])
        self.ingest(path, refused=1)
        self.assertTrue(0 < Story.objects.count() < 200)
        self.assertIn("tidak utuh", self.report())

    def test_forms_of_files(self):
        one, two = told(1), told(2)
        for name, content in {
            "an array": json.dumps([one, two]),
            "written over many lines": json.dumps(one, indent=2) + "\n" + json.dumps(two, indent=2),
            "lines with gaps": f"\n{json.dumps(one)}\n\n{json.dumps(two)}\n",
            "a byte order mark": "\ufeff" + json.dumps([one, two]),
        }.items():
            with self.subTest(name):
                Story.objects.all().delete()
                self.assertEqual(self.ingest(self.file(content)), {"baru": 2})

    def test_a_file_with_nothing_in_it_is_told(self):
        self.assertEqual(self.ingest(self.file("[]", name="kosong.json")), {})
        self.assertIn("Tidak ada apa-apa di dalamnya", self.said)

    def test_what_stays_a_draft_is_told_each_time_that_it_is_asked_for(self):
        undated = dict.fromkeys(["versionCreated", "firstCreated"])
        path = self.file(told(1, **undated), told(2, bodies=[], descriptions=[]))
        self.ingest(path, state="draft")
        for _run in range(2):
            self.assertEqual(self.ingest(path), {"tidak berubah": 2})
            for why in ("Tidak bertanggal: tetap", "Hanya berisi judul: tetap"):
                self.assertIn(why, self.report())

    def test_two_items_with_one_id_and_version_are_one(self):
        other = told(bodies=[{"value": "Lain."}])
        self.ingest(self.file(told(), other), refused=1)
        self.assertIn("versi yang sama", self.report())
        self.assertEqual(Story.objects.count(), 1)

    def test_versions_of_one_id_in_one_file_follow_each_other(self):
        newer = told(versionCreated=(PUBLISHED + DAY).isoformat(), bodies=[{"value": "Baru."}])
        self.assertEqual(self.ingest(self.file(told(), newer)), {"baru": 1, "diperbarui": 1})
        self.assertEqual(self.ingest(self.file(told(), newer)), {"lebih lama dari yang ada": 1, "tidak berubah": 1})

    def test_what_can_be_mended_is_mended_and_told(self):
        path = self.file(
            told(1, people=[{"name": "Ari", "rel": "wizard"}], versionCreated="2023-10-19 21:05"),
            told(2, bodies=[{"value": "<p onclick=x>A<script>alert(1)</script></p>"}]),
            told(3, headlines=[{"value": "a" * 300}]),
        )
        self.ingest(path)
        self.assertIn("wizard", self.report())
        self.assertIn("zona", self.report())
        bodies = [story.body for story in Story.objects.order_by("pk")]
        self.assertEqual(bodies[1], "<p>A</p>")
        self.assertEqual(Story.objects.get(version=1, headline__startswith="aaa").headline, "a" * 200)

    def test_what_is_longer_than_its_field_ends_after_a_word_and_is_told(self):
        kicker = {"role": "kicker", "value": "Laporan dari pelabuhan " * 9}
        self.ingest(self.file(told(headlines=[{"role": "main", "value": "Harga ikan turun " * 20}, kicker])))
        story = Story.objects.get(headline__startswith="Harga ikan")
        self.assertEqual(story.headline, " ".join(["Harga ikan turun"] * 11 + ["Harga ikan"]))
        self.assertEqual(story.kicker, " ".join(["Laporan dari pelabuhan"] * 3 + ["Laporan"]))
        self.assertIn("lebih panjang daripada yang disimpan: judul, topik di atas judul", self.report())

    def test_what_lies_on_disk_no_more_is_told(self):
        self.ingest(self.folder / "hilang.jsonl", refused=1)
        self.assertIn("hilang.jsonl", self.report())


class ExportTest(IngestTestCase):
    def test_what_went_out_comes_back(self):
        self.ingest(self.file(told(1), told(2)))
        chief = self.somebody("chief")
        publishing.withdraw(Story.objects.latest("pk"), chief, PUBLISHED + 30 * DAY, "child")
        call_command("export", str(self.folder / "satu"), stderr=io.StringIO())
        Story.objects.all().delete()
        self.ingest(self.folder / "satu" / "stories.jsonl")
        call_command("export", str(self.folder / "dua"), stderr=io.StringIO())
        first, second = ((self.folder / name / "stories.jsonl").read_bytes() for name in ("satu", "dua"))
        self.assertEqual(first, second)
        self.assertEqual([json.loads(line)["pubStatus"] for line in first.splitlines()], ["usable", "canceled"])

    def test_only_what_has_changed_since(self):
        self.ingest(self.file(told(1), told(2, versionCreated=(PUBLISHED + 9 * DAY).isoformat())))
        Story.objects.update(changed_at=None)
        out = io.StringIO()
        call_command("export", "-", since="2023-10-25", stdout=out, stderr=io.StringIO())
        self.assertEqual(len(out.getvalue().splitlines()), 1)
