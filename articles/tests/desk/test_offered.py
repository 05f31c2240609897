"""Whoever meets a page without a story is offered some; whoever has one in pages is led to its whole text."""

import datetime

from articles.models import Section, Series

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

EMPTY = {"/tidak/ada/": 404, "/search/": 200, "/search/?q=takada": 200, "/section/olahraga/": 200}


class OfferedTest(NewsroomTestCase):
    def test_pages_that_found_nothing_lead_to_the_newest_stories(self):
        Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")
        live, embargoed = self.story("Ada sekarang"), self.story("Belum boleh", embargo_until=LATER)
        gone = self.story("Ditarik", state="withdrawn", day=PUBLISHED.date(), first_published_at=PUBLISHED)
        for address, status in (EMPTY | {f"/2023/10/19/{gone.slug}/": 410}).items():
            with self.subTest(address=address):
                page = self.page(address, status)
                self.assertIn(f'href="{live.get_absolute_url()}"', page)
                self.assertNotIn(embargoed.headline, page)

    def test_a_page_with_stories_offers_no_others(self):
        self.story("Ada sekarang")
        self.assertNotIn("offered", self.page("/latest/"))

    def test_an_edition_without_a_story_offers_none(self):
        for address, status in EMPTY.items():
            if not address.startswith("/section/"):
                self.assertNotIn("offered", self.page(address, status))

    def test_what_is_offered_costs_as_much_for_one_story_as_for_many(self):
        self.story("Satu")
        with self.assertNumQueries(7):
            self.page("/tidak/ada/", 404)
        for number in range(30):
            self.story(f"Kabar {number}", series=self.perang, lead_photo=self.lilin)
        with self.assertNumQueries(7):
            self.page("/tidak/ada/", 404)


class CanonicalTest(NewsroomTestCase):
    def test_every_page_of_a_story_names_the_whole_text(self):
        address = self.story(body="<p>Satu.</p><hr><p>Dua.</p>").get_absolute_url()
        for query in ("", "?page=2", "?page=all"):
            self.assertIn(
                f'<link rel="canonical" href="http://{self.host}:8000{address}?page=all">', self.page(address + query)
            )

    def test_a_story_of_one_page_is_its_own_whole_text(self):
        address = self.story().get_absolute_url()
        for query in ("", "?page=all"):
            self.assertIn(f'<link rel="canonical" href="http://{self.host}:8000{address}">', self.page(address + query))


class SeriesBoxTest(NewsroomTestCase):
    def test_no_day_before_day_one_has_a_number(self):
        late = Series.objects.create(kicker="Banjir", slug="banjir", day_one=PUBLISHED.date() + datetime.timedelta(3))
        self.assertEqual(
            [late.day_number(late.day_one + datetime.timedelta(days)) for days in (-3, -1, 0, 1)], [None, None, 1, 2]
        )
        story = self.story(series=late)
        for address in (story.get_absolute_url(), late.get_absolute_url(), "/"):
            self.assertNotIn("Hari ", self.page(address), address)


class MastheadTest(NewsroomTestCase):
    def test_search_stands_in_the_masthead_beside_the_name(self):
        page = self.page("/")
        self.assertLess(page.index('href="/search/"'), page.index('class="sections"'))
