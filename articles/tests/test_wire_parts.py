"""Exports of a whole site, of parts of it, cut, and twice: what comes of them at the command."""

import pathlib

from articles.models import Person, Photo, Revision, Story
from articles.models.story import State

from .test_ingest import IngestTestCase
from .test_wire_again import shown

SAMPLES = pathlib.Path(__file__).parent / "samples"


class PartsTest(IngestTestCase):
    def split(self, name="wxr-whole.xml"):
        """The posts of an export and its media, each as an export of its own."""
        whole = (SAMPLES / name).read_text()
        start, *items, rest = whole.replace("</item>", "</item>\0").replace("<item>", "\0<item>", 1).split("\0")
        media = [item for item in items if "attachment</wp:post_type>" in item]
        posts = [item for item in items if item not in media]
        parts = []
        for number, part in enumerate((posts, media)):
            path = self.folder / f"{number}.xml"
            path.write_text(start + "".join(part) + rest)
            parts.append(path)
        return parts

    def taken(self, *runs):
        """What is here after these runs, each of some files, with --state published."""
        for rows in (Story, Photo.objects.exclude(pk=self.lilin.pk), Person.objects.filter(source_ids__isnull=False)):
            getattr(rows, "objects", rows).all().delete()
        for run in runs:
            self.ingest(*run)
        return shown()

    def test_posts_and_media_in_any_order_are_the_whole(self):
        whole = self.taken([SAMPLES / "wxr-whole.xml"])
        self.assertEqual((whole[0][6][0], whole[0][7]), ("Keterangan", [("Siti Aminah", "author")]))
        posts, media = self.split()
        for runs in ([[posts], [media]], [[media], [posts]], [[posts, media]], [[media, posts]]):
            with self.subTest(runs):
                self.assertEqual(self.taken(*runs), whole)

    def test_a_cut_file_and_then_the_whole_is_the_whole(self):
        whole = self.taken([SAMPLES / "wxr-whole.xml"])
        self.taken()
        self.ingest(SAMPLES / "wxr-cut.xml", refused=1)
        self.ingest(SAMPLES / "wxr-whole.xml")
        self.assertEqual(shown(), whole)

    def test_a_second_run_changes_nothing(self):
        for name in ("wxr-whole.xml", "wordpress-situations.xml", "wxr-author-site-a.xml", "feed-categories.xml"):
            with self.subTest(name):
                self.ingest(SAMPLES / name)
                before = shown(), list(Person.objects.values()), Revision.objects.count()
                self.assertEqual(set(self.ingest(SAMPLES / name)) - {"tidak berubah", "dilewati"}, set())
                self.assertEqual((shown(), list(Person.objects.values()), Revision.objects.count()), before)

    def test_two_posts_with_one_guid_both_come(self):
        self.ingest(SAMPLES / "wordpress-situations.xml")
        text = (SAMPLES / "wordpress-situations.xml").read_text()
        posts = text.count("post_type>post<")
        self.assertEqual(Story.objects.count(), posts)

    def test_the_admins_of_two_sites_are_two(self):
        self.ingest(SAMPLES / "wxr-author-site-a.xml", SAMPLES / "wxr-author-site-b.xml")
        names = [story.credits.get().person.name for story in Story.objects.order_by("headline")]
        self.assertEqual(names, ["Budi Santoso", "Rina Mokodompit"])

    def test_types_of_ones_own_are_counted_and_told(self):
        counts = self.ingest(SAMPLES / "wxr-only-custom-type.xml")
        self.assertEqual(counts["dilewati"], 1)
        self.assertIn("berita", self.said)
        self.assertIn("berita", self.report())
        self.assertFalse(Story.objects.filter(state=State.RELEASED).exists())
