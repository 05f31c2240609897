"""What editors hold of the front page, as readers find it: a story in its place until a time, while it is live."""

import datetime
import re

import time_machine
from django.utils import timezone

from articles import placing, publishing
from articles.listings.front_page import ABOVE
from articles.models import Story
from articles.models.edition import Place
from articles.models.label import Label

from ..newsroom import PUBLISHED, NewsroomTestCase

MINUTE = datetime.timedelta(minutes=1)
HOUR = 60 * MINUTE
NOW = PUBLISHED + datetime.timedelta(days=2)


class SlotsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.chief = cls.somebody("chief")
        cls.add_other_desks()
        cls.newest = [cls.story(f"Baru {number}", publish_at=NOW - number * MINUTE) for number in range(1, 1 + ABOVE)]
        cls.old = cls.story("Penting dan lama", section=cls.olahraga, publish_at=NOW - 24 * HOUR)

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(time_machine.travel(NOW, tick=False))

    def place(self, where, story, until_at=None):
        return placing.place(self.gorontalo, where, story, self.chief, timezone.now(), until_at)

    def front(self):
        return self.client.get("/").context

    def tops(self):
        page = self.front()
        return [story.headline for story in [page["lead"], *page["seconds"], *page["latest"]]]

    def test_the_placed_story_leads_and_the_newest_follow_in_their_order(self):
        self.place(Place.LEAD, self.old)
        self.assertEqual(self.tops(), ["Penting dan lama", *(f"Baru {number}" for number in range(1, ABOVE))])

    def test_a_place_beside_the_lead_is_kept_and_those_that_are_free_fill_themselves(self):
        self.place(Place.SECOND_2, self.old)
        self.assertEqual(self.tops()[:4], ["Baru 1", "Baru 2", "Penting dan lama", "Baru 3"])

    def test_no_story_stands_twice_and_none_falls_out(self):
        self.place(Place.LEAD, self.newest[3])
        self.place(Place.SECOND_1, self.old)
        main = self.page("/").split("<main")[1].split("</main>")[0]
        links = re.findall(r'href="(/\d{4}/[^"]+)"', main)
        self.assertEqual(len(links), len(set(links)))
        self.assertEqual(len(links), len(self.newest) + 1, "all stories have room on this page")

    def test_when_its_time_ends_the_place_fills_itself(self):
        self.place(Place.LEAD, self.old, until_at=NOW + HOUR)
        self.clock.move_to(NOW + HOUR - MINUTE)
        self.assertEqual(self.tops()[0], "Penting dan lama")
        self.clock.move_to(NOW + HOUR)
        self.assertEqual(self.tops()[0], "Baru 1")

    def test_a_story_that_is_withdrawn_leaves_its_place_at_once(self):
        self.place(Place.LEAD, self.old)
        publishing.withdraw(self.old, self.chief, NOW, "trauma")
        self.assertEqual(self.tops()[:2], ["Baru 1", "Baru 2"])
        self.assertNotIn("Penting dan lama", self.tops())

    def test_a_story_that_expires_leaves_its_place_at_once(self):
        Story.objects.filter(pk=self.old.pk).update(expires_at=NOW + HOUR)
        self.place(Place.LEAD, self.old)
        self.clock.move_to(NOW + HOUR)
        self.assertEqual(self.tops()[0], "Baru 1")

    def test_a_scheduled_story_takes_its_place_when_it_goes_live(self):
        later = self.story("Nanti sore", publish_at=NOW + HOUR)
        self.place(Place.SECOND_1, later)
        self.assertNotIn("Nanti sore", self.tops())
        self.clock.move_to(NOW + HOUR)
        self.assertEqual(self.tops()[1], "Nanti sore")

    def test_what_becomes_paid_or_unverified_does_not_lead(self):
        self.place(Place.LEAD, self.newest[4])
        Story.objects.filter(pk=self.newest[4].pk).update(label=Label.ADVERTORIAL)
        self.assertEqual(self.tops()[:5], [f"Baru {number}" for number in range(1, 6)])

    def test_a_story_that_went_to_another_edition_does_not_stand_here(self):
        self.place(Place.LEAD, self.old)
        Story.objects.filter(pk=self.old.pk).update(edition=self.jogja, section=self.kota)
        self.assertEqual(self.tops()[0], "Baru 1")

    def test_the_breaking_line_leads_to_its_story_from_other_pages_until_its_end(self):
        self.place(Place.BREAKING, self.old, until_at=NOW + HOUR)
        lines = {address: self.breaking(address) for address in ("/", self.newest[0].get_absolute_url(), "/latest/")}
        for address, line in lines.items():
            with self.subTest(address):
                self.assertIn(self.old.get_absolute_url(), line)
                self.assertIn("Penting dan lama", line)
        self.assertEqual(self.breaking(self.old.get_absolute_url()), "", "it would lead to its own page")
        self.clock.move_to(NOW + HOUR)
        self.assertEqual(self.breaking("/"), "")

    def test_no_word_of_a_story_under_embargo_is_on_a_page_before_its_hour(self):
        secret = self.story("Rahasia sampai sore", embargo_until=NOW + HOUR)
        self.place(Place.BREAKING, secret, until_at=NOW + 3 * HOUR)
        self.place(Place.LEAD, secret)
        for address in ("/", "/latest/", self.old.get_absolute_url()):
            self.assertNotIn("Rahasia", self.page(address))
        self.clock.move_to(NOW + HOUR)
        self.assertIn("Rahasia", self.breaking("/latest/"))
        self.assertEqual(self.tops()[0], "Rahasia sampai sore")

    def breaking(self, address):
        return "".join(re.findall(r'(?s)<aside class="breaking".*?</aside>', self.page(address)))
