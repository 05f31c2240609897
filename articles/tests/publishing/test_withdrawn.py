import datetime

from articles import publishing
from articles.models import Address

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

HOUR = datetime.timedelta(hours=1)


class WithdrawnTest(NewsroomTestCase):
    def test_its_address_says_so_with_the_headline_and_without_the_text(self):
        story = publishing.withdraw(self.story(body="<p>Isi yang dicabut.</p>"), None, PUBLISHED + HOUR, "decency")
        page = self.page(story.get_absolute_url(), status=410)
        self.assertIn(story.headline, page)
        self.assertIn("noindex", page)
        self.assertNotIn("Isi yang dicabut", page)
        self.assertNotIn(story.standfirst, page)

    def test_so_does_its_former_address(self):
        story = self.story()
        Address.objects.create(story=story, edition=self.gorontalo, day=PUBLISHED.date(), slug="dulu")
        publishing.withdraw(story, None, PUBLISHED + HOUR, "decency")
        self.page("/2023/10/19/dulu/", status=410)

    def test_what_readers_never_had_is_just_not_there(self):
        story = self.story(publish_at=LATER)
        address = story.get_absolute_url()
        publishing.withdraw(story, None, PUBLISHED)
        self.page(address, status=404)
