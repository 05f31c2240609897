"""A cached page is rendered once, and is the same for everybody."""

import gzip

import brotli
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.delivery.wsgi import PageCache
from articles.models import (
    Story,
)

from ..cases import DeliveryTestCase


class HeldPageTest(DeliveryTestCase):
    def test_a_page_is_printed_once(self):
        address = self.story().get_absolute_url()
        self.assertEqual([self.how(address) for _ in range(3)], ["miss", "hit", "hit"])

    def test_a_card_is_read_and_printed_once_for_all_pages(self):
        story = self.story(lead_photo=self.lilin)
        self.how("/")
        self.how("/latest/")
        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(self.how(story.section.get_absolute_url()), "miss")
        self.assertNotIn("headline", "".join(query["sql"] for query in asked))
        Story.objects.filter(pk=story.pk).update(headline="Kata lain")
        self.assertIn(b"Kata lain", self.ask(story.section.get_absolute_url())[2])

    def test_a_search_reads_neither_its_frame_nor_cards_that_are_in_memory_and_is_fresh(self):
        story = self.story("Banjir surut", lead_photo=self.lilin)
        self.ask("/search/?q=banjir")
        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(self.how("/search/?q=surut"), "bypass")
        read = " ".join(query["sql"] for query in asked)
        for table in ("edition", "section", "policy", "photo"):
            self.assertNotIn(f'"articles_{table}"."', read)
        Story.objects.filter(pk=story.pk).update(standfirst="Kata lain")
        type(story.section).objects.filter(pk=story.section_id).update(name="Rubrik lain")
        shown = self.ask("/search/?q=surut")[2].decode()
        self.assertIn("Kata lain", shown)
        self.assertIn("Rubrik lain", shown)

    def test_two_publications_in_the_same_millisecond_are_both_seen(self):
        now, names = timezone.now(), ["Yang pertama", "Yang kedua"]
        self.how("/latest/")
        for number, name in enumerate(names, 1):
            self.story(name, publish_at=now)
            shown = self.ask("/latest/")[2].decode()
            self.assertEqual([each for each in names if each in shown], names[:number])

    def test_every_coding_holds_the_same_words_and_a_tag_of_its_own(self):
        address = self.story().get_absolute_url()
        plain = self.ask(address)
        packed = self.ask(address, accept_encoding="gzip, deflate")
        small = self.ask(address, accept_encoding="gzip, deflate, br")
        self.assertEqual(gzip.decompress(packed[2]), plain[2])
        self.assertEqual(brotli.decompress(small[2]), plain[2])
        self.assertEqual(len({answer[1]["ETag"] for answer in (plain, packed, small)}), 3)
        self.assertEqual(self.ask(address, accept_encoding="br;q=0, gzip;q=0.1")[1]["Content-Encoding"], "gzip")
        self.assertNotIn("Content-Encoding", self.ask(address, accept_encoding="gzip;q=0")[1])

    def test_what_a_search_finds_goes_out_compressed_and_what_stands_at_the_desk_does_not(self):
        self.story("Banjir surut")
        plain = self.ask("/search/?q=banjir")[2]
        _status, headers, body = self.ask("/search/?q=banjir", accept_encoding="gzip, br")
        self.assertEqual((headers["Content-Encoding"], headers["Vary"]), ("gzip", "Accept-Encoding"))
        self.assertEqual(gzip.decompress(body), plain)
        self.assertNotIn("Content-Encoding", self.ask("/admin/login/", accept_encoding="gzip")[1])

    def test_who_has_the_page_is_told_so_and_a_head_has_no_body(self):
        address = self.story().get_absolute_url()
        tag = self.ask(address, accept_encoding="gzip")[1]["ETag"]
        for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            status, headers, body = self.ask(address, accept_encoding="gzip", if_none_match=given)
            self.assertEqual(
                (status, body, headers["Vary"], headers["ETag"]), (304, b"", "Accept-Encoding", tag), given
            )
        self.assertEqual(self.ask(address, accept_encoding="gzip", if_none_match='"other"')[0], 200)
        status, headers, body = self.ask(address, method="HEAD")
        self.assertEqual((status, body), (200, b""))
        self.assertGreater(int(headers["Content-Length"]), 1000)

    def test_one_answer_for_everybody(self):
        address = self.story().get_absolute_url()
        first = self.ask(address, cookie="sessionid=x; django_language=en", accept_language="en")
        self.assertEqual((first[2], self.how(address)), (self.ask(address)[2], "hit"))
        self.assertNotIn("Set-Cookie", first[1])
        self.assertEqual(first[1]["Cache-Control"], "public, max-age=0, s-maxage=1")

    def test_parameters_that_a_page_does_not_know_make_no_other_page(self):
        address = self.story().get_absolute_url()
        self.how(address)
        cached = len(self.cache.store.pages)
        for number in range(200):
            self.assertEqual(self.how(f"{address}?utm={number}&fbclid=x{number}"), "hit")
        self.assertEqual(len(self.cache.store.pages), cached)
        self.assertEqual(self.ask(f"{address}?page=99")[0], 404)
        self.assertEqual(self.ask("/latest/?page=2")[0], 404)

    def test_where_https_is_a_must_a_held_page_is_no_way_round(self):
        self.how("/")
        proxy = {"SECURE_SSL_REDIRECT": True, "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}
        with self.settings(**proxy):
            self.cache = PageCache(WSGIHandler())
            hows = [self.ask("/", x_forwarded_proto=proto) for proto in ("https", "http", "https")]
        self.assertEqual([answer[0] for answer in hows], [200, 301, 200])
        self.assertEqual([answer[1]["X-Page"] for answer in hows], ["miss", "bypass", "hit"])

    def test_an_unknown_host_and_what_is_no_page_are_not_held(self):
        for address, host, status in (
            ("/", "elsewhere.localhost", 400),
            ("/nothing/", None, 404),
            ("/search/", None, 200),
        ):
            self.assertEqual(self.ask(address, host=host)[0], status)
        self.assertEqual(self.cache.store.size, 0)

    def test_the_port_makes_no_other_page(self):
        self.how("/")
        self.assertEqual(self.how("/", host=f"{self.host.upper()}:9999"), "hit")

    def test_memory_is_bounded_in_bytes(self):
        self.cache.store.most = 100_000
        for number in range(12):
            self.how(self.story(f"Kabar {number}").get_absolute_url(), accept_encoding="gzip")
            self.assertLessEqual(self.cache.store.size, 100_000)
        self.assertEqual(self.cache.store.size, sum(page.size for page in self.cache.store.pages.values()))
        self.assertTrue(2 < len(self.cache.store.pages) < 12)
