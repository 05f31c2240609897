import re

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override

from articles.models import Story
from articles.models.label import Label

from ...newsroom import NewsroomTestCase

CSS = (settings.ROOT / "static/site/site.css").read_text()


class LabelTest(NewsroomTestCase):
    def test_readers_are_told_every_label_but_news_in_a_look_of_its_own(self):
        address = self.story("Tanpa rangkaian").get_absolute_url()
        for label in Label:
            Story.objects.update(label=label)
            with self.subTest(label), override("id"):
                word = f'<span class="label label-{label}">{capfirst(label.label)}</span>'
                self.assertEqual(
                    word in self.page(address), label is not Label.NEWS, "an empty line above the headline"
                )
                if label.is_shown:
                    self.assertRegex(CSS, re.escape(f".label-{label}") + r"\b", "site.css gives it no look")

    def test_news_without_a_kicker_has_no_line_above_its_headline(self):
        self.assertNotIn('class="kicker"', self.page(self.story("Tanpa rangkaian").get_absolute_url()))
