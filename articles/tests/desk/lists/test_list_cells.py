"""The rows of a list in HTML: desk/lists/cells.py writes what Django would write, with less work."""

from django.contrib import admin
from django.contrib.admin.templatetags import admin_list
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.lists import cells
from articles.models import Person, Story

from ...cases import DeskTest

EVIL = '<b title="x">&'


class ListCellsTest(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.admin = cls.somebody("admin")

    def changes(self, model, **asked):
        request = RequestFactory().get("/", asked)
        request.user, request.edition = self.admin, self.gorontalo
        return admin.site.get_model_admin(model).get_changelist_instance(request)

    def assert_as_django(self, changes):
        rows = "".join(f"<tr>{''.join(row)}</tr>" for row in admin_list.results(changes))
        self.assertHTMLEqual(cells.rows(changes), rows)

    def test_every_list_has_the_rows_that_django_would_write(self):
        self.draft(EVIL)
        listed = []
        for model in admin.site._registry:
            changes = self.changes(model)
            if changes.result_list:
                with self.subTest(model):
                    self.assert_as_django(changes)
                listed.append(model)
        self.assertGreater(len(listed), 5)

    def test_a_popup_tells_its_opener_which_row_was_chosen(self):
        changes = self.changes(Person, _popup="1", _to_field="id")
        self.assertIn(f'data-popup-opener="{Person.objects.first().pk}"', cells.rows(changes))
        self.assert_as_django(changes)

    def test_what_somebody_typed_is_no_markup(self):
        self.draft(EVIL)
        self.assertNotIn(EVIL, cells.rows(self.changes(Story)))

    def test_a_story_that_one_may_not_see_is_not_read(self):
        story = self.draft("Rahasia")
        self.sign_in("reporter")
        with CaptureQueriesContext(connection) as queries:
            self.client.get(reverse("admin:articles_story_change", args=[story.pk]))
        self.assertFalse([query for query in queries if '"articles_story"."headline"' in query["sql"]])
