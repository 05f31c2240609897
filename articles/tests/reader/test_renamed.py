"""Who or what was renamed is found at its old address, in one hop."""

import io
import pathlib
import tempfile

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import (
    Address,
    FormerPersonSlug,
    FormerSectionSlug,
    FormerSeriesSlug,
    FormerTagSlug,
    Person,
    Section,
    Series,
    Tag,
)
from articles.wire import formats
from articles.wire.store import ingest

from ..newsroom import READING, NewsroomTestCase

RENAMES = {  # what is renamed, and where its page is
    "tag": (Tag, "rusia", "/tag/"),
    "person": (Person, "nina-yuniar", "/people/"),
    "series": (Series, "perang-rusia-ukraina", "/series/"),
    "section": (Section, "internasional", "/section/"),
}


class RenamedTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.moved = cls.story(tags=[cls.rusia], series=cls.perang)

    def leads(self, address, to, status=301):
        response = self.client.get(address)
        self.assertEqual((response.status_code, response.get("Location")), (status, to), address)
        return response

    def test_each_of_them_leads_on_with_its_query_and_is_asked_again(self):
        for name, (model, slug, root) in RENAMES.items():
            with self.subTest(name):
                model.objects.filter(slug=slug).update(slug=f"{slug}-baru")
                response = self.leads(f"{root}{slug}/?page=1&x=%20", f"{root}{slug}-baru/?page=1&x=%20")
                self.assertEqual(response["Cache-Control"], "public, max-age=0, s-maxage=1")
                self.page(f"{root}{slug}-baru/")

    def test_by_save_and_by_raw_sql_too(self):
        self.rusia.slug = "federasi-rusia"
        self.rusia.save()
        self.leads("/tag/rusia/", "/tag/federasi-rusia/")
        connection.cursor().execute("UPDATE articles_person SET slug = 'nina' WHERE slug = 'nina-yuniar'")
        self.leads("/people/nina-yuniar/?role=author", "/people/nina/?role=author")

    def test_many_renames_are_one_hop_and_a_return_is_none(self):
        for slug in ("satu", "dua", "tiga"):
            Tag.objects.update(slug=slug)
        for slug in ("rusia", "satu", "dua"):
            self.leads(f"/tag/{slug}/", "/tag/tiga/")
        Tag.objects.update(slug="rusia")
        self.page("/tag/rusia/")
        self.leads("/tag/tiga/", "/tag/rusia/")
        self.assertNotIn("rusia", FormerTagSlug.objects.values_list("slug", flat=True))

    def test_who_has_a_slug_goes_before_who_had_it(self):
        Tag.objects.update(slug="federasi-rusia")
        other = Tag.objects.create(name="Rusia Raya", slug="rusia")
        self.page("/tag/rusia/", status=404)  # no story yet, and no word of the other
        self.story("Lain", tags=[other])
        self.assertIn("Rusia Raya", self.page("/tag/rusia/"))
        self.assertFalse(FormerTagSlug.objects.exists())

    def test_two_exchange_their_slugs(self):
        other = Tag.objects.create(name="Ukraina", slug="ukraina")
        self.story("Lain", tags=[other])
        for tag, slug in ((self.rusia, "sementara"), (other, "rusia"), (self.rusia, "ukraina")):
            Tag.objects.filter(pk=tag.pk).update(slug=slug)
        self.assertIn("Ukraina", self.page("/tag/rusia/"))
        self.assertIn("Rusia", self.page("/tag/ukraina/"))
        self.leads("/tag/sementara/", "/tag/ukraina/")

    def test_what_may_not_be_told_is_not_told_by_its_old_address(self):
        hidden = Tag.objects.create(name="Rahasia", slug="rahasia")
        Tag.objects.filter(pk=hidden.pk).update(slug="operasi-senyap")
        self.assertNotIn("senyap", self.page("/tag/rahasia/", status=404))
        Person.objects.filter(pk=self.ananda.pk).update(slug="ananda")
        Person.objects.create(name="Narasumber", slug="narasumber")
        Person.objects.filter(slug="narasumber").update(slug="nama-asli")
        self.assertNotIn("asli", self.page("/people/narasumber/", status=404))

    def test_sections_of_another_edition_are_not_led_to(self):
        other = self.edition(name="Lain", slug="lain", host="lain.localhost")
        section = Section.objects.create(edition=other, name="Dunia", slug="dunia")
        Section.objects.filter(pk=section.pk).update(slug="mancanegara")
        self.page("/section/dunia/", status=404)
        self.assertEqual(self.client.get("/section/dunia/", headers={"host": other.host}).status_code, 301)

    def test_a_row_that_is_deleted_is_led_to_no_more(self):
        tag = Tag.objects.create(name="Sebentar", slug="sebentar")
        Tag.objects.filter(pk=tag.pk).update(slug="lama")
        tag.delete()
        self.page("/tag/sebentar/", status=404)
        self.assertFalse(FormerTagSlug.objects.exists())

    def test_capitals_marks_and_spaces_lead_to_the_address(self):
        tag = Tag.objects.create(name="Danau Limboto")
        person = Person.objects.create(name="Pelé")
        story = self.story("Danau Limboto", tags=[tag], slug="danau-limboto")
        self.story("Gol", slug="gol", section=Section.objects.create(edition=self.gorontalo, name="Olahraga"))
        story.credits.create(person=person, role="author", order=5)
        for asked, address in (
            ("/tag/Danau-Limboto/", "/tag/danau-limboto/"),
            ("/tag/Danau%20Limboto/?page=1", "/tag/danau-limboto/?page=1"),
            ("/section/Internasional/", "/section/internasional/"),
            ("/series/PERANG-rusia-ukraina/", "/series/perang-rusia-ukraina/"),
            ("/people/Pel%C3%A9/", "/people/pele/"),
            ("/2023/10/19/Danau-Limboto/?page=all", "/2023/10/19/danau-limboto/?page=all"),
            ("/2023/10/19/Danau-Limboto/ninjs.json", "/2023/10/19/danau-limboto/ninjs.json"),
        ):
            self.leads(asked, address)

    @pytest.mark.wide
    def test_strange_addresses_are_not_found(self):
        for slug in ("%00", "%0a", "???", "-", "a" * 200, "a" * 5000, "%ff", "中国" * 90, "%F0%9F%98%80"):
            for root in ("tag", "section", "series", "people", "policy", "2023/10/19"):
                self.page(f"/{root}/{slug}/", status=404)

    def test_a_former_address_of_a_story_keeps_its_query_and_its_parts(self):
        Address.objects.create(story=self.moved, edition=self.gorontalo, day=self.moved.day, slug="lama")
        address = self.moved.get_absolute_url()
        self.leads("/2023/10/19/Lama/?page=2", f"{address}?page=2")
        self.leads("/2023/10/19/lama/ninjs.json", f"{address}ninjs.json")


class TakenAtTheDeskTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("chief"))
        Tag.objects.update(slug="federasi-rusia")

    def post(self, path, **values):
        return self.client.post(f"/admin/articles/{path}/", values)

    def test_a_slug_that_leads_to_another_is_refused_and_named(self):
        response = self.post("tag/add", name="Rusia Raya", slug="rusia")
        self.assertContains(response, "Alamat ini mengarah ke “Rusia”")
        self.assertFalse(Tag.objects.filter(name="Rusia Raya").exists())

    def test_after_it_was_taken_away_there_it_is_free(self):
        former = FormerTagSlug.objects.get()
        path = f"tag/{self.rusia.pk}/change"
        self.assertContains(self.client.get(f"/admin/articles/{path}/"), "former_slugs-0-DELETE")
        forms = {"former_slugs-TOTAL_FORMS": 1, "former_slugs-INITIAL_FORMS": 1, "former_slugs-0-id": former.pk}
        forms |= {"former_slugs-0-row": self.rusia.pk, "former_slugs-0-DELETE": "on"}
        self.assertEqual(self.post(path, name="Rusia", slug="federasi-rusia", **forms).status_code, 302)
        self.assertEqual(self.post("tag/add", name="Rusia Raya", slug="rusia").status_code, 302)
        self.assertEqual(Tag.objects.get(slug="rusia").name, "Rusia Raya")

    def test_a_row_may_have_its_own_back(self):
        forms = {"former_slugs-TOTAL_FORMS": 1, "former_slugs-INITIAL_FORMS": 1}
        forms |= {"former_slugs-0-id": FormerTagSlug.objects.get().pk, "former_slugs-0-row": self.rusia.pk}
        response = self.post(f"tag/{self.rusia.pk}/change", name="Rusia", slug="rusia", **forms)
        self.assertEqual(response.status_code, 302)
        self.assertEqual(FormerTagSlug.objects.get().slug, "federasi-rusia")

    def test_every_form_of_a_row_with_an_address_looks(self):
        Person.objects.filter(pk=self.nina.pk).update(slug="nina")
        Series.objects.update(slug="perang")
        Section.objects.update(slug="dunia")
        for path, values in (
            ("person", {"name": "Nina", "slug": "nina-yuniar"}),
            ("series", {"kicker": "Perang", "slug": "perang-rusia-ukraina"}),
            ("section", {"name": "Dunia", "slug": "internasional", "edition": self.gorontalo.pk, "order": 1}),
        ):
            self.assertContains(self.post(f"{path}/add", **values), "Alamat ini mengarah ke")


class WireTest(NewsroomTestCase):
    def test_what_still_comes_under_its_old_slug_comes_to_the_renamed(self):
        Tag.objects.update(slug="federasi-rusia", name="Federasi Rusia")
        item = b"""{"uri": "tag:a", "type": "text", "pubStatus": "usable", "versionCreated": "2023-10-19T13:05:00Z",
            "headlines": [{"value": "Judul"}], "bodies": [{"value": "<p>Isi</p>", "contentType": "text/html"}],
            "subjects": [{"name": "Rusia", "rel": "topic", "literal": "rusia"}]}"""
        entries = formats.entries(io.BytesIO(item), self.gorontalo.zone)
        list(ingest.take_in(entries, ingest.IngestOptions(at=READING, released=True)))
        self.assertEqual(list(Tag.objects.values_list("slug", flat=True)), ["federasi-rusia"])
        self.assertEqual(self.rusia.links.count(), 1)


class BackupTest(NewsroomTestCase):
    def test_a_dump_brings_former_addresses_back(self):
        Tag.objects.update(slug="federasi-rusia")
        Section.objects.update(slug="dunia")
        Person.objects.filter(pk=self.nina.pk).update(slug="nina")
        Series.objects.update(slug="perang")
        models = (FormerTagSlug, FormerSectionSlug, FormerPersonSlug, FormerSeriesSlug)
        before = [list(model.objects.values_list("slug", "row__slug")) for model in models]
        self.assertTrue(all(before))
        out = io.StringIO()
        call_command("dumpdata", "articles", natural_foreign=True, natural_primary=True, stdout=out)
        for model in models:
            model.objects.all().delete()
        path = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "dump.json"
        path.write_text(out.getvalue())
        call_command("loaddata", str(path), verbosity=0)
        self.assertEqual([list(model.objects.values_list("slug", "row__slug")) for model in models], before)
