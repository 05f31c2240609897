"""Events of the wire come in as assignments to confirm; the same again changes nothing, and what the desk did stays."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import assigning
from articles.models import Assignment, EventArrival, Notice, Section
from articles.models.desk.assignment import Plan, Progress
from articles.models.desk.notice import Told
from articles.wire.store.ingest import Outcome
from articles.wire.values.event import Event
from articles.wire.values.item import Passed

from ..newsroom import READING
from ..ninjs_items import read
from ..wire_cases import TakenInTestCase

HOUR = datetime.timedelta(hours=1)


def told(version=1, **changes):
    """An event as IPTC's ninjs 3.1 writes it."""
    return {
        "uri": "urn:agency:event:7", "type": "event", "headline": "Rapat pleno KPU", "version": str(version),
        "versionCreated": f"2026-11-20T0{version}:00:00Z",
        "eventDetails": {
            "dates": {"startDate": "2026-12-01T09:00:00+08:00", "endDate": "2026-12-01T11:00:00+08:00"},
            "organiser": {"name": "KPU Gorontalo"},
        },
        "places": [{"name": "Hotel Maqna"}],
        "descriptions": [{"role": "summary", "value": "Penetapan calon."}],
        "subjects": [{"rel": "category", "name": "Politik"}],
        **changes,
    }  # fmt: skip


def event(version=1, **changes):
    return read(**told(version, **changes))


class EventsReadTest(TakenInTestCase):
    def test_an_event_of_ninjs_tells_when_where_and_what(self):
        found = event()
        self.assertIsInstance(found, Event)
        self.assertEqual(
            (found.headline, found.place, found.section.name), ("Rapat pleno KPU", "Hotel Maqna", "Politik")
        )
        self.assertEqual(found.begins_at, datetime.datetime(2026, 12, 1, 1, tzinfo=datetime.UTC))
        self.assertEqual(found.brief.splitlines()[0], "Penetapan calon.")
        self.assertIn("KPU Gorontalo", found.brief)

    def test_a_plan_of_superdesk_tells_whether_a_photo_is_wanted(self):
        found = read(
            type="planning", guid="urn:plan:1", planning_date="2026-12-01T02:00:00+0000", name="Rapat",
            coverages=[{"planning": {"g2_content_type": "picture"}}], location=[{"name": "Telaga"}],
        )  # fmt: skip
        self.assertEqual((found.wants_photo, found.place), (True, "Telaga"))

    def test_what_has_no_time_is_counted_and_passed_over(self):
        self.assertIsInstance(event(eventDetails={}), Passed)

    def test_it_is_cancelled_by_any_of_its_states(self):
        self.assertTrue(event(pubStatus="canceled").is_cancelled)
        self.assertTrue(event(state="cancelled").is_cancelled)
        self.assertFalse(event(pubStatus="usable").is_cancelled)


class EventsTakenInTest(TakenInTestCase):
    def came(self, *events):
        return [result.outcome for result in self.take(*events)]

    def test_it_becomes_an_assignment_to_confirm(self):
        (result,) = self.take(event())
        made = Assignment.objects.get()
        self.assertEqual((result.outcome, result.assignment, result.story), (Outcome.NEW, made.pk, None))
        self.assertEqual((made.state, made.headline, made.place), (Plan.PLANNED, "Rapat pleno KPU", "Hotel Maqna"))
        self.assertEqual((made.section.name, made.section.edition), ("Politik", self.gorontalo))
        self.assertTrue(Section.objects.get(name="Politik").is_provisional)

    def test_the_same_again_changes_nothing_and_a_later_version_updates(self):
        self.assertEqual(self.came(event(), event()), [Outcome.NEW, Outcome.UNCHANGED])
        later = {"version": 2, "headline": "Rapat pleno KPU ditunda"}
        self.assertEqual(self.came(event(**later), event()), [Outcome.UPDATED, Outcome.OLDER])
        self.assertEqual(Assignment.objects.get().headline, "Rapat pleno KPU ditunda")
        self.assertEqual(self.came(event(**later)), [Outcome.UNCHANGED])

    def test_other_words_under_the_same_version_are_refused(self):
        self.take(event())
        self.assertEqual(self.came(event(headline="Lain")), [Outcome.REFUSED])

    def test_what_the_desk_has_changed_stays_but_confirming_it_is_no_change(self):
        self.take(event())
        assigning.confirm(Assignment.objects.get(), None, READING)
        self.assertEqual(self.came(event(2, headline="Rapat dipindah")), [Outcome.UPDATED])
        assigning.postpone(Assignment.objects.get(), None, READING, READING + 5 * HOUR)
        self.assertEqual(self.came(event(3, headline="Rapat batal dipindah")), [Outcome.KEPT])
        self.assertEqual(Assignment.objects.get().due_at, READING + 5 * HOUR)

    def test_a_cancelled_one_is_dropped_while_nobody_has_confirmed_it(self):
        self.take(event())
        self.assertEqual(self.came(event(2, pubStatus="canceled")), [Outcome.WITHDRAWN])
        self.assertEqual(Assignment.objects.get().state, Plan.DROPPED)

    def test_of_a_cancelled_one_that_somebody_has_they_are_told_once(self):
        self.take(event())
        reporter = self.somebody("reporter")
        assigning.give(Assignment.objects.get(), [reporter], None, READING)
        (result,) = self.take(event(2, pubStatus="canceled"))
        self.assertEqual((result.outcome, len(result.why)), (Outcome.KEPT, 1))
        self.assertEqual(self.came(event(2, pubStatus="canceled")), [Outcome.UNCHANGED])
        self.assertEqual(Assignment.objects.get().standing, Progress.PLANNED)
        self.assertEqual(
            list(Notice.objects.order_by("pk").values_list("to", "kind")),
            [(reporter.pk, Told.ASSIGNED), (reporter.pk, Told.CALLED_OFF)],
        )

    def test_one_that_was_never_here_and_is_cancelled_is_not_planned(self):
        self.assertEqual(self.came(event(pubStatus="canceled")), [Outcome.KEPT])
        self.assertFalse(Assignment.objects.exists())

    def test_stories_and_events_of_one_file_add_up(self):
        outcomes = self.came(self.item(1), event(), self.item(2), Passed("video"), event())
        expected = [Outcome.NEW, Outcome.NEW, Outcome.NEW, Outcome.PASSED, Outcome.UNCHANGED]
        self.assertEqual(outcomes, expected)

    def test_events_that_are_here_are_found_at_once(self):
        def several(count):
            return [event(uri=f"urn:agency:event:{number}") for number in range(count)]

        self.take(*several(20))
        with CaptureQueriesContext(connection) as few:
            self.take(*several(2))
        with CaptureQueriesContext(connection) as many:
            self.take(*several(20))
        self.assertEqual(len(many), len(few))
        self.assertEqual(EventArrival.objects.count(), 20)
