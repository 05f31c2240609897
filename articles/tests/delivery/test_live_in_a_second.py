"""Everything that machines read of us has a story within a second of its release, and no more within a second of its
withdrawal, though all of it was held before."""

import datetime
from urllib.parse import quote

import pytest
import time_machine
from django.utils import timezone

from articles import publishing
from articles.cache import freshness
from articles.models.correction import Reason

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED

HEADLINE, SECOND = "Jembatan dibuka kembali", datetime.timedelta(seconds=1)
LONGEST_UNSEEN = freshness.POLL  # before the tests ask at each request
SLUG = "jembatan-dibuka-kembali"


class LiveInASecondTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.chief = self.somebody("admin")
        self.naskah = self.draft(HEADLINE, series=self.perang, tags=[self.rusia], slug=SLUG)
        self.story("Kabar lain", series=self.perang, tags=[self.rusia], publish_at=timezone.now() - 3600 * SECOND)

    def addresses(self):
        """Each address, and what it has of the story."""
        asked, month = quote("jembatan dibuka"), f"{timezone.now():%Y-%m}"
        feeds = ["", "section/internasional/", "tag/rusia/", "series/perang-rusia-ukraina/", "people/nina-yuniar/"]
        of_lists = ["", "latest/", "section/internasional/", "tag/rusia/", "series/perang-rusia-ukraina/"]
        found = {f"/{place}feed/{kind}": HEADLINE for place in feeds for kind in ("", "atom/", "json/")}
        found |= {f"/{place}": HEADLINE for place in of_lists}
        found |= {"/sitemap-news.xml": HEADLINE, f"/sitemap-{month}.xml": SLUG, f"/search/?q={asked}": f"/{SLUG}/"}
        found |= {"/feed/network/": HEADLINE, "/api/v1/stories/": HEADLINE, f"/api/v1/search/?q={asked}": HEADLINE}
        return found

    def having(self):
        """The addresses that have the story now."""
        return {at for at, what in self.addresses().items() if what in self.ask(at)[2].decode()}

    # The tests ask for changes at each request; a worker does so as often as the last test says.

    @pytest.mark.both_databases
    @pytest.mark.wide
    def test_it_is_everywhere_a_second_after_its_release_and_nowhere_a_second_after_its_withdrawal(self):
        self.assertEqual(self.having(), set())
        publishing.release(self.naskah, self.chief, timezone.now())
        self.assertEqual(self.having(), {*self.addresses()})
        publishing.withdraw(self.naskah, self.chief, timezone.now(), Reason.CHILD)
        self.assertEqual(self.having(), set())

    @pytest.mark.both_databases
    @pytest.mark.wide
    def test_an_hour_that_was_set_ahead_is_kept_to_the_second(self):
        clock = self.enterContext(time_machine.travel(PUBLISHED.replace(year=2090), tick=False))
        self.naskah.publish_at = timezone.now() + 3600 * SECOND
        self.naskah.save(update_fields=["publish_at"])
        publishing.release(self.naskah, self.chief, timezone.now())
        clock.shift(3599 * SECOND)
        self.assertEqual(self.having(), set())
        clock.shift(SECOND)
        self.assertEqual(self.having(), {*self.addresses()})

    def test_a_worker_asks_for_changes_more_often_than_once_a_second(self):
        self.assertLess(LONGEST_UNSEEN, 1)
