"""Where the database or a page fails, the page cache gives no wrong page."""

import threading
from unittest import mock

from django.db import DatabaseError, connection, transaction

from articles.cache import freshness
from articles.health import checks
from articles.models import Photo, Story
from articles.views import front

from ..cases import DeliveryTestCase


class FaultTest(DeliveryTestCase):
    def test_a_page_that_breaks_is_not_kept_and_its_sisters_are(self):
        self.how("/masthead/")
        with mock.patch("articles.views.front.front_page", side_effect=ZeroDivisionError), self.assertLogs("django"):
            self.assertEqual([self.ask("/")[0] for _ in range(2)], [500, 500])
        self.assertEqual((self.how("/"), self.how("/masthead/")), ("miss", "hit"))

    def test_without_the_database_what_is_held_is_served_and_marked(self):
        address = self.story().get_absolute_url()
        cached = self.ask(address)[2]
        with mock.patch.object(freshness.FreshnessChecker, "refresh", side_effect=DatabaseError):
            status, headers, body = self.ask(address)
        self.assertEqual((status, headers["X-Page"], body), (200, "stale", cached))
        self.assertEqual(self.how(address), "hit")

    def test_a_change_that_is_rolled_back_touches_nothing(self):
        story = self.story()
        self.how("/")
        try:
            with transaction.atomic():
                Story.objects.filter(pk=story.pk).update(headline="Tidak jadi")
                raise ZeroDivisionError
        except ZeroDivisionError:
            self.assertEqual(self.how("/"), "hit")

    def test_a_change_while_a_page_is_printed_makes_it_old_at_once(self):
        story = self.story("Judul lama")
        real = front.shown

        def slow(*args):
            answer = real(*args)
            Story.objects.filter(pk=story.pk).update(headline="Judul baru")
            return answer

        with mock.patch.object(front, "shown", slow):
            self.assertIn(b"Judul lama", self.ask("/")[2])
        self.assertIn(b"Judul baru", self.ask("/")[2])

    def test_a_worker_that_is_far_behind_drops_what_it_holds(self):
        self.story()
        self.how("/")
        freshness.get_checker().number -= 1
        with mock.patch.object(freshness, "MOST", 0):
            Story.objects.update(headline="Lain")
            self.assertIn(b"Lain", self.ask("/")[2])

    def test_many_who_want_one_page_have_it_printed_once(self):
        if connection.vendor == "sqlite":
            self.skipTest("A database in memory belongs to one thread.")
        address, hows = self.story().get_absolute_url(), []

        def reader():
            hows.append(self.how(address))
            connection.close()

        readers = [threading.Thread(target=reader) for _ in range(8)]
        for one in readers:
            one.start()
        for one in readers:
            one.join()
        self.assertEqual(hows.count("miss"), 1)

    def test_probes_are_told_whether_it_lives_and_is_ready(self):
        self.assertEqual(self.ask("/healthz", host="10.0.0.7")[0], 200)
        self.assertEqual(self.ask("/readyz", host="10.0.0.7")[0], 200)
        checks.kept.forget()
        with mock.patch("articles.health.checks.database.are_stale", side_effect=DatabaseError):
            self.assertEqual([self.ask(probe)[0] for probe in ("/healthz", "/readyz")], [200, 503])
        checks.kept.forget()

    def test_photos_are_not_held(self):
        photo = Photo.objects.first()
        self.assertEqual(self.how(f"/media/r/{photo.hash}-1x1-50x50-160.jpg"), "bypass")
