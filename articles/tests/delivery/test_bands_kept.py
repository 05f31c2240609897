"""A band of the front page is kept while the page around it changes, and written anew when one of its rows does."""

from unittest import mock

from django.template.loader import render_to_string

from articles.models import Credit
from articles.models.label import Label
from articles.models.person import Role
from articles.templatetags import newsroom

from ..cases import HOUR, DeliveryTestCase
from ..newsroom import PUBLISHED


class BandsKeptTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.series = [self.story(f"Kabar {number}", publish_at=PUBLISHED + number * HOUR) for number in range(30)]
        for number in range(2):
            opinion = self.story(f"Opini {number}", label=Label.OPINION, publish_at=PUBLISHED - (number + 1) * HOUR)
            Credit.objects.get_or_create(story=opinion, person=self.nina, role=Role.AUTHOR, defaults={"order": 1})
        self.front()

    def front(self):
        """The front page, and the bands that were written for it."""
        with mock.patch.object(newsroom, "render_to_string", wraps=render_to_string) as written:
            page = self.ask("/")[2].decode()
        return page, {call.args[0].split("_")[-1] for call in written.call_args_list}

    def test_a_newer_story_leaves_the_opinions_as_they_are(self):
        self.story("Paling baru", publish_at=PUBLISHED + 40 * HOUR)
        page, written = self.front()
        self.assertIn("Paling baru", page)
        self.assertIn("rail.html", written)
        self.assertNotIn("opinions.html", written)

    def test_an_author_with_another_name_stands_there_at_once(self):
        self.nina.name = "Nina Baru"
        self.nina.save()
        page, written = self.front()
        self.assertEqual(page.count("Nina Baru"), 2)
        self.assertEqual(written, {"opinions.html"})
