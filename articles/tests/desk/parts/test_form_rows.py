"""Rows below a story: an empty one never refuses a save, and who writes a new story stands in as its author."""

from django.urls import reverse

from articles.models import Story

from ...cases import FormTest
from ...posting import form_of

ADD = reverse("admin:articles_story_add")


class RowsOfAFormTest(FormTest):
    def setUp(self):
        super().setUp()
        self.editor = self.somebody("editor")
        self.client.force_login(self.editor)

    def typed(self, **changes):
        fields = form_of(self.client.get(ADD), "headline")[1]
        return {**fields, "headline": "Dermaga dibuka", "section": self.dunia.pk, **changes, "_continue": "1"}

    def saved(self, **changes):
        response = self.client.post(ADD, self.typed(**changes))
        self.assertEqual(response.status_code, 302, response.context and response.context["errors"])
        return Story.objects.get(headline="Dermaga dibuka")

    def test_the_writer_stands_in_as_author(self):
        self.nina.user = self.editor
        self.nina.save()
        named = [(credit.role, credit.person) for credit in self.saved().credits.all()]
        self.assertEqual(named, [("author", self.nina)])

    def test_a_writer_who_was_taken_out_is_not_stored(self):
        self.nina.user = self.editor
        self.nina.save()
        self.assertEqual(self.saved(**{"credits-0-person": ""}).credits.count(), 0)

    def test_an_account_without_a_person_stands_in_for_nobody(self):
        self.assertEqual(self.saved().credits.count(), 0)

    def test_an_empty_row_refuses_nothing_whatever_its_role_and_order(self):
        rows = {"credits-1-role": "photographer", "credits-1-order": "7", "tag_links-TOTAL_FORMS": "1"}
        rows |= {"tag_links-0-tag": "", "tag_links-0-order": "3", "gallery-TOTAL_FORMS": "1", "gallery-0-order": "2"}
        story = self.saved(**rows)
        self.assertEqual((story.credits.count(), story.tag_links.count(), story.gallery.count()), (0, 0, 0))

    def test_a_caption_without_a_photo_is_not_lost(self):
        rows = {"gallery-TOTAL_FORMS": "1", "gallery-0-caption": "Perahu.", "gallery-0-order": "2"}
        response = self.client.post(ADD, self.typed(**rows))
        self.assertContains(response, "Perahu.")
        self.assertFalse(Story.objects.exists())
