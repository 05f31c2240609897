"""A change of what editors hold of the front page is on the next page that a reader asks for, and on no other page."""

import datetime

import time_machine
from django.utils import timezone

from articles import placing, publishing
from articles.models import Slot
from articles.models.edition import Place

from ..cases import HOUR, DeliveryTestCase

MINUTE = datetime.timedelta(minutes=1)


class FreshSlotsTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        now = timezone.now()
        self.chief = self.somebody("chief")
        self.old = self.story("Kabar lama", publish_at=now - 5 * HOUR)
        self.newer = [self.story(f"Kabar {number}", publish_at=now - HOUR) for number in range(3)]
        self.other_page = self.newer[0].get_absolute_url()
        self.how("/"), self.how(self.other_page)

    def place(self, where=Place.LEAD, until_at=None):
        return placing.place(self.gorontalo, where, self.old, self.chief, timezone.now(), until_at)

    def leads(self):
        return b"Kabar lama" in self.ask("/")[2].split(b"card-second")[0]

    def breaks(self, address="/"):
        return b'class="breaking"' in self.ask(address)[2]

    def test_the_front_follows_what_is_placed_and_cleared(self):
        self.assertFalse(self.leads())
        self.place()
        self.assertTrue(self.leads())
        placing.clear(self.gorontalo, Place.LEAD, self.chief, timezone.now())
        self.assertFalse(self.leads())

    def test_a_row_that_is_written_by_sql_alone_is_followed_too(self):
        self.place()
        self.assertTrue(self.leads())
        Slot.objects.all().delete()
        self.assertFalse(self.leads())

    def test_its_end_comes_without_anybody_s_doing(self):
        self.place(until_at=timezone.now() + HOUR)
        self.assertTrue(self.leads())
        with time_machine.travel(timezone.now() + HOUR + MINUTE, tick=False):
            self.assertFalse(self.leads())

    def test_a_withdrawal_empties_the_place(self):
        self.place()
        self.assertTrue(self.leads())
        publishing.withdraw(self.old, self.chief, timezone.now(), "trauma")
        self.assertFalse(self.leads())

    def test_another_page_is_kept_when_the_lead_changes(self):
        self.assertEqual(self.how(self.other_page), "hit")
        self.place()
        self.assertEqual(self.how(self.other_page), "hit")

    def test_the_breaking_line_is_put_into_pages_that_stay_as_they_are(self):
        self.assertFalse(self.breaks(self.other_page))
        self.place(Place.BREAKING, timezone.now() + HOUR)
        self.assertEqual(self.how(self.other_page), "put together")
        self.assertTrue(self.breaks(self.other_page))
        self.assertTrue(self.breaks("/"))
        with time_machine.travel(timezone.now() + HOUR + MINUTE, tick=False):
            self.assertFalse(self.breaks("/"))
            self.assertFalse(self.breaks(self.other_page))
