"""The list of stories by days: each stands under the day that its row shows."""

import datetime

from django.urls import reverse

from articles.models import Section

from ...newsroom import NewsroomTestCase

WIB = datetime.timezone(datetime.timedelta(hours=7))


class DeskDaysTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.jakarta = cls.edition(
            name="TribunJakarta.com", slug="jakarta", host="jakarta.localhost", time_zone="Asia/Jakarta"
        )
        cls.kota = Section.objects.create(edition=cls.jakarta, name="Kota", slug="kota")
        late = datetime.datetime(2023, 11, 20, 23, 30, tzinfo=WIB)  # 00.30 of the 21st in Gorontalo
        cls.late = cls.story("Larut malam", edition=cls.jakarta, section=cls.kota, publish_at=late)

    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("admin"))

    def listed(self, status=200, **asked):
        address = reverse("admin:articles_story_changelist")
        response = self.client.get(address, {f"publish_at__{name}": value for name, value in asked.items()})
        self.assertEqual(response.status_code, status, asked)
        return response

    def headlines(self, **asked):
        return [story.headline for story in self.listed(**asked).context["cl"].result_list]

    def offered(self, **asked):
        return [choice["title"] for choice in self.listed(**asked).context["cl"].days()["choices"]]

    def test_a_story_is_found_under_the_day_that_its_row_shows(self):
        self.assertContains(self.listed(), "20 Nov 2023")
        self.assertEqual(self.headlines(year=2023, month=11, day=20), ["Larut malam"])
        self.assertEqual(self.headlines(year=2023, month=11, day=21), [])
        self.assertEqual(self.offered(year=2023, month=11), ["20 November"])

    def test_at_the_ends_of_months_and_years(self):
        new_year = datetime.datetime(2023, 12, 31, 23, 30, tzinfo=WIB)
        self.story("Akhir tahun", edition=self.jakarta, section=self.kota, publish_at=new_year)
        self.assertEqual(self.headlines(year=2023, month=12), ["Akhir tahun"])
        self.assertEqual(self.headlines(year=2024), [])
        self.assertEqual(self.headlines(year=2023), ["Akhir tahun", "Larut malam"])

    def test_under_embargo_it_stands_where_readers_get_it(self):
        until = datetime.datetime(2023, 11, 25, 8, tzinfo=WIB)
        self.story("Terembargo", publish_at=until - datetime.timedelta(days=5), embargo_until=until)
        self.assertEqual(self.headlines(year=2023, month=11, day=25), ["Terembargo"])
        self.assertEqual(self.headlines(year=2023, month=11, day=20), ["Larut malam"])

    def test_years_months_and_days_lead_to_each_other(self):
        self.assertEqual(self.offered(), ["November 2023"])
        self.story("Lama", publish_at=datetime.datetime(2021, 3, 5, 9, tzinfo=WIB))
        self.assertEqual(self.offered(), ["2021", "2022", "2023"])
        self.assertEqual(self.offered(year=2021), ["Maret 2021"])
        self.assertEqual(self.offered(year=2021, month=3, day=5), ["5 Maret"])
        self.assertContains(self.listed(year=2021, month=3, day=5), "publish_at__month=3&amp;publish_at__year=2021")

    def test_what_is_no_day_leads_back_to_the_whole_list(self):
        for asked in (
            {"year": "x"}, {"year": 0}, {"year": "9" * 30}, {"year": 9999}, {"year": "٢٠٢٣"}, {"month": 5},
            {"year": 2023, "month": 13}, {"year": 2023, "month": 2, "day": 31}, {"year": 2023, "day": 1},
            {"year": 2023, "month": "9" * 18, "day": 1},
        ):  # fmt: skip
            self.assertTrue(self.listed(302, **asked)["Location"].endswith("?e=1"), asked)
