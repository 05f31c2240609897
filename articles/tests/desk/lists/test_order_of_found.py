"""What is found by words at the desk stands by time, and says so; or the best first, if somebody wants that."""

import datetime

from django.urls import reverse

from articles.models import Story

from ...cases import DeskTest
from ...newsroom import PUBLISHED

LIST = reverse("admin:articles_story_changelist")


class OrderOfFoundTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("editor")
        for number, (headline, body) in enumerate((("Panen raya", "Pelabuhan."), ("Pelabuhan dibuka", "Kapal."))):
            story = self.story(headline, body=f"<p>{body}</p>")
            changed_at = PUBLISHED - datetime.timedelta(days=number)
            Story.objects.filter(pk=story.pk).update(changed_at=changed_at)

    def listed(self, **asked):
        response = self.client.get(LIST, asked)
        return [story.headline for story in response.context["cl"].result_list], response

    def test_by_time_unless_somebody_wants_the_best_first(self):
        headlines, response = self.listed(q="pelabuhan")
        self.assertEqual(headlines, ["Panen raya", "Pelabuhan dibuka"])
        self.assertContains(response, "Urutan: menurut waktu")
        self.assertContains(response, "?by=best&amp;q=pelabuhan")
        headlines, response = self.listed(q="pelabuhan", by="best")
        self.assertEqual(headlines, ["Pelabuhan dibuka", "Panen raya"])
        self.assertContains(response, "Urutan: <b>paling cocok di atas</b>")

    def test_a_column_that_was_chosen_goes_before(self):
        self.assertEqual(self.listed(q="pelabuhan", by="best", o="-2")[0], ["Pelabuhan dibuka", "Panen raya"])
        self.assertEqual(self.listed(q="pelabuhan", by="best", o="2")[0], ["Panen raya", "Pelabuhan dibuka"])

    def test_drafts_are_ranked_too_and_words_that_are_none_find_nothing(self):
        self.draft("Pelabuhan lama")
        self.assertCountEqual(self.listed(q="pelabuhan", by="best")[0][:2], ["Pelabuhan dibuka", "Pelabuhan lama"])
        self.assertEqual(self.listed(q="***", by="best")[0], [])

    def test_without_words_there_is_no_such_choice(self):
        headlines, response = self.listed(by="best")
        self.assertEqual(len(headlines), 2)
        self.assertNotContains(response, "menurut waktu")
