import pytest
from django.test import TestCase

from articles.listings import search
from articles.models import Story

from ..newsroom import READING
from . import newsroom_of_questions
from .tables import rows

pytestmark = pytest.mark.both_databases

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
        first = self.first(question)
        lacks = [one for one in wanted.split() if not any(slug.startswith(tuple(one.split("/"))) for slug in first)]
        wrong = [one for one in unwanted.split() if any(slug.startswith(one) for slug in first)]
        return f"{question}: lacks {lacks}, has {wrong} in {first}" if lacks or wrong else ""
