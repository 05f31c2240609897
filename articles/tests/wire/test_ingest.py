"""Stories from the wire: each once, none by half, and nothing lost that somebody wrote here."""

import datetime
import gzip
import io
import json

from django.core.management import CommandError, call_command
from PIL import Image

from articles import publishing
from articles.models import Arrival, Photo, Revision, Story
from articles.models.revision import Move
from articles.models.story import State

from ..newsroom import PUBLISHED
from ..wire_cases import DAY, IngestTestCase, told


class IngestTest(IngestTestCase):
    def test_a_story_comes_with_all_that_belongs_to_it(self):
        self.assertEqual(self.ingest(self.file(told())), {"baru": 1})
        story = Story.objects.get(headline="Pasar dibuka lagi 1")
        page = self.page(story.get_absolute_url())
        for words in ("Pedagang kembali berjualan.", "Sari Hasan", "Umar Lahay", "Harga Pangan", "Ekonomi"):
            self.assertIn(words, page)
        self.assertEqual((story.first_published_at, story.day), (PUBLISHED, PUBLISHED.date()))
        self.assertEqual(Revision.objects.get(story=story).move, Move.TAKEN_IN)

    def test_it_comes_as_a_draft_unless_it_is_trusted(self):
        self.ingest(self.file(told()), state="draft")
        story = Story.objects.get(headline="Pasar dibuka lagi 1")
        self.assertEqual((story.state, story.publish_at, story.day), (State.DRAFT, None, None))
        self.assertIn("--state published", self.said)

    def test_what_only_the_desk_is_told_stands_in_the_history_and_another_language_is_told(self):
        self.ingest(self.file(told(1, language="en-GB", edNote="Ganti yang tadi."), told(2, language="id-ID")))
        story = Story.objects.get(headline="Pasar dibuka lagi 1")
        self.assertEqual(story.revisions.get().note, "edNote: Ganti yang tadi.")
        self.assertIn("edNote", self.report())
        self.assertIn("bahasanya “en”", self.report())
        self.assertNotIn("“id”", self.report())

    def test_a_second_run_changes_nothing(self):
        path = self.file(told(1), told(2))
        self.ingest(path)
        before = list(Story.objects.order_by("pk").values()), Revision.objects.count()
        self.assertEqual(self.ingest(path), {"tidak berubah": 2})
        self.assertEqual((list(Story.objects.order_by("pk").values()), Revision.objects.count()), before)

    def test_a_newer_version_updates_and_readers_are_told(self):
        self.ingest(self.file(told()))
        newer = told(version="2", versionCreated=(PUBLISHED + DAY).isoformat(), located="Limboto")
        newer["bodies"][0]["value"] = "<p>Pasar ditutup kembali.</p>"
        newer["people"] = [{"name": "Citra Dewi", "rel": "author"}]
        self.assertEqual(self.ingest(self.file(newer)), {"diperbarui": 1})
        page = self.page(Story.objects.get(headline="Pasar dibuka lagi 1").get_absolute_url())
        self.assertIn("Pasar ditutup kembali.", page)
        self.assertIn("Citra Dewi", page)
        self.assertNotIn("Sari Hasan", page)
        self.assertIn("Diperbarui", page)
        self.assertEqual(self.ingest(self.file(told())), {"lebih lama dari yang ada": 1})
        self.assertEqual(self.ingest(self.file(newer)), {"tidak berubah": 1})

    def test_what_the_desk_has_changed_since_is_left_alone_and_told(self):
        self.ingest(self.file(told()))
        story = Story.objects.get(headline="Pasar dibuka lagi 1")
        Story.objects.filter(pk=story.pk).update(headline="Judul dari meja redaksi", version=2)
        newer = told(versionCreated=(PUBLISHED + DAY).isoformat())
        self.assertEqual(self.ingest(self.file(newer)), {"dibiarkan seperti di sini": 1})
        self.assertIn("tag:agency.example,2023:1", self.report())
        story.refresh_from_db()
        self.assertEqual(story.headline, "Judul dari meja redaksi")

    def test_what_was_written_here_does_not_come_back_over_itself(self):
        story = self.story()
        mine = told(uri=story.uid.urn)
        self.assertEqual(self.ingest(self.file(mine)), {"dibiarkan seperti di sini": 1})

    def test_a_story_that_its_source_withdraws_is_taken_from_readers_with_a_reason(self):
        self.ingest(self.file(told()))
        address = Story.objects.get(headline="Pasar dibuka lagi 1").get_absolute_url()
        gone = {"uri": told()["uri"], "pubStatus": "canceled", "headlines": told()["headlines"],
                "versionCreated": (PUBLISHED + DAY).isoformat()}  # fmt: skip
        self.assertEqual(self.ingest(self.file(gone), state="draft"), {"dibiarkan seperti di sini": 1})
        self.assertEqual(self.ingest(self.file(gone)), {"ditarik": 1})
        self.assertIn("Sumbernya telah menarik berita ini.", self.page(address, 410))
        self.assertEqual(self.ingest(self.file(gone)), {"tidak berubah": 1})

    def test_one_that_is_withheld_waits_as_a_draft(self):
        later = (datetime.datetime.now(datetime.UTC) + DAY).isoformat()
        self.ingest(self.file(told(pubStatus="withheld", embargoedUntil=later)))
        story = Story.objects.get(headline="Pasar dibuka lagi 1")
        self.assertEqual((story.state, story.embargo_until.isoformat()), (State.DRAFT, later))

    def test_an_embargo_holds_whatever_the_source_calls_it(self):
        later = (datetime.datetime.now(datetime.UTC) + DAY).isoformat()
        self.ingest(self.file(told(embargoedUntil=later)))
        story = Story.objects.get(headline="Pasar dibuka lagi 1")
        self.assertEqual(self.client.get(story.get_absolute_url()).status_code, 404)

    def test_a_dry_run_tells_the_same_and_stores_nothing(self):
        path = self.file(told(1), "{rusak", told(2))
        self.assertEqual(self.ingest(path, dry_run=True, refused=1), {"baru": 2, "ditolak": 1})
        self.assertFalse(Arrival.objects.exists())
        self.assertFalse(Story.objects.exists())

    def test_a_dry_run_knows_two_versions_of_one_story(self):
        newer = told(versionCreated=(PUBLISHED + DAY).isoformat(), located="Limboto")
        path = self.file(told(), newer, told(located="Lain"))
        counts = self.ingest(path, dry_run=True)
        self.assertEqual(counts, {"baru": 1, "diperbarui": 1, "lebih lama dari yang ada": 1})
        self.assertFalse(Story.objects.exists())
        self.assertEqual(self.ingest(path), counts)

    def test_each_edition_takes_its_own(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.ingest(self.file(told(1, infoSources=[{"name": "TribunJogja.com"}]), told(2)))
        self.assertEqual(Story.objects.get(headline="Pasar dibuka lagi 1").edition, jogja)
        self.assertEqual(Story.objects.get(headline="Pasar dibuka lagi 2").edition, self.gorontalo)
        self.ingest(self.file(told(3)), edition="jogja")
        self.assertEqual(Story.objects.get(headline="Pasar dibuka lagi 3").section.edition, jogja)
        with self.assertRaisesMessage(CommandError, "gorontalo, jogja"):
            call_command("ingest", str(self.file(told())), edition="jawa")

    def test_an_address_that_is_taken_is_not_taken_away(self):
        first = self.story("Pasar dibuka", slug="pasar-dibuka")
        self.ingest(self.file(told(slugline="pasar-dibuka")))
        second = Story.objects.get(headline="Pasar dibuka lagi 1")
        self.assertNotEqual(second.get_absolute_url(), first.get_absolute_url())
        self.assertIn(first.headline, self.page(first.get_absolute_url()))
        self.assertIn("alamat", self.report())


class IngestPhotosTest(IngestTestCase):
    def picture(self, **changes):
        texts = [{"role": "caption", "value": "Pasar pagi."}, {"role": "alt", "value": "Kios sayur"}]
        return {
            "name": "mainimage", "type": "picture", "uri": "tag:agency.example,2023:foto", "by": "BAY ISMOYO",
            "infoSources": [{"name": "AFP"}], "descriptions": texts,
            "renditions": [{"name": "original", "href": "2023/pasar.jpg", "width": 900, "height": 600}], **changes,
        }  # fmt: skip

    def put(self, name="2023/pasar.jpg"):
        path = self.folder / "foto" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (900, 600), "#335577").save(path, "JPEG")

    def test_a_photo_comes_once_with_its_file_credit_and_caption(self):
        self.put()
        path = self.file(told(1, associations=[self.picture()]), told(2, associations=[self.picture()]))
        self.ingest(path, photos=self.folder / "foto")
        photo = Photo.objects.get(caption="Pasar pagi.")
        self.assertEqual((photo.credit, photo.alt, photo.width), ("AFP/BAY ISMOYO", "Kios sayur", 900))
        self.assertEqual(photo.led_stories.count(), 2)
        with photo.file.open() as file:
            self.assertEqual(Image.open(file).size, (900, 600))

    def test_a_file_that_is_missing_is_told_and_comes_with_the_next_run(self):
        path = self.file(told(associations=[self.picture()]))
        (self.folder / "foto").mkdir()
        self.ingest(path, photos=self.folder / "foto")
        self.assertIn("berkas", self.report())
        before = Photo.objects.get(caption="Pasar pagi.").hash
        self.put("pasar.jpg")
        self.ingest(path, photos=self.folder / "foto")
        photo = Photo.objects.get(caption="Pasar pagi.")
        self.assertNotEqual(photo.hash, before)
        self.assertTrue(photo.file.storage.exists(photo.file.name))

    def test_a_photo_keeps_whole_words_and_whole_entries(self):
        picture = self.picture(by="Sari Hasan " * 60, people=[{"name": f"Orang Ke{at}"} for at in range(300)])
        self.ingest(self.file(told(associations=[picture])))
        photo = Photo.objects.get(caption="Pasar pagi.")
        self.assertRegex(photo.photographer, r" Sari( Hasan)?$")
        self.assertRegex(photo.people, r", Orang Ke\d{2,3}$")
        self.assertLess(len(photo.people), 2001)

    def test_no_file_outside_the_folder_of_photos_is_read(self):
        self.put()
        secret = self.folder / "rahasia.jpg"
        secret.write_bytes((self.folder / "foto/2023/pasar.jpg").read_bytes())
        (self.folder / "foto" / "tautan.jpg").symlink_to(secret)
        for number, href in enumerate(("../rahasia.jpg", str(secret), "2023/../../rahasia.jpg", "tautan.jpg", "a\0b")):
            picture = self.picture(uri=f"tag:x:{number}", renditions=[{"name": "o", "href": href}])
            self.ingest(self.file(told(number, associations=[picture])), photos=self.folder / "foto")
            photo = Photo.objects.latest("pk")
            self.assertFalse(photo.file.storage.exists(photo.file.name), href)

    def test_what_is_no_picture_is_told(self):
        (self.folder / "foto").mkdir()
        (self.folder / "foto" / "pasar.jpg").write_text("<html>")
        self.ingest(self.file(told(associations=[self.picture()])), photos=self.folder / "foto")
        self.assertIn("tidak dapat kami pakai", self.report())


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
