"""Revisions and changes that wait know people, tags, series, sections and photos whatever these are called since."""

import datetime
import io
import json
import pathlib
import tempfile

import time_machine
from django.core.management import call_command
from django.utils.translation import override

from articles import publishing
from articles.models import FormerKey, Person, Photo, Revision, Section, Series, Story, Tag, WaitingChange
from articles.models.person import Role

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)
EIGHT = PUBLISHED + 10 * HOUR


class RenamedTestCase(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.told = self.story("Judul pertama", tags=[self.rusia], series=self.perang, lead_photo=self.lilin)

    def emptied(self):
        """The story without its people, tags and series, and the revision from before that."""
        revision = publishing.record(self.told, None, PUBLISHED)
        for rows in (self.told.credits, self.told.tag_links):
            rows.all().delete()
        Story.objects.filter(pk=self.told.pk).update(series=None, section=self.dunia)
        return Revision.objects.get(pk=revision.pk)

    def renamed_and_replaced(self):
        """Each gets a new slug, and another takes the old one."""
        for row in (self.nina, self.rusia, self.perang, self.dunia):
            was = row.slug
            row.slug = f"{was}-baru"
            row.save()
            name = {"kicker" if isinstance(row, Series) else "name": f"Lain dari {was}"}
            edition = {"edition": self.gorontalo} if isinstance(row, Section) else {}
            type(row).objects.create(slug=was, **name, **edition)

    def named(self, story):
        story = Story.objects.for_page().get(pk=story.pk)
        authors = [credit.person for credit in story.credits.all() if credit.role == Role.AUTHOR]
        return authors, [link.tag for link in story.tag_links.all()], story.series, story.section

    def assert_as_it_was(self):
        self.assertEqual(self.named(self.told), ([self.nina], [self.rusia], self.perang, self.dunia))

    def as_of_old(self, *revisions):
        """Their snapshots as release 0.1.0 wrote them, by slug; and what the migration keeps of the slugs."""
        for revision in revisions:
            story = Story.objects.for_page().get(pk=revision.story_id)
            told = {name: value for name, value in revision.snapshot.items() if name != "names"}
            told |= {"section": self.dunia.slug, "series": self.perang.slug, "tags": [self.rusia.slug]}
            told["credits"] = [[self.nina.slug, "author"], [self.ananda.slug, "editor"]]
            Revision.objects.filter(pk=revision.pk).update(snapshot=told)
            self.assertEqual(told["edition"], story.edition.slug)
        publishing.keep_keys(Revision.objects.values_list("snapshot", flat=True))


class BringBackTest(RenamedTestCase):
    def test_who_was_renamed_comes_back_and_who_took_the_slug_does_not(self):
        revision = self.emptied()
        self.renamed_and_replaced()
        publishing.bring_back(revision, None, PUBLISHED + HOUR)
        self.assert_as_it_was()

    def test_so_from_a_revision_that_names_them_by_slug(self):
        revision = self.emptied()
        self.as_of_old(revision)
        revision.refresh_from_db()
        self.renamed_and_replaced()
        publishing.bring_back(revision, None, PUBLISHED + HOUR)
        self.assert_as_it_was()

    def test_the_log_holds_and_tells_who_it_was_by_name(self):
        revision = self.emptied()
        self.as_of_old(revision)
        publishing.record(self.told, None, PUBLISHED + HOUR)
        self.renamed_and_replaced()
        call_command("check_revisions", stdout=io.StringIO())
        self.client.force_login(self.somebody("chief"))
        for number in (1, 2):
            page = self.page(f"/admin/articles/revision/{Revision.objects.get(number=number).pk}/change/")
            for uid in (self.nina.uid, self.rusia.uid, self.lilin.uid, self.dunia.uid):
                self.assertNotIn(str(uid), page)
            self.assertIn("<dt>Hari dalam alamat</dt><dd>19 Okt 2023</dd>", page)
            self.assertNotIn("Lain dari", page)
        self.assertIn("<del>Rusia</del>", page)
        self.assertIn("<del>Nina Yuniar – penulis Ananda Putri Octaviani – editor</del>", page)

    def test_a_slug_that_nobody_had_when_ids_came_is_nobodys(self):
        revision = self.emptied()
        self.as_of_old(revision)
        told = {**Revision.objects.get().snapshot, "credits": [["siapa-saja", "author"]]}
        Revision.objects.update(snapshot=told)
        Person.objects.create(name="Siapa Saja", slug="siapa-saja")
        with self.assertRaisesMessage(publishing.Refused, "siapa-saja"):
            publishing.bring_back(Revision.objects.get(), None, PUBLISHED + HOUR)

    def test_what_is_gone_is_named_and_nothing_comes_back(self):
        other, photo = Person.objects.create(name="Umar Lahay", slug="umar"), make_photo(title="Kapal")
        self.told.credits.create(person=other, role=Role.CONTRIBUTOR)
        self.told.gallery.create(photo=photo)
        tag = Tag.objects.create(name="Ukraina", slug="ukraina")
        self.told.tag_links.create(tag=tag)
        in_text = make_photo(title="Dermaga")
        body = f'<p>Isi.</p><figure data-photo="{in_text.uid}"><figcaption>Dermaga lama</figcaption></figure>'
        Story.objects.filter(pk=self.told.pk).update(body=body)
        revision = self.emptied()
        self.told.gallery.all().delete()
        Story.objects.filter(pk=self.told.pk).update(headline="Judul kedua", body="<p>Isi.</p>")
        for row in (other, photo, tag, in_text, Series.objects.get()):
            row.delete()
        self.assertFalse(Photo.objects.filter(title="Kapal").exists())
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            publishing.bring_back(revision, None, PUBLISHED + HOUR)
        for told in ("Umar Lahay", "Kapal", "Ukraina", "Dermaga lama", "Perang Rusia Ukraina", "by hand"):
            self.assertIn(told, str(caught.exception))
        self.told.refresh_from_db()
        self.assertEqual((self.told.headline, self.named(self.told)[:3]), ("Judul kedua", ([], [], None)))
        self.assertEqual(Revision.objects.count(), 1)

    def test_the_desk_is_told_so_on_the_page(self):
        revision = self.emptied()
        self.rusia.delete()
        self.client.force_login(self.somebody("chief"))
        response = self.client.post(f"/admin/articles/revision/{revision.pk}/bring-back/", {"_ask": ""})
        self.assertContains(response, "Rusia")
        self.assertContains(response, "sudah tidak ada")


class WaitingTest(RenamedTestCase):
    def prepare(self, **changes):
        wanted = {**publishing.snapshot(Story.objects.for_page().get(pk=self.told.pk)), **changes}
        return publishing.schedule_change(self.told, None, PUBLISHED + HOUR, wanted, EIGHT)

    def read_at_eight(self):
        with time_machine.travel(EIGHT, tick=False):
            return self.page(self.told.get_absolute_url())

    def test_it_goes_out_with_whom_it_named(self):
        umar, tag = Person.objects.create(name="Umar", slug="umar"), Tag.objects.create(name="Kyiv", slug="kyiv")
        credited = [[umar.uid, "author"], [self.ananda.uid, "editor"]]
        self.prepare(credits=credited, tags=[tag.uid, self.rusia.uid], series=None)
        self.renamed_and_replaced()
        for row in (umar, tag):
            row.slug += "-baru"
            row.save()
        Person.objects.create(name="Orang Lain", slug="umar")
        self.read_at_eight()
        self.assertFalse(WaitingChange.objects.exists(), WaitingChange.objects.first())
        self.assertEqual(self.named(self.told), ([umar], [tag, self.rusia], None, self.dunia))

    def test_whom_it_named_and_is_gone_keeps_it_from_going_out(self):
        umar = Person.objects.create(name="Umar Lahay", slug="umar")
        self.prepare(headline="Judul nanti", credits=[[umar.uid, "author"], [self.ananda.uid, "editor"]])
        umar.delete()
        self.assertNotIn("Judul nanti", self.read_at_eight())
        self.assertIn("Umar Lahay", WaitingChange.objects.get().refusal)
        self.assertEqual(self.named(self.told)[0], [self.nina])

    def test_whom_nobody_knows_is_refused_at_once(self):
        with self.assertRaisesMessage(publishing.Refused, "tidak-dikenal"):
            self.prepare(credits=[["tidak-dikenal", "author"]])

    def test_of_two_tags_that_became_one_the_one_goes_out(self):
        """As a migration that merges tags leaves it: FormerKey tells which took the place of the other."""
        small = Tag.objects.create(name="Federasi Rusia", slug="rusia_1")
        self.prepare(tags=[self.rusia.uid, small.uid], headline="Judul nanti")
        FormerKey.objects.create(kind="tag", key=str(small.uid), uid=self.rusia.uid, name="Federasi Rusia")
        small.delete()
        self.read_at_eight()
        self.assertEqual(self.named(self.told)[1], [self.rusia])

    def test_called_off_its_words_are_told_by_name(self):
        self.prepare(tags=[])
        self.prepare(credits=[[self.ananda.uid, "author"], [self.nina.uid, "editor"]])
        publishing.cancel_change(self.told, None, PUBLISHED + HOUR)
        note = Revision.objects.first().note
        self.assertIn("Nina Yuniar", note)
        self.assertNotIn(str(self.nina.uid), note)


class KeptIdsTest(RenamedTestCase):
    def load(self, rows):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "some.json"
            path.write_text(json.dumps(rows))
            call_command("loaddata", path, verbosity=0)

    def test_a_fixture_loaded_again_changes_no_public_id(self):
        uid = self.nina.uid
        self.load([{"model": "articles.person", "fields": {"name": "Nina Y.", "slug": "nina-yuniar"}}])
        self.nina.refresh_from_db()
        self.assertEqual((self.nina.name, self.nina.uid), ("Nina Y.", uid))

    def test_one_that_a_fixture_tells_is_taken(self):
        uid = "00000000-0000-4000-8000-000000000603"
        self.load([{"model": "articles.tag", "fields": {"name": "Rusia", "slug": "rusia", "uid": uid}}])
        self.rusia.refresh_from_db()
        self.assertEqual(str(self.rusia.uid), uid)

    def test_they_leave_with_dumpdata(self):
        out = io.StringIO()
        call_command("dumpdata", "articles.person", natural_primary=True, natural_foreign=True, stdout=out)
        self.assertIn(str(self.nina.uid), out.getvalue())

    def test_a_revision_of_old_that_is_loaded_means_who_was_here_then(self):
        revision = self.emptied()
        self.as_of_old(revision)
        FormerKey.objects.all().delete()
        out = io.StringIO()
        call_command("dumpdata", "articles.revision", natural_primary=True, natural_foreign=True, stdout=out)
        Revision.objects.all().delete()
        self.load(json.loads(out.getvalue()))
        self.renamed_and_replaced()
        publishing.bring_back(Revision.objects.get(), None, PUBLISHED + HOUR)
        self.assert_as_it_was()


class LoadedTest(NewsroomTestCase):
    """A story that came without revisions: the first change at the desk is the second revision."""

    def test_what_was_there_can_be_brought_back(self):
        story = self.story("Dari berkas", lead_photo=self.lilin)
        wanted = {**publishing.snapshot(Story.objects.for_page().get(pk=story.pk)), "headline": "Judul nanti"}
        publishing.schedule_change(story, None, PUBLISHED + HOUR, wanted, EIGHT)
        with time_machine.travel(EIGHT, tick=False):
            self.assertIn("Judul nanti", self.page(story.get_absolute_url()))
        moves = list(story.revisions.order_by("number").values_list("move", flat=True))
        self.assertEqual(moves, ["loaded", "prepared", "went_out"])
        publishing.bring_back(story.revisions.get(number=1), None, EIGHT + HOUR)
        story.refresh_from_db()
        self.assertEqual(story.headline, "Dari berkas")

    def test_one_that_is_written_here_begins_with_its_first_save(self):
        story = self.draft()
        publishing.record(story, None, PUBLISHED)
        publishing.submit(story, None, PUBLISHED)
        self.assertEqual(list(story.revisions.values_list("move", flat=True)), ["submitted", "saved"])

    def test_four_eyes_do_not_count_it(self):
        editor = self.somebody("editor")
        story = publishing.release(self.draft(), editor, PUBLISHED)
        self.assertEqual(story.state, "released")
