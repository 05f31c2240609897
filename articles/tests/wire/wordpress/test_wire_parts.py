"""An export that comes in parts, cut, or twice: in the end the newsroom has what the whole brings at once."""

import itertools
import json
import re

import pytest
from django.db import transaction

from articles.models import Person, Photo, Revision, Section, Story, Tag

from ...wordpress_exports import SAMPLES, TAIL, UPLOADS, category, element, head, meta
from ...wordpress_parts import AUTHOR, PHOTOS, SITE, STORIES, story
from .parts import PartsTest

pytestmark = pytest.mark.wide


class WholeTest(PartsTest):
    def test_a_cut_export_and_then_the_whole_one_is_the_whole_one(self):
        cut, whole = (SAMPLES / f"wxr-{name}.xml" for name in ("cut", "whole"))
        clean = self.newsroom(whole)
        self.assertIn("Siti Aminah", str(clean))
        self.assertEqual(self.newsroom((cut, 1), whole), clean)
        self.assertEqual(self.newsroom(whole, (cut, 1)), clean)
        self.assertEqual(self.newsroom((cut, 1), (cut, 1), whole, whole), clean)

    @pytest.mark.wide
    def test_a_file_that_is_cut_after_any_item_is_completed_by_the_whole(self):
        every = [*STORIES, *PHOTOS]
        whole = self.part(*every)
        clean = self.newsroom(whole)
        for length in range(len(every)):
            with self.subTest(length=length):
                cut = self.part(*every[:length], end="")
                self.assertEqual(self.newsroom((cut, 1), whole), clean)

    @pytest.mark.wide
    def test_stories_and_photos_may_come_in_two_files_in_either_order(self):
        clean = self.newsroom(self.part(*STORIES, *PHOTOS))
        stories, photos = self.part(*STORIES), self.part(*PHOTOS, heading=SITE)
        self.assertEqual(self.newsroom(stories, photos), clean)
        self.assertEqual(self.newsroom(photos, stories), clean)
        self.assertEqual(self.newsroom(photos, stories, photos, stories), clean)
        self.assertEqual(self.newsroom([stories, photos]), clean)
        self.assertEqual(self.newsroom([photos, stories]), clean)

    @pytest.mark.wide
    def test_a_photo_that_a_text_showed_first_is_found_by_its_number_later(self):
        every = [STORIES[3], PHOTOS[2], story(6, "<p>Enam.</p>", meta("_thumbnail_id", "9"))]
        clean = self.newsroom(self.part(*every))
        self.assertEqual(clean[1][1][4], "Pasar (Pasar ramai)")
        for order in itertools.permutations([self.part(one) for one in every]):
            with self.subTest([path.name for path in order]):
                self.assertEqual(self.newsroom(*order), clean)

    @pytest.mark.wide
    def test_any_two_parts_in_any_order_are_the_whole(self):
        every = [*STORIES, *PHOTOS]
        clean = self.newsroom(self.part(*every))
        for count in range(1, len(every)):
            first = self.part(*every[:count])
            second = self.part(*every[count:])
            for order in itertools.permutations([first, second]):
                with self.subTest(count=count, order=[path.name for path in order]):
                    self.assertEqual(self.newsroom(*order), clean)

    def test_a_pattern_that_came_in_another_file_is_filled_in_by_the_whole(self):
        shows = story(1, '<p>Isi.</p><!-- wp:block {"ref":900} /-->')
        pattern = element({"wp:post_id": "900", "wp:post_type": "wp_block", "content:encoded": "<p>Nomor: 112.</p>"})
        whole = self.part(shows, pattern)
        clean = self.newsroom(whole)
        self.assertIn("Nomor: 112.", str(clean))
        self.assertEqual(self.newsroom(self.part(shows), whole), clean)
        self.assertEqual(self.newsroom(whole, self.part(shows)), clean)

    @pytest.mark.wide
    def test_files_of_one_call_know_each_others_patterns_galleries_and_names(self):
        clean = self.newsroom(SAMPLES / "wordpress-parts.xml")
        for words in ("Isi pola.", "['Ket 52 (Perahu)', 'Ket 53 ()']", "Budi S"):
            self.assertIn(words, str(clean))
        posts, rest = self.two_files()
        for runs in ([[posts, rest]], [[rest, posts]], [posts, rest, [posts, rest]], [[posts, rest], posts, rest]):
            with self.subTest(runs):
                self.assertEqual(self.newsroom(*runs), clean)

    @pytest.mark.wide
    def test_files_of_several_calls_know_each_others_patterns_galleries_and_names(self):
        clean = self.newsroom(SAMPLES / "wordpress-parts.xml")
        posts, rest = self.two_files()
        for runs in ([posts, rest], [rest, posts], [posts, posts, rest, rest], [rest, posts, rest, posts]):
            with self.subTest([path.name for path in runs]):
                self.assertEqual(self.newsroom(*runs), clean)

    @pytest.mark.wide
    def test_any_parts_in_any_order_and_in_a_call_each_are_the_whole(self):
        start, *items = (SAMPLES / "wordpress-parts.xml").read_text().removesuffix(TAIL).split("<item>")
        bare = start[: start.index("<wp:author>")]
        clean = self.newsroom(SAMPLES / "wordpress-parts.xml")
        parts = [self.file(start + TAIL, name="kepala.xml")]
        for number, one in enumerate(items):
            parts.append(self.file(f"{bare}<item>{one}{TAIL}", name=f"butir-{number}.xml"))
        for turn in (0, 3, 6):
            order = parts[turn:] + parts[:turn]
            with self.subTest([path.name for path in order]):
                self.assertEqual(self.newsroom(*order), clean)

    def test_what_the_desk_has_changed_is_left_and_told_when_the_rest_comes(self):
        posts, rest = self.two_files()
        self.ingest(posts)
        touched = Story.objects.get(headline="Tulisan 3")
        Story.objects.filter(pk=touched.pk).update(headline="Diubah", version=touched.version + 1)
        self.ingest(rest)
        touched.refresh_from_db()
        self.assertNotIn("Isi pola.", touched.body)
        self.assertRegex(self.report(), r"yang sudah datang sebelumnya\tdibiarkan")
        self.ingest(rest)
        self.assertNotIn("sudah datang sebelumnya", self.report())

    def test_a_login_that_readers_see_is_told_by_a_run_as_drafts_and_named_by_the_next(self):
        posts, rest = self.two_files()
        self.ingest(posts)
        self.ingest(rest, state="draft")
        self.assertRegex(self.report(), "#author:budi\tPembaca melihat")
        self.assertTrue(Person.objects.filter(name="budi").exists())
        self.ingest(rest)
        self.assertFalse(Person.objects.filter(name="budi").exists())

    def test_what_came_for_another_edition_lends_nothing(self):
        self.edition(name="Bali", slug="bali", host="bali.example")
        posts, rest = self.two_files()
        self.ingest(rest, edition="bali")
        self.ingest(posts)
        self.assertNotIn("Isi pola.", Story.objects.get(headline="Tulisan 3").body)

    def test_a_category_and_a_recording_of_another_part_come_along(self):
        fields = {"wp:post_id": "31", "wp:post_type": "attachment", "title": "Rekaman",
                  "wp:attachment_url": f"{UPLOADS}2024/r.mp3"}  # fmt: skip
        primary = meta("_yoast_wpseo_primary_category", "5") + category("Desa", "desa") + category("Kota", "kota")
        posts = [story(1, "<p>Isi.</p>", primary), story(2, '<p>Isi.</p>[playlist ids="31"]')]
        term = head("wp:category", term_id="5", category_nicename="kota", cat_name="Kota")
        clean = self.newsroom(self.part(*posts, element(fields), heading=SITE + AUTHOR + term))
        self.assertEqual([one[3] for one in clean[1]], ["Kota", "Berita"])
        self.assertIn("r.mp3", str(clean))
        one, other = self.part(*posts), self.part(element(fields), heading=SITE + AUTHOR + term)
        self.assertEqual(self.newsroom(one, other), clean)
        self.assertEqual(self.newsroom(other, one), clean)

    def test_another_site_lends_nothing(self):
        posts, rest = self.two_files(other="https://lain.example")
        for runs in ([[posts, rest]], [[rest, posts]], [posts, rest], [rest, posts]):
            with self.subTest(runs):
                stories = str(self.newsroom(*runs)[1])
                for words in ("Isi pola.", "Ket 5", "Budi S"):
                    self.assertNotIn(words, stories)

    def test_a_file_that_cannot_be_read_costs_the_others_of_the_call_nothing(self):
        posts, rest = self.two_files()
        broken = self.file(b"\x1f\x8b" + b"\0" * 20, name="rusak.xml.gz")
        clean = self.newsroom(SAMPLES / "wordpress-parts.xml")
        self.assertEqual(self.newsroom(([posts, broken, self.folder / "tiada.xml", rest], 2)), clean)

    def two_files(self, other="https://situs.example"):
        """Posts, and what belongs to them: the names of authors, photos, patterns."""
        start, *items = (SAMPLES / "wordpress-parts.xml").read_text().removesuffix(TAIL).split("<item>")
        posts = [f"<item>{one}" for one in items if ">post</wp:post_type>" in one]
        rest = [f"<item>{one}" for one in items if ">post</wp:post_type>" not in one]
        bare = start[: start.index("<wp:author>")]
        return (
            self.file(bare + "".join(posts) + TAIL, name="posts.xml"),
            self.file((start + "".join(rest)).replace("https://situs.example", other) + TAIL, name="rest.xml"),
        )

    @pytest.mark.wide
    def test_a_ghost_export_that_is_cut_is_completed_by_the_whole(self):
        data = (SAMPLES / "ghost-5.json").read_bytes()
        clean = self.newsroom(SAMPLES / "ghost-5.json")
        for at in range(data.index(b'"posts_authors"'), len(data) - 20, 300):
            with self.subTest(at=at):
                cut = self.file(data[:at].rstrip(), name=f"ghost-{at}.json")
                self.assertEqual(self.newsroom((cut, 1), SAMPLES / "ghost-5.json"), clean)
                self.assertEqual(self.newsroom(SAMPLES / "ghost-5.json", (cut, 1)), clean)

    def test_types_of_ones_own_are_counted_and_told(self):
        self.assertEqual(self.ingest(SAMPLES / "wxr-only-custom-type.xml")["dilewati"], 1)
        self.assertIn("berita", self.said)
        self.assertIn("berita", self.report())
        self.assertFalse(Story.objects.filter(arrival__isnull=False).exists())

    def entries(self, path):
        """How many items, posts or entries the file holds, of which anything is read."""
        text = path.read_text(errors="replace")
        if path.suffix == ".xml":
            return 0 if path.name == "wordpress-bomb.xml" else len(re.findall(r"<(?:item|entry)[\s>]", text))
        found = json.loads(text)
        if "db" in found or "data" in found:
            return len((found["db"][0]["data"] if "db" in found else found["data"])["posts"])
        return len(found.get("items", [found]))

    def stored(self):
        return [list(model.objects.order_by("pk").values()) for model in (Story, Photo, Person, Tag, Section, Revision)]

    @pytest.mark.wide
    def test_a_second_run_of_every_sample_changes_nothing(self):
        for path in sorted([*SAMPLES.glob("*.xml"), *SAMPLES.glob("*.json")]):
            with self.subTest(path=path.name), transaction.atomic():
                refused = {"wordpress-bomb.xml": 1, "wxr-cut.xml": 1}.get(path.name, 0)
                first = self.ingest(path, refused=refused)
                before = self.stored()
                second = self.ingest(path, refused=refused)
                self.assertEqual(self.stored(), before)
                self.assertEqual(sum(first.values()), self.entries(path) + refused)
                self.assertEqual(sum(second.values()), sum(first.values()))
                self.assertLessEqual(set(second), {"tidak berubah", "dilewati", "ditolak"})
                transaction.set_rollback(True)
