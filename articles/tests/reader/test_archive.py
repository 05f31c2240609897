import datetime
import re

from articles.listings import days

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

DAY = datetime.timedelta(days=1)


class ArchiveTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for number in (0, 2, 40):
            cls.story(f"Hari {number}", publish_at=PUBLISHED + number * DAY)

    def test_a_month_leads_to_its_days_and_to_the_months_beside_it_that_have_stories(self):
        page = self.page("/archive/2023/10/")
        for led_to in ("/archive/2023/10/19/", "/archive/2023/10/21/", "/archive/2023/11/"):
            self.assertIn(f'href="{led_to}"', page)
        self.assertNotIn("/archive/2023/10/20/", page)
        self.assertNotIn("/archive/2023/09/", page)

    def test_the_calendar_of_a_month_says_how_many_stories_a_day_has(self):
        self.story("Juga hari itu")
        self.story("Belum tayang", embargo_until=LATER)
        for page in (self.page("/archive/2023/10/"), self.page("/archive/2023/10/21/")):
            calendar = page.partition('<table class="calendar">')[2].partition("</table>")[0]
            counts = re.findall(r'href="/archive/2023/10/(\d\d)/".*?<small>(\S+?)<', calendar)
            self.assertEqual(counts, [("19", "2"), ("21", "1")])
            self.assertEqual(calendar.count("<tr>"), 1 + 6, "October 2023 begins on a Sunday")
        self.assertIn('href="/archive/2023/10/21/" aria-current="page"', page)

    def test_a_day_is_counted_up_to_a_bound(self):
        counted = [(day.counted, day.has_more) for day in (days.Day(PUBLISHED, 99), days.Day(PUBLISHED, 100))]
        self.assertEqual(counted, [(99, False), (99, True)])

    def test_stories_stand_by_day_and_hour(self):
        page = self.page("/archive/2023/10/").partition('class="listing')[2]
        self.assertLess(page.index("Sabtu, 21 Oktober"), page.index("Kamis, 19 Oktober"))
        self.assertIn("21.05 WITA", page)

    def test_a_month_without_stories_says_so(self):
        self.assertIn("Tidak ada berita bertanggal ini", self.page("/archive/2023/12/"))

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
