import pytest
from django.test import TestCase

from articles.listings import search
from articles.models import Story
from articles.text import stems

from ..newsroom import READING
from . import newsroom_of_questions
from .tables import rows

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

FIRST = 3


class QuestionsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = newsroom_of_questions.load()
        cls.slugs = dict(Story.objects.values_list("pk", "slug"))

    def first(self, question):
        return [self.slugs[pk] for pk in search.answer(question, [self.edition], READING).ids[:FIRST]]

    def test_nine_of_ten_questions_have_their_stories_within_the_first_three(self):
        asked = rows("questions.tsv")
        wrong = [told for row in asked if (told := self._lacks(*row))]
        self.assertGreaterEqual(len(asked), 80)
        self.assertLessEqual(len(wrong), len(asked) * 0.1, "\n".join(wrong))

    def _lacks(self, question, wanted, unwanted=""):
        """Where little is found, the reader presses the spelling that is offered."""
        answer = search.answer(question, [self.edition], READING)
        first = self.first(answer.meant if answer.meant and (answer.is_part or not answer.ids) else question)
        lacks = [one for one in wanted.split() if not any(slug.startswith(tuple(one.split("/"))) for slug in first)]
        wrong = [one for one in unwanted.split() if any(slug.startswith(one) for slug in first)]
        return f"{question}: lacks {lacks}, has {wrong} in {first}" if lacks or wrong else ""

    def test_most_misspellings_lead_to_their_word(self):
        asked = rows("misspellings.tsv")
        wrong = [row for row in asked if not self._is_mended(*row)]
        self.assertGreaterEqual(len(asked), 100)
        self.assertLessEqual(len(wrong), len(asked) * 0.15, wrong)

    def _is_mended(self, typed, meant):
        answer = search.answer(typed, [self.edition], READING)
        is_known = stems.stem(typed) == stems.stem(meant)  # an everyday spelling finds what the right one finds
        return is_known or stems.stem(answer.meant) == stems.stem(meant)
