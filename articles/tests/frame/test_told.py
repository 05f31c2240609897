"""After a move the desk tells what is done, and leads to it; refused, it leads to what must be mended."""

import pytest

from articles import publishing
from articles.models import Story
from articles.models.correction import Reason
from articles.tests.cases import DeskTest

from ..newsroom import LATER, PUBLISHED

pytestmark = pytest.mark.wide


class ToldTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def sent(self, story, button):
        fields = {**self.form(story), f"_{button}": "1"}
        return self.client.post(self.address("change", story), fields, follow=True)

    def test_a_refused_move_leads_to_each_field_that_refused_it(self):
        page = self.sent(self.draft("Tanpa ringkasan", credited=False, standfirst=""), "release")
        self.assertContains(page, '<a href="#id_standfirst">Tulis ringkasan.</a>', html=True)
        self.assertContains(page, 'href="#credits-group"')
        self.assertContains(page, '<div class="refused" tabindex="-1" autofocus>')
        for anchor in ("id_standfirst", "credits-group"):
            self.assertContains(page, f'id="{anchor}"')

    def test_what_a_live_story_may_not_lose_is_told_at_its_field(self):
        story = self.story("Terbit")
        page = self.client.post(self.address("change", story), {**self.form(story), "standfirst": ""})
        self.assertContains(page, 'href="#id_standfirst_error"')

    def test_after_publishing_the_message_holds_the_way_to_the_page(self):
        story = self.draft("Dermaga dibuka")
        page = self.sent(story, "release")
        story.refresh_from_db()
        self.assertContains(page, f'href="{story.edition.absolute(story.get_absolute_url())}" target="_blank">Lihat')

    def test_of_a_story_with_a_time_to_come_the_way_leads_to_the_preview(self):
        story = self.at_new_year("Karnaval")
        page = self.sent(story, "release")
        self.assertContains(
            page, f'href="{self.address("preview", story)}" target="_blank">Lihat seperti pembaca nanti'
        )

    def at_new_year(self, headline):
        story = self.draft(headline)
        Story.objects.filter(pk=story.pk).update(publish_at=LATER)
        return Story.objects.get(pk=story.pk)

    def test_a_withdrawn_story_says_why_and_when(self):
        story = self.story("Kabar yang ditarik")
        publishing.withdraw(story, self.somebody("editor", name="sri"), PUBLISHED, Reason.CHILD, "Namanya terbaca.")
        page = self.client.get(self.address("change", story))
        for told in (Reason.CHILD.label, "Namanya terbaca.", "19 Okt 2023, 21.05 WITA", "sri"):
            self.assertContains(page, told)
