"""No rendition is wider than its original: not in a page, not at an address, not ahead of time."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from articles import photos
from articles.models import Photo

from ..newsroom import NewsroomTestCase, make_photo

pytestmark = pytest.mark.wide


def small_photo(size=(200, 150), colour="#aa4411"):
    picture = io.BytesIO()
    Image.new("RGB", size, colour).save(picture, "JPEG")
    photo = Photo(title="Kecil", alt="Kecil", agency="AFP")
    photos.describe(photo, picture)
    photo.file.save("kecil.jpg", ContentFile(picture.getvalue()), save=False)
    photo.save()
    return photo


class WidthTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.photo = small_photo()
        self.story(lead_photo=self.photo)

    def test_a_page_offers_a_small_photo_as_wide_as_it_is(self):
        page = self.page("/") + self.page(self.photo.led_stories.get().get_absolute_url())
        widths = {int(width) for width in re.findall(rf"{self.photo.hash}-\S+ ([0-9]+)w", page)}
        self.assertEqual(max(widths), 200)
        self.assertEqual(photos.widths(self.photo, "lead"), [200])
        self.assertEqual(photos.widths(self.photo, "card"), [160, 200])
        self.assertEqual(photos.size(self.photo, "full", 1600), (200, 150))
        self.assertEqual(photos.widths(self.photo, "thumb"), [150])

    def test_a_page_shows_a_small_photo_as_wide_as_it_is(self):
        whole = (
            self.page(self.photo.led_stories.get().get_absolute_url()).partition("<figure")[2].partition("</figure")[0]
        )
        self.assertIn('class="small" width="200"', whole)
        self.assertEqual(set(re.findall('sizes="(.*?)"', whole)), {"200px"})
        large = self.story(slug="lebar", lead_photo=make_photo(colour="#117755"))
        self.assertNotIn('class="small"', self.page(large.get_absolute_url()))

    def test_each_address_of_a_page_answers_with_a_picture_of_that_width(self):
        page = self.page(self.photo.led_stories.get().get_absolute_url())
        found = set(re.findall(rf"/media/r/{self.photo.hash}[^ ,\"]+", page))
        self.assertTrue(found)
        for address in found:
            response = self.client.get(address)
            self.assertEqual(response.status_code, 200, address)
            self.assertIn(f"-{Image.open(io.BytesIO(response.content)).width}.", address)

    @pytest.mark.wide
    def test_what_was_larger_before_leads_to_the_widest_there_is(self):
        for crop, width, kind in photos.forms():
            wanted = photos.rendition(self.photo, crop, width, kind)
            larger = wanted._replace(width=width)
            self.assertLessEqual(wanted.width, 200)
            if larger != wanted:
                self.assertRedirects(self.client.get(f"/media/r/{larger.name}"), f"/media/r/{wanted.name}")

    def test_any_other_width_is_404(self):
        good = photos.rendition(self.photo, "full", 640, "jpg")
        for width in (0, 1, 8, 150, 199, 201, 1000, 9999):
            self.page(f"/media/r/{good._replace(width=width).name}", status=404)
        large = photos.rendition(make_photo(colour="#113355"), "full", 640, "jpg")
        for width in (200, 1599):
            self.page(f"/media/r/{large._replace(width=width).name}", status=404)

    def test_a_picture_of_one_pixel_is_shown_as_one(self):
        dot = small_photo((1, 1), "#000011")
        for crop in photos.CROPS:
            made = photos.make(dot, photos.rendition(dot, crop, 160, "webp"))
            self.assertEqual(Image.open(io.BytesIO(made)).size, (1, 1))

    def test_no_wider_one_is_made_ahead(self):
        call_command("prefill", verbosity=0)
        _folders, files = default_storage.listdir(f"r/{self.photo.hash[:2]}")
        widths = {int(name.rpartition("-")[2].partition(".")[0]) for name in files if name.startswith(self.photo.hash)}
        self.assertEqual(max(widths), 200)
