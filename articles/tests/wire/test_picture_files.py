"""Pictures and their stories in either order, and which file belongs to which picture."""

from unittest import mock

import pytest

from articles.models import Photo, Story
from articles.wire.store import ingest

from ..newsroom import PUBLISHED
from ..wire_cases import DAY, PicturesTestCase, associated, captioned, picture, told


class OrderTest(PicturesTestCase):
    def after(self, *runs):
        """What the library and the story hold after these runs, each a list of items."""
        Story.objects.all().delete()
        Photo.objects.exclude(pk=self.lilin.pk).delete()
        for items in runs:
            self.take(*items)
        fields = (
            "title",
            "caption",
            "alt",
            "agency",
            "photographer",
            "place",
            "keywords",
            "hash",
            "width",
            "usage_terms",
        )
        story = Story.objects.get()
        return [getattr(self.photo(), name) for name in fields], story.lead_photo.uid, story.lead_caption

    @pytest.mark.wide
    def test_a_picture_and_its_story_are_the_same_in_either_order(self):
        self.put()
        for mine in (
            associated(),
            associated(**captioned("Kata berita."), located="Lviv", usageTerms="Lain"),
            associated(**captioned("Pasar pagi.")),
            associated(by="ORANG LAIN", subjects=[{"name": "pasar"}], renditions=[{"name": "k", "href": "kecil.jpg"}]),
        ):
            self.put("kecil.jpg", "#000000")
            story, alone = told(associations=[mine]), picture(located="")
            with self.subTest(mine):
                expected = self.after([alone], [story])
                self.assertEqual(self.after([story], [alone]), expected)
                self.assertEqual(self.after([alone, story]), expected)
                self.assertEqual(self.after([story, alone], [story, alone]), expected)

    def test_a_newer_picture_is_the_same_in_either_order(self):
        self.put()
        mine, first, second = told(associations=[associated()]), picture(1), picture(2, **captioned("Sore."))
        expected = self.after([mine, first, second])
        self.assertEqual(self.after([second], [mine], [first]), expected)


class FilesTest(PicturesTestCase):
    def two(self, kind="x"):
        rows = [{"name": "o", "href": f"https://{site}.example/{site}/foto.jpg"} for site in ("a", "b")]
        return [picture(uri=f"urn:{kind}:{at}", renditions=[row]) for at, row in enumerate(rows)]

    def taken(self):
        return [bool(photo.looks) for photo in Photo.objects.exclude(pk=self.lilin.pk).order_by("pk")]

    def test_a_file_is_taken_by_its_path(self):
        self.put("a/foto.jpg", "#111111")
        self.put("b/foto.jpg", "#222222")
        self.take(*self.two())
        self.assertEqual(self.taken(), [True, True])
        self.assertNotIn("namanya", self.said)

    def test_by_its_name_alone_it_is_taken_once_and_told(self):
        self.put("foto.jpg")
        self.take(self.two()[0])
        self.assertEqual(self.taken(), [True])
        self.assertIn("namanya", self.report())

    def test_what_several_files_or_several_pictures_are_called_is_not_taken(self):
        self.put("foto.jpg")
        self.take(*self.two())
        self.assertEqual(self.taken(), [False, False])
        self.assertIn("beberapa", self.report())
        self.put("lain/foto.jpg", "#222222")
        self.take(self.two()[0])
        self.assertEqual(self.taken(), [False, False])

    def test_a_file_taken_by_its_name_is_given_back_where_another_picture_asks_for_it_later(self):
        self.put("foto.jpg")
        with mock.patch.object(ingest, "BATCH", 1):
            self.take(*self.two("kembali"))
        self.assertEqual(self.taken(), [False, False])
        self.assertIn("beberapa", self.report())
        for photo in Photo.objects.exclude(pk=self.lilin.pk):
            self.assertFalse(photo.file.storage.exists(photo.file.name))

    def test_a_dry_run_gives_no_file_back(self):
        self.put("foto.jpg")
        first, second = self.two("uji")
        self.take(first)
        with mock.patch.object(ingest, "BATCH", 1):
            self.take(
                {**first, "version": "9", "versionCreated": (PUBLISHED + 9 * DAY).isoformat()}, second, dry_run=True
            )
        self.assertEqual(self.taken(), [True])
        self.assertTrue(self.photo().file.storage.exists(self.photo().file.name))

    def test_where_two_sites_name_one_path_the_second_is_told(self):
        self.put("uploads/foto.jpg")
        hrefs = [{"name": "o", "href": f"https://{site}.example/uploads/foto.jpg"} for site in ("a", "b")]
        self.take(*(picture(uri=f"urn:x:{at}", renditions=[row]) for at, row in enumerate(hrefs)))
        self.assertEqual(self.taken(), [True, False])
        self.assertIn("dua sumber", self.report())

    def test_the_widest_rendition_that_is_there_is_taken(self):
        self.put("kecil.jpg")
        large = {"name": "l", "href": "besar.jpg", "width": 3000, "height": 2000}
        small = {"name": "k", "href": "kecil.jpg", "width": 900, "height": 600}
        self.take(picture(renditions=[small, large]))
        self.assertEqual(self.photo().width, 900)
