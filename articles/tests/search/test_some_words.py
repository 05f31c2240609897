"""A question of which no story has all words is answered by those that have most of them, and told so."""

from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.listings.search import partial

from ..newsroom import LATER, NewsroomTestCase

pytestmark = pytest.mark.both_databases


class SomeWordsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for headline, text in (
            ("Kursi kereta habis", "Natal dekat, kereta api penuh."),
            ("Kereta wisata", "Api unggun di tepi danau."),
            ("Pasar Natal", "Harga naik."),
        ):
            cls.story(headline, body=f"<p>{text}</p>", standfirst="", credited=False)

    def answered(self, words, query=None):
        context = self.client.get("/search/", {"q": words, **(query or {})}).context
        return [story.headline for story in context["stories"]], context["answer"].left_out

    def test_those_with_more_words_come_first_and_the_page_names_what_none_has(self):
        found = ["Kursi kereta habis", "Kereta wisata"]
        self.assertEqual(self.answered("tiket kereta api natal"), (found, ["tiket"]))
        page = self.page("/search/?q=tiket+kereta+api+natal")
        self.assertIn("Tidak ada berita yang memuat semua kata. Inilah yang memuat sebagian, tanpa “tiket”.", page)
        self.assertNotIn("memuat semua kata", self.page("/search/?q=kereta+api+natal"))

    def test_where_each_lacks_another_word_none_is_named(self):
        self.assertEqual(self.answered("kereta harga"), (["Kereta wisata", "Kursi kereta habis", "Pasar Natal"], []))
        self.assertIn("Inilah yang memuat sebagian.", self.page("/search/?q=kereta+harga"))

    def test_a_word_that_says_little_is_neither_asked_for_nor_named(self):
        self.assertEqual(self.answered("kapan kereta wisata"), (["Kereta wisata", "Kursi kereta habis"], []))
        self.assertEqual(self.answered("tiket yg kereta")[1], ["tiket"])
        self.assertEqual(self.answered("kapan bagaimana"), ([], []))

    def test_a_story_has_half_of_the_words_that_any_has(self):
        self.assertEqual(self.answered("kursi pasar unggun wisata")[0], ["Kereta wisata"])
        found = ["Kereta wisata", "Kursi kereta habis"]
        self.assertEqual(self.answered("tiket pesawat kereta"), (found, ["tiket", "pesawat"]))
        self.assertEqual(self.answered("tiket pesawat"), ([], []))

    def test_quotes_minus_and_filters_hold(self):
        self.assertEqual(self.answered('tiket "api penuh" kereta')[0], ["Kursi kereta habis"])
        self.assertEqual(self.answered('"tiket" kereta api'), ([], []))
        self.assertEqual(self.answered("tiket kereta api natal -unggun")[0], ["Kursi kereta habis"])
        self.assertEqual(self.answered("tiket kereta", {"until": "2020-01-01"}), ([], []))

    def test_names_beside_the_text_count(self):
        self.story("Damai", tags=[self.rusia])
        self.assertEqual(self.answered("tiket rusia"), (["Damai"], ["tiket"]))
        self.assertEqual(self.answered("tiket rusia -damai"), ([], []))

    def test_only_what_readers_may_see(self):
        self.draft("Tiket kapal", body="<p>Kapal.</p>")
        self.story("Tiket nanti", body="<p>Kapal.</p>", publish_at=LATER)
        found = ["Kereta wisata", "Kursi kereta habis"]
        self.assertEqual(self.answered("tiket kapal kereta murah"), (found, ["tiket", "kapal", "murah"]))
        self.assertEqual(self.answered("tiket kapal"), ([], []))

    def test_pages_follow(self):
        for number in range(23):
            self.story(f"Bentor {number}", credited=False)
        seen, after = [], ""
        while True:
            response = self.client.get("/search/", {"q": "ongkos bentor", "after": after})
            seen += [story.headline for story in response.context["stories"]]
            if not (after := response.context["answer"].after):
                break
        self.assertEqual(len({*seen}), 23)
        self.assertEqual(len(seen), 23)

    def test_a_frequent_word_is_found_beyond_its_newest_stories(self):
        """Of a rare word all stories are compared, whatever of the others is new."""
        with mock.patch.object(partial, "NEWEST", 1):
            self.assertEqual(self.answered("tiket kereta wisata danau")[0][0], "Kereta wisata")

    def test_what_has_all_words_costs_nothing_more(self):
        def queries(words):
            with CaptureQueriesContext(connection) as asked:
                self.answered(words)
            return len(asked)

        queries("kereta")
        self.assertLessEqual(queries("tiket kereta api natal"), 20)
        with mock.patch.object(partial, "of", side_effect=AssertionError):
            self.answered("kereta wisata")

    def test_a_spelling_that_finds_nothing_is_not_offered(self):
        self.story("Demi rakyat", credited=False)
        self.story("Mahasiswa turun", credited=False)
        self.assertNotIn("Maksud Anda", self.page("/search/?q=demo+mahasiswa"))
        self.assertIn("q=demi+rakyat", self.page("/search/?q=demo+rakyat"))

    def test_the_api_tells_the_same(self):
        told = self.client.get("/api/v1/search/?q=tiket+kereta+api+natal").json()
        self.assertEqual(
            [item["headlines"][0]["value"] for item in told["items"]], ["Kursi kereta habis", "Kereta wisata"]
        )
        self.assertEqual((told["isPart"], told["leftOut"]), (True, ["tiket"]))
        told = self.client.get("/api/v1/search/?q=kereta+wisata").json()
        self.assertEqual((told["isPart"], told["leftOut"]), (False, []))
