import datetime
import threading
from unittest import mock

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.utils import timezone

from articles import publishing
from articles.cache import cached_rows
from articles.delivery import known, responses
from articles.delivery.wsgi import PageCache
from articles.models import Edition, Network, OldAddress, Owner, ReadCount, Section, Story

from ..cases import HOUR, DeliveryTestCase
from ..newsroom import PUBLISHED


class AttackTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.traveller = self.enterContext(
            time_machine.travel(PUBLISHED.replace(year=2027, hour=1, minute=5), tick=False)
        )

    def at(self, moment):
        self.traveller.move_to(moment)

    def fresh(self, address):
        self.assertEqual(self.ask(address)[2], self.rendered_now(address))

    def test_what_came_due_while_nobody_read_for_hours_is_shown(self):
        now = timezone.now()
        self.story("Nanti terbit", publish_at=now + 1.5 * HOUR)
        self.how("/latest/")
        self.at(now + 3 * HOUR)
        self.assertIn(b"Nanti terbit", self.ask("/latest/")[2])

    def test_a_waiting_change_goes_out_though_nobody_read_for_hours(self):
        chief = self.somebody("admin")
        story = publishing.release(self.draft("Judul lama"), chief, timezone.now())
        self.how("/latest/")
        wanted = publishing.snapshot(story) | {"headline": "Judul baru"}
        publishing.schedule_change(story, chief, timezone.now(), wanted, timezone.now() + 1.5 * HOUR)
        self.how("/latest/")
        self.at(timezone.now() + 3 * HOUR)
        self.assertIn(b"Judul baru", self.ask("/latest/")[2])

    def test_an_edition_that_is_new_answers_at_once(self):
        self.assertEqual(self.ask("/", host="baru.localhost")[0], 400)
        self.edition(name="Baru", slug="baru", host="baru.localhost")
        self.assertEqual(self.ask("/", host="baru.localhost")[0], 200)

    def test_invented_hosts_are_not_remembered(self):
        before = len(cached_rows._values)
        for n in range(50):
            self.ask("/", host=f"x{n}.localhost")
        self.assertEqual(len(cached_rows._values), before)

    def test_a_story_that_settles_another_is_shown_once_it_is_live(self):
        later = self.draft("Sudah jelas")
        story = self.story("Belum jelas", verified_in=later, label="unverified", readers_are_told=True)
        self.at(timezone.now() + datetime.timedelta(minutes=5))
        self.how(story.get_absolute_url())
        self.at(timezone.now() + datetime.timedelta(seconds=1))
        publishing.release(later, self.somebody("admin"), timezone.now())
        self.fresh(story.get_absolute_url())

    def test_what_a_scheduled_story_says_of_another_is_shown_at_its_hour(self):
        now = timezone.now().replace(minute=0, second=0, microsecond=0)
        self.at(now)
        settles = self.story("Sudah jelas", publish_at=now - 5 * HOUR)
        coming = self.story("Nanti", publish_at=now + 2.5 * HOUR)
        Story.objects.filter(pk=coming.pk).update(verified_in=settles)
        self.at(now + 2.2 * HOUR)
        self.how(settles.get_absolute_url())
        self.at(now + 2.6 * HOUR)
        self.fresh(settles.get_absolute_url())

    def test_an_edition_that_joins_the_network_stands_in_its_list(self):
        owner = Owner.objects.first()
        other = Network.objects.create(owner=owner, name="Lain", slug="lain")
        jogja = self.edition(name="J", slug="jogja", host="jogja.localhost")
        Edition.objects.filter(pk=jogja.pk).update(network=other)
        local = Section.objects.create(edition=jogja, name="Jogja", slug="jogja")
        apart = self.story("Tanpa kaitan", credited=False, section=local)
        Story.objects.filter(pk=apart.pk).update(edition=jogja)
        self.how("/latest/?network=1")
        Edition.objects.filter(pk=jogja.pk).update(network=self.gorontalo.network)
        self.fresh("/latest/?network=1")

    def test_the_popular_on_the_front_are_counted_again(self):
        now = timezone.now()
        stories = [self.story(f"K {n}", publish_at=now - (n + 1) * HOUR) for n in range(25)]
        self.how("/")
        self.how("/popular/")
        ReadCount.objects.create(story=stories[-1], hour=now.replace(minute=0, second=0, microsecond=0), reads=9)
        self.at(now + datetime.timedelta(minutes=3))
        self.fresh("/popular/")
        self.fresh("/")

    def test_an_old_address_that_comes_later_leads_on(self):
        story = self.story("Lama")
        self.assertEqual(self.ask("/?p=603")[0], 200)
        OldAddress.objects.create(edition=self.gorontalo, path="/?p=603", story=story)
        self.assertEqual(self.ask("/?p=603")[0], 301)

    def test_no_query_makes_a_second_copy_of_a_page(self):
        address = self.story().get_absolute_url()
        self.how(address)
        hows = [self.how(f"{address}?page=0{n}&page=1") for n in range(5)]
        hows += [self.how(f"/latest/?network={n}") for n in range(5, 9)]
        hows += [self.how(f"/?p={n}") for n in range(5, 9)]
        self.assertLessEqual(len(self.cache.store.pages), 5, hows)

    def test_a_rail_that_cannot_be_printed_leaves_the_page_as_it_was(self):
        address = self.story().get_absolute_url()
        self.how(address)
        self.at(timezone.now() + datetime.timedelta(minutes=2))
        with mock.patch("articles.delivery.wsgi.fragments.render", side_effect=OperationalError):
            self.assertEqual(self.how(address), "stale")

    def test_a_waiting_change_is_tried_again_where_the_database_was_locked(self):
        chief = self.somebody("admin")
        story = publishing.release(self.draft("Judul lama"), chief, timezone.now())
        self.how("/")
        wanted = publishing.snapshot(story) | {"headline": "Judul baru"}
        publishing.schedule_change(story, chief, timezone.now(), wanted, timezone.now() + HOUR / 2)
        self.how("/")
        self.at(timezone.now() + HOUR / 2)
        with (
            mock.patch("articles.publishing.scheduled._apply", side_effect=OperationalError("locked")),
            self.assertLogs("articles"),
        ):
            self.assertIn(b"Judul lama", self.ask("/")[2])
        self.at(timezone.now() + datetime.timedelta(seconds=5))
        self.assertIn(b"Judul baru", self.ask("/")[2])

    def test_an_old_rail_never_gets_into_a_new_page(self):
        first, headers = responses.Part(b"a"), [("Content-Type", "text/html")]
        page = responses.RenderedPage([first], headers, (), 9e99, (0, 0, 0, 0))
        page.fill(["old"], [first, responses.Part(b"OLD")])
        real = responses.brotli.compress

        def slow(data, **kw):
            page.fill(["new"], [first, responses.Part(b"NEW")])  # another thread, while this one packs
            return real(data, **kw)

        with mock.patch.object(responses.brotli, "compress", slow):
            page.answer("br")
        page.fill(["new"], [first, responses.Part(b"NEW")])
        self.assertEqual(responses.brotli.decompress(page.answer("br")[1]), b"aNEW")

    def test_two_threads_that_pack_one_page_count_it_once(self):
        address = self.story().get_absolute_url()
        self.how(address)
        page = next(p for k, p in self.cache.store.pages.items() if k[1] == address)
        real, both = responses.brotli.compress, threading.Barrier(2)

        def slow(data, **kw):
            both.wait(5)
            return real(data, **kw)

        environ = {"HTTP_ACCEPT_ENCODING": "br", "REQUEST_METHOD": "GET"}
        with mock.patch.object(responses.brotli, "compress", slow):
            threads = [
                threading.Thread(
                    target=self.cache.send,
                    args=(
                        next(k for k in self.cache.store.pages if k[1] == address),
                        page,
                        environ,
                        lambda *a: None,
                        "hit",
                    ),
                )
                for _ in range(2)
            ]
            [t.start() for t in threads]
            [t.join() for t in threads]
        self.assertEqual(self.cache.store.size, sum(p.size for p in self.cache.store.pages.values()))

    def test_a_page_that_was_dropped_meanwhile_is_not_counted(self):
        address = self.story().get_absolute_url()
        self.how(address)
        key, page = next((k, p) for k, p in self.cache.store.pages.items() if k[1] == address)
        self.cache.store.clear()  # another thread has put a newer one, or made room
        self.cache.send(key, page, {"HTTP_ACCEPT_ENCODING": "gzip", "REQUEST_METHOD": "GET"}, lambda *a: None, "hit")
        self.assertEqual(self.cache.store.size, sum(p.size for p in self.cache.store.pages.values()))

    def test_without_a_proxy_plain_http_is_led_to_https(self):
        with self.settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=None):
            self.cache = PageCache(WSGIHandler())
            self.cache.store.put(
                (self.host, "/", ""),
                responses.RenderedPage([responses.Part(b"x")], [("Content-Type", "text/html")], (), 9e99, (0, 0, 0, 0)),
            )
            self.cache.checker.refresh()
            next(iter(self.cache.store.pages.values())).epoch = self.cache.checker.epoch
            self.assertEqual(self.ask("/")[0], 301)

    @pytest.mark.wide
    def test_long_queries_are_not_remembered(self):
        known._known.cache_clear()
        import tracemalloc

        tracemalloc.start()
        for n in range(500):
            self.ask("/latest/?" + f"{n:05}" * 12000)
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        self.assertLess(size, 10_000_000)
