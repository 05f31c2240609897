"""A connection to PostgreSQL can plan a question of the desk once, however often it is asked: planning takes longer."""

from django.db import connection
from django.test import SimpleTestCase

from articles.database.compiled import CompiledQuery
from articles.models import Story
from newsroom.services import postgresql

from ..cases import DeskTest

OF_IDS = CompiledQuery(lambda ids=(): Story.objects.filter(pk__in=ids).order_by("pk"))


class OptionsTest(SimpleTestCase):
    def test_statements_are_prepared_if_that_is_asked_for(self):
        self.assertLessEqual({"server_side_binding": True, "prepare_threshold": 3}.items(), postgresql(8, True).items())
        self.assertFalse({"server_side_binding", "prepare_threshold"} & postgresql(8, False).keys())


class OneQuestionTest(DeskTest):
    def test_of_any_number_of_rows_it_finds_them(self):
        stories = [self.story(f"Berita {number}", slug=f"berita-{number}") for number in range(4)]
        for count in range(5):
            self.assertEqual(OF_IDS(ids=[story.pk for story in stories[:count]]), stories[:count])

    def test_on_postgresql_it_is_one_statement_for_any_number_of_rows(self):
        statements = {OF_IDS.sql(ids=range(count))[0] for count in (1, 2, 5)}
        self.assertEqual(len(statements), 1 if connection.vendor == "postgresql" else 3)
