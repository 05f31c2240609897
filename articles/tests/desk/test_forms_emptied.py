"""A form of what readers have comes back with its reasons, whatever of it somebody emptied."""

import pytest

from articles.models import Policy

from ..newsroom import NewsroomTestCase
from ..posting import form_of


class EmptiedFormTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("admin"))

    def emptied(self, model, row, *names):
        address = f"/admin/articles/{model}/{row.pk}/change/"
        fields = form_of(self.client.get(address), "_offered")[1]
        self.assertLessEqual({*names}, {*fields})
        return self.client.post(address, {**fields, **dict.fromkeys(names, "")})

    @pytest.mark.wide
    def test_name_and_address_are_asked_for(self):
        for model, row, name in (
            ("story", self.story(), "headline"),
            ("section", self.dunia, "name"),
            ("tag", self.rusia, "name"),
            ("person", self.nina, "name"),
            ("series", self.perang, "kicker"),
        ):
            with self.subTest(model):
                self.assertContains(self.emptied(model, row, name, "slug"), "errors-summary")

    def test_so_are_those_of_a_policy_in_the_masthead(self):
        Policy.objects.create(
            edition=self.gorontalo, title="Pedoman", slug="pedoman", text="<p>Isi</p>", dated_on="2023-10-19"
        )
        back = self.emptied("edition", self.gorontalo, "policies-0-title", "policies-0-slug")
        self.assertContains(back, "errors-summary")
