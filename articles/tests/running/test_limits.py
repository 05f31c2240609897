"""How often one person may ask for work: searches, previews, uploads, imports. Whoever else asks is not delayed."""

import datetime
from unittest import mock

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase
from django.urls import reverse

from articles.admin.photo import uploading
from articles.admin.story import importing
from articles.admin.story.previews import pages as previews
from articles.limits import Rate, RateHere
from articles.models import Photo, RateLimit
from articles.views import searching

from ..cases import ImportTestCase
from ..newsroom import PUBLISHED, NewsroomTestCase

HERE, THERE = "203.0.113.7", "198.51.100.9"


class RateTest(NewsroomTestCase):
    def test_some_at_once_then_one_every_so_often_and_what_was_not_used_comes_back(self):
        rate = Rate("a", at_once=3, every=10)
        with time_machine.travel(PUBLISHED, tick=False) as clock:
            self.assertEqual([rate.take("x") for _ in range(5)], [0, 0, 0, 10, 10])
            self.assertEqual(rate.take("y"), 0)
            clock.shift(10)
            self.assertEqual([rate.take("x"), rate.take("x")], [0, 10])
            clock.shift(30)
            self.assertEqual([rate.take("x", count=2), rate.take("x", count=2), rate.take("x")], [0, 10, 0])

    def test_more_than_is_ever_allowed_at_once_goes_when_nothing_else_does(self):
        rate = Rate("a", at_once=3, every=10)
        with time_machine.travel(PUBLISHED, tick=False):
            self.assertEqual([rate.take("x", count=9), rate.take("x")], [0, 70])

    def test_a_row_is_forgotten_when_all_have_come_back(self):
        with time_machine.travel(PUBLISHED, tick=False) as clock:
            Rate("a", at_once=3, every=10).take("x")
            clock.shift(datetime.timedelta(seconds=11))
            Rate("a", at_once=3, every=10).take("y")
        self.assertEqual(RateLimit.objects.count(), 1)


class RateHereTest(SimpleTestCase):
    def test_it_is_the_same_in_memory_and_the_memory_has_an_end(self):
        rate, now = RateHere(at_once=2, every=0.5), 1_000.0
        with mock.patch("time.monotonic", side_effect=lambda: now):
            self.assertEqual([rate.take(HERE) for _ in range(3)] + [rate.take(THERE)], [0, 0, 1, 0])
            now += 1
            self.assertEqual([rate.take(HERE) for _ in range(3)], [0, 0, 1])
        with mock.patch("articles.limits.MOST", 10):
            for number in range(30):
                rate.take(str(number))
        self.assertLessEqual(len(rate.back_at), 12)
        self.assertNotIn(HERE, str(rate.back_at))


class SearchLimitTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(mock.patch.object(searching, "ASKED", RateHere(at_once=2, every=9_000)))

    def status(self, address, at=HERE):
        return self.client.get(address, REMOTE_ADDR=at).status_code

    def test_an_address_that_asks_too_often_is_told_when_and_others_are_answered(self):
        self.assertEqual([self.status("/search/?q=a") for _ in range(3)], [200, 200, 429])
        told = self.client.get("/search/?q=a", REMOTE_ADDR=HERE)
        self.assertRegex(told.text, r"Coba lagi dalam \d+ detik\.")
        self.assertGreater(int(told["Retry-After"]), 8_000)
        self.assertEqual(self.status("/search/?q=a&view=text"), 429)
        self.assertEqual((self.status("/search/?q=a", THERE), self.status("/search/"), self.status("/")), (200,) * 3)

    def test_it_costs_no_query(self):
        self.client.get("/search/?q=a", REMOTE_ADDR=HERE)
        self.assertEqual(RateLimit.objects.count(), 0)


class DeskLimitsTest(ImportTestCase):
    def test_previews_of_one_account(self):
        story = self.draft()
        address = reverse("admin:articles_story_preview", args=[story.pk])
        with mock.patch.object(previews, "LOOKED", RateHere(at_once=1, every=9_000)):
            self.assertEqual([self.client.post(address).status_code for _ in range(2)], [200, 429])
            self.client.force_login(self.somebody("editor"))
            self.assertEqual(self.client.post(address).status_code, 200)

    def test_uploads_of_one_account_wait_and_are_not_lost(self):
        with mock.patch.object(uploading, "UPLOADS", Rate("upload", at_once=1, every=9_000)):
            told = [self.upload(number) for number in range(2)]
            self.client.force_login(self.somebody("photo"))
            told.append(self.upload(3))
        self.assertEqual([(row["error"], row.get("again")) for row in told][1], (mock.ANY, True))
        self.assertRegex(told[1]["error"], r"Coba lagi dalam \d+ detik\.")
        self.assertNotIn("Coba lagi", told[0]["error"] + told[2]["error"])
        self.assertEqual(Photo.objects.count(), 1)

    def upload(self, number):
        file = SimpleUploadedFile(f"{number}.jpg", b"x")
        answer = self.client.post(
            "/admin/articles/photo/upload/", {"files": file}, headers={"accept": "application/json"}
        )
        return answer.json()["results"][0]

    def test_imports_of_one_account(self):
        with mock.patch.object(importing, "IMPORTS", Rate("import", at_once=1, every=9_000)):
            first, second = (self.send({"uri": f"tag:{number}", "type": "text"}) for number in range(2))
        self.assertNotContains(first, "Coba lagi dalam")
        self.assertRegex(second.text, r"Coba lagi dalam \d+ detik\.")
