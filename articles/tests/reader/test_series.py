import datetime

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

DAY = datetime.timedelta(days=1)


class SeriesTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.first, cls.second, cls.third = (
            cls.story(f"Bagian {n}", series=cls.perang, publish_at=PUBLISHED + n * DAY) for n in (1, 2, 3)
        )

    def test_an_installment_leads_to_the_one_before_and_the_one_after(self):
        seen = self.client.get(self.second.get_absolute_url()).context
        self.assertEqual((seen["previous"], seen["next"]), (self.first, self.third))
        first = self.client.get(self.first.get_absolute_url()).context
        self.assertEqual((first["previous"], first["next"]), (None, self.second))

    def test_what_is_not_live_is_no_installment(self):
        self.story("Nanti", series=self.perang, publish_at=PUBLISHED + 9 * DAY, embargo_until=LATER)
        self.assertIsNone(self.client.get(self.third.get_absolute_url()).context["next"])

    def test_installments_of_the_same_moment_keep_an_order(self):
        twin = self.story("Kembar", series=self.perang, publish_at=self.second.publish_at)
        self.assertEqual(self.client.get(self.second.get_absolute_url()).context["next"], twin)
        self.assertEqual(self.client.get(twin.get_absolute_url()).context["previous"], self.second)

    def test_the_timeline_counts_the_days_newest_first(self):
        page = self.page("/series/perang-rusia-ukraina/")
        places = [page.index(f"<b>{number}</b>") for number in (606, 605, 604)]
        self.assertEqual(places, sorted(places))
