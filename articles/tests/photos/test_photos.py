import io
import pathlib
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from articles import photos

from ..newsroom import NewsroomTestCase, make_photo


class RenditionTest(NewsroomTestCase):
    def test_is_made_on_the_first_request_and_kept(self):
        photo = make_photo(focal_x=0.2)
        self.story(lead_photo=photo)
        for kind, (content_type, _) in photos.FORMATS.items():
            address = photos.address(photo, "16x9", 320, kind)
            response = self.client.get(address)
            self.assertEqual(response["Content-Type"], content_type)
            self.assertEqual(Image.open(io.BytesIO(response.content)).size, (320, 180))
            self.assertTrue(default_storage.exists(photos.rendition(photo, "16x9", 320, kind).path))
            self.assertEqual(self.client.get(address).content, response.content)

    def test_several_who_ask_at_once_are_served_and_it_is_made_once(self):
        photo = make_photo(colour="#778899")
        wanted = photos.rendition(photo, "16x9", 640, "webp")
        with ThreadPoolExecutor(6) as several:
            served = set(several.map(lambda _: photos.fetch(photo, wanted), range(6)))
        self.assertEqual(len(served), 1)
        _folders, files = default_storage.listdir(f"r/{wanted.hash[:2]}")
        self.assertEqual([name for name in files if name.startswith(wanted.name.partition(".")[0])], [wanted.name])

    def test_a_size_is_scaled_once_for_all_formats_and_its_bytes_are_those_of_one_made_alone(self):
        photo = make_photo(colour="#887766")
        wanted = [photos.rendition(photo, "16x9", 320, kind) for kind in photos.FORMATS]
        with mock.patch.object(Image.Image, "resize", autospec=True, side_effect=Image.Image.resize) as resize:
            together = [photos.make(photo, one) for one in wanted]
        self.assertEqual(resize.call_count, 1)
        for one, made in zip(wanted, together, strict=True):
            photos.make(make_photo(colour="#667788"), photos.rendition(photo, "16x9", 320, "jpg"))  # takes its place
            self.assertEqual(photos.make(photo, one), made)

    def test_any_other_size_crop_or_format_is_404(self):
        good = photos.rendition(make_photo(), "4x3", 320, "jpg")
        wrong = [{"width": 321}, {"crop": "9x9"}, {"format": "gif"}, {"focus": (101, 50)}, {"hash": "0" * 32}]
        for name in [*(good._replace(**change).name for change in wrong), "0" + good.name]:
            with self.subTest(name=name):
                self.page(f"/media/r/{name}", status=404)

    def test_another_focal_point_is_another_address(self):
        photo = make_photo()
        before = photos.address(photo, "1x1", 160, "webp")
        photo.focal_x = 0.9
        self.assertNotEqual(photos.address(photo, "1x1", 160, "webp"), before)


class MissingFileTest(NewsroomTestCase):
    def test_the_story_still_reads_with_a_neutral_picture_and_the_caption(self):
        photo = make_photo(colour="#123456")
        default_storage.delete(photo.file.name)
        story = self.story(lead_photo=photo)
        self.assertIn("Warga menyalakan lilin.", self.page(story.get_absolute_url()))
        with self.assertLogs("articles", "ERROR") as logged:
            response = self.client.get(photos.address(photo, "full", 640, "webp"))
        self.assertEqual((response.status_code, response["Content-Type"]), (404, "image/svg+xml"))
        self.assertIn("no-store", response["Cache-Control"])
        response.close()
        self.assertIn(str(photo.uid), logged.output[0])

    def test_the_desk_is_told(self):
        photo = make_photo(colour="#654321")
        default_storage.delete(photo.file.name)
        story = self.story(lead_photo=photo)
        self.client.force_login(self.somebody())
        self.assertIn(photo.title, self.page(f"/admin/articles/story/{story.pk}/change/"))
        self.assertIn("Berkas hilang", self.page("/admin/articles/photo/"))


def test_no_public_template_names_an_original():
    templates = pathlib.Path(settings.ROOT / "templates" / "articles").glob("*.html")
    assert not [page.name for page in templates if ".file" in page.read_text()]
