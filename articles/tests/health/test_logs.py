"""Lines of the log: as JSON, with the id of the request, and without what anybody searched or previewed."""

import io
import json
import logging
from unittest import mock

from django.test import RequestFactory, override_settings

from articles import logs

from ..cases import DeliveryTestCase
from .healthy import HealthTest

SECRET = "rahasia9173"


class Lines:
    """What a handler like that of the settings writes."""

    def __init__(self, case, formatter=None):
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.addFilter(logs.WithoutQueries())
        handler.setFormatter(formatter or logs.Json())
        for name in ("django", "articles"):
            logging.getLogger(name).addHandler(handler)
            case.addCleanup(logging.getLogger(name).removeHandler, handler)

    @property
    def text(self):
        return self.stream.getvalue()

    @property
    def objects(self):
        return [json.loads(line) for line in self.text.splitlines()]


class RequestIdTest(HealthTest):
    def test_each_answer_has_one_and_lines_have_it_too(self):
        lines = Lines(self)
        answer = self.client.get("/admin/tidak-ada/")
        told = answer[logs.HEADER]
        self.assertRegex(told, r"^[0-9a-f]{16}$")
        self.assertNotEqual(self.client.get("/healthz")[logs.HEADER], told)
        logging.getLogger("articles").warning("di luar permintaan")
        self.assertEqual([one["request_id"] for one in lines.objects][-1], "")

    def test_that_of_a_proxy_is_taken_only_behind_one_and_only_if_it_is_an_id(self):
        good, bad = "a1b2c3d4e5f6", ['x"}\n{"level":"CRITICAL"', "pendek", "a" * 65, "ada spasi di sini", ""]
        self.assertNotEqual(self.ask("/healthz", {logs.HEADER: good})[logs.HEADER], good)
        with override_settings(BEHIND_PROXY=True):
            self.assertEqual(self.ask("/healthz", {logs.HEADER: good})[logs.HEADER], good)
            for one in bad:
                known = logs.id_of({"HTTP_X_REQUEST_ID": one})
                self.assertRegex(known, r"^[0-9a-f]{16}$")

    def test_a_host_that_is_not_ours_is_one_line_without_a_trace(self):
        lines = Lines(self, logging.Formatter("%(message)s"))
        self.client.get("/", headers={"host": "evil.example"})
        self.client.get("/", headers={"host": "tiada.localhost"})
        self.assertIn("evil.example", lines.text)
        self.assertNotIn("Traceback", lines.text)
        self.assertLess(len(lines.text.splitlines()), 5)

    def test_a_line_is_one_object_with_request_status_and_error(self):
        lines = Lines(self)
        request = RequestFactory().get(f"/search/?q={SECRET}")
        try:
            raise ValueError(f"http://x.example/cari?q={SECRET} tidak ada\nbaris kedua")
        except ValueError:
            logging.getLogger("django.request").exception(
                "Internal Server Error: %s", request.get_full_path(), extra={"request": request, "status_code": 500}
            )
        (told,) = lines.objects
        self.assertEqual((told["method"], told["path"], told["status"]), ("GET", "/search/", 500))
        self.assertEqual(told["message"], "Internal Server Error: /search/")
        self.assertIn("ValueError", told["error"])
        self.assertNotIn(SECRET, lines.text)


class NoQueriesTest(DeliveryTestCase):
    def test_no_line_holds_what_was_searched_previewed_or_refused(self):
        for formatter in (None, logging.Formatter("%(message)s")):
            lines = Lines(self, formatter)
            factory = {"HTTP_REFERER": f"https://lain.example/?q={SECRET}"}
            self.ask(f"/search/?q={SECRET}")
            self.ask(f"/search/?q={SECRET}%00")
            self.ask(f"/tidak/ada/?q={SECRET}")
            self.ask(f"/preview/?{SECRET}")
            self.ask(f"/admin/articles/story/?q={SECRET}&e=1")
            self.ask(f"/?q={SECRET}", host="tidak.ada.example")
            self.client.get(f"/search/?q={SECRET}&page=x")
            strict = self.client_class(enforce_csrf_checks=True)
            strict.post(f"/admin/login/?next=/{SECRET}", {"username": "x"}, secure=True, **factory)
            self.assertNotIn(SECRET, lines.text)
            self.assertIn("tidak.ada.example", lines.text, "lines were written")

    def test_a_held_page_tells_each_reader_the_id_of_the_proxy_and_keeps_none(self):
        address, given = self.story("Disimpan").get_absolute_url(), "a1b2c3d4e5f6"
        for _how in ("miss", "hit"):
            self.assertNotIn(logs.HEADER, self.ask(address)[1])
        with override_settings(BEHIND_PROXY=True):
            self.assertEqual(self.ask(address, x_request_id=given)[1][logs.HEADER], given)
            self.assertNotIn(logs.HEADER, self.ask(address)[1])

    def test_a_page_that_is_slow_to_print_is_named_without_its_query(self):
        lines = Lines(self)
        address = self.story("Lambat").get_absolute_url()
        with (
            override_settings(SLOW_PAGE_MS=1),
            mock.patch("articles.delivery.wsgi.time.perf_counter", side_effect=range(99)),
        ):
            self.ask(f"{address}?page=1&{SECRET}")
        self.assertIn(f"The page {address} took", lines.text)
        self.assertRegex(lines.objects[0]["request_id"], r"^[0-9a-f]{16}$")
        self.assertNotIn(SECRET, lines.text)

    def test_a_slow_query_is_told_by_its_sql_and_never_by_its_values(self):
        lines = Lines(self)
        from django.db import connection

        from articles.models import Tag

        with override_settings(SLOW_QUERY_MS=1):
            logs.watch(connection)
            logs.watch(connection)
            self.addCleanup(connection.execute_wrappers.remove, logs._timed)
            with mock.patch("articles.logs.time.perf_counter", side_effect=[0, 1]):
                Tag.objects.filter(name=SECRET).exists()
        self.assertEqual(len(lines.objects), 1)
        self.assertIn("articles_tag", lines.text)
        self.assertNotIn(SECRET, lines.text)
