import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from articles.listings import search
from articles.models import Story, Tag

from ..newsroom import NewsroomTestCase

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


class ReindexTest(TransactionTestCase):
    host = NewsroomTestCase.host
    story, edition = (classmethod(getattr(NewsroomTestCase, name).__func__) for name in ("story", "edition"))

    def test_the_index_is_made_anew_and_tells_how_far_it_is(self):
        NewsroomTestCase.setUpTestData.__func__(type(self))
        self.story("Pasar pagi")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM articles_search")
                cursor.execute("DELETE FROM articles_tag_words")
            self.assertFalse(search.find("pasar", Story.objects.all()).exists())
        told = io.StringIO()
        call_command("reindex", stdout=told)
        if connection.vendor == "sqlite":  # PostgreSQL fills the columns by itself
            self.assertIn("search", told.getvalue())
        self.assertEqual([story.headline for story in search.find("pasar", Story.objects.all())], ["Pasar pagi"])
        self.assertEqual([tag.name for tag in search.named("rusia", Tag.objects.all())], ["Rusia"])
