"""One search finds stories, people and photos, of each only what one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition, Person, Section, Story

from ..newsroom import NewsroomTestCase, make_photo

PAGE = "/admin/search/"


class SearchPageTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.elsewhere = Edition.objects.create(
            network=cls.network, name="TribunJogja.com", slug="jogja", host="jogja.localhost"
        )
        cls.mine = cls.draft("Karnaval karawo ditunda")
        cls.theirs = cls.draft("Karnaval rahasia di Jogja")
        section = Section.objects.create(edition=cls.elsewhere, name="Jogja", slug="jogja")
        Story.objects.filter(pk=cls.theirs.pk).update(edition=cls.elsewhere, section=section)
        Person.objects.create(name="Karnaval Abdullah", slug="karnaval-abdullah", title="Redaktur")
        make_photo(title="Karnaval pagi", colour="#111111")

    def found(self, words, role="editor"):
        self.client.force_login(self.somebody(role, name=f"{role}-{words}"))
        page = self.client.get(PAGE, {"q": words})
        return {group["name"]: [row.label for row in group["found"]] for group in page.context["groups"]}

    def test_words_find_stories_people_and_photos(self):
        self.assertEqual(
            self.found("karnaval"),
            {"story": ["Karnaval karawo ditunda"], "person": ["Karnaval Abdullah"], "photo": ["Karnaval pagi"]},
        )

    def test_a_story_of_another_edition_is_not_found(self):
        self.assertNotIn("story", self.found("rahasia"))

    def test_a_reporter_finds_only_their_own_stories(self):
        self.assertNotIn("story", self.found("karnaval", "reporter"))

    def test_all_results_stand_in_the_list_with_the_same_words(self):
        self.client.force_login(self.somebody("editor"))
        self.assertContains(self.client.get(PAGE, {"q": "karnaval"}), 'href="/admin/articles/story/?q=karnaval"')

    def test_it_says_where_nothing_is_found_and_asks_for_words_where_there_are_none(self):
        self.client.force_login(self.somebody("editor"))
        self.assertContains(self.client.get(PAGE, {"q": "tidakada"}), "“tidakada”")
        self.assertContains(self.client.get(PAGE), "Ketik kata dari berita")

    @pytest.mark.wide
    def test_it_asks_no_more_questions_however_much_is_found(self):
        self.client.force_login(self.somebody("editor"))
        self.client.get(PAGE)
        few = self.questions()
        for number in range(20):
            self.draft(f"Karnaval ke-{number}")
            make_photo(title=f"Karnaval {number}", colour=f"#2222{number:02}")
        self.assertEqual(self.questions(), few)
        groups = self.client.get(PAGE, {"q": "karnaval"}).context["groups"]
        self.assertEqual([len(group["found"]) for group in groups], [8, 1, 8])

    def questions(self):
        with CaptureQueriesContext(connection) as asked:
            self.client.get(PAGE, {"q": "karnaval"})
        return len(asked)
