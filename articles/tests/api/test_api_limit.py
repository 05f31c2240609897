"""Searches, cursors and other lengths of the API cost an answer each, so an address is not given any number of them."""

import datetime

import pytest
import time_machine

from articles.models import RateLimit

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED
from .test_api import ApiTestCase

pytestmark = [pytest.mark.both_databases, pytest.mark.wide]

V1 = "/api/v1"
FREE = 60
SECOND = datetime.timedelta(seconds=1)


class ApiLimitTest(ApiTestCase):
    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(time_machine.travel(PUBLISHED.replace(year=2027), tick=False))
        for number in range(21):
            self.story(f"Kabar {number}", credited=False, publish_at=PUBLISHED + number * SECOND)

    def status(self, address, **of):
        return self.client.get(V1 + address, **of).status_code

    def test_after_sixty_at_once_an_address_is_answered_once_a_second(self):
        following = self.told("/stories/")["next"].partition(V1)[2]
        asked = ["/search/?q=kabar", following, "/stories/?limit=5&format=jsonfeed", "/tags/?limit=1"]
        for number in range(FREE):
            self.assertEqual(self.status(asked[number % len(asked)]), 200, number)
        for address in asked:
            problem = self.told(address, 429)
            self.assertIn("1 detik", problem["detail"])
            self.assertEqual(self.client.get(V1 + address)["Retry-After"], "1", address)
        self.clock.shift(SECOND)
        self.assertEqual([self.status(asked[0]), self.status(asked[1])], [200, 429])
        self.clock.shift(61 * SECOND)
        self.assertEqual({self.status(asked[0]) for _turn in range(FREE)}, {200})

    def test_first_pages_and_other_addresses_are_answered_meanwhile(self):
        for _turn in range(FREE):
            self.status("/search/?q=kabar")
        self.assertEqual(self.status("/search/?q=kabar"), 429)
        self.assertEqual(self.status("/search/?q=kabar", REMOTE_ADDR="192.0.2.7"), 200)
        for address in ("/stories/", "/stories/?format=jsonfeed", "/tags/", "/people/", "/sections/", "/openapi.json"):
            self.assertEqual(self.status(address), 200, address)

    def test_an_answer_that_has_both_a_cursor_and_a_length_counts_once(self):
        following = self.told("/stories/?limit=20")["next"].partition(V1)[2]
        self.status(following)
        self.assertIn("limit=20", following)
        counted = RateLimit.objects.get()
        self.assertEqual(counted.forgotten_at - counted.tried_at, 2 * SECOND)

    def test_who_asked_is_not_stored(self):
        self.status("/search/?q=kabar", REMOTE_ADDR="192.0.2.7")
        self.assertNotIn("192.0.2.7", str(RateLimit.objects.values_list()))


class CachedPagesTest(DeliveryTestCase):
    def test_pages_of_the_cache_write_nothing(self):
        self.story()
        for address in ("/stories/", "/tags/", "/stories/?tag=rusia"):
            self.ask(V1 + address)
        self.assertEqual(RateLimit.objects.count(), 0)
