"""The database is away: readers get cached pages, and never one that is known to be stale."""

import contextlib
import datetime
from unittest import mock

import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from articles import publishing
from articles.cache import freshness
from articles.delivery.wsgi import PageCache
from articles.models import Address, Edition, Section, Story

from ..cases import HOUR, DeliveryTestCase
from ..newsroom import PUBLISHED, make_photo


@contextlib.contextmanager
def away():
    """Nobody reaches the database, by whatever way."""

    def refuse(*args):
        raise OperationalError("connection refused")

    with (
        mock.patch.object(type(freshness.get_checker().source), "changed", refuse),
        connection.execute_wrapper(refuse),
        mock.patch("django.core.handlers.exception.log_response"),
    ):
        yield


class OutageTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(mock.patch.object(freshness, "PAUSE", 0))
        self.traveller = self.enterContext(time_machine.travel(PUBLISHED.replace(year=2027), tick=False))
        self.chief = self.somebody("admin")

    def later(self, hours):
        self.traveller.move_to(timezone.now() + hours * HOUR)

    def assert_kept_back(self, address, words):
        with away():
            status, headers, body = self.ask(address)
            plain = self.ask(address, if_none_match="*")[0]
        self.assertEqual((status, plain), (503, 503), address)
        self.assertGreater(int(headers["Retry-After"]), 0)
        self.assertNotIn(words.encode(), body)

    def test_what_was_not_changed_is_served(self):
        address = self.story("Masih berlaku").get_absolute_url()
        cached = self.ask(address)[2]
        with away():
            status, headers, body = self.ask(address)
        self.assertEqual((status, headers["X-Page"], body), (200, "stale", cached))
        self.assertEqual(self.how(address), "hit")

    def test_what_stopped_being_there_is_not_served_again(self):
        """The last answer was not a cacheable page: 410, 404."""
        later = timezone.now() + HOUR
        changes = {
            410: lambda story: publishing.withdraw(story, self.chief, timezone.now(), "child"),
            404: lambda story: Story.objects.filter(pk=story.pk).update(embargo_until=later, live_from=None),
        }
        for status, change in changes.items():
            story = self.story(f"Rahasia {status}", slug=f"rahasia-{status}")
            address = story.get_absolute_url()
            self.ask(address)
            change(story)
            self.assertEqual(self.ask(address)[0], status)
            self.assertNotIn((self.host, address, ""), self.cache.store.pages)
            self.assert_kept_back(address, f"Rahasia {status}")

    def test_what_moved_is_not_served_at_its_old_address(self):
        story = self.story("Rahasia pindah")
        address = story.get_absolute_url()
        self.ask(address)
        Address.objects.create(edition=story.edition, day=story.day, slug=story.slug, story=story)
        Story.objects.filter(pk=story.pk).update(slug="pindah")
        self.assertEqual(self.ask(address)[0], 301)
        self.assert_kept_back(address, "Rahasia pindah")

    def test_no_page_of_it_and_no_list_that_names_it_is_served_though_nobody_asked_for_them_since(self):
        story = self.story("Rahasia utama")
        pages = [story.get_absolute_url(), f"{story.get_absolute_url()}?page=all", "/", "/latest/", "/feed/"]
        for page in pages:
            self.assertIn(b"Rahasia utama", self.ask(page)[2])
        publishing.withdraw(story, self.chief, timezone.now(), "child")
        self.ask("/masthead/")
        for page in pages:
            self.assert_kept_back(page, "Rahasia utama")

    def test_what_ends_by_the_clock_meanwhile_is_not_served(self):
        photo = make_photo(colour="#998877", rights_end_at=timezone.now() + 2 * HOUR)
        expires = self.story("Rahasia habis", expires_at=timezone.now() + 5 * HOUR).get_absolute_url()
        shows = self.story("Berfoto", lead_photo=photo, publish_at=PUBLISHED - HOUR).get_absolute_url()
        for page in (expires, shows):
            self.ask(page)
        with away():
            self.later(1.9)
            self.assertEqual([self.ask(page)[0] for page in (expires, shows)], [200, 200])
        self.later(0.2)
        self.assert_kept_back(shows, photo.hash)
        self.later(3)
        self.assert_kept_back(expires, "Rahasia habis")

    def test_what_a_waiting_change_mends_meanwhile_is_not_served(self):
        story = publishing.release(self.draft("Rahasia salah"), self.chief, timezone.now())
        wanted = publishing.snapshot(story) | {"headline": "Sudah benar"}
        publishing.schedule_change(story, self.chief, timezone.now(), wanted, timezone.now() + HOUR)
        self.ask(story.get_absolute_url())
        self.later(1)
        self.assert_kept_back(story.get_absolute_url(), "Rahasia salah")

    def test_beyond_what_is_known_of_the_clock_nothing_is_served(self):
        address = self.story("Rahasia lama").get_absolute_url()
        self.ask(address)
        self.later(freshness.AHEAD / 3600 + 0.1)
        self.assert_kept_back(address, "Rahasia lama")
        self.assertEqual(self.ask(address)[0], 200)

    def test_midnight_and_new_counts_take_nothing_away(self):
        self.ask("/")
        self.later(6)
        with away():
            self.assertEqual(self.how("/"), "stale")

    def test_a_rail_that_is_known_to_be_old_is_left_out(self):
        other = self.story("Rahasia di samping", publish_at=PUBLISHED.replace(year=2027))
        address = self.story("Tetap", section=self.elsewhere(), publish_at=PUBLISHED).get_absolute_url()
        self.assertIn(b"Rahasia di samping", self.ask(address)[2])
        publishing.withdraw(other, self.chief, timezone.now(), "child")
        self.ask("/masthead/")
        with away():
            status, headers, body = self.ask(address)
        self.assertEqual((status, headers["X-Page"]), (200, "stale"))
        self.assertNotIn(b"Rahasia di samping", body)

    def elsewhere(self):
        return Section.objects.create(edition=self.gorontalo, name="Lain", slug="lain")

    def test_the_answer_speaks_the_editions_language(self):
        Edition.objects.filter(pk=self.gorontalo.pk).update(language="en")
        self.ask("/masthead/")
        with away():
            status, _headers, body = self.ask("/latest/")
        self.assertEqual((status, b'lang="en"' in body), (503, True))

    def test_who_is_at_the_desk_is_told_to_come_again_in_the_newsrooms_language(self):
        with away():
            status, headers, body = self.ask("/admin/", accept_language="en")
        self.assertEqual((status, "Retry-After" in headers), (503, True))
        self.assertIn(b'lang="id"', body)

    def test_a_page_that_was_being_printed_is_no_failure_of_the_page(self):
        """The database goes between the look and the page."""
        address = self.story("Masih berlaku").get_absolute_url()
        cached = self.ask(address)[2]
        self.later(12)  # its date line is to be written anew, which makes nothing on it old
        self.cache.checker.refresh()
        with mock.patch("articles.views.story._at_address", side_effect=OperationalError), self.assertLogs("django"):
            status, headers, body = self.ask(address)
        self.assertEqual((status, headers["X-Page"], body), (200, "stale", cached))

    def test_wrong_sql_is_a_failure_and_no_outage(self):
        class NoSuchColumn(Exception):
            sqlite_errorname = "SQLITE_ERROR"

        wrong = OperationalError("no such column")
        wrong.__cause__ = NoSuchColumn()
        with mock.patch("articles.views.front.front_page", side_effect=wrong), self.assertLogs("django"):
            self.assertEqual(self.ask("/")[0], 500)

    def test_another_press_holds_nothing(self):
        address = self.story().get_absolute_url()
        self.ask(address)
        with away():
            self.assertEqual(self.ask(address, cache=PageCache(WSGIHandler()))[0], 503)

    def test_without_a_look_what_is_held_is_served_and_marked(self):
        address = self.story().get_absolute_url()
        self.ask(address)
        with mock.patch.object(freshness.FreshnessChecker, "refresh", side_effect=DatabaseError):
            self.assertEqual(self.how(address), "stale")
            self.later(datetime.timedelta(days=2) / HOUR)
            self.assertEqual(self.ask(address)[0], 503)
