"""A draft is kept with nothing but a headline: the section of its writer's desk stands in for one not chosen yet."""

import pytest
from django.urls import reverse

from articles.models import Membership, Section, Story

from ...cases import FormTest
from ...posting import form_of

pytestmark = pytest.mark.wide

ADD = reverse("admin:articles_story_add")


class SectionStandsInTest(FormTest):
    def setUp(self):
        self.olahraga = Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga-2", order=900)
        self.first = Section.objects.filter(edition=self.gorontalo).first()

    def sign_in_at(self, *sections, role="editor"):
        self.user = self.somebody(role, section=sections[0] if sections else None)
        for section in sections[1:]:
            Membership.objects.create(user=self.user, role=role, edition=self.gorontalo, section=section)
        self.client.force_login(self.user)

    def opened_anew(self):
        return form_of(self.client.get(ADD), "headline")[1]

    def saved(self, **changes):
        return self.client.post(ADD, {**self.opened_anew(), "headline": "Air naik", **changes}, follow=True)

    def test_a_new_story_stands_in_the_section_of_its_writer(self):
        self.sign_in_at(self.olahraga, role="reporter")
        self.assertEqual(self.opened_anew()["section"], str(self.olahraga.pk))

    def test_what_a_new_story_lacks_is_told_with_it(self):
        self.sign_in_at(self.olahraga, role="reporter")
        page = self.client.get(ADD)
        self.assertContains(page, "Tulis judul.")
        self.assertNotContains(page, "Pilih rubrik.")

    def test_of_several_sections_it_is_that_of_the_story_begun_last(self):
        self.sign_in_at(self.first, self.olahraga)
        self.saved(section=self.first.pk)
        self.saved(headline="Air surut", section=self.olahraga.pk)
        self.assertEqual(self.opened_anew()["section"], str(self.olahraga.pk))

    def test_a_section_in_which_they_write_no_more_does_not_stand_in(self):
        self.sign_in_at(self.olahraga)
        self.saved()
        Membership.objects.filter(user=self.user).update(section=self.first)
        self.client.force_login(self.user)  # a changed membership ends the sign-in
        self.assertEqual(self.opened_anew()["section"], str(self.first.pk))

    def test_who_writes_everywhere_and_has_begun_nothing_gets_the_first_section(self):
        self.sign_in_at()
        self.assertEqual(self.opened_anew()["section"], str(self.first.pk))

    def test_a_headline_alone_is_kept_as_a_draft_and_the_answer_names_the_section(self):
        self.sign_in_at(self.olahraga)
        answer = self.saved(section="")
        story = Story.objects.get(headline="Air naik")
        self.assertEqual((story.section, story.state), (self.olahraga, "draft"))
        self.assertContains(answer, "untuk sementara berita ini ada di rubrik Olahraga")

    def test_whoever_publishes_chooses_the_section(self):
        self.sign_in_at()
        for move in ("_submit", "_approve", "_release"):
            self.assertEqual(self.saved(section="", **{move: ""}).status_code, 200)
        self.assertFalse(Story.objects.filter(headline="Air naik").exists())
