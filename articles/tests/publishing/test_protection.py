"""Names that a story protects, and how it tells of a suicide (rules.md D9, D10)."""

import datetime

import time_machine
from django.utils.translation import override

from articles import publishing
from articles.models import ReadCount, StoryPhoto, Tag
from articles.models import TaggedStory as Tagged

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)
# Where a protected name stands (D9).
NAMED = {
    "headline": {"headline": "Kisah Budi Santoso"},
    "short headline": {"short_headline": "Kisah Budi Santoso"},
    "capitals": {"headline": "BUDI SANTOSO BERKISAH"},
    "kicker": {"kicker": "Budi Santoso"},
    "slug": {"slug": "kisah-budi-santoso"},
    "standfirst": {"standfirst": "Budi Santoso berkisah."},
    "body": {"body": "<p>Kata <strong>Budi</strong> Santoso.</p>"},
    "body, over two lines": {"body": "<p>Kata Budi<br>Santoso.</p>"},
    "body, with a hard space": {"body": "<p>Kata Budi\xa0Santoso.</p>"},
    "body, with -nya": {"body": "<p>Budi Santosonya.</p>"},
    "source line": {"source_line": "(Budi Santoso)"},
    "dateline": {"place": "Rumah Budi Santoso"},
    "caption of the lead photo": {"lead_caption": "Budi Santoso."},
    "note on AI": {"ai_note": "Suara Budi Santoso."},
}
METHODS = ["Gantung Diri, Seorang Warga Ditemukan", "Warga Minum Racun", "Racun: Penyebab Terungkap", "Ia “melompat”"]


class ProtectedNameTest(NewsroomTestCase):
    def told(self, story):
        with override("en"):
            return publishing.blockers(story)

    def test_it_stands_in_no_word_of_the_story(self):
        for where, changes in NAMED.items():
            with self.subTest(where):
                told = self.told(self.draft(protected_names="Budi Santoso", **changes))
                self.assertEqual(len(told), 1, f"A protected name goes out: {changes}")
                self.assertIn("Budi Santoso", told[0])

    def test_nor_in_a_tag_or_in_the_words_of_a_picture(self):
        tagged = self.draft(protected_names="Budi Santoso")
        Tagged.objects.create(content_object=tagged, tag=Tag.objects.create(name="Kasus B", slug="budi-santoso"))
        self.assertTrue(self.told(tagged), "The name in the slug of a tag goes out")
        for words in ({"caption": "Budi Santoso."}, {"alt": "Budi Santoso"}, {"title": "Budi Santoso"}):
            photo = make_photo(**words)
            shown = self.draft(protected_names="Budi Santoso")
            StoryPhoto.objects.create(story=shown, photo=photo)
            with self.subTest(words):
                self.assertTrue(self.told(shown), "The name in a picture of the gallery goes out")
                self.assertTrue(self.told(self.draft(protected_names="Budi Santoso", lead_photo=photo)))

    def test_a_part_of_another_word_is_not_the_name(self):
        story = self.draft(protected_names="Ani", body="<p>Petani dan nelayan bertanian.</p>")
        self.assertEqual(self.told(story), [], "“Ani” is found in “petani”, and the story can never go out")

    def test_nor_does_a_correction_or_a_withdrawal_tell_it(self):
        story = self.story(protected_names="Budi Santoso\nSiti")
        for move in (
            lambda: publishing.correct(story, None, PUBLISHED + HOUR, "erratum", "Namanya Budi Santoso."),
            lambda: publishing.withdraw(story, None, PUBLISHED + HOUR, "child", "Kami menyebut Siti."),
        ):
            with self.assertRaises(publishing.Refused), override("en"):
                move()
        self.assertFalse(story.corrections.exists())


class SuicideTest(NewsroomTestCase):
    def test_the_headline_does_not_tell_how(self):
        for headline in METHODS:
            with self.subTest(headline), override("en"):
                (told,) = publishing.blockers(self.draft(headline, slug="s", is_about_suicide=True)) or [None]
                self.assertIn("does not tell how", told or "", f"This headline goes out: {headline}")
        self.assertTrue(
            publishing.blockers(self.draft(short_headline="Minum racun", is_about_suicide=True)),
            "The short headline, which narrow lists show, tells how",
        )

    def test_another_headline_may(self):
        self.assertEqual(publishing.blockers(self.draft("Racun tikus disita")), [])
        self.assertEqual(publishing.blockers(self.draft("Warga ditemukan meninggal", is_about_suicide=True)), [])

    def test_its_page_says_where_to_find_help_and_it_is_not_popular(self):
        story = self.story("Warga meninggal", is_about_suicide=True)
        self.assertIn("SEJIWA", self.page(story.get_absolute_url()))
        ReadCount.objects.create(story=story, hour=PUBLISHED, reads=9)
        with time_machine.travel(PUBLISHED + HOUR, tick=False):
            self.assertNotIn(story.slug, self.page("/popular/"))
