"""Two sites are compared address for address, as `restore_drill` and `compare_site` do."""

from unittest import mock
from urllib.parse import urlsplit

import pytest

from articles.models import Edition
from articles.whole_site import comparing, links
from articles.whole_site.asking import Answer, Here

from ..cases import DeliveryTestCase
from ..newsroom import NewsroomTestCase

FRONT = '<a href="/satu/">Satu</a><img src="/media/r/x.jpg" srcset="/media/r/a.webp 160w, /media/r/b.webp 320w">'


class Site:
    def __init__(self, **pages):
        self.pages = {"/": FRONT, "/satu/": "<p>Satu</p>"} | {f"/{name}/": body for name, body in pages.items()}
        self.asked = []

    def ask(self, address):
        path = urlsplit(address).path
        self.asked.append(path)
        body = self.pages.get(path)
        return Answer(404 if body is None else 200, "text/html", "", (body or "").encode(), "text/html")


class ComparingTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(mock.patch.object(comparing.time, "sleep"))

    def differences(self, one, other):
        return [(urlsplit(found.address).path, found.what) for found in comparing.differences(one, other)]

    def test_equal_sites_do_not_differ(self):
        one, other = Site(), Site()
        self.assertEqual(self.differences(one, other), [])
        self.assertIn("/satu/", other.asked)

    def test_another_body_and_a_page_that_is_missing_are_named(self):
        editions = Edition.objects.count()
        self.assertEqual(self.differences(Site(), Site(satu="<p>Dua</p>")), [("/satu/", "body")] * editions)
        other = Site()
        del other.pages["/satu/"]
        self.assertEqual(self.differences(Site(), other), [("/satu/", "status 200, 404")] * editions)

    def test_what_is_equal_when_it_is_asked_again_is_no_difference(self):
        one, other = Site(), Site(satu="<p>Lama</p>")
        comparing.time.sleep.side_effect = lambda seconds: other.pages.update({"/satu/": "<p>Satu</p>"})
        self.assertEqual(self.differences(one, other), [])


class ChangedSinceTest(DeliveryTestCase):
    def test_a_page_that_changed_since_is_known_by_its_invalidations(self):
        story = self.story("Gempa di Boalemo")
        address = story.edition.absolute(story.get_absolute_url())
        newest = self.newest()
        here = Here()
        self.assertFalse(here.has_changed_since(address, newest))
        story.headline = "Gempa besar di Boalemo"
        story.save()
        self.assertTrue(here.has_changed_since(address, newest))
        self.assertFalse(here.has_changed_since(address, self.newest()))

    def newest(self):
        from articles.backup.making import _newest_invalidation

        return _newest_invalidation()


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("text/html", FRONT, ["/media/r/a.webp", "/media/r/b.webp", "/media/r/x.jpg", "/satu/"]),
        ("text/css", "a{background:url(../x.svg)}@import 'y.css';", ["/dir/y.css", "/x.svg"]),
        ("text/javascript", 'import { a } from "./lain.js"; import("/jauh.js")', ["/dir/lain.js", "/jauh.js"]),
        ("application/xml", "<loc>https://a.example/x/?a=1&amp;b=2</loc>", ["/x/"]),
        ("application/json", '{"url": "https://a.example/y/"}', ["/y/"]),
        ("image/png", "https://a.example/z/", []),
        ("text/html", '<a href="https://a.example">A</a><a href="#isi">Isi</a>', ["/", "/dir/page"]),
    ],
)
def test_where_an_answer_leads_to(kind, body, found):
    answer = Answer(200, kind, "", body.encode(), kind)
    paths = [urlsplit(one).path for one in links.references("https://a.example/dir/page", answer)]
    assert paths == found


@pytest.mark.parametrize("path", ["/admin/", "/preview/", "/search/?q=x", "/read/", "/api/v1/stories/?after=x"])
def test_no_search_no_cursor_and_nothing_of_the_desk_is_walked_through(path):
    assert not links.is_public_page(f"https://a.example{path}", {"a.example"})
    assert links.is_public_page("https://a.example/administrasi/", {"a.example"})
