from articles.listings import search
from articles.models import Story

from ..newsroom import NewsroomTestCase


class SearchTest(NewsroomTestCase):
    def found(self, words):
        return set(search.find(words, Story.objects.all()).values_list("headline", flat=True))

    def test_headline_standfirst_and_body_are_searched_and_the_last_word_may_be_begun(self):
        self.story("Pelabuhan dibuka", standfirst="Kapal merapat", body="<p>Nelayan <strong>bersyukur</strong>.</p>")
        self.story("Pasar sepi")
        for words in ("pelabuhan", "KAPAL", "nelayan bersy", "dibuka merapat bersyukur", "pelab"):
            self.assertEqual(self.found(words), {"Pelabuhan dibuka"}, words)

    def test_markup_is_not_text(self):
        self.story(body="<p>Isi <strong>tebal</strong></p>")
        self.assertEqual(self.found("strong"), set())

    def test_the_index_follows_every_change(self):
        story = self.story("Lama")
        Story.objects.update(headline="Baru")
        self.assertEqual((self.found("lama"), self.found("baru")), (set(), {"Baru"}))
        story.credits.all().delete()
        story.delete()
        self.assertEqual(self.found("baru"), set())

    def test_nothing_typed_breaks_it(self):
        self.story("Satu")
        for words in (
            "",
            " ",
            '"',
            "'",
            "*",
            "a AND",
            "NEAR(",
            "satu:*",
            "\x00",
            "_",
            "-",
            ")(",
            "& |",
            "😀",
            "x" * 5000,
        ):
            self.assertIsInstance(self.found(words), set, words)

    def test_machines_keep_the_page_to_ask_and_nothing_that_was_found(self):
        self.story("Satu")
        told = {address: self.page(address) for address in ("/search/", "/search/?q=satu", "/search/?network=1")}
        self.assertEqual([address for address, page in told.items() if 'content="noindex"' not in page], ["/search/"])
        self.assertIn('<link rel="canonical"', told["/search/"])
        self.assertIn("Disallow: /search/?\n", self.page("/robots.txt"))
