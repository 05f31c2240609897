"""What came into the database past every rule costs no reader more than itself."""

import datetime
import io
import json
import pathlib
import tempfile
import xml.etree.ElementTree as ET
from unittest import mock

from django.core.management import call_command
from django.db import connection

from articles.feeds import entries
from articles.models import Story
from articles.views import sitemaps
from articles.wire import outgoing

from ..newsroom import NewsroomTestCase

BAD = "satu\x0bdua\ufffe\x1b"
TEXTS = {
    "articles_story": ["headline", "short_headline", "kicker", "standfirst", "source_line", "place", "lead_caption"],
    "articles_tag": ["name"],
    "articles_person": ["name"],
    "articles_section": ["name"],
    "articles_series": ["kicker"],
    "articles_edition": ["name", "tagline", "company"],
    "articles_photo": ["caption", "alt", "photographer"],
    "articles_correction": ["text"],
}


class BadLettersTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.stored = cls.story("Buruk", tags=[cls.rusia], series=cls.perang, lead_photo=cls.lilin)
        cls.stored.corrections.create(kind="correction", text="Benar.", at=cls.stored.publish_at)
        for table, columns in TEXTS.items():
            with connection.cursor() as cursor:
                marks = ", ".join(f"{column} = %s" for column in columns)
                cursor.execute(f"UPDATE {table} SET {marks}", [BAD] * len(columns))

    def test_feed_and_sitemaps_are_xml(self):
        for address in ("/feed/", "/sitemap.xml", "/sitemap-2023-10.xml"):
            page = self.page(address)
            ET.fromstring(page)
            self.assertNotRegex(page, "[\x0b\ufffe\x1b]")
        self.assertEqual(ET.fromstring(self.page("/feed/")).find("channel/item/title").text, "satu\ndua")

    def test_ninjs_and_the_export_are_sound(self):
        self.assertNotRegex(self.page(f"{self.stored.get_absolute_url()}ninjs.json"), r"\\u000b|\ufffe|\\u001b")
        out = io.StringIO()
        call_command("export", "-", stdout=out, stderr=io.StringIO())
        self.assertNotRegex(out.getvalue(), r"\\u000b|\ufffe|\\u001b")
        self.assertEqual(json.loads(out.getvalue())["headlines"][0]["value"], "satu\ndua")

    def test_a_takeout_leaves_and_comes_in_mended(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "out"
        call_command("export", str(folder), all=True, stderr=io.StringIO())
        connection.check_constraints()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        call_command("ingest", str(folder), stdout=io.StringIO(), stderr=io.StringIO())
        story = Story.objects.get()
        self.assertEqual((story.headline, story.standfirst), ("satu dua", "satu\ndua"))


class BadRowTest(NewsroomTestCase):
    """A row that fails in a way that nobody thought of is left out, and told to whoever reads the log."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.good, cls.bad = cls.story("Baik"), cls.story("Buruk")

    def failing(self, module, name):
        """Makes a function fail for the bad story alone."""
        true = getattr(module, name)

        def fails(row, *more, **named):
            if getattr(row, "headline", None) == "Buruk" or (isinstance(row, tuple) and "buruk" in row):
                raise ValueError("rusak")
            return true(row, *more, **named)

        self.enterContext(mock.patch.object(module, name, fails))

    def logged(self):
        return self.assertLogs("articles.each", "ERROR")

    def test_the_feed_has_the_others(self):
        self.failing(entries, "_item")
        with self.logged() as log:
            titles = [title.text for title in ET.fromstring(self.page("/feed/")).iter("title")]
        self.assertEqual(titles, ["TribunGorontalo.com", "Baik"])
        self.assertIn("Buruk", log.output[0])

    def test_so_has_the_sitemap(self):
        self.failing(sitemaps, "_entry")
        with self.logged():
            page = self.page("/sitemap-2023-10.xml")
        self.assertIn("/baik/", page)
        self.assertNotIn("/buruk/", page)

    def test_so_has_the_export(self):
        self.failing(outgoing, "_item")
        out = io.StringIO()
        with self.logged():
            call_command("export", "-", stdout=out, stderr=io.StringIO())
        self.assertEqual([json.loads(line)["headlines"][0]["value"] for line in out.getvalue().splitlines()], ["Baik"])
        with self.logged():
            self.page(f"{self.bad.get_absolute_url()}ninjs.json", status=404)
        self.page(f"{self.good.get_absolute_url()}ninjs.json")

    def test_a_slug_that_no_address_can_have_costs_only_its_story(self):
        with connection.cursor() as cursor:
            self.past_its_rules(cursor, "UPDATE articles_story SET slug = 'a/b' WHERE headline = 'Buruk'")
        with self.logged():
            ET.fromstring(self.page("/feed/"))
            page = self.page("/sitemap-2023-10.xml")
        self.assertIn("/baik/", page)

    def test_so_does_a_time_that_has_no_day_in_the_editions_zone(self):
        for name in ("updated_at", "first_published_at"):
            Story.objects.filter(headline="Buruk").update(
                **{name: datetime.datetime(9999, 12, 31, 23, tzinfo=datetime.UTC)}
            )
            with self.subTest(name), self.logged():
                page = self.page("/sitemap-2023-10.xml")
                self.assertIn("/baik/", page)
                self.assertNotIn("/buruk/", page)
            self.page("/feed/")
            Story.objects.update(updated_at=None)

    def past_its_rules(self, cursor, sql):
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute(sql)
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE articles_story DROP CONSTRAINT story_slug_ascii")
            cursor.execute(sql)
