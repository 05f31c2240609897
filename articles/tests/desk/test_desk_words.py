"""What Django's own admin writes is Indonesian as an editor would say it, and times look as on the paper."""

import datetime

from django.utils import translation
from django.utils.formats import localize

from articles.desk.words import WORDS

from ..newsroom import NewsroomTestCase


class DeskWordsTest(NewsroomTestCase):
    def test_a_list_has_no_english_left(self):
        self.story("Terbit")
        self.client.force_login(self.somebody("chief"))
        page = self.page("/admin/articles/story/")
        for english in ("Filter by", "Select an option", "Start typing", ">Run<"):
            self.assertNotIn(english, page)
        self.assertIn(">Hari<", page)

    def test_each_of_the_words_has_one_of_ours(self):
        with translation.override("id"):
            for word in WORDS:
                self.assertNotEqual(translation.gettext(word), word)

    def test_a_time_is_written_as_on_the_paper(self):
        with translation.override("id"):
            moment = datetime.datetime(2026, 11, 28, 4, 28, tzinfo=datetime.UTC)
            self.assertEqual(localize(moment), "28 Nov 2026, 04.28 UTC")
            self.assertEqual(localize(datetime.date(2026, 8, 1)), "1 Agu 2026")
