from unittest import mock

from django.utils import timezone

from articles.listings import rails
from articles.models import ReadCount

from ..newsroom import NewsroomTestCase


class PopularHoursTest(NewsroomTestCase):
    def test_pages_say_of_how_many_hours_the_popular_are(self):
        stories = [self.story(f"Kabar ke-{number}") for number in range(30)]
        ReadCount.objects.bulk_create(ReadCount(story=story, hour=timezone.now(), reads=5) for story in stories)
        with mock.patch.object(rails, "POPULAR_HOURS", 6):
            for address in ("/", "/popular/", stories[0].get_absolute_url()):
                page = self.page(address)
                self.assertTrue("6 jam terakhir" in page, address)
                self.assertFalse("24 jam" in page, address)
