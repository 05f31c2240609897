"""Two items of one id, in one file or in several calls: each story and each person stays who it is."""

import re

import pytest

from articles.models import Arrival, Photo, Story
from articles.wire.values.item import uid_of

from ...wordpress_exports import SAMPLES, photo
from ...wordpress_parts import PHOTOS, SITE, STORIES, story
from .parts import PartsTest

pytestmark = pytest.mark.wide


class IdsTest(PartsTest):
    def test_two_posts_with_one_guid_are_two_stories(self):
        self.ingest(SAMPLES / "wordpress-situations.xml")
        headlines = set(Story.objects.filter(arrival__isnull=False).values_list("headline", flat=True))
        self.assertLessEqual({"Kembar satu", "Kembar dua"}, headlines)

    def test_a_post_that_has_the_guid_of_another_does_not_replace_it_in_a_later_call(self):
        first = story(5, "<p>Lima.</p>")
        second = story(6, "<p>Enam.</p>").replace("<guid>https://a.example/?p=6", "<guid>https://a.example/?p=5")
        clean = self.newsroom(self.part(first, second))
        self.assertEqual(len(clean[1]), 2)
        one, other = self.part(first), self.part(second)
        self.assertEqual(self.newsroom(one, other), clean)
        self.assertEqual(self.newsroom(other, one), clean)

    def test_posts_without_numbers_that_share_a_guid_are_known_by_their_addresses(self):
        numbers = re.compile("<wp:post_id>.*?</wp:post_id>")
        posts = [numbers.sub("", story(n, f"<p>Isi {n}.</p>")).replace(f"?p={n}<", "?p=1<") for n in (7, 8)]
        self.assertEqual(self.ingest(path := self.part(*posts)), {"baru": 2})
        self.assertEqual(self.ingest(path), {"tidak berubah": 2})

    def test_of_two_versions_in_a_file_the_newer_stays_wherever_it_stands_and_the_other_is_told(self):
        older, newer = (story(5, f"<p>{text}</p>") for text in ("Lama.", "Baru."))
        newer = newer.replace("2024-01-03", "2024-01-04")
        clean = self.newsroom(self.part(newer))
        for posts in ((older, newer), (newer, older)):
            path = self.part(*posts)
            self.assertEqual(self.newsroom(path), clean)
            self.assertRegex(self.report(), "kiriman lain dengan id yang sama|lebih lama")
            self.assertEqual(self.newsroom(path, path), clean)

    def test_two_photos_of_one_id_in_a_file_are_told_and_a_second_run_changes_nothing(self):
        path = self.part(photo(7, "2024/a.jpg", "Lilin", "Satu"), photo(7, "2024/a.jpg", "Lilin", "Dua"), heading=SITE)
        self.assertEqual(self.ingest(path, refused=1), {"baru": 1, "ditolak": 1})
        before = list(Photo.objects.values())
        self.assertEqual(self.ingest(path, refused=1), {"tidak berubah": 1, "ditolak": 1})
        self.assertEqual(list(Photo.objects.values()), before)

    def test_the_items_of_a_file_are_counted_together(self):
        self.ingest(self.part(*STORIES, *PHOTOS))
        self.assertIn("Seluruhnya: 7 butir.", self.said)

    def test_what_an_earlier_release_took_in_under_its_guid_is_known_again(self):
        path = self.part(story(5, "<p>Isi.</p>").replace("https://a.example/?p=5", "https://asal.example/?p=7"))
        self.ingest(path)
        former = Story.objects.get(headline="Berita 5")
        Story.objects.filter(pk=former.pk).update(uid=uid_of("https://asal.example/?p=7"))
        Arrival.objects.filter(story=former).update(
            uri="https://asal.example/?p=7", source_uid=None, digest="0" * 32, beside=""
        )
        self.assertEqual(self.ingest(path), {"tidak berubah": 1})
        self.assertEqual(Story.objects.filter(headline="Berita 5").count(), 1)

    def test_two_sites_have_an_admin_each(self):
        for site in "ab":
            self.ingest(SAMPLES / f"wxr-author-site-{site}.xml")
        bylines = {
            one.headline: [credit.person.name for credit in one.credits.all()]
            for one in Story.objects.filter(headline__startswith="Berita situs").prefetch_related("credits__person")
        }
        self.assertEqual(bylines, {"Berita situs A": ["Budi Santoso"], "Berita situs B": ["Rina Mokodompit"]})
