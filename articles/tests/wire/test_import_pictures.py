"""Pictures that are sent to the desk's import page beside a file of the wire."""

import io
import json
import os
import time
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import photos
from articles.models import Photo

from ..cases import PAGE, ImportTestCase
from ..wire_cases import associated, picture, told


def jpeg(name="pasar.jpg", colour="#335577"):
    content = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue())


class ImportPicturesTest(ImportTestCase):
    def send(self, *items, photos=(), state="released"):
        file = SimpleUploadedFile("kiriman.jsonl", b"\n".join(json.dumps(one).encode() for one in items))
        return self.client.post(
            PAGE, {"file": file, "photos": list(photos), "edition": self.gorontalo.pk, "state": state}
        )

    def test_a_picture_comes_with_the_file_that_was_sent_along(self):
        looked_at = self.send(
            picture(), told(associations=[associated()]), photos=[jpeg(), jpeg("lain.jpg", "#111111")]
        )
        self.assertEqual([outcome for outcome, _position in self.outcomes(looked_at)], ["new", "new"])
        self.assertEqual(looked_at.context["unused"], ["lain.jpg"])
        self.assertEqual(Photo.objects.count(), 1)
        self.press(looked_at)
        photo = Photo.objects.exclude(pk=self.lilin.pk).get()
        self.assertEqual((photo.credit, photo.width), ("AFP/BAY ISMOYO", 900))
        self.assertTrue(photo.file.storage.exists(photo.file.name))
        self.assertEqual(photo.led_stories.count(), 1)
        self.assertEqual(self.kept(), [])

    def test_the_limits_of_a_photo_stand_on_the_page(self):
        page = self.client.get(PAGE)
        for sentence in photos.limits().sentences:
            self.assertContains(page, sentence)
        with mock.patch("articles.photos.opening.MOST_BYTES", 100):
            self.assertIn("pasar.jpg", str(self.send(picture(), photos=[jpeg()]).context["form"].errors["photos"]))

    def test_a_file_that_is_no_picture_is_told(self):
        looked_at = self.send(picture(), photos=[SimpleUploadedFile("pasar.jpg", b"<html>")])
        self.assertIn("tidak dapat kami pakai", self.press(looked_at).text)

    def test_what_cannot_be_kept_is_refused_by_name(self):
        for sent in ([jpeg(), jpeg()], [SimpleUploadedFile("pasar.exe", b"x")], [jpeg("x" * 240 + ".jpg")]):
            answer = self.send(picture(), photos=sent)
            self.assertIn(sent[0].name[:200], str(answer.context["form"].errors["photos"]))
            self.assertEqual(self.kept(), [])

    def test_what_nobody_came_back_for_goes_with_its_pictures(self):
        self.send(picture(), photos=[jpeg()])
        for path in self.kept():
            os.utime(path, (time.time() - 9_999,) * 2)
        self.send(told())
        self.assertEqual(len(self.kept()), 1)
