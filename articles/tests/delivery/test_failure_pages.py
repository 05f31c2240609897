"""What goes wrong is told in the right words and language, whatever else is missing."""

import logging
from unittest import mock

from django.test import Client, RequestFactory, override_settings

from articles.delivery import failure
from articles.models import DeskPreference, Edition, Story
from articles.views import errors

from ..newsroom import NewsroomTestCase

NOT_COLLECTED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "articles.delivery.static.StaticFiles"},
}


class FailurePageTest(NewsroomTestCase):
    def test_the_page_of_a_failure_asks_the_database_nothing_and_is_not_kept(self):
        request = RequestFactory().get("/")
        with self.assertNumQueries(0):
            for view, status in ((errors.failed, 500), (errors.bad_request, 400), (errors.forbidden, 403)):
                response = view(request)
                self.assertEqual(response.status_code, status)
                self.assertIn("no-store", response["Cache-Control"])
                self.assertIn("<h1>", response.text)

    def test_every_one_of_them_has_words_of_its_own_in_each_language_and_promises_nothing(self):
        pages = {
            (status, way): failure.page(status, way)[0].decode() for status in failure.WORDS for way in ("id", "en")
        }
        self.assertEqual(len({page.partition("<h1>")[2] for page in pages.values()}), len(pages))
        for (_status, way), page in pages.items():
            self.assertIn(f'<html lang="{way}">', page)
            self.assertNotIn("has been told", page)
            self.assertNotIn("sudah diberi tahu", page)

    def test_readers_are_told_in_the_language_of_the_edition(self):
        Edition.objects.filter(pk=self.gorontalo.pk).update(language="en")
        self.client.raise_request_exception = False
        with mock.patch("articles.views.front.front_page", side_effect=ZeroDivisionError), self.assertLogs("django"):
            response = self.client.get("/", headers={"Accept-Language": "id"})
        self.assertEqual(response.status_code, 500)
        self.assertIn('<html lang="en">', response.text)


@override_settings(STORAGES=NOT_COLLECTED, STATIC_ROOT="/nonexistent/static")
class NothingCollectedTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.raise_request_exception = False
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def assert_plain(self, address, status, client=None, **headers):
        response = (client or self.client).get(address, headers=headers)
        self.assertEqual(response.status_code, status, address)
        self.assertIn("<h1>", response.text)
        self.assertNotIn("stylesheet", response.text)
        return response

    def test_each_page_of_a_failure_is_there_and_of_the_right_kind(self):
        self.assert_plain("/", 500)
        self.assert_plain("/tidak/ada/", 404)
        story = self.story("Ditarik")
        Story.objects.update(state="withdrawn")
        self.assert_plain(story.get_absolute_url(), 410)
        self.assert_plain("/", 400, Client(HTTP_HOST="elsewhere.localhost"))

    def test_at_the_desk_too(self):
        self.assertIn('lang="id"', self.assert_plain("/admin/login/", 500, accept_language="en").text)
        self.client.force_login(self.somebody("admin"))
        self.assert_plain("/admin/tidak/ada/", 404)


class AtTheDeskTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client = Client(enforce_csrf_checks=True, HTTP_HOST=self.host, HTTP_ACCEPT_LANGUAGE="id")
        self.client.raise_request_exception = False

    def assert_told(self, response, status, frame):
        """In Indonesian, kept nowhere; in the desk's frame, with whoever is signed in, or in none."""
        self.assertEqual(response.status_code, status)
        self.assertRegex(response.text, '<html lang="id"')
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual('id="who-menu"' in response.text, frame)
        self.assertNotIn("Forbidden", response.text)
        self.assertIn("/admin/", response.text)

    def test_who_is_signed_in_has_it_in_the_desks_frame(self):
        self.client.force_login(self.somebody("reporter"))
        self.assert_told(self.client.get("/admin/tidak/ada/"), 404, True)
        self.assert_told(self.client.get("/admin/articles/membership/"), 403, True)
        self.assert_told(self.client.get("/admin/articles/story/?q=%00"), 400, True)
        self.assert_told(self.client.post("/admin/articles/tag/add/", {"name": "Baru"}), 403, True)

    def test_strangers_have_it_without(self):
        self.assert_told(self.client.post("/admin/login/", {"username": "x"}), 403, False)
        self.assert_told(self.client.get("/admin/?q=%00"), 400, False)

    def test_a_form_without_its_token_says_that_nothing_was_saved(self):
        self.client.force_login(self.somebody("reporter"))
        response = self.client.post("/admin/articles/tag/add/", {"name": "Baru"})
        self.assertIn("Tidak ada yang disimpan", response.text)

    def test_what_broke_is_told_too(self):
        self.client.force_login(self.somebody("reporter"))
        with (
            mock.patch("articles.admin.tag.TagAdmin.get_queryset", side_effect=ZeroDivisionError),
            self.assertLogs("django"),
        ):
            self.assert_told(self.client.get("/admin/articles/tag/"), 500, False)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000, LARGEST_BODY=10_000)
class TooMuchTest(NewsroomTestCase):
    """By what Content-Length says; the walls before Django: test_serve_bodies.py."""

    def sent(self, path, length, kind="multipart/form-data; boundary=x"):
        file = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n%s\r\n--x--\r\n'
        body = file % (b"x" * length)
        return self.client.post(path, body, content_type=kind).status_code

    def test_only_who_is_signed_in_may_send_large_files_and_only_where_they_are_taken(self):
        upload = "/admin/articles/photo/upload/"
        self.assertEqual(self.sent(upload, 2000), 413)
        self.client.force_login(self.somebody("editor"))
        self.assertEqual(self.sent(upload, 2000), 200)
        self.assertEqual(self.sent(upload, 20_000), 413)
        self.assertEqual(self.sent(upload, 2000, "application/x-www-form-urlencoded"), 413)
        for path in ("/admin/", "/admin/articles/tag/add/", "/admin/tidak/ada/"):
            self.assertEqual(self.sent(path, 2000), 413, path)

    def test_who_sent_it_is_told_how_the_words_that_were_typed_come_back(self):
        editor = self.somebody("editor")
        self.client.force_login(editor)
        for language, told in (("id", "Tombol Kembali"), ("en", "Back button")):
            DeskPreference.objects.update_or_create(user=editor, defaults={"language": language})
            page = self.client.post("/admin/articles/tag/add/", {"name": "x" * 2000})
            self.assertContains(page, told, status_code=413)
