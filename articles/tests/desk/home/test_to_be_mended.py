"""“To be mended” counts what stands in the lists to which it leads, and nothing of another edition."""

from unittest import skipUnless

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.admin import tidying
from articles.models import Section, Story, StoryPhoto

from ...newsroom import make_photo
from .homes import DAY, HOUR, HomeTest


class ToBeMendedTest(HomeTest):
    def setUp(self):
        super().setUp()
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.there = {"edition": jogja, "section": Section.objects.create(edition=jogja, name="Kota", slug="kota")}

    def mended(self, user):
        """{words: number}, after each list was found to have as many rows."""
        lines = self.home(user)["tidy"].content
        for count, words, address in lines:
            listed = self.client.get(address)
            self.assertEqual(str(len(listed.context["cl"].result_list)), count, words)
        return {address.partition("=")[2]: int(count) for count, _words, address in lines}

    def test_photos_that_a_story_of_the_desk_shows(self):
        bare = {"alt": "", "agency": "", "photographer": ""}
        self.draft("Di kepala", lead_photo=make_photo(title="a", colour="#010203", **bare))
        in_text = make_photo(title="b", colour="#040506", alt="")
        self.draft("Di teks", body=f'<p>Isi.</p><figure data-photo="{in_text.uid}"></figure>')
        StoryPhoto.objects.create(story=self.story("Galeri"), photo=make_photo(title="c", colour="#070809", alt=""))
        make_photo(title="tidak dipakai", colour="#0a0b0c", **bare)
        self.draft("Di Jogja", lead_photo=make_photo(title="d", colour="#0d0e0f", **bare), **self.there)
        self.assertEqual(self.mended(self.editor), {"credit": 1, "alt": 3})

    def test_rights_that_end_within_a_week_with_the_stories_that_lose_them(self):
        ending = make_photo(rights_end_at=self.now + 3 * DAY, colour="#111213")
        make_photo(rights_end_at=self.now + 30 * DAY, colour="#141516")
        for number in range(2):
            self.story(f"Memakai {number}", lead_photo=ending)
        self.story("Di Jogja", lead_photo=ending, **self.there)
        self.assertEqual(self.mended(self.editor), {"rights": 1})
        self.assertContains(self.answer, "used by 2 stories")

    @skipUnless(connection.vendor == "sqlite", "PostgreSQL plans by how many rows there are, and here are few")
    def test_stories_are_found_by_the_photo_and_not_by_their_state(self):
        ending = make_photo(rights_end_at=self.now + 3 * DAY, colour="#111213")
        self.story("Memakai", lead_photo=ending)
        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(tidying.photos(self.editor, self.now).using, 1)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}")
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
        self.assertIn("lead_photo_id", plan)
        self.assertNotIn("story_changed", plan)

    def test_stories_that_stay_unverified_and_stories_that_are_overdue(self):
        self.story("Kemarin dulu", label="unverified", publish_at=self.now - 3 * DAY)
        self.story("Baru tadi", label="unverified", publish_at=self.now - HOUR)
        settled = self.story("Sudah jelas", label="unverified", publish_at=self.now - 3 * DAY)
        Story.objects.filter(pk=settled.pk).update(verified_in=self.story("Penjelasan"))
        self.story("Di Jogja", label="unverified", publish_at=self.now - 3 * DAY, **self.there)
        self.due(self.begun("Lewat"), self.now - HOUR)
        self.assertEqual(self.mended(self.editor), {"unverified": 1, "overdue": 1})

    def test_only_who_may_correct_a_story_is_told_that_it_is_unverified(self):
        story = self.story("Kemarin dulu", label="unverified", publish_at=self.now - 3 * DAY)
        publishing.record(story, self.reporter, self.now)
        for role, told in (("photo", {}), ("reporter", {}), ("chief", {"unverified": 1})):
            user = self.reporter if role == "reporter" else self.somebody(role)
            with self.subTest(role=role):
                self.assertEqual(self.mended(user), told)

    def test_all_in_order_is_said(self):
        self.assertEqual(self.mended(self.editor), {})
        self.assertContains(self.answer, "All is in order")
