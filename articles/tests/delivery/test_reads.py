"""A page tells of a read: each person counts, nobody counts for many, and nothing of a reader is kept."""

import datetime
import io
import threading
import tracemalloc
import uuid
from unittest import mock

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import SimpleTestCase
from django.test.utils import CaptureQueriesContext, override_settings

from articles.delivery import bodies, readers, reads
from articles.delivery.wsgi import PageCache
from articles.models import ReadCount, Story
from articles.models.story import State

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HERE = "gorontalo.localhost"
HOUR = datetime.timedelta(hours=1)
STORY = uuid.uuid4()
OURS = {"HTTP_ORIGIN": f"http://{HERE}", "HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_USER_AGENT": FIREFOX}


def post(cache, story=STORY, at="203.0.113.1", body=None, **more):
    """The status of the answer to a read of this story from this address."""
    body = str(story).encode() if body is None else body
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/read/", "HTTP_HOST": HERE, "REMOTE_ADDR": at,
        "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), **OURS, **more,
    }  # fmt: skip
    told = []
    cache({name: value for name, value in environ.items() if value is not None}, lambda *args: told.append(args))
    return int(told[0][0][:3])


@override_settings(COUNT_READS=True)
@mock.patch.object(reads.Reads, "_start", mock.Mock())
@mock.patch.object(bodies, "close_old_connections", mock.Mock())
class PostedTest(SimpleTestCase):
    """What is posted is taken without Django and without the database, which this test does not have."""

    def setUp(self):
        self.cache = PageCache(None)

    def counted(self, story=STORY):
        return self.cache.reads.sums[story]

    def test_a_read_is_answered_with_nothing_and_counts_one_in_half_an_hour(self):
        with time_machine.travel(PUBLISHED, tick=False) as clock:
            self.assertEqual([post(self.cache) for _ in range(3)], [204] * 3)
            self.assertEqual(self.counted(), 1)
            clock.shift(readers.AGAIN_AFTER)
            post(self.cache)
            self.assertEqual(self.counted(), 2)

    def test_ten_thousand_posts_of_one_address_are_no_more_than_its_limit(self):
        with time_machine.travel(PUBLISHED, tick=False) as clock:
            for _ in range(10_000):
                post(self.cache, uuid.uuid4())
            self.assertEqual(self.cache.reads.sums.total(), readers.MOST_AN_HOUR)
            clock.shift(HOUR)
            post(self.cache)
            self.assertEqual(self.counted(), 1)

    def test_a_hundred_addresses_that_the_proxy_saw_are_a_hundred(self):
        for behind, expected in ((False, 1), (True, 100)):
            self.setUp()
            with override_settings(BEHIND_PROXY=behind):
                for number in range(100):
                    seen = f"198.51.100.7, 203.0.113.{number}"  # a client invents the first
                    post(self.cache, at="127.0.0.1", HTTP_X_FORWARDED_FOR=seen)
            self.assertEqual(self.counted(), expected)

    def test_a_household_is_one_address(self):
        for number in range(5):
            post(self.cache, at=f"2001:db8::{number}")
        self.assertEqual(self.counted(), 1)

    def test_who_asks_not_to_be_tracked_and_programs_are_not_counted(self):
        for more in (
            {"HTTP_DNT": "1"}, {"HTTP_SEC_GPC": "1"}, {"HTTP_USER_AGENT": None}, {"HTTP_USER_AGENT": "curl/8.5"},
            {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        ):  # fmt: skip
            self.assertEqual(post(self.cache, **more), 204, more)
        self.assertFalse(self.cache.reads.sums)
        post(self.cache, HTTP_DNT="0")
        self.assertEqual(self.counted(), 1)

    def test_what_no_page_of_ours_has_sent_is_refused(self):
        for status, more in (
            (403, {"HTTP_ORIGIN": "https://elsewhere.example"}),
            (403, {"HTTP_ORIGIN": "null"}),
            (403, {"HTTP_ORIGIN": "http://["}),
            (403, {"HTTP_ORIGIN": None}),
            (403, {"HTTP_SEC_FETCH_SITE": "cross-site"}),
            (413, {"body": b"a" * 201}),
            (413, {"CONTENT_LENGTH": "many"}),
            (411, {"HTTP_TRANSFER_ENCODING": "chunked"}),
            (400, {"body": b"a" * 200}),
            (400, {"body": b""}),
            (400, {"body": "é".encode()}),
        ):
            self.assertEqual(post(self.cache, **more), status, more)
        self.assertFalse(self.cache.reads.sums)

    def test_what_is_remembered_has_an_end_in_number_and_in_time(self):
        with time_machine.travel(PUBLISHED, tick=False) as clock, mock.patch.object(readers, "MOST", 500):
            with mock.patch.object(reads, "MOST", 200):
                for number in range(2_000):
                    post(self.cache, uuid.uuid4(), at=f"203.0.{number % 250}.{number // 250}")
            known = self.cache.reads.readers
            self.assertEqual((len(known.order), len(known.last), known.numbers.total()), (500, 500, 500))
            self.assertEqual(len(self.cache.reads.sums), 200)
            clock.shift(HOUR)
            known.forget((PUBLISHED + HOUR).timestamp())
            self.assertFalse(known.order or known.last or known.numbers)

    def test_a_remembered_read_takes_some_hundred_bytes_and_holds_no_address(self):
        known = readers.Readers()
        tracemalloc.start()
        for number in range(5_000):
            known.take(f"203.0.{number % 250}.{number // 250}", uuid.uuid4().bytes, 0)
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        self.assertLess(size / 5_000, 450)
        self.assertNotIn(b"203.0.113.1", b"".join(key for _at, key in known.order))
        self.assertNotEqual(known.salt, readers.Readers().salt)

    def test_where_it_is_off_nothing_is_taken(self):
        with override_settings(COUNT_READS=False):
            self.assertEqual(post(PageCache(None)), 405)

    def test_what_was_told_is_stored_within_ten_seconds_without_anybody_asking(self):
        self.assertEqual(reads.EVERY, 10)
        stored, counting = threading.Event(), reads.Reads()
        with mock.patch.object(reads, "EVERY", 0.01), mock.patch.object(counting, "store", stored.set):
            counting.add({STORY: 1})
            threading.Thread(target=counting._go_on, daemon=True).start()
            self.assertTrue(stored.wait(10), "no thread stored it")
            counting.sums.clear()


@override_settings(COUNT_READS=True)
@mock.patch.object(reads.Reads, "_start", mock.Mock())
class StoredTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.cache = PageCache(WSGIHandler())
        self.one = self.story(body="<p>Satu.</p><hr><p>Dua.</p>")

    def stored(self):
        self.cache.reads.store()
        return list(ReadCount.objects.order_by("hour").values_list("story", "reads"))

    def test_sums_are_added_up_by_the_hour_and_make_the_popular(self):
        with time_machine.travel(PUBLISHED + HOUR / 2, tick=False) as clock:
            for hour, times in ((0, 2), (0, 3), (1, 1)):
                clock.move_to(PUBLISHED + HOUR * (hour + 0.5))
                self.cache.reads.add({self.one.uid: times})
                self.cache.reads.store()
            full = PUBLISHED.replace(minute=0)
            stored = list(ReadCount.objects.order_by("hour").values_list("hour", "reads"))
            self.assertEqual(stored, [(full, 5), (full + HOUR, 1)])
            self.assertIn(self.one.headline, self.ask("/popular/")[2].decode())

    def test_only_live_stories_are_counted(self):
        withdrawn = self.story("Ditarik")
        Story.objects.filter(pk=withdrawn.pk).update(state=State.WITHDRAWN)
        for number, story in enumerate((self.one.uid, self.draft().uid, withdrawn.uid, uuid.uuid4())):
            self.assertEqual(post(self.cache, story, at=f"203.0.113.{number}"), 204)
        self.assertEqual(self.stored(), [(self.one.pk, 1)])

    def test_a_read_asks_the_database_nothing_and_a_page_that_is_sent_counts_nothing(self):
        with CaptureQueriesContext(connection) as asked:
            post(self.cache, self.one.uid)
        self.assertEqual(len(asked), 0)
        self.ask(self.one.get_absolute_url(), USER_AGENT=FIREFOX)
        self.assertEqual(self.stored(), [(self.one.pk, 1)])

    def test_where_the_database_does_not_answer_they_are_kept_for_the_next_time(self):
        post(self.cache, self.one.uid)
        with (
            mock.patch.object(reads, "_write", side_effect=OperationalError("away")),
            self.assertLogs("articles.delivery.reads", "WARNING"),
        ):
            self.cache.reads.store()
        post(self.cache, self.one.uid, at="203.0.113.2")
        self.assertEqual(self.stored(), [(self.one.pk, 2)])

    def test_the_first_page_and_the_whole_text_tell_of_a_read(self):
        address = self.one.get_absolute_url()
        told = {
            query: f'data-story="{self.one.uid}" data-reads="/read/"' in self.ask(address + query)[2].decode()
            for query in ("", "?page=2", "?page=all")
        }
        self.assertEqual(told, {"": True, "?page=2": False, "?page=all": True})
        with override_settings(COUNT_READS=False):
            self.assertNotIn("/read/", self.ask(address, cache=PageCache(WSGIHandler()))[2].decode())

    def test_the_rail_is_put_in_anew_only_when_its_order_changed(self):
        other, address = self.story("Kabar kedua"), self.story("Kabar ketiga").get_absolute_url()
        with time_machine.travel(PUBLISHED + 2 * HOUR, tick=False) as clock:
            self.cache.reads.add({self.one.uid: 5, other.uid: 3})
            self.cache.reads.store()
            self.ask(address)
            how = []
            for more in ({self.one.uid: 4}, {other.uid: 9}):
                self.cache.reads.add(more)
                self.cache.reads.store()
                clock.shift(datetime.timedelta(minutes=1))
                how.append(self.ask(address)[1]["X-Page"])
        self.assertEqual(how, ["hit", "put together"])
