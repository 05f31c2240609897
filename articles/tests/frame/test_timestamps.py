"""The desk writes times in one way, in the zone of the edition, with the zone's name."""

import datetime

from django.utils import timezone, translation
from django.utils.formats import localize

from articles.desk import timestamps
from articles.models import Edition

from ..newsroom import NewsroomTestCase

AT = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)


class TimestampsTest(NewsroomTestCase):
    def setUp(self):
        self.enterContext(translation.override("id"))

    def test_a_time_is_that_of_its_edition(self):
        jakarta = Edition(time_zone="Asia/Jakarta")
        self.assertEqual(timestamps.absolute(AT, self.gorontalo), "29 Nov 2026, 20.00 WITA")
        self.assertEqual(timestamps.absolute(AT, jakarta), "29 Nov 2026, 19.00 WIB")

    def test_a_time_without_an_edition_is_that_of_the_host(self):
        with timezone.override("Asia/Jayapura"):
            self.assertEqual(timestamps.absolute(AT), "29 Nov 2026, 21.00 WIT")
            self.assertEqual(timestamps.clock(AT), "21.00 WIT")

    def test_a_field_that_django_writes_by_itself_looks_the_same(self):
        for language in ("id", "en"):
            with self.subTest(language), translation.override(language):
                local = timezone.localtime(AT, self.gorontalo.zone)
                self.assertEqual(localize(local), timestamps.absolute(AT, self.gorontalo))

    def test_an_age_is_told_in_its_largest_unit(self):
        for delta, words in [
            ({"seconds": 40}, "baru saja"),
            ({"minutes": 12, "seconds": 59}, "12 menit lalu"),
            ({"minutes": -12}, "dalam 12 menit"),
            ({"hours": 23}, "23 jam lalu"),
            ({"days": 3}, "3 hari lalu"),
            ({"days": 70}, "2 bulan lalu"),
            ({"days": -800}, "dalam 2 tahun"),
        ]:
            with self.subTest(delta):
                self.assertEqual(timestamps.relative(AT, now=AT + datetime.timedelta(**delta)), words)
