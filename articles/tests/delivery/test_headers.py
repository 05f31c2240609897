"""What every answer tells a browser: pages, files, errors, redirects, the desk, and what Django never sees."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from articles import photos
from articles.delivery.reads import Reads
from articles.delivery.wsgi import PageCache
from articles.models import Edition, Policy, Position, Section

from ..addresses import not_among
from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED, make_photo

ALWAYS = {
    "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
    "Referrer-Policy", "Reporting-Endpoints", "X-Content-Type-Options", "X-Frame-Options",
}  # fmt: skip
FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:;")
BEFORE_DJANGO = [("POST", "/latest/", 405), ("OPTIONS", "/", 204), ("OPTIONS", "/api/v1/stories/", 204),
    ("POST", "/read/", 403), ("POST", "/csp-report/", 400), ("PUT", "/media/r/x", 405),
    ("DELETE", "/api/v1/stories/", 405),
]  # fmt: skip


class HeadersTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        Edition.objects.filter(pk=self.gorontalo.pk).update(embed_providers="youtube")
        photo = make_photo()
        section = Section.objects.create(edition=self.gorontalo, name="Eropa", slug="eropa")
        self.full = self.story(
            "Penuh", lead_photo=photo, section=section, body=f'<p>a</p><figure data-embed="{FILM}"></figure>'
        )
        Policy.objects.create(
            edition=self.gorontalo, slug="etik", title="Etik", text="<p>a</p>", dated_on=PUBLISHED.date()
        )
        Position.objects.create(edition=self.gorontalo, person=self.nina, title="Reporter")
        self.file = f"/media/r/{photos.rendition(photo, '16x9', 320, 'jpg').name}"

    def addresses(self):
        """Every name of articles/urls.py once, and what has none."""
        story = self.full.get_absolute_url()
        lists = ["section/eropa", "tag/rusia", "series/x", "people/nina-yuniar"]
        return [
            "/", story, f"{story}ninjs.json", f"{story}embed/1/", "/latest/", "/popular/", "/archive/2023/10/",
            "/archive/2023/10/19/", "/search/?q=a", "/masthead/", "/corrections/", "/policy/etik/", "/feed/",
            "/feed/network/atom/", "/corrections/feed/json/", "/api/v1/", "/api/v1/openapi.json", "/api/v1/stories/",
            f"/api/v1/stories/{self.full.uid}/", "/api/v1/search/?q=a", "/api/v1/sections/", "/api/v1/tags/",
            "/api/v1/series/", "/api/v1/people/", "/sitemap.xml", "/sitemap-news.xml", "/sitemap-sections.xml",
            "/sitemap-tags.xml", "/sitemap-people.xml", "/sitemap-2023-10.xml", "/robots.txt",
            "/.well-known/tdmrep.json", "/.well-known/security.txt",
            "/preview/", "/preview/photo/x/y.jpg", self.file, "/media/c/x.png",
            "/edition/gorontalo.css", *(f"/{name}/" for name in lists), *(f"/{name}/feed/" for name in lists),
        ]  # fmt: skip

    OTHERS = ("/healthz", "/readyz", "/metrics", "/static/none.css", "/static/site/site.css", "/none/", "/api/none/",
        "/latest", "/admin/", "/admin/login/", "/admin/none/", "/admin", "/favicon.ico", "/media/../x")  # fmt: skip

    def test_every_public_name_is_walked(self):
        self.assertEqual(not_among(self.addresses()), set())

    def test_every_answer_has_all_of_them(self):
        for address in (*self.addresses(), *self.OTHERS):
            for method in ("GET", "HEAD"):
                with self.subTest(address=address, method=method):
                    self.assert_safe(*self.ask(address, method)[:2])

    def test_what_is_refused_before_django_has_them_too(self):
        self.cache.reads = Reads()
        for method, address, expected in BEFORE_DJANGO:
            with self.subTest(address=address, method=method):
                status, headers, _body = self.ask(address, method)
                self.assertEqual(status, expected)
                self.assert_safe(status, headers)

    def test_a_page_from_the_cache_and_one_that_is_known_have_them(self):
        self.ask("/latest/")
        _status, headers, _body = self.ask("/latest/")
        self.assertEqual(headers["X-Page"], "hit")
        self.assert_safe(200, headers)
        self.assert_safe(*self.ask("/latest/", if_none_match=headers["ETag"])[:2])

    def test_an_unknown_host_is_answered_with_them(self):
        self.assert_safe(*self.ask("/", host="evil.example")[:2])

    def assert_safe(self, status, headers):
        self.assertTrue(status < 500 or status == 503, status)  # /readyz without a worker
        self.assertEqual(ALWAYS - set(headers), set())
        policy = headers["Content-Security-Policy"]
        for word in FORBIDDEN:
            self.assertNotIn(word, f"{policy};".replace("https://www.youtube-nocookie.com", ""))
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_readers_get_scripts_and_styles_of_ours_alone(self):
        for address in ("/", self.full.get_absolute_url(), "/none/", "/search/?q=a"):
            policy = dict(part.split(" ", 1) for part in self.policy(address).split("; "))
            self.assertEqual((policy["script-src"], policy["style-src"]), ("'self'", "'self'"), address)

    def policy(self, address):
        return self.ask(address)[1]["Content-Security-Policy"]

    def test_other_sites_may_show_our_photos_and_nothing_of_the_desk(self):
        def policy(address):
            return self.ask(address)[1]["Cross-Origin-Resource-Policy"]

        self.assertEqual((policy(self.file), policy("/api/v1/stories/")), ("cross-origin", "cross-origin"))
        self.assertEqual((policy("/admin/login/"), policy("/preview/photo/x/y.jpg")), ("same-origin", "same-origin"))

    @pytest.mark.wide
    @override_settings(
        SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
        SECURE_HSTS_PRELOAD=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    )  # fmt: skip
    def test_over_https_every_answer_says_that_it_stays_so(self):
        self.cache = PageCache(WSGIHandler())
        asked = [("GET", address) for address in (*self.addresses(), *self.OTHERS)]
        for method, address in [*asked, *((method, address) for method, address, _status in BEFORE_DJANGO)]:
            told = self.ask(address, method, x_forwarded_proto="https")[1]
            with self.subTest(address=address, method=method):
                self.assertEqual(told["Strict-Transport-Security"], "max-age=31536000; includeSubDomains; preload")
        status, told, _body = self.ask("/latest/")
        self.assertEqual((status, told["Location"]), (301, f"https://{self.host}/latest/"))
        self.assertNotIn("Strict-Transport-Security", told)
