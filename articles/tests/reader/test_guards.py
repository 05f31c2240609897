"""Rules that no other test would miss: letters of protected names, the last page of a list, what a comparison shows."""

import unicodedata

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.listings import paging
from articles.models import Story
from articles.publishing import checks

from ..cases import DeskTest
from ..newsroom import NewsroomTestCase


class ProtectedNameTest(NewsroomTestCase):
    def test_a_name_is_found_however_its_letters_are_composed_or_wide(self):
        story = self.story(protected_names="Renée")
        for written in ("Renée", unicodedata.normalize("NFD", "Renée"), "Ｒｅｎée", "𝐑𝐞𝐧ée"):
            with self.subTest(written=written.encode("ascii", "namereplace")):
                self.assertTrue(list(checks.revealing(story, f"Saksi {written} datang.")))


class LastPageTest(NewsroomTestCase):
    @pytest.mark.wide
    def test_a_list_ends_with_its_fiftieth_page_however_many_stories_there_are(self):
        first = (
            Story.objects.filter(pk=self.story().pk)
            .values("edition_id", "section_id", "state", "publish_at", "day")
            .get()
        )
        count = paging.A_PAGE * paging.MOST_PAGES + 1
        Story.objects.bulk_create(Story(headline=f"B {n}", slug=f"b-{n}", **first) for n in range(count))
        last = self.client.get(f"/latest/?page={paging.MOST_PAGES}")
        self.assertEqual((last.status_code, len(last.context["stories"])), (200, paging.A_PAGE))
        self.page(f"/latest/?page={paging.MOST_PAGES + 1}", status=404)


class ComparisonTest(DeskTest):
    def test_only_what_changed_since_the_revision_before_is_shown(self):
        story, now = self.story(place="Limboto"), timezone.now()
        publishing.record(story, None, now)
        story.headline = "Judul yang diubah"
        story.save()
        revision = publishing.record(story, None, now)
        self.sign_in("admin")
        page = self.client.get(reverse("admin:articles_revision_change", args=[revision.pk])).text
        changed = page.partition("field-what_changed")[2].partition("</dl>")[0]
        self.assertIn("diubah", changed)
        self.assertEqual(changed.count("<dt>"), 1, changed)
