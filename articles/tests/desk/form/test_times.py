"""Times in the desk's forms: a day and an hour as Indonesia writes them, in the zone of the edition."""

import datetime

from articles.models import Story

from ...cases import FormTest
from ...newsroom import WITA

HOUR = datetime.datetime(2031, 11, 30, 20, tzinfo=WITA)


class TimesTest(FormTest):
    def setUp(self):
        self.naskah = self.draft()
        Story.objects.update(publish_at=HOUR)
        self.sign_in()

    def sent(self, **typed):
        response = self.send(self.naskah, self.opened(self.naskah), _continue="", **typed)
        self.naskah.refresh_from_db()
        return response

    def test_a_time_is_shown_as_it_is_typed_beside_its_zone(self):
        page = self.client.get(f"/admin/articles/story/{self.naskah.pk}/change/").text
        self.assertIn('name="publish_at_0" value="30-11-2031"', page)
        self.assertIn('name="publish_at_1" value="20.00"', page)
        self.assertIn('<span class="time-zone">WITA</span>', page)
        self.assertNotIn("DateTimeShortcuts", page)

    def test_an_hour_may_be_typed_in_short(self):
        for typed, hour in (("7", 7), ("07:30", 7), ("19.15", 19)):
            self.assertEqual(self.sent(publish_at_1=typed).status_code, 302, typed)
            self.assertEqual(self.naskah.publish_at.astimezone(WITA).hour, hour)

    def test_the_month_never_comes_before_the_day(self):
        self.assertContains(self.sent(publish_at_0="12/31/2031"), "Masukkan tanggal yang valid")
        self.assertEqual(self.naskah.publish_at, HOUR)

    def test_a_form_that_is_only_saved_keeps_the_seconds_of_a_time(self):
        exact = HOUR.replace(second=14)
        Story.objects.update(publish_at=exact)
        self.assertEqual(self.sent().status_code, 302)
        self.assertEqual(self.naskah.publish_at, exact)
