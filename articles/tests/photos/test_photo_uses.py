"""Every row that may show a photo is counted: by rights, by visibility, by deletion."""

from django.db import models
from django.db.models import ProtectedError

from articles import permissions, photos
from articles.models import Edition, Person, Photo, Story, StoryPhoto

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

# How readers get a photo by each reference to it: with a live story, or beside the stories. "": not at all.
WAYS = {
    "Story.lead_photo": "story",
    "StoryPhoto.photo": "story",
    "Edition.logo": "beside",
    "Person.portrait": "beside",
    "FormerFile.photo": "",  # an original that was replaced
    "PhotoArrival.photo": "",
    "SourcePhoto.row": "",
}


class PhotoUsesTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.main = cls.story()
        cls.photos = {way: make_photo(colour=f"#01020{number}") for number, way in enumerate(WAYS)}

    def show(self, way, photo):
        show = {
            "Story.lead_photo": lambda: Story.objects.filter(pk=self.main.pk).update(lead_photo=photo),
            "StoryPhoto.photo": lambda: StoryPhoto.objects.create(story=self.main, photo=photo),
            "Edition.logo": lambda: Edition.objects.filter(pk=self.gorontalo.pk).update(logo=photo),
            "Person.portrait": lambda: Person.objects.filter(pk=self.nina.pk).update(portrait=photo),
        }
        show[way]()

    def each(self, *wanted):
        """(way, a photo that nothing shows yet), for each of the wanted ways to be shown."""
        return [(name, self.photos[name]) for name, way in WAYS.items() if way in wanted]

    def test_it_is_decided_what_each_reference_to_a_photo_means_for_readers(self):
        references = {f"{one.related_model.__name__}.{one.field.name}": one for one in Photo._meta.related_objects}
        told = "readers see a photo by it? say so in WAYS and in `show`; it is PROTECT then, and counted by itself"
        self.assertEqual(references.keys(), WAYS.keys(), told)
        protects = {name for name, one in references.items() if one.on_delete is models.PROTECT}
        self.assertEqual(protects, {name for name, way in WAYS.items() if way}, told)

    def test_readers_get_it_and_nobody_may_delete_it(self):
        for way, photo in self.each("story", "beside"):
            self.assertNotIn(photo, photos.shown(PUBLISHED))
            self.show(way, photo)
            self.assertIn(photo, photos.shown(PUBLISHED), "articles/photos/showing.py")
            with self.assertRaises(ProtectedError):
                photo.delete()

    def test_a_story_with_it_is_found(self):
        for way, photo in self.each("story"):
            self.show(way, photo)
            self.assertEqual([*Story.objects.showing(photo)], [self.main], "articles/models/story_queryset.py")
            self.assertIn(photo, Photo.objects.shown_in(Story.objects.get(pk=self.main.pk)), "articles/models/photo.py")

    def test_a_reporter_may_not_change_what_others_show(self):
        reporter = self.somebody("reporter")
        for way, photo in self.each("story", "beside"):
            self.assertTrue(permissions.may_change_photo(reporter, photo))
            self.show(way, photo)
            self.assertFalse(permissions.may_change_photo(reporter, photo), "articles/permissions/")
