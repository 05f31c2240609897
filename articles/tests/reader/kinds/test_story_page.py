"""A story's page beside its text: where it lies, how long it takes, how it is passed on, and where to go from it."""

import datetime
import re

import pytest
import time_machine
from django.template import Context, Template

from articles.models import Edition, Section, StoryPhoto
from articles.models.label import Label

from ...newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)


class StoryPageTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.eropa = Section.objects.create(edition=cls.gorontalo, parent=cls.dunia, name="Eropa", slug="eropa")
        body = f"<p>{'kata ' * 900}</p>"
        cls.first = cls.story("Gencatan & senjata", section=cls.eropa, series=cls.perang, body=body)
        later = PUBLISHED + HOUR
        cls.second = cls.story("Hari berikutnya", series=cls.perang, lead_photo=cls.lilin, publish_at=later)

    def setUp(self):
        super().setUp()
        travelling = time_machine.travel(PUBLISHED + 2 * HOUR, tick=False)
        travelling.start()
        self.addCleanup(travelling.stop)

    def part(self, story, start, end):
        return self.page(story.get_absolute_url()).partition(start)[2].partition(end)[0]

    def test_the_way_leads_from_the_front_page_down_to_its_section(self):
        way = self.part(self.first, 'class="crumbs"', "</ol>")
        steps = [way.index(f'href="{address}"') for address in ("/", "/section/internasional/", "/section/eropa/")]
        self.assertEqual(steps, sorted(steps))

    def test_readers_are_told_how_long_it_takes(self):
        self.assertIn("4 menit baca", self.page(self.first.get_absolute_url()))  # 900 words
        self.assertEqual(self.second.reading_minutes, 1)

    def test_it_is_passed_on_by_plain_links_at_its_head_and_its_end(self):
        page = self.page(self.first.get_absolute_url())
        address = f"http%3A%2F%2Fgorontalo.localhost%3A8000{self.first.get_absolute_url().replace('/', '%2F')}"
        for link in ("wa.me/?text=", "facebook.com/sharer/sharer.php?u=", "x.com/intent/post?url=", "t.me/share/url?"):
            self.assertEqual(page.count(f"https://{link}") + page.count(f"https://www.{link}"), 2, link)
        self.assertEqual(page.count("mailto:?subject=Gencatan%20%26%20senjata&amp;body="), 2)
        self.assertGreaterEqual(page.count(address), 10)

    def test_after_the_text_stand_the_next_installment_its_author_and_what_to_follow(self):
        box = self.part(self.first, '<div class="installment-next">', "</article>")
        self.assertIn(self.second.get_absolute_url(), box)
        self.assertIn("<picture>", box)
        self.assertIn("/people/nina-yuniar/feed/", self.part(self.first, 'class="author"', "</aside>"))
        follow = self.part(self.first, 'class="story-follow"', "</nav>")
        self.assertIn('href="/section/eropa/feed/"', follow)
        self.assertIn('href="/series/perang-rusia-ukraina/feed/"', follow)

    def test_pictures_lead_a_photo_story_and_follow_the_text_of_any_other(self):
        story = self.story("Sembilan sanggar", lead_photo=self.lilin, label=Label.PHOTO_STORY)
        for number in range(2):
            StoryPhoto.objects.create(story=story, photo=make_photo(colour=f"#11{number}{number}22"), order=number)
        page = self.page(story.get_absolute_url())
        self.assertLess(page.rindex('class="photo photo-wide_lead"'), page.index("Paragraf pertama"))
        self.assertEqual(page.count('class="photo photo-wide_lead"'), 3)
        type(story).objects.filter(pk=story.pk).update(label=Label.NEWS)
        page = self.page(story.get_absolute_url())
        self.assertGreater(page.index('class="photo photo-gallery"'), page.index("Paragraf pertama"))


@pytest.mark.parametrize(
    ("block", "is_hung"),
    [
        ("<p>“Air naik,” katanya.</p>", True),
        ("<p><em>“Air naik,”</em> katanya.</p>", True),
        ('<blockquote data-pull=""><p>“Air naik.”</p></blockquote>', True),
        ("<p>Air “naik”.</p>", False),
        ('<p>Air <a href="/“a”">naik</a>.</p>', False),
    ],
)
def test_a_block_that_begins_with_a_quotation_mark_hangs(block, is_hung):
    shown = Template("{% load newsroom %}{{ block|hung }}").render(Context({"block": block}))
    assert ('class="hung"' in shown) == is_hung
    assert shown.replace(' class="hung"', "") == block


def test_the_colour_that_heads_every_page_is_the_edition_s_own_by_day_and_by_night():
    day, _query, night = Edition(accent="#17533a", accent_dark="#86d6a8").colours.partition("@media")
    assert "--own:#17533a" in day
    assert "--own" not in night


@pytest.mark.parametrize(
    ("headline", "whole"),
    [
        ("Hari Ke-603, Warga Pergi", ["Ke-603,"]),
        ("Anak-Anak Menulis", ["Anak-Anak"]),
        ("Undang-undang Desa", ["Undang-undang"]),
        ("Rencana-rencana", []),
        ("A – B", []),
    ],
)
def test_short_words_of_a_headline_do_not_break_at_their_hyphen(headline, whole):
    shown = Template("{% load newsroom %}{{ words|unbroken }}").render(Context({"words": headline}))
    assert re.findall(r'class="unbroken">([^<]+)<', shown) == whole
