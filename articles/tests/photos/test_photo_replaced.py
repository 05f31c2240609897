import datetime

import time_machine
from django.core.files.storage import default_storage
from django.forms import model_to_dict

from articles import photos
from articles.models import FormerFile, Photo

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo
from ..uploads import upload

DAY = datetime.timedelta(days=1)


class PhotoReplacedTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.photo = make_photo(colour="#445566")
        self.story(lead_photo=self.photo)
        self.editor = self.somebody("photo")

    def save(self, status=302, **changes):
        self.client.force_login(self.editor)
        row = {name: "" if value is None else value for name, value in model_to_dict(self.photo).items()}
        row.pop("file")
        response = self.client.post(f"/admin/articles/photo/{self.photo.pk}/change/", {**row, **changes})
        self.assertEqual(response.status_code, status)
        self.photo.refresh_from_db()
        return response

    def replace(self, colour="#ff8800"):
        old = photos.address(self.photo, "16x9", 320, "jpg")
        self.save(file=upload(colour=colour, said=None))
        self.client.logout()
        return old

    def test_the_new_picture_has_a_new_address_and_the_old_one_leads_there(self):
        old = self.replace()
        new = photos.address(self.photo, "16x9", 320, "jpg")
        self.assertNotEqual(old, new)
        self.assertRedirects(self.client.get(old), new, fetch_redirect_response=False)
        self.assertIn(new, self.page("/"))

    def test_once_nothing_shows_the_photo_its_old_address_leads_nowhere(self):
        old = self.replace()
        Photo.objects.filter(pk=self.photo.pk).update(rights_end_at=PUBLISHED)
        self.assertEqual(self.client.get(old).status_code, 404)

    def test_the_old_file_is_kept_a_month_and_the_form_says_so(self):
        with time_machine.travel(PUBLISHED + DAY, tick=False):
            self.replace()
        former = FormerFile.objects.get().file.name
        with time_machine.travel(PUBLISHED + 30 * DAY, tick=False):
            self.replace("#00ff88")
            self.assertTrue(default_storage.exists(former))
            self.client.force_login(self.editor)
            page = self.page(f"/admin/articles/photo/{self.photo.pk}/change/")
            self.assertIn("diganti pada 20 Okt 2023", page)
        with time_machine.travel(PUBLISHED + 31 * DAY, tick=False):
            photos.keep(self.photo, PUBLISHED + 31 * DAY)
        self.assertFalse(default_storage.exists(former))
        self.assertTrue(default_storage.exists(self.photo.file.name))

    def test_a_caption_that_names_whom_a_released_story_protects_is_refused(self):
        self.photo.led_stories.update(protected_names="Budi Santoso")
        response = self.save(status=200, caption="Budi Santoso, 9 tahun, menyalakan lilin.")
        self.assertContains(response, "Budi Santoso", status_code=200)
        self.assertEqual(self.photo.caption, "Warga menyalakan lilin.")
