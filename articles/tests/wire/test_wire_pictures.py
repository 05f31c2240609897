"""Pictures of agencies that come by themselves: into the library with file, words and rights, and withdrawn again."""

from django.utils import timezone
from PIL import Image

from articles.models import FormerFile, Photo, PhotoArrival, Story

from ..newsroom import PUBLISHED
from ..uploads import EMBARGOED
from ..wire_cases import DAY, URI, PicturesTestCase, associated, both_ways, captioned, picture, told


class PictureTest(PicturesTestCase):
    def test_it_comes_with_file_words_and_rights(self):
        self.put()
        end = "2031-01-01T00:00:00+00:00"
        self.assertEqual(self.take(picture(expires=end)), {"baru": 1})
        photo = self.photo()
        self.assertEqual((photo.title, photo.caption, photo.alt), ("Pasar", "Pasar pagi.", "Kios sayur"))
        self.assertEqual((photo.credit, photo.copyright), ("AFP/BAY ISMOYO", "Hak AFP"))
        self.assertEqual((photo.people, photo.place, photo.usage_terms), ("Ani", "Kyiv", "Redaksi saja."))
        self.assertEqual(photo.rights_end_at.isoformat(), end)
        with photo.file.open() as file:
            self.assertEqual(Image.open(file).size, (900, 600))
        self.assertFalse(Story.objects.exists())

    def test_what_its_file_asks_for_is_told(self):
        self.put(xmp=EMBARGOED)
        for name, items in both_ways().items():
            with self.subTest(name):
                Photo.objects.exclude(pk=self.lilin.pk).delete()
                self.take(*items)
                self.assertIn("EMBARGO 20:00 WIB, NO SALES", self.report())

    def test_what_a_file_that_comes_later_asks_for_is_told(self):
        for name, items in both_ways().items():
            with self.subTest(name):
                Photo.objects.exclude(pk=self.lilin.pk).delete()
                Story.objects.all().delete()
                (self.photos / "2023" / "pasar.jpg").unlink(missing_ok=True)
                self.take(*items)
                self.put(xmp=EMBARGOED)
                self.take(*items)
                self.assertIn("EMBARGO 20:00 WIB, NO SALES", self.report())

    def test_the_same_again_changes_nothing(self):
        self.put()
        self.take(picture())
        before = Photo.objects.order_by("pk").values(), PhotoArrival.objects.values()
        before = [list(rows) for rows in before]
        self.assertEqual(self.take(picture()), {"tidak berubah": 1})
        self.assertEqual([list(Photo.objects.order_by("pk").values()), list(PhotoArrival.objects.values())], before)

    def test_a_graphic_is_one_and_a_dry_run_stores_nothing(self):
        self.put()
        self.assertEqual(self.take(picture(type="graphic"), dry_run=True), {"baru": 1})
        self.assertEqual(Photo.objects.count(), 1)
        self.take(picture(type="graphic"))
        self.assertEqual(Photo.objects.count(), 2)

    def test_a_later_version_updates_and_an_older_one_is_passed_over(self):
        self.put()
        self.take(picture(2))
        self.put(colour="#aa2211")
        first = self.photo().hash
        self.assertEqual(self.take(picture(3, **captioned("Pasar sore."))), {"diperbarui": 1})
        photo = self.photo()
        self.assertEqual(photo.caption, "Pasar sore.")
        self.assertNotEqual(photo.hash, first)
        self.assertEqual(FormerFile.objects.get().hash, first)
        self.assertEqual(self.take(picture(1)), {"lebih lama dari yang ada": 1})
        other = picture(3, **captioned("Pasar malam."))
        self.assertEqual(self.take(other, refused=1), {"ditolak": 1})
        self.assertEqual(self.photo().caption, "Pasar sore.")

    def test_what_is_added_under_the_same_version_is_taken(self):
        bare, more = picture(**captioned("Pasar.")), picture()
        self.take(bare)
        self.assertEqual(self.take(more), {"diperbarui": 1})
        self.assertEqual((self.photo().caption, self.photo().alt), ("Pasar.", "Kios sayur"))
        self.assertEqual(self.take(bare), {"tidak berubah": 1})
        self.assertEqual(self.take(more), {"tidak berubah": 1})

    def test_what_the_desk_has_changed_is_kept_and_told(self):
        self.put()
        self.take(picture())
        Photo.objects.filter(pk=self.photo().pk).update(caption="Oleh meja foto.", rights_end_at=PUBLISHED + 900 * DAY)
        newer = picture(2, **captioned("Pasar sore."), located="Odesa")
        self.assertEqual(self.take(newer), {"diperbarui": 1})
        photo = self.photo()
        self.assertEqual((photo.caption, photo.place), ("Oleh meja foto.", "Odesa"))
        self.assertEqual(photo.rights_end_at, PUBLISHED + 900 * DAY)
        self.assertIn("keterangan", self.report())

    def test_a_file_that_the_desk_has_chosen_stays(self):
        self.put()
        self.take(picture())
        Photo.objects.filter(pk=self.photo().pk).update(hash="f" * 32)
        self.put(colour="#aa2211")
        self.take(picture(2))
        self.assertEqual(self.photo().hash, "f" * 32)

    def test_what_its_source_withdraws_nobody_sees_any_more(self):
        self.put()
        self.take(picture(), told(associations=[associated()]))
        story = Story.objects.get()
        self.assertIn(self.photo().hash, self.page(story.get_absolute_url()))
        gone = {
            "uri": URI,
            "type": "picture",
            "pubStatus": "canceled",
            "versionCreated": (PUBLISHED + 9 * DAY).isoformat(),
        }
        self.assertEqual(self.take(gone, state="draft"), {"ditarik": 1})
        photo = self.photo()
        self.assertFalse(photo.is_usable(timezone.now()))
        self.assertEqual(photo.caption, "Pasar pagi.")
        self.assertNotIn(photo.hash, self.page(story.get_absolute_url()))
        self.assertEqual(self.take(gone), {"tidak berubah": 1})
        self.assertEqual(self.take(picture()), {"lebih lama dari yang ada": 1})
        self.assertEqual(self.take(picture(20)), {"diperbarui": 1})
        self.assertTrue(self.photo().is_usable(timezone.now()))

    def test_a_withdrawal_under_the_same_version_holds_too(self):
        self.take(picture())
        self.assertEqual(self.take(picture(pubStatus="canceled")), {"ditarik": 1})
        self.assertEqual(self.take(picture()), {"tidak berubah": 1})
        self.assertFalse(self.photo().is_usable(timezone.now()))

    def test_a_withdrawal_that_comes_before_its_picture_holds(self):
        self.put()
        self.assertEqual(
            self.take(picture(5, pubStatus="canceled"), picture(1)), {"ditarik": 1, "lebih lama dari yang ada": 1}
        )
        self.assertFalse(self.photo().is_usable(timezone.now()))

    def test_what_its_source_holds_back_is_not_taken(self):
        self.assertEqual(self.take(picture(pubStatus="withheld")), {"dibiarkan seperti di sini": 1})
        self.assertEqual(Photo.objects.count(), 1)

    def test_a_draft_run_changes_nothing_that_readers_see(self):
        self.put()
        self.take(picture(), told(associations=[associated()]))
        self.assertEqual(self.take(picture(2, **captioned("Lain.")), state="draft"), {"dibiarkan seperti di sini": 1})
        self.assertEqual(self.photo().caption, "Pasar pagi.")
        self.assertEqual(self.take(picture(2, **captioned("Lain."))), {"diperbarui": 1})

    def test_whom_a_story_protects_no_caption_names(self):
        self.put()
        self.take(picture(), told(associations=[associated()]))
        Story.objects.update(protected_names="Budi Santoso")
        newer = picture(2, **captioned("Budi Santoso di pasar."))
        self.assertEqual(self.take(newer), {"dibiarkan seperti di sini": 1})
        self.assertEqual(self.photo().caption, "Pasar pagi.")

    def test_rights_that_the_desk_has_ended_are_not_given_back(self):
        self.take(picture())
        mine = PUBLISHED + 9_000 * DAY
        Photo.objects.filter(pk=self.photo().pk).update(rights_end_at=mine)
        self.take(picture(2, pubStatus="canceled"))
        self.assertFalse(self.photo().is_usable(timezone.now()))
        self.take(picture(3))
        self.assertFalse(self.photo().is_usable(timezone.now()))
        self.assertIn("hak", self.report())

    def test_without_a_file_it_shows_a_neutral_picture_until_that_comes(self):
        self.assertEqual(self.take(picture()), {"baru": 1})
        self.assertIn("berkas", self.report())
        self.put()
        self.assertEqual(self.take(picture()), {"diperbarui": 1})
        self.assertTrue(self.photo().looks)
        self.assertEqual(self.take(picture()), {"tidak berubah": 1})

    def test_a_file_that_is_tiny_or_here_already_is_told(self):
        self.put()
        Image.new("RGB", (8, 8)).save(self.photos / "kecil.jpg")
        tiny = picture(uri="urn:x:kecil", renditions=[{"name": "o", "href": "kecil.jpg"}])
        (self.photos / "sama.jpg").write_bytes((self.photos / "2023/pasar.jpg").read_bytes())
        same = picture(uri="urn:x:sama", renditions=[{"name": "o", "href": "sama.jpg"}])
        self.assertEqual(self.take(picture(), tiny, same), {"baru": 3})
        self.assertIn("8 × 8", self.report())
        self.assertIn("berkasnya juga milik", self.report())

    def test_what_is_longer_than_is_kept_is_told(self):
        self.take(picture(located="x" * 5_000))
        self.assertIn("tempat", self.report())

    def test_what_is_no_story_and_no_picture_is_counted_and_fails_nothing(self):
        counts = self.take(told(), *({"uri": f"urn:{kind}", "type": kind} for kind in ("event", "video", "audio")))
        self.assertEqual(counts, {"baru": 1, "dilewati": 3})
