"""Reads are counted as pages go out, and stored in sums: nobody waits for it, and nothing of a reader is kept."""

import datetime
import threading
from unittest import mock

import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import SimpleTestCase
from django.test.utils import CaptureQueriesContext, override_settings

from articles.delivery import reads
from articles.delivery.wsgi import PageCache
from articles.models import ReadCount

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOUR = datetime.timedelta(hours=1)


class ThreadTest(SimpleTestCase):
    def test_what_was_sent_is_stored_without_anybody_asking(self):
        stored = threading.Event()
        counting = reads.Reads()
        with mock.patch.multiple(reads, EVERY=0.01), mock.patch.object(counting, "store", stored.set):
            for _time in range(2):
                counting.add(1, {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": FIREFOX})
            self.assertTrue(stored.wait(10), "no thread stored it")
            counting.sent.clear()


@mock.patch.object(reads.Reads, "_start", mock.Mock())
class ReadsTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        with override_settings(COUNT_READS=True):
            self.cache = PageCache(WSGIHandler())
        self.one = self.story(body="<p>Satu.</p><hr><p>Dua.</p>")
        self.address = self.one.get_absolute_url()

    def read(self, address=None, agent=FIREFOX, **more):
        return self.ask(address or self.address, USER_AGENT=agent, **more)

    def counted(self):
        return self.cache.reads.sent.count(self.one.pk)

    def test_each_answer_with_the_story_is_one_whether_it_was_rendered_cached_or_known(self):
        _status, headers, _body = self.read()
        self.read()
        status, *_rest = self.read(IF_NONE_MATCH=headers["ETag"])
        self.assertEqual((status, self.counted()), (304, 3))

    def test_further_pages_lists_and_what_is_not_there_are_none(self):
        for address in (
            f"{self.address}?page=2",
            "/",
            "/latest/",
            f"{self.address}ninjs.json",
            "/2023/10/19/tidak-ada/",
        ):
            self.read(address)
        self.assertFalse(self.cache.reads.sent)
        self.read(f"{self.address}?page=all")
        self.assertEqual(self.counted(), 1)

    def test_programs_pages_fetched_ahead_and_heads_alone_are_none(self):
        for agent in ("", "curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1)", "facebookexternalhit/1.1"):
            self.read(agent=agent)
        self.read(SEC_PURPOSE="prefetch;prerender")
        self.read(method="HEAD")
        self.assertEqual(self.counted(), 0)

    def test_a_cached_page_writes_nothing_and_asks_nothing_more(self):
        self.read()
        with CaptureQueriesContext(connection) as with_counting:
            self.read()
        self.cache.reads = None
        with CaptureQueriesContext(connection) as without:
            self.read()
        self.assertEqual(len(with_counting), len(without))
        self.assertFalse(any("INSERT" in query["sql"] for query in with_counting))

    def test_sums_are_added_up_by_the_hour_and_make_the_popular(self):
        with time_machine.travel(PUBLISHED + HOUR / 2, tick=False) as clock:
            for hour, times in ((0, 2), (0, 3), (1, 1)):
                clock.move_to(PUBLISHED + HOUR * (hour + 0.5))
                for _ in range(times):
                    self.cache.reads.add(self.one.pk, {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": FIREFOX})
                self.cache.reads.store()
            stored = list(ReadCount.objects.order_by("hour").values_list("hour", "reads"))
            full = PUBLISHED.replace(minute=0)
            self.assertEqual(stored, [(full, 5), (full + HOUR, 1)])
            self.assertIn(self.one.headline, self.ask("/popular/")[2].decode())
        self.assertFalse(self.cache.reads.sent)

    def test_a_story_that_is_gone_is_passed_over_and_the_others_are_stored(self):
        gone = self.one.pk + 1000
        for key in (self.one.pk, gone):
            self.cache.reads.add(key, {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": FIREFOX})
        self.cache.reads.store()
        self.assertEqual(list(ReadCount.objects.values_list("story", "reads")), [(self.one.pk, 1)])

    def test_where_the_database_does_not_answer_they_are_kept_for_the_next_time(self):
        self.read()
        with (
            mock.patch.object(reads, "_write", side_effect=OperationalError("away")),
            self.assertLogs("articles.delivery.reads", "WARNING"),
        ):
            self.cache.reads.store()
        self.read()
        self.assertEqual(self.counted(), 2)
        self.cache.reads.store()
        self.assertEqual(ReadCount.objects.get().reads, 2)

    def test_where_it_is_off_nothing_is_counted(self):
        with override_settings(COUNT_READS=False):
            cache = PageCache(WSGIHandler())
        self.ask(self.address, cache=cache, USER_AGENT=FIREFOX)
        self.assertIsNone(cache.reads)
