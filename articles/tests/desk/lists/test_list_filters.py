"""The filters above a list: each is a chip with a link that takes it away, and asks nothing that it does not show."""

import itertools

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Credit, Person, Section, Story, Tag
from articles.models.membership import Membership

from ...newsroom import NewsroomTestCase

LIST = reverse("admin:articles_story_changelist")


class ListFiltersTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.chief = self.somebody("chief")
        self.client.force_login(self.chief)

    def listed(self, **asked):
        return [story.headline for story in self.client.get(LIST, asked).context["cl"].result_list]

    def chips(self, **asked):
        """{title: what it is set to}"""
        return {chip.title: chip.chosen for chip in self.client.get(LIST, asked).context["cl"].chips}

    def choose(self, name, **asked):
        return self.client.get(reverse("admin:articles_story_choose", args=[name]), asked)

    def test_stories_are_found_by_author_tag_and_place(self):
        other = Person.objects.create(name="Rahmat Hunowu", slug="rahmat")
        self.story("Milik Rahmat", credited=False, place="Limboto")
        Credit.objects.create(story=Story.objects.get(), person=other, role="author")
        self.story("Tentang Rusia", tags=[self.rusia], place="GORONTALO")
        self.assertEqual(self.listed(author=other.pk), ["Milik Rahmat"])
        self.assertEqual(self.listed(tag=self.rusia.pk), ["Tentang Rusia"])
        self.assertEqual(self.listed(place="gorontalo"), ["Tentang Rusia"])
        self.assertEqual(self.listed(place="gorontalo", author=other.pk), [])

    def test_a_chosen_filter_tells_its_name_and_goes_away_alone(self):
        asked = {"tag": self.rusia.pk, "label__exact": "news", "q": "rusia"}
        chips = {chip.title: chip for chip in self.client.get(LIST, asked).context["cl"].chips}
        self.assertEqual((chips["Tag"].chosen, chips["Label"].chosen), ("Rusia", "berita"))
        self.assertEqual(chips["Tag"].without, "?label__exact=news&q=rusia")
        self.assertContains(self.client.get(LIST, asked), "Lepas saringan Tag")

    def test_a_value_that_is_no_row_is_sent_back_to_the_plain_list(self):
        self.assertEqual(self.client.get(LIST, {"author": "1 OR 1"}).status_code, 400)
        self.assertEqual(self.listed(author="999999999"), [])

    def test_the_list_asks_for_no_row_that_only_a_filter_would_offer(self):
        for number in range(3):
            Section.objects.create(edition=self.gorontalo, name=f"Rubrik {number}", slug=f"rubrik-{number}")
            Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}")
        with CaptureQueriesContext(connection) as asked:
            self.client.get(LIST)
        of_list = [*itertools.dropwhile(lambda query: "django_session" not in query["sql"], asked)]
        for table in ("articles_section", "articles_tag", "articles_series", "articles_person"):
            begun = [query["sql"] for query in of_list if f'FROM "{table}"' in query["sql"]]
            self.assertEqual(begun, [], table)

    def test_the_page_of_a_filter_offers_rows_and_leads_back_with_the_other_filters(self):
        page = self.choose("author", q="nina", _changelist_filters="label__exact=news&p=3")
        self.assertContains(page, "Nina Yuniar")
        ((_label, address),) = page.context["rows"]
        self.assertEqual(address, f"{LIST}?label__exact=news&author={self.nina.pk}")
        self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_filter_by_edition_is_there_only_for_those_who_see_several(self):
        self.assertNotIn("Edisi", self.chips())
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        Membership.objects.create(user=self.chief, edition=jogja, role="chief")
        self.client.force_login(self.chief)
        self.assertIn("Edisi", self.chips())

    def test_what_belongs_to_another_edition_is_neither_offered_nor_named(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        kota = Section.objects.create(edition=jogja, name="Rubrik rahasia", slug="rahasia")
        self.assertNotContains(self.choose("section"), "rahasia")
        self.assertNotContains(self.choose("edition"), "TribunJogja")
        self.assertNotContains(self.client.get(LIST, {"section__id__exact": kota.pk}), "rahasia")

    def test_only_filters_of_the_list_have_such_a_page(self):
        self.assertEqual([self.choose(name).status_code for name in ("headline", "place", "verified_in")], [404] * 3)
