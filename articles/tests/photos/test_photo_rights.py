import datetime

import time_machine

from articles import photos
from articles.models import Person, Photo

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)
END = PUBLISHED + 10 * HOUR


class PhotoRightsTest(NewsroomTestCase):
    def ask(self, photo, at, use=("16x9", 320, "jpg")):
        with time_machine.travel(at, tick=False):
            response = self.client.get(photos.address(photo, *use))
        response.getvalue()  # closes the file that it streams
        return response

    def test_the_query_and_the_photo_agree(self):
        photo = make_photo(rights_end_at=END, colour="#11aa77")
        for at in (END - HOUR, END, END + HOUR):
            self.assertEqual(Photo.objects.usable(at).filter(pk=photo.pk).exists(), photo.is_usable(at), at)

    def test_at_the_hour_its_address_is_gone_and_a_neutral_picture_stands_in(self):
        photo = make_photo(rights_end_at=END, colour="#11aa77")
        story = self.story(lead_photo=photo, body=f'<p>a</p><figure data-photo="{photo.uid}"></figure>')
        for at, status, shown in ((END - HOUR, 200, True), (END, 410, False)):
            with time_machine.travel(at, tick=False):
                self.assertEqual(self.ask(photo, at).status_code, status)
                for page in ("/", "/latest/", story.get_absolute_url()):
                    text = self.page(page)
                    self.assertEqual(photo.hash in text, shown, (page, at))
                self.assertEqual("Hak pakainya" in text or "hak pakainya" in text, not shown)

    def test_no_cache_keeps_it_longer_than_its_rights(self):
        photo = make_photo(rights_end_at=END, colour="#11aa77")
        self.story(lead_photo=photo)
        self.assertEqual(self.ask(photo, END - HOUR)["Cache-Control"], "public, max-age=3600, s-maxage=600")

    def test_what_only_the_desk_has_is_not_there_for_strangers(self):
        photo = make_photo(colour="#010203")
        for use in ({"lead_photo": photo}, {"body": f'<figure data-photo="{photo.uid}"></figure>'}):
            story = self.story("Nanti", embargo_until=LATER, **use)
            self.assertEqual(self.ask(photo, PUBLISHED + HOUR).status_code, 404)
            story.delete()
        self.client.force_login(self.somebody("reporter"))
        response = self.ask(photo, PUBLISHED + HOUR)
        self.assertEqual((response.status_code, response["Cache-Control"]), (200, "private, no-store"))

    def test_each_way_to_be_shown_makes_it_public(self):
        photo = make_photo(colour="#030201")
        self.assertNotIn(photo, photos.shown(PUBLISHED))
        story = self.story(body=f'<p>a</p><figure data-photo="{photo.uid}"></figure>')
        self.assertIn(photo, photos.shown(PUBLISHED))
        story.body = "<p>a</p>"
        story.save()
        self.assertNotIn(photo, photos.shown(PUBLISHED))
        story.gallery.create(photo=photo)
        self.assertIn(photo, photos.shown(PUBLISHED))
        story.gallery.all().delete()
        Person.objects.filter(pk=self.nina.pk).update(portrait=photo)
        self.assertIn(photo, photos.shown(PUBLISHED))

    def test_a_generated_picture_says_so(self):
        photo = make_photo(digital_source_type="trainedAlgorithmicMedia")
        self.assertIn("kecerdasan buatan", self.page(self.story(lead_photo=photo).get_absolute_url()))

    def test_a_drawn_picture_says_so(self):
        drawn, taken = make_photo(digital_source_type="digitalCreation"), make_photo(colour="#223344")
        self.assertIn("Ilustrasi, bukan foto.", self.page(self.story("Satu", lead_photo=drawn).get_absolute_url()))
        self.assertNotIn("Ilustrasi", self.page(self.story("Dua", lead_photo=taken).get_absolute_url()))

    def test_two_pictures_of_one_scene_are_found_to_be_alike(self):
        first = make_photo(colour="#aabbcc")
        self.assertIn(first, photos.alike(make_photo(colour="#aabbcd")))
