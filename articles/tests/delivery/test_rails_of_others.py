"""A rail beside a story leads to other stories only, and is rendered once for all of them."""

import re
from unittest import mock

from django.utils import timezone

from articles.delivery import fragments
from articles.models import ReadCount

from ..cases import HOUR, DeliveryTestCase
from ..newsroom import PUBLISHED


class RailsOfOthersTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        self.stories = [self.story(f"Kabar {number}", publish_at=PUBLISHED - number * HOUR) for number in range(8)]
        for number, story in enumerate(self.stories):
            ReadCount.objects.create(story=story, hour=timezone.now(), reads=100 - number)

    def rail(self, kind, story):
        """The numbers of the stories in a rail of that story's page, in their order."""
        page = self.ask(story.get_absolute_url())[2].decode()
        rail = page.split(f'class="rail rail-{kind}"')[1].split("</section>")[0]
        return [int(number) for number in re.findall(r">Kabar (\d+)<", rail)]

    def test_it_leaves_out_the_story_itself_and_stays_as_long(self):
        for kind in ("latest", "popular"):
            self.assertEqual(self.rail(kind, self.stories[0]), [1, 2, 3, 4, 5, 6])
            self.assertEqual(self.rail(kind, self.stories[5]), [0, 1, 2, 3, 4, 6])
            self.assertEqual(self.rail(kind, self.stories[7]), [0, 1, 2, 3, 4, 5])

    def test_where_there_are_stories_enough_none_stands_in_two_rails_or_in_rail_and_text(self):
        linked = self.story("Kabar 99", publish_at=PUBLISHED - HOUR / 2)
        for number in range(8, 40):
            story = self.story(f"Kabar {number}", publish_at=PUBLISHED - number * HOUR)
            ReadCount.objects.create(story=story, hour=timezone.now(), reads=100 - number)
        body = f'<p>Satu.</p><aside data-story="{linked.uid}"></aside>'
        own = self.story("Kabar 98", body=body, publish_at=PUBLISHED + HOUR)
        rails = [self.rail(kind, own) for kind in ("latest", "popular", "recommended")]
        self.assertEqual(rails[:2], [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]])
        self.assertGreaterEqual(len(rails[2]), 6)
        shown = [98, 99, *rails[0], *rails[1], *rails[2]]
        self.assertEqual(len(shown), len(set(shown)), shown)

    def test_a_page_that_is_not_cached_has_the_same_rails(self):
        address = self.stories[0].get_absolute_url()
        own = self.client.get(address, headers={"host": self.host}).content
        self.assertEqual(own, self.ask(address)[2])

    def test_all_pages_share_one_rendering(self):
        with mock.patch.object(fragments, "render", wraps=fragments.render) as render:
            for story in self.stories:
                self.rail("latest", story)
        self.assertEqual(sorted(call.args[0] for call in render.call_args_list), ["breaking", "latest", "popular"])
