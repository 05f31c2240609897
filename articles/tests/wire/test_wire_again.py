"""The same again, more of it, or its draft released: what came by wire is completed, never reduced."""

import pathlib

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.models import Arrival, Revision, Story
from articles.models.story import State
from articles.wire.store import ingest
from articles.wire.store.decisions import Outcome
from articles.wire.values.item import Item, Party, Picture

from ..newsroom import PUBLISHED, READING
from ..wire_cases import DAY, IngestTestCase, told

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"


def shown():
    """What readers and desk have of each story, whatever rows it stands in."""
    return [
        (
            story.headline, story.body, story.state, story.publish_at, story.updated_at, story.section.name,
            story.lead_photo and (story.lead_photo.caption, story.lead_photo.file.name),
            [(credit.person.name, credit.role) for credit in story.credits.all()],
            [use.photo.caption for use in story.gallery.all()],
        )
        for story in Story.objects.order_by("headline")
    ]  # fmt: skip


class TheSameTest(IngestTestCase):
    def test_the_language_of_the_program_is_no_change(self):
        with translation.override("en"):
            self.ingest(SAMPLES / "wxr-remark.xml", state="draft")
        with translation.override("id"):
            self.assertEqual(self.ingest(SAMPLES / "wxr-remark.xml", state="draft"), {"tidak berubah": 1})

    def test_what_came_under_the_hash_of_an_older_release_is_the_same_and_noted_anew(self):
        path = self.file(told(1), told(2))
        self.ingest(path)
        now = list(Arrival.objects.order_by("pk").values_list("digest", flat=True))
        Arrival.objects.update(digest="0" * 32, beside="")
        before = list(Story.objects.order_by("pk").values())
        self.assertEqual(self.ingest(path), {"tidak berubah": 2})
        self.assertEqual(list(Arrival.objects.order_by("pk").values_list("digest", flat=True)), now)
        self.assertEqual(list(Story.objects.order_by("pk").values()), before)
        other = told(1, bodies=[{"value": "Lain."}])
        self.assertEqual(self.ingest(self.file(other), refused=1), {"ditolak": 1})

    def test_a_batch_of_changes_costs_the_same_queries_as_two(self):
        counts = []
        for count in (2, 12):
            Story.objects.all().delete()
            self.ingest(self.file(*[told(n) for n in range(count)]))
            newer = [told(n, versionCreated=(PUBLISHED + DAY).isoformat(), located="Limboto") for n in range(count)]
            path = self.file(*newer)
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.ingest(path), {"diperbarui": count})
            counts.append(len(queries))
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_new_stories_cost_the_same_queries_whatever_they_are_by(self):
        counts = []
        for count, name in ((2, "satu"), (12, "dua")):
            people = [{"name": f"Penulis {name} {n}", "rel": "author"} for n in range(count)]
            path = self.file(*[told(f"{name}-{n}", people=people[n : n + 1]) for n in range(count)])
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.ingest(path, state="draft"), {"baru": count})
            counts.append(len(queries))
        self.assertLessEqual(counts[1], counts[0])


class CompletedTest(IngestTestCase):
    def take(self, item, *, released=False):
        wanted = ingest.IngestOptions(at=READING, edition=self.gorontalo, released=released)
        (result,) = ingest.take_in([("1", item)], wanted)
        ingest.finish(wanted)
        return result.outcome

    def item(self, *, is_whole):
        """A post whose author and lead photo stand in another part of its export."""
        site = "https://c.example"
        lead = Picture(f"{site}/?attachment_id=9", file="a.jpg" if is_whole else "", caption="Api" if is_whole else "")
        name, is_login = ("Siti Aminah", False) if is_whole else ("siti", True)
        return Item(
            uri=f"{site}/?p=1", headline="Berita 1", body="<p>Isi</p>", lead=lead, version_at=PUBLISHED,
            people=[Party(name, "author", uri=f"{site}/#author:siti", is_login=is_login)],
            source={"title": "Berita 1"}, beside={"lead": is_whole}, missing=0 if is_whole else 2,
        )  # fmt: skip

    def test_a_cut_export_and_then_the_whole_is_the_whole(self):
        for released in (False, True):
            with self.subTest(released=released), transaction.atomic():
                self.take(self.item(is_whole=True), released=released)
                whole = shown()
                self.assertEqual((whole[0][6][0], whole[0][7]), ("Api", [("Siti Aminah", "author")]))
                transaction.set_rollback(True)
            with self.subTest(released=released), transaction.atomic():
                self.take(self.item(is_whole=False), released=released)
                self.assertEqual((shown()[0][6], shown()[0][7]), (None, [("siti", "author")]))
                self.assertEqual(self.take(self.item(is_whole=True), released=released), Outcome.COMPLETED)
                self.assertEqual(shown(), whole)
                for is_whole in (False, True):  # it is not reduced, and a second run changes nothing
                    before = Revision.objects.count()
                    self.assertEqual(self.take(self.item(is_whole=is_whole), released=released), Outcome.UNCHANGED)
                    self.assertEqual((shown(), Revision.objects.count()), (whole, before))
                transaction.set_rollback(True)

    def test_a_photo_that_comes_by_itself_later_is_given_to_the_story_that_waits(self):
        self.take(self.item(is_whole=False))
        photo = Picture("https://c.example/?attachment_id=9", file="a.jpg", caption="Api", source={"file": "a.jpg"})
        self.assertEqual(self.take(photo), Outcome.NEW)
        story = Story.objects.get()
        self.assertEqual((story.lead_photo.caption, story.awaited_photos.count()), ("Api", 0))
        self.assertEqual(self.take(self.item(is_whole=False)), Outcome.UNCHANGED)

    def test_a_draft_run_completes_nothing_that_readers_have(self):
        self.take(self.item(is_whole=False), released=True)
        before = shown()
        self.assertEqual(self.take(self.item(is_whole=True)), Outcome.KEPT)
        self.assertEqual(shown(), before)


class ReleasedTest(IngestTestCase):
    def test_drafts_go_out_when_they_come_again_as_published(self):
        path = self.file(told(1), told(2), told(3, pubStatus="withheld"))
        self.ingest(path, state="draft")
        Story.objects.filter(headline="Pasar dibuka lagi 2").update(headline="Judul dari meja", version=2)
        counts = self.ingest(path)
        self.assertEqual(counts, {"diterbitkan": 1, "dibiarkan seperti di sini": 1, "tidak berubah": 1})
        first = Story.objects.get(headline="Pasar dibuka lagi 1")
        self.assertEqual((first.state, first.first_published_at, first.day), ("released", PUBLISHED, PUBLISHED.date()))
        self.assertIn("Pedagang", self.page(first.get_absolute_url()))
        self.assertEqual(Story.objects.get(headline="Judul dari meja").state, State.DRAFT)
        self.assertEqual(self.ingest(path), {"dibiarkan seperti di sini": 1, "tidak berubah": 2})

    def test_a_headline_alone_stays_a_draft_and_is_told(self):
        bare = told(bodies=[], descriptions=[])
        self.ingest(self.file(bare))
        self.assertEqual(Story.objects.get().state, State.DRAFT)
        self.assertIn("judul", self.report())
        self.ingest(self.file(bare))
        self.assertEqual(Story.objects.get().state, State.DRAFT)

    def test_a_draft_run_leaves_what_readers_have(self):
        self.ingest(self.file(told(1)))
        before = Story.objects.values().get()
        newer = told(1, versionCreated=(PUBLISHED + DAY).isoformat(), located="Limboto")
        self.assertEqual(self.ingest(self.file(newer), state="draft"), {"dibiarkan seperti di sini": 1})
        self.assertEqual(Story.objects.values().get(), before)
        self.assertEqual(self.ingest(self.file(newer)), {"diperbarui": 1})
