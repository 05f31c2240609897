"""The words of a photo are changed beside it, in the form of a story."""

from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Photo

from ..newsroom import NewsroomTestCase, make_photo
from ..uploads import UPLOAD, upload


class PhotoWordsTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("editor"))
        self.address = reverse("admin:articles_photo_words", args=[self.lilin.pk])

    def send(self, status=200, **words):
        response = self.client.post(self.address, words)
        self.assertEqual(response.status_code, status)
        self.lilin.refresh_from_db()
        return response

    def test_only_what_was_sent_changes(self):
        Photo.objects.filter(pk=self.lilin.pk).update(caption="Ditulis orang lain.")
        told = self.send(alt="Tiga lilin menyala").json()["photo"]
        self.assertEqual((self.lilin.alt, self.lilin.caption), ("Tiga lilin menyala", "Ditulis orang lain."))
        self.assertEqual((told["alt"], told["credit"]), ("Tiga lilin menyala", "AFP/BAY ISMOYO"))
        self.assertEqual(LogEntry.objects.count(), 1)

    def test_nothing_else_of_the_photo_can_be_sent(self):
        self.send(title="Judul lain", rights_end_at="2020-01-01", hash="0", focal_x="0.1")
        self.assertEqual((self.lilin.title, self.lilin.focal_x), ("Lilin di alun-alun", 0.5))

    def test_what_a_live_story_needs_stays(self):
        self.story(lead_photo=self.lilin)
        self.assertTrue(self.send(400, alt="").json()["errors"])
        self.assertEqual(self.lilin.alt, "Deretan lilin menyala")

    def test_a_protected_name_is_refused(self):
        self.story(lead_photo=self.lilin, protected_names="Siti Aminah")
        self.assertTrue(self.send(400, caption="Siti Aminah menyalakan lilin.").json()["errors"])

    def test_a_reporter_changes_only_what_their_own_stories_show(self):
        self.client.force_login(self.somebody("reporter"))
        self.assertTrue(self.client.get(self.address).json()["may_change"])
        self.story(lead_photo=self.lilin)
        self.assertFalse(self.client.get(self.address).json()["may_change"])
        self.send(403, alt="Lain")
        self.assertEqual(self.lilin.alt, "Deretan lilin menyala")

    def test_no_photo_and_no_other_method(self):
        self.assertEqual(self.client.get(reverse("admin:articles_photo_words", args=[999_999])).status_code, 404)
        self.assertEqual(self.client.put(self.address).status_code, 405)

    def test_a_file_that_is_in_the_library_comes_with_its_photo(self):
        for expected in ("", "sudah ada"):
            sent = {"files": [upload("asli.jpg")]}
            [result] = self.client.post(UPLOAD, sent, headers={"accept": "application/json"}).json()["results"]
            self.assertIn(expected, result["error"])
            photo = Photo.objects.get(pk=result["photo"]["id"])
            self.assertEqual((photo.title, result["photo"]["credit"]), ("asli", "AFP/BAY ISMOYO"))

    def test_the_library_tells_namesakes_apart(self):
        make_photo(title="Lilin di alun-alun", agency="ANTARA", colour="#aa3366")
        found = self.client.get(reverse("admin:articles_photo_find"), {"q": "lilin"}).json()["results"]
        self.assertEqual(len({row["detail"] for row in found}), 2)
