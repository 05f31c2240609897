"""Bands of the front page: what is told by photos, and opinions with their authors."""

import re

from articles.listings.front_page import ABOVE
from articles.models import Credit
from articles.models.label import Label
from articles.models.person import Role

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo
from .test_front_page import MINUTE


class FrontBandsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for number in range(1, 1 + ABOVE):  # what fills the top and the rail
            cls.story(f"Kabar {number}", publish_at=PUBLISHED + number * MINUTE)

    def several(self, label, count):
        shared = {"label": label, "lead_photo": make_photo()}
        return [
            self.story(f"{label} {number}", publish_at=PUBLISHED - number * MINUTE, **shared) for number in range(count)
        ]

    def test_two_photo_stories_or_opinions_have_a_band_and_one_stands_with_its_section(self):
        for label, name in ((Label.PHOTO_STORY, "pictures"), (Label.OPINION, "opinions")):
            with self.subTest(name):
                [one] = self.several(label, 1)
                page = self.client.get("/").context
                self.assertEqual(page[name], [])
                self.assertIn(one, page["blocks"][0].stories)
                two = self.story(f"Satu lagi {label}", label=label, publish_at=PUBLISHED)
                found = [getattr(each, "story", each) for each in self.client.get("/").context[name]]
                self.assertCountEqual(found, [one, two])

    def test_an_opinion_stands_with_the_portrait_and_the_name_of_its_author(self):
        first, second = self.several(Label.OPINION, 2)
        self.nina.portrait = make_photo(colour="#112233")
        self.nina.save()
        Credit.objects.filter(story=second).delete()
        Credit.objects.get_or_create(story=first, person=self.nina, role=Role.AUTHOR, defaults={"order": 1})
        band = self.page("/").split("band-opinions")[1].split("</section>")[0]
        self.assertEqual(band.count("opinion-portrait"), 1)
        self.assertIn("Nina Yuniar", band)
        self.assertIn(second.get_absolute_url(), band)

    def test_no_story_of_a_band_stands_elsewhere(self):
        self.several(Label.OPINION, 6)
        self.several(Label.PHOTO_STORY, 6)
        main = self.page("/").split("<main")[1].split("</main>")[0]
        links = re.findall(r'href="(/\d{4}/[^"]+)"', main)
        self.assertEqual(len(links), len(set(links)))
