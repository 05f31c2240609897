"""The page that asks about two versions may be closed: nothing is saved, and what was typed stays an unsaved text."""

import pytest
from django.urls import reverse

from articles.models import WorkingCopy

from ...posting import form_of
from ..test_form_merged import MergedTest

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

MINE, THEIRS = "Pasar besar dibuka", "Pasar baru dibuka"


class ClosedMergeTest(MergedTest):
    def setUp(self):
        super().setUp()
        self.page = self.asked(self.overtaken(headline=THEIRS), headline=MINE)

    def test_both_texts_are_there_and_the_form_offers_mine(self):
        self.naskah.refresh_from_db()
        copy = WorkingCopy.objects.get()
        self.assertEqual((self.naskah.headline, copy.headline, copy.story), (THEIRS, MINE, self.naskah))
        self.assertEqual(copy.base_version, self.naskah.version - 1)
        resume = reverse("admin:articles_story_copy_resume", args=[copy.uid])
        self.assertContains(self.client.get(self.address("change", self.naskah)), resume)
        self.asked(form_of(self.client.post(resume), "headline")[1])  # what collides is asked again
        self.assertEqual(WorkingCopy.objects.count(), 1)

    def test_it_ends_as_soon_as_it_is_chosen_and_saved(self):
        self.choose(self.page)  # without a choice
        self.assertEqual(WorkingCopy.objects.get().headline, MINE)
        self.choose(self.page, "mine")
        self.assertEqual(self.naskah.headline, MINE)
        self.assertFalse(WorkingCopy.objects.exists())

    def test_a_form_that_names_the_copy_of_somebody_else_leaves_theirs_as_it_is(self):
        WorkingCopy.objects.update(owner=self.budi, headline="Milik Budi")
        self.choose(self.page)
        self.assertEqual(
            {*WorkingCopy.objects.values_list("owner__username", "headline")}, {("budi", "Milik Budi"), ("ketua", MINE)}
        )
