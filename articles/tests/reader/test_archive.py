import datetime

from ..newsroom import PUBLISHED, NewsroomTestCase

DAY = datetime.timedelta(days=1)


class ArchiveTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for days in (0, 2, 40):
            cls.story(f"Hari {days}", publish_at=PUBLISHED + days * DAY)

    def test_a_month_leads_to_its_days_and_to_the_months_beside_it_that_have_stories(self):
        page = self.page("/archive/2023/10/")
        for led_to in ("/archive/2023/10/19/", "/archive/2023/10/21/", "/archive/2023/11/"):
            self.assertIn(f'href="{led_to}"', page)
        self.assertNotIn("/archive/2023/10/20/", page)
        self.assertNotIn("/archive/2023/09/", page)

    def test_a_day_leads_to_the_nearest_days_that_have_stories(self):
        page = self.page("/archive/2023/10/21/")
        self.assertIn('rel="prev" href="/archive/2023/10/19/"', page)
        self.assertIn('rel="next" href="/archive/2023/11/28/"', page)

    def test_the_last_page_of_a_list_leads_to_the_archive_of_its_oldest_story(self):
        self.assertIn('href="/archive/2023/10/"', self.page("/latest/"))
        for number in range(20):
            self.story(f"Baru {number}", publish_at=PUBLISHED + 50 * DAY)
        self.assertNotIn('href="/archive/2023/10/"', self.page("/latest/"))
        self.assertIn('href="/archive/2023/10/"', self.page("/latest/?page=2"))

    def test_dates_that_do_not_exist_or_have_not_come(self):
        for address in ("/archive/2023/13/", "/archive/2023/02/30/", "/archive/0000/01/", "/archive/9999/12/"):
            self.page(address, status=404)
        self.page("/archive/2023/12/")
