"""`manage.py export_site`: the public site as files, only what has changed, and first of all without what is gone."""

import datetime
import io
import json
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import photos, publishing
from articles.models import Edition, Photo, Story
from articles.models.story import State
from articles.whole_site.asking import Answer
from articles.whole_site.files import names, public, writing

from ..newsroom import make_photo
from .exported import ExportTestCase

pytestmark = pytest.mark.usefixtures("in_english")
PAGE = "https://a.example/2026/11/30/slug/"
HOSTS = {"a.example", "b.example"}
HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    ("address", "kind", "file"),
    [
        ("https://a.example/", "text/html", "a.example/index.html"),
        ("https://a.example:8000/x/", "text/html", "a.example/x/index.html"),
        (PAGE + "?page=2", "text/html", "a.example/2026/11/30/slug/page=2/index.html"),
        (PAGE + "?page=2&view=text", "text/html", "a.example/2026/11/30/slug/page=2&view=text/index.html"),
        ("https://a.example/feed/", "application/rss+xml", "a.example/feed/index.rss"),
        ("https://a.example/feed/atom/", "application/atom+xml", "a.example/feed/atom/index.atom"),
        ("https://a.example/robots.txt", "text/plain", "a.example/robots.txt"),
        ("https://a.example/tag/pel%C3%A9/", "text/html", "a.example/tag/pelé/index.html"),
    ],
)
def test_the_file_of_an_address(address, kind, file):
    assert names.is_file(address)
    assert names.file_of(address, kind) == file


@pytest.mark.parametrize(
    "address", ["https://a.example/search/?q=x", "https://a.example/x/?after=9", "https://a.example/x/?page=a/../b"]
)
def test_an_address_with_any_other_query_is_no_file(address):
    assert not names.is_file(address)


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("?page=2", "/2026/11/30/slug/page=2/"),
        ("/latest/?page=3", "/latest/page=3/"),
        ("/x/?page=2&amp;view=text#isi", "/x/page=2&amp;view=text/#isi"),
        ("https://a.example/x/?page=2", "/x/page=2/"),
        ("https://b.example/x/?page=2", "https://b.example/x/page=2/"),
        ("https://other.example/x/?page=2", "https://other.example/x/?page=2"),
        ("/search/?q=banjir", "/search/?q=banjir"),
    ],
)
def test_a_link_to_a_further_page_leads_to_its_file(link, there):
    page = f'<a class="next" href="{link}">Berikutnya</a><link rel="canonical" href="{PAGE}?page=2">'
    expected = f'<a class="next" href="{there}">Berikutnya</a><link rel="canonical" href="{PAGE}?page=2">'
    assert names.with_links_to_files(PAGE, page.encode(), HOSTS).decode() == expected


class SmallSite(ExportTestCase):
    """Pages that stand here, {path: (media type, content)}, so that a run costs nothing."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.told = cls.story("Gempa di Boalemo")
        cls.path = cls.told.get_absolute_url()

    def setUp(self):
        super().setUp()
        front = (
            f'<a href="{self.path}">Gempa</a><a href="/latest/?page=2">Berikutnya</a><a href="/search/?q=x">Cari</a>'
        )
        self.pages = {
            "/": ("text/html", front),
            self.path: ("text/html", "Gempa di Boalemo"),
            "/latest/?page=2": ("text/html", "Halaman 2"),
            "/feed/": ("application/rss+xml", "<rss/>"),
            "/robots.txt": ("text/plain", "Allow: /"),
        }

    def ask(self, address):
        self.asked.append(address)
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        kind, body = self.pages.get(path, ("text/html", ""))
        return Answer(200 if path in self.pages else 404, kind, "", body.encode(), kind)

    def withdraw(self):
        publishing.withdraw(self.told, self.somebody("chief"), timezone.now(), "child")
        del self.pages[self.path]
        self.pages["/"] = ("text/html", "Tidak ada berita")

    def test_each_page_is_a_file(self):
        done = self.export()
        self.assertEqual(done.failed, [])
        self.assertEqual(self.file(self.path).read_text(), "Gempa di Boalemo")
        self.assertEqual(self.file("/latest/?page=2").read_text(), "Halaman 2")
        self.assertIn('href="/latest/page=2/"', self.file("/").read_text())
        self.assertTrue((self.file("/feed/").parent / "index.rss").exists())
        self.assertFalse([address for address in self.asked if "q=" in address])

    def test_the_second_time_only_what_has_changed_is_written(self):
        self.export()
        before = {path: path.stat().st_mtime_ns for path in self.folder.rglob("*.*")}
        done = self.export()
        self.assertEqual((done.written, done.removed), (0, 0))
        self.pages[self.path] = ("text/html", "Gempa besar")
        self.assertEqual(self.export().written, len(Edition.objects.all()))
        self.assertEqual(self.file(self.path).read_text(), "Gempa besar")
        self.assertEqual(self.file("/").stat().st_mtime_ns, before[self.file("/")])

    def test_what_is_withdrawn_is_gone_before_the_first_page_is_asked(self):
        self.export()
        self.withdraw()
        there = []
        self.export(asks=lambda address: there.append(self.file(self.path).exists()) or self.ask(address))
        self.assertEqual(set(there), {False})

    def test_nothing_is_written_before_the_last_is_removed(self):
        self.export()
        del self.pages["/robots.txt"]
        self.pages["/latest/?page=2"] = ("text/html", "Lain")
        acts, folder = [], writing.folders.Disk
        with (
            mock.patch.object(folder, "delete", side_effect=lambda name: acts.append("1 removed")),
            mock.patch.object(writing.shutil, "copyfileobj", side_effect=lambda *_files: acts.append("2 written")),
        ):
            self.export()
        self.assertEqual(acts, sorted(acts))
        self.assertEqual(set(acts), {"1 removed", "2 written"})

    def test_one_that_breaks_off_while_writing_leaves_no_file_that_it_does_not_know(self):
        copy, copied = writing.shutil.copyfileobj, []

        def some(*files):
            copied.append(copy(*files))
            if len(copied) == 3:
                raise KeyboardInterrupt

        with mock.patch.object(writing.shutil, "copyfileobj", some), self.assertRaises(KeyboardInterrupt):
            self.export()
        known = {file for file, _hash in json.loads((self.folder / "export.json").read_text()).values()}
        self.assertLessEqual(set(self.files()), known | {"export.json"})
        self.withdraw()
        self.export()
        self.assertFalse([name for name, content in self.files().items() if b"Gempa" in content])

    def test_a_page_that_cannot_be_rendered_keeps_its_file_and_is_named(self):
        self.export()
        address = self.told.edition.absolute(self.path)
        done = self.export(asks=lambda one: self.ask(one)._replace(status=500) if one == address else self.ask(one))
        self.assertEqual(done.failed, [address])
        self.assertEqual(self.file(self.path).read_text(), "Gempa di Boalemo")

    def test_a_page_of_another_kind_leaves_no_second_file(self):
        self.export()
        self.pages["/feed/"] = ("application/atom+xml", "<feed/>")
        self.export()
        self.assertEqual([path.name for path in self.file("/feed/").parent.iterdir()], ["index.atom"])

    def test_one_edition_leaves_the_files_of_others_alone(self):
        default = Edition.objects.get(is_default=True)
        other = Edition.objects.create(network=default.network, name="Jogja", slug="jogja", host="jogja.localhost")
        self.export()
        self.pages = {"/": ("text/html", "Kosong")}
        self.export(editions=[default])
        self.assertEqual(self.file("/robots.txt", other).read_text(), "Allow: /")
        self.assertFalse(self.file("/robots.txt", default).exists())

    def test_a_folder_with_other_files_is_refused(self):
        self.folder.mkdir()
        (self.folder / "surat.txt").write_text("surat")
        with mock.patch("articles.management.commands.serve.collect"), self.assertRaises(CommandError):
            call_command("export_site", str(self.folder), stderr=io.StringIO())
        self.assertEqual(set(self.files()), {"surat.txt"})

    def test_two_do_not_run_at_once(self):
        with writing._alone(), self.assertRaises(writing.Busy):
            self.export()

    def test_an_edition_that_is_unknown_is_named(self):
        with mock.patch("articles.management.commands.serve.collect"), self.assertRaisesMessage(CommandError, "“mars”"):
            call_command("export_site", str(self.folder), edition=["mars"], stderr=io.StringIO())

    def test_pictures_go_with_the_rights_of_their_photo(self):
        photo = make_photo(colour="#112233")
        Story.objects.filter(pk=self.told.pk).update(lead_photo=photo)
        path = photos.address(photo, "full", 320, "jpg")
        address = self.told.edition.absolute(path)
        editions = [self.told.edition]
        self.assertEqual(list(public.gone([address], editions, timezone.now())), [])
        Photo.objects.filter(pk=photo.pk).update(rights_end_at=timezone.now() - HOUR)
        self.assertEqual(list(public.gone([address], editions, timezone.now())), [address])

    def test_the_drawn_card_goes_with_its_story(self):
        address = self.told.edition.absolute(photos.card_address(self.told))
        now, editions = timezone.now(), [self.told.edition]
        self.assertEqual(list(public.gone([address], editions, now)), [])
        Story.objects.filter(pk=self.told.pk).update(expires_at=now - HOUR)
        self.assertEqual(list(public.gone([address], editions, now)), [address])


@pytest.mark.wide
class WholeSiteTest(ExportTestCase):
    def test_it_has_all_kinds_of_pages_and_nothing_private(self):
        told = self.story("Gempa di Boalemo")
        self.story("Masih rahasia", credited=False, state=State.DRAFT, publish_at=None)
        Story.objects.update(lead_photo=None)  # renditions take seconds; test_export_served.py has some
        self.assertEqual(self.export().failed, [])
        files = self.files()
        for path in ("/", told.get_absolute_url(), "/latest/", "/robots.txt", "/sitemap.xml", "/404.html"):
            self.assertTrue(self.file(path).exists(), path)
        endings = {name.rpartition(".")[2] for name in files}
        self.assertLessEqual({"html", "rss", "atom", "json", "xml", "css", "js", "txt"}, endings)
        self.assertIn(b"Gempa di Boalemo", self.file("/").read_bytes())
        self.assertFalse([name for name, content in files.items() if b"Masih rahasia" in content])
        self.assertFalse([name for name in files if "/admin/" in name or "/preview/" in name])
        rests = self.file("/search/").read_text()
        self.assertNotIn("<form", rests)
        self.assertIn('href="/"', rests)
        Story.objects.filter(pk=told.pk).update(expires_at=timezone.now() - HOUR)
        self.export()
        self.assertFalse([name for name, content in self.files().items() if b"Gempa di Boalemo" in content])
