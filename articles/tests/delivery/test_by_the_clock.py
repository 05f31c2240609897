"""What goes live, ends or loses its rights by the clock is seen so at that moment, from a cached page too."""

import datetime
import re

import time_machine
from django.utils import timezone

from articles import database, publishing
from articles.models import Moment, Section, Series

from ..cases import HOUR, DeliveryTestCase
from ..newsroom import PUBLISHED, make_photo

SECOND = datetime.timedelta(seconds=1)


class ClockTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.traveller = self.enterContext(time_machine.travel(PUBLISHED.replace(year=2027), tick=False))

    def at(self, moment):
        self.traveller.move_to(moment)

    def test_what_goes_live_ends_or_loses_its_rights_by_the_clock_is_seen_at_once(self):
        now = timezone.now()
        photo = make_photo(colour="#998877", rights_end_at=now + 5 * HOUR)
        address = self.story("Sudah ada", publish_at=now - HOUR, lead_photo=photo).get_absolute_url()
        self.story("Nanti terbit", publish_at=now + HOUR, tags=[self.rusia])
        self.story("Nanti lepas embargo", publish_at=now - HOUR, embargo_until=now + 2 * HOUR)
        self.story("Nanti habis", publish_at=now - HOUR, expires_at=now + 3 * HOUR)
        for hours, headline, is_there in (
            (1, "Nanti terbit", True),
            (2, "Nanti lepas embargo", True),
            (3, "Nanti habis", False),
        ):
            before, after = now + hours * HOUR - datetime.timedelta(seconds=1), now + hours * HOUR
            for moment, expected in ((before, not is_there), (after, is_there)):
                self.at(moment)
                for page in ("/", "/latest/", address):
                    self.assertEqual(headline in self.ask(page)[2].decode(), expected, (headline, page, moment))
        self.assertIn(photo.hash.encode(), self.ask(address)[2])
        self.at(now + 5 * HOUR)
        self.assertNotIn(photo.hash.encode(), self.ask(address)[2])

    def head(self, story):
        return re.search(rb"story-head.*?</header>", self.ask(story.get_absolute_url())[2], re.S)[0]

    def test_the_label_of_live_coverage_comes_and_goes_to_the_second(self):
        """On cards and pages that were held before; a story from before the coverage has none."""
        now, label = timezone.now(), b"label-live"
        old = self.story("Sebelumnya", series=self.perang, publish_at=now - HOUR)
        pages = ["/", "/latest/", self.perang.get_absolute_url()]
        Series.objects.filter(pk=self.perang.pk).update(coverage_starts_at=now + HOUR, coverage_ends_at=now + 3 * HOUR)
        new = self.story("Gencatan senjata", series=self.perang, publish_at=now + HOUR)
        pages.append(f"{pages[-1]}?view=text")
        self.assertEqual([page for page in pages if label in self.ask(page)[2]], [])
        for at, is_live in ((HOUR, True), (3 * HOUR - SECOND, True), (3 * HOUR, False)):
            self.at(now + at)
            for page in pages:
                self.assertEqual(label in self.ask(page)[2], is_live, (page, at))
            self.assertEqual([label in self.head(new), label in self.head(old)], [is_live, False], at)

    def test_live_coverage_of_which_nobody_wrote_an_end_is_told_for_a_day(self):
        now, address = timezone.now(), self.perang.get_absolute_url()
        self.story("Gencatan senjata", series=self.perang, publish_at=now)
        Series.objects.filter(pk=self.perang.pk).update(coverage_starts_at=now)
        for at, expected in ((now, True), (now + 24 * HOUR - SECOND, True), (now + 24 * HOUR, False)):
            self.at(at)
            self.assertEqual(b"label-live" in self.ask(address)[2], expected, at)
        self.assertIn("Diliput langsung", self.ask(address)[2].decode())

    def test_what_was_planned_before_there_were_triggers_has_its_moments_too(self):
        self.story(
            "Nanti terbit", publish_at=timezone.now() + HOUR, expires_at=timezone.now() + 2 * HOUR, tags=[self.rusia]
        )
        make_photo(colour="#998877", rights_end_at=timezone.now() + 3 * HOUR)
        live = {"coverage_starts_at": timezone.now() + HOUR, "coverage_ends_at": timezone.now() + 2 * HOUR}
        Series.objects.filter(pk=self.perang.pk).update(**live)
        written = set(Moment.objects.values_list("key", "at"))
        Moment.objects.all().delete()
        database.install()
        self.assertEqual(set(Moment.objects.values_list("key", "at")), written)

    def test_at_midnight_the_date_line_changes(self):
        self.assertEqual([self.how("/"), self.how("/")], ["miss", "hit"])
        self.at(timezone.now() + 24 * HOUR)
        self.assertEqual(self.how("/"), "miss")

    def test_a_sisters_today_ends_by_her_own_clock(self):
        """21.05 WIT becomes 19 Okt when it is midnight in Jayapura, an hour before Gorontalo."""
        papua = self.edition(name="Tribun-Papua.com", slug="papua", host="papua.localhost", time_zone="Asia/Jayapura")
        section = Section.objects.create(edition=papua, name="Papua", slug="papua")
        midnight = papua.next_midnight() + 24 * HOUR
        self.at(midnight - HOUR / 2)
        self.story("Dari Jayapura", edition=papua, section=section, publish_at=midnight - 3 * HOUR)
        self.assertIn(b"21.00 WIT", self.ask("/latest/?network=1")[2])
        self.at(midnight + HOUR / 60)
        self.assertNotIn(b"21.00 WIT", self.ask("/latest/?network=1")[2])

    def test_a_clock_that_is_set_back_brings_nothing_back_that_was_old(self):
        now = timezone.now()
        self.story("Nanti terbit", publish_at=now + HOUR)
        self.at(now + HOUR)
        self.assertIn(b"Nanti terbit", self.ask("/")[2])
        self.at(now)
        self.assertNotIn(b"Nanti terbit", self.ask("/")[2])
        self.at(now + HOUR)
        self.assertIn(b"Nanti terbit", self.ask("/")[2])

    def test_a_waiting_change_goes_out_with_the_first_request_after_its_hour(self):
        chief = self.somebody("admin")
        story = publishing.release(self.draft("Judul lama"), chief, timezone.now())
        self.how("/")
        wanted = publishing.snapshot(story) | {"headline": "Judul baru"}
        publishing.schedule_change(story, chief, timezone.now(), wanted, timezone.now() + HOUR)
        self.assertIn(b"Judul lama", self.ask("/")[2])
        self.at(timezone.now() + HOUR)
        self.assertIn(b"Judul baru", self.ask("/")[2])
