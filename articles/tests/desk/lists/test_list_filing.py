"""Many stories get a tag or another section from the list: told before for each, and why some cannot."""

from django.urls import reverse

from articles.models import Revision, Section, Story, Tag
from articles.models.person import Person
from articles.models.story import State

from ...cases import DeskTest
from ...newsroom import PUBLISHED
from ...posting import form_of

LIST = reverse("admin:articles_story_changelist")


class FilingTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")
        self.olahraga = Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")

    def chosen(self, action, *stories):
        return self.client.post(LIST, {"action": action, "_selected_action": [story.pk for story in stories]})

    def press(self, asked, button, **words):
        address, fields = form_of(asked, "chosen")
        return self.client.post(address, {**fields, button: "", **words}, follow=True)

    def tags_of(self, story):
        return list(story.tag_links.order_by("order").values_list("tag__name", flat=True))

    def test_a_tag_is_looked_at_and_then_put_behind_the_others(self):
        stories = [self.draft("Satu"), self.draft("Dua", tags=[self.rusia])]
        asked = self.chosen("add_tag", *stories)
        self.assertNotContains(asked, 'name="_ask"')
        looked = self.press(asked, "_look", tag="RUSIA")
        self.assertContains(looked, "+ Rusia")
        self.assertContains(looked, "Berita ini sudah memakai tag itu.", 1)
        self.assertEqual(self.tags_of(stories[0]), [])
        self.press(looked, "_ask", tag="RUSIA")
        self.assertEqual([self.tags_of(story) for story in stories], [["Rusia"], ["Rusia"]])

    def test_a_tag_that_is_not_there_is_told(self):
        looked = self.press(self.chosen("add_tag", self.draft()), "_look", tag="Tidak ada")
        self.assertContains(looked, "Tidak ada tag dengan nama ini.")
        self.assertNotContains(looked, 'name="_ask"')

    def test_tags_that_begin_as_typed_are_offered_and_a_press_takes_one(self):
        limboto, story = Tag.objects.create(name="Danau Limboto", slug="danau-limboto"), self.draft()
        looked = self.press(self.chosen("add_tag", story), "_look", tag="limb")
        self.assertContains(looked, "Pilih salah satu")
        button = '<button type="submit" class="button" name="tag" value="Danau Limboto">Danau Limboto</button>'
        self.assertContains(looked, button)
        self.assertNotContains(looked, "Rusia")
        looked = self.press(looked, "_look", tag=["limb", limboto.name])
        self.assertContains(looked, "+ Danau Limboto")
        self.press(looked, "_ask", tag=limboto.name)
        self.assertEqual(self.tags_of(story), ["Danau Limboto"])

    def test_a_section_is_set_recorded_and_no_update_for_readers(self):
        story = self.story("Tayang", lead_photo=self.lilin)
        looked = self.press(self.chosen("set_section", story), "_look", section=self.olahraga.pk)
        self.assertContains(looked, "Internasional → Olahraga")
        self.press(looked, "_ask", section=self.olahraga.pk)
        story.refresh_from_db()
        self.assertEqual((story.section, story.updated_at), (self.olahraga, None))
        self.assertEqual(Revision.objects.filter(story=story).latest("number").by.username, "chief")

    def test_a_section_of_another_edition_is_offered_to_nobody_elsewhere(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        kota = Section.objects.create(edition=jogja, name="Kota", slug="kota")
        asked = self.chosen("set_section", self.draft())
        self.assertNotContains(asked, "TribunJogja")
        self.assertContains(self.press(asked, "_look", section=kota.pk), "errorlist")

    def test_a_writer_keeps_a_story_that_is_not_in_their_hands_any_more(self):
        reporter = self.somebody("reporter")
        Person.objects.filter(pk=self.nina.pk).update(user=reporter)
        self.client.force_login(reporter)
        story = self.draft()
        Story.objects.update(state=State.SUBMITTED, publish_at=PUBLISHED)
        looked = self.press(self.chosen("set_section", story), "_look", section=self.olahraga.pk)
        self.assertContains(looked, "asked-blocked", 1)
        self.press(looked, "_ask", section=self.olahraga.pk)
        story.refresh_from_db()
        self.assertEqual(story.section, self.dunia)

    def test_a_photo_editor_is_not_offered_either(self):
        self.draft()
        self.sign_in("photo")
        self.assertNotContains(self.client.get(LIST), "set_section")

    def test_why_a_move_cannot_be_made_is_told_before_it_is_tried(self):
        released = self.story("Sudah tayang", lead_photo=self.lilin)
        asked = self.chosen("submit", released, self.draft("Masih draf"))
        self.assertContains(asked, "asked-blocked", 1)
        self.assertContains(asked, "Dari situ tidak dapat diserahkan")
