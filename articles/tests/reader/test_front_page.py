import datetime
import re

from django.utils import timezone

from articles.listings.front_page import ABOVE
from articles.models import ReadCount, Section

from ..newsroom import PUBLISHED, NewsroomTestCase

MINUTE = datetime.timedelta(minutes=1)


class FrontPageTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.olahraga = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga", order=1)
        cls.bola = Section.objects.create(
            edition=cls.gorontalo, name="Sepak Bola", slug="sepak-bola", parent=cls.olahraga, order=2
        )

    def several(self, count, **changes):
        return [
            self.story(f"Berita {changes['section']} {number}", publish_at=PUBLISHED - number * MINUTE, **changes)
            for number in range(count)
        ]

    def test_no_story_stands_twice(self):
        for section in (self.dunia, self.olahraga, self.bola):
            for story in self.several(9, section=section):
                ReadCount.objects.create(story=story, hour=timezone.now(), reads=story.pk)
        main = self.page("/").split("<main")[1].split("</main>")[0]
        links = re.findall(r'href="(/\d{4}/[^"]+)"', main)
        self.assertEqual(len(links), len(set(links)))
        self.assertGreater(len(links), 20)

    def test_a_block_holds_the_newest_of_a_section_and_of_those_within_it(self):
        for number in range(ABOVE):  # what fills the top and the rail
            self.story(f"Dunia {number}", publish_at=PUBLISHED + number * MINUTE)
        liga = self.story("Liga dimulai", section=self.bola, publish_at=PUBLISHED - MINUTE)
        lari = self.story("Lomba lari", section=self.olahraga, publish_at=PUBLISHED - 2 * MINUTE)
        blocks = self.client.get("/").context["blocks"]
        self.assertEqual([(block.section, block.stories) for block in blocks], [(self.olahraga, [liga, lari])])

    def test_the_first_section_takes_the_whole_width_once_it_has_three_stories(self):
        for number in range(1, 1 + ABOVE):  # what fills the top and the rail
            self.story(f"Dunia {number}", publish_at=PUBLISHED + number * MINUTE)
        for section, count, seen, is_wide in ((self.olahraga, 2, 2, False), (self.bola, 1, 3, True)):
            self.several(count, section=section)
            [block] = self.client.get("/").context["blocks"]
            self.assertEqual((len(block.stories), block.is_wide), (seen, is_wide))

    def test_an_edition_without_stories_has_a_front_page_that_says_so(self):
        self.assertIn("Belum ada", self.page("/"))
