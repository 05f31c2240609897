"""What browsers report of our policy: counted and told in few words, and nothing that is posted fills log or memory."""

import io
import json
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.test import SimpleTestCase

from articles import metrics
from articles.delivery import violations
from articles.delivery.wsgi import PageCache

HOST = "gorontalo.localhost"
OLD = {"csp-report": {
    "document-uri": f"http://{HOST}/search/?q=rahasia", "effective-directive": "script-src-elem",
    "blocked-uri": "https://iklan.example/x.js?id=rahasia",
}}  # fmt: skip
NEW = [
    {"type": "csp-violation", "body": {
        "documentURL": f"http://{HOST}/preview/photo/rahasia/x.jpg", "effectiveDirective": "style-src-attr",
        "blockedURL": "inline", "sample": "rahasia",
    }},
    {"type": "deprecation", "body": {}},
]  # fmt: skip


class PolicyReportsTest(SimpleTestCase):
    def setUp(self):
        self.enterContext(mock.patch("articles.delivery.bodies.close_old_connections"))
        self.site = PageCache(WSGIHandler())

    def post(self, sent, kind="application/csp-report", **more):
        """The status of a post."""
        sent = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/csp-report/", "HTTP_HOST": HOST, "wsgi.url_scheme": "http",
            "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(sent)), "wsgi.input": io.BytesIO(sent), **more,
        }  # fmt: skip
        told = []
        self.site(environ, lambda status, *_rest: told.append(int(status[:3])))
        return told[0]

    def counted(self, directive):
        return metrics.violations.labels(directive)._value.get()

    def test_both_forms_are_counted_by_directive_and_told_without_an_address(self):
        before = self.counted("script-src-elem"), self.counted("style-src-attr")
        with self.assertLogs("articles.delivery.violations") as logs:
            self.assertEqual(self.post(OLD), 204)
            self.assertEqual(self.post(NEW, "application/reports+json; charset=utf-8"), 204)
        after = self.counted("script-src-elem"), self.counted("style-src-attr")
        self.assertEqual([b - a for a, b in zip(before, after, strict=True)], [1, 1])
        told = "\n".join(logs.output)
        self.assertIn("(search) forbade iklan.example by script-src-elem", told)
        self.assertIn("(preview_photo) forbade inline by style-src-attr", told)
        self.assertNotIn("rahasia", told)

    def test_what_is_no_report_is_refused_with_little_of_it_read(self):
        for sent, kind, more, expected in (
            (b"{", "application/csp-report", {}, 400),
            (b"[" * 9_000, "application/csp-report", {}, 400),
            (b"9" * 9_000, "application/csp-report", {}, 400),
            (b"\xff", "application/csp-report", {}, 400),
            (b"3", "application/reports+json", {}, 400),
            (b" " * 20_000, "application/csp-report", {}, 413),
            (b"a=b", "application/x-www-form-urlencoded", {}, 400),
            (b"{}", "application/csp-report", {"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ):
            with self.subTest(sent=sent[:20], kind=kind):
                self.assertEqual(self.post(sent, kind, **more), expected)

    def test_what_is_invented_makes_no_label_and_no_line_of_its_own(self):
        evil = {
            "document-uri": f"http://{HOST}/",
            "effective-directive": "x\nINFO masuk",
            "blocked-uri": "https://a\nb/",
        }
        before = self.counted("other")
        with self.assertLogs("articles.delivery.violations") as logs:
            self.post({"csp-report": evil})
            self.post({"csp-report": {name: ["x"] for name in evil} | {"document-uri": evil["document-uri"]}})
        self.assertEqual(self.counted("other") - before, 2)
        self.assertEqual(["\n" in line or "masuk" in line for line in logs.output], [False, False])

    def test_a_page_of_another_site_counts_nothing(self):
        before = self.counted("script-src-elem")
        with self.assertNoLogs("articles.delivery.violations"):
            self.post({"csp-report": {**OLD["csp-report"], "document-uri": "https://lain.example/"}})
        self.assertEqual(self.counted("script-src-elem"), before)

    def test_a_flood_is_neither_read_nor_told(self):
        before = self.counted("unread")
        with self.assertLogs("articles.delivery.violations") as logs:
            told = [self.post([NEW[0]] * 30, "application/reports+json") for _turn in range(150)]
        self.assertEqual(len(logs.output), violations.LINES_A_MINUTE)
        self.assertEqual((told.count(204), told.count(429)), (violations.POSTS_A_MINUTE, 30))
        self.assertEqual(self.counted("unread") - before, 30)
        self.assertIs(self.site.rooms.taken, 0)
