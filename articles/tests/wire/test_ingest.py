"""Stories from the wire: each once, none by half, and nothing lost that somebody wrote here."""

import datetime

from django.core.management import CommandError, call_command
from PIL import Image

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
