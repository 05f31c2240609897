"""What an answer of the API reads does not grow with the newsroom: ranges of indexes, and no row for each story."""

import pytest
from django.db import connection

from articles.models import Credit, Person, Series, Tag, TaggedStory
from articles.models.person import Role

from ..newsroom import NewsroomTestCase
from ..plans import plans

pytestmark = pytest.mark.both_databases

V1 = "/api/v1"
INDEX = {"tags": "tagged_by_tag", "people": "credit_by_person|credit_newest", "series": "story_by_series"}
EVERY_STORY = "story_by_edition|story_changed|SCAN articles_story|Seq Scan on articles_story"


class ApiPlansTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.main = cls.story(tags=[cls.rusia], series=cls.perang)
        cls.unsure = cls.story("Belum pasti", label="unverified", verified_in=cls.main)
        if connection.vendor == "postgresql":
            cls.fill()

    @classmethod
    def fill(cls):
        """PostgreSQL plans by its statistics, which are otherwise those that an earlier test left."""
        for number in range(60):
            words = f"Kabar {number}"
            series = Series.objects.create(kicker=words, slug=f"kabar-{number}", introduction=words)
            story = cls.story(words, credited=False, series=series)
            person = Person.objects.create(name=words, slug=f"kabar-{number}")
            Credit.objects.create(story=story, person=person, role=Role.AUTHOR)
            TaggedStory.objects.create(content_object=story, tag=Tag.objects.create(name=words, slug=f"kabar-{number}"))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def test_tags_people_and_series_are_found_by_their_links(self):
        for name, table in (("tags", "tag"), ("people", "person"), ("series", "series")):
            [(sql, plan)] = plans(self, f"{V1}/{name}/", f'ORDER BY "articles_{table}"."slug"').items()
            self.assertRegex(plan, INDEX[name], sql)
            self.assertNotRegex(plan, "Semi Join", sql)
            if connection.vendor == "sqlite":  # of so few stories PostgreSQL reads all
                self.assertNotRegex(plan, EVERY_STORY, sql)

    def test_stories_of_a_tag_or_an_author_are_a_range_of_their_links(self):
        for query, table, index in (
            ("tag=rusia", "articles_taggedstory", "tagged_by_tag"),
            ("person=nina-yuniar", "articles_credit", INDEX["people"]),
        ):
            [plan] = plans(self, f"{V1}/stories/?{query}", f'ORDER BY "{table}"."live_from"').values()
            self.assertRegex(plan, index)
            self.assertNotIn("TEMP B-TREE", plan)

    def test_what_a_story_settles_is_found_by_its_key(self):
        for sql, plan in plans(self, f"{V1}/stories/{self.main.uid}/", '"verified_in_id" IN').items():
            self.assertNotRegex(plan, EVERY_STORY, sql)
