"""What is longer than its field ends after a whole word, and is told; names of no section and unknown zones, too."""

from articles.models import Photo, Section, Story
from articles.models.story import State

from ..wire_cases import IngestTestCase, PicturesTestCase, both_ways, picture, told

LONG = "kata " * 300


class FieldTest(IngestTestCase):
    def test_words_of_a_story_end_whole_and_are_told(self):
        self.ingest(self.file(told(headlines=[{"value": f"Pasar {LONG}"}], located=f"Desa {LONG}")))
        story = Story.objects.get()
        self.assertTrue(story.headline.endswith(" kata"))
        self.assertTrue(story.place.endswith(" kata"))
        self.assertIn("tempat peliputan", self.report())
        self.assertIn("lebih panjang daripada yang disimpan: judul", self.report())

    def test_names_that_do_not_fit_are_told_and_found_again(self):
        people = [{"name": f"Ani {LONG}", "rel": "author"}]
        subjects = [{"rel": "category", "name": f"Seni {LONG}"}, {"name": f"Tari {LONG}"}]
        self.ingest(self.file(told(1, people=people, subjects=subjects)))
        for name in ("Ani", "Seni", "Tari"):
            self.assertIn(f"nama yang terlalu panjang dan dipotong: {name} kata", self.report())
        self.ingest(self.file(told(2, people=people, subjects=subjects)))
        first, second = Story.objects.order_by("pk")
        self.assertEqual(first.section, second.section)
        self.assertEqual(*([credit.person for credit in story.credits.all()] for story in (first, second)))
        self.assertEqual(*(list(story.tags.all()) for story in (first, second)))


class PhotoTest(PicturesTestCase):
    def test_words_of_a_photo_end_whole_and_are_told_with_a_story_too(self):
        for name, items in both_ways(located=f"Desa {LONG}").items():
            with self.subTest(name):
                Photo.objects.exclude(pk=self.lilin.pk).delete()
                self.take(*items)
                self.assertTrue(self.photo().place.endswith(" kata"))
                self.assertIn("lebih panjang daripada yang disimpan: tempat", self.report())


class NoSectionTest(IngestTestCase):
    def test_what_a_system_calls_the_lack_of_a_section_is_none(self):
        subjects = [{"rel": "category", "name": "Uncategorized"}, {"rel": "category", "name": "Internasional"}]
        self.ingest(self.file(told(subjects=subjects), told(2, subjects=subjects[:1])))
        self.assertEqual([story.section.name for story in Story.objects.order_by("pk")], ["Internasional", "Berita"])
        self.assertFalse(Section.objects.filter(name="Uncategorized").exists())


class UnknownZoneTest(IngestTestCase):
    def test_a_zone_that_nobody_knows_is_told_by_name_and_makes_a_draft(self):
        for name in ("versionCreated", "firstPublished", "contentCreated", "expires", "embargoed"):
            with self.subTest(name):
                Story.objects.all().delete()
                item = told(**{name: "19 Oct 2023 20:05 XYZT"})
                self.ingest(self.file(item))
                self.assertEqual(Story.objects.get().state, State.DRAFT)
                self.assertIn("XYZT", self.report())

    def test_a_photo_of_such_a_time_comes(self):
        self.ingest(
            self.file(picture(versionCreated="19 Oct 2023 20:05 XYZT", contentCreated="19 Oct 2023 20:05 XYZT"))
        )
        self.assertEqual(Photo.objects.filter(place="Kyiv", taken_at=None).count(), 1)
        self.assertIn("XYZT", self.report())
