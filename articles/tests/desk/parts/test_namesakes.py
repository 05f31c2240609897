"""Two people of one name and two series of one kicker are told apart wherever one of them is chosen."""

import datetime
import html

from django.urls import reverse

from articles.models import Person, Series

from ...cases import FormTest


class NamesakesTest(FormTest):
    def setUp(self):
        super().setUp()
        self.sign_in("editor")

    def answers(self, model, field, term):
        asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
        return self.client.get(reverse("admin:autocomplete"), asked).json()["results"]

    def test_two_people_of_one_name(self):
        Person.objects.create(name="Nina Yuniar", slug="nina-yuniar-2", title="Fotografer")
        found = self.answers("credit", "person", "nina")
        self.assertEqual({row["name"] for row in found}, {"Nina Yuniar"})
        self.assertEqual(len({row["detail"] for row in found}), 2)

    def test_two_series_of_one_kicker(self):
        kicker = {"kicker": "Perang Rusia Ukraina", "day_one": datetime.date(2022, 2, 24)}
        Series.objects.create(slug="perang-lama", **kicker)
        found = self.answers("story", "series", "perang")
        self.assertEqual(len({row["text"] for row in found}), 2)

    def test_a_chosen_person_stands_in_the_page_with_what_tells_them_apart(self):
        page = html.unescape(self.client.get(self.address("change", self.draft())).text)
        self.assertIn('"detail":"Reporter', page)

    def test_a_name_that_is_markup_stays_a_name(self):
        self.nina.name = '"><script>alert(1)</script>'
        self.nina.save()
        page = self.client.get(self.address("change", self.draft())).content.decode()
        self.assertNotIn("<script>alert(1)", page)

    def test_a_section_names_its_edition_only_where_the_form_does_not_know_it(self):
        page = html.unescape(self.client.get(self.address("change", self.draft())).text)
        self.assertIn('"name":"Internasional","detail":""', page)
        asked = {"app_label": "articles", "model_name": "story", "field_name": "section", "term": "internasional"}
        address = reverse("admin:autocomplete")
        told = self.client.get(address, asked).json()["results"][0]["text"]
        self.assertIn(self.gorontalo.name, told)
        here = self.client.get(address, {**asked, "of_edition": self.gorontalo.pk}).json()["results"][0]["text"]
        self.assertEqual(here, "Internasional")
