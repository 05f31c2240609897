"""What somebody posts by hand to get further than their role: refused, and nothing has changed."""

import pytest
from django.urls import reverse

from articles import permissions
from articles.models import Story
from articles.models.story import State

from ..newsroom import LATER, make_photo
from .escalations import EscalationCase

CHANGELIST = "/admin/articles/story/"


class EscalationTest(EscalationCase):
    # Where a story stands -------------------------------------------------------------

    @pytest.mark.wide
    def test_what_is_of_another_edition_is_not_chosen_by_its_number(self):
        story, foreign = self.begun(self.as_("editor")), self.foreign()
        for field, pk in (("edition", self.jogja.pk), ("section", self.kota.pk), ("verified_in", foreign.pk)):
            response = self.post(story, status=200, **{field: pk})
            self.assertIn(field, response.context["adminform"].form.errors)
            self.assertEqual((story.edition, story.section, story.verified_in), (self.gorontalo, self.dunia, None))

    @pytest.mark.wide
    def test_no_story_is_added_where_somebody_may_not_write(self):
        self.as_("editor", photo=self.jogja)
        self.assertEqual(self.new(edition=self.jogja.pk, section=self.kota.pk).status_code, 200)
        story = self.draft()
        posted = {**self.form(story), "edition": self.jogja.pk, "section": self.kota.pk, "_saveasnew": ""}
        self.client.post(self.address("change", story), posted)
        self.assertFalse(Story.objects.filter(edition=self.jogja).exists())

    @pytest.mark.wide
    def test_a_released_story_does_not_move_where_somebody_may_not_release(self):
        self.as_("editor", section=self.dunia, reporter=self.jogja)
        for state in (State.APPROVED, State.RELEASED):
            story = self.begun(self.colleague, f"Naskah {state}")
            Story.objects.filter(pk=story.pk).update(state=state, publish_at=LATER, day=LATER.date())
            time = {"publish_at_0": "2099-01-01", "publish_at_1": "00:00:00"}
            for place in ({"section": self.olahraga.pk}, {"edition": self.jogja.pk, "section": self.kota.pk}):
                response = self.post(story, status=200, **time, **place)
                self.assertIn(str(State(state).label), str(response.context["adminform"].form.non_field_errors()))
                self.assertEqual((story.section, story.version), (self.dunia, 1))

    @pytest.mark.wide
    def test_a_draft_and_a_submitted_story_are_handed_to_another_section(self):
        self.as_("editor", section=self.dunia)
        for state in (State.DRAFT, State.SUBMITTED):
            story = self.begun(self.colleague, f"Naskah {state}")
            Story.objects.filter(pk=story.pk).update(state=state)
            self.post(story, section=self.olahraga.pk)
            self.assertEqual(story.section, self.olahraga)
            self.assertEqual(self.client.get(self.address("change", story)).status_code, 302)

    def test_a_hand_over_and_a_release_in_one_press_is_neither(self):
        self.as_("editor", section=self.dunia)
        story = self.begun(self.colleague)
        self.post(story, status=403, section=self.olahraga.pk, _release="")
        self.assertEqual((story.section, story.state), (self.dunia, "draft"))

    @pytest.mark.wide
    def test_a_story_settled_by_one_out_of_sight_keeps_that_and_does_not_tell(self):
        user, foreign = self.as_("reporter"), self.foreign("Rahasia meja lain")
        story = self.begun(user, verified_in=foreign)
        self.assertNotIn("Rahasia meja lain", self.page(self.address("change", story)))
        self.post(story, headline="Judul lain", verified_in="")
        self.assertEqual((story.headline, story.verified_in), ("Judul lain", foreign))

    # Moves ----------------------------------------------------------------------------

    @pytest.mark.wide
    def test_a_button_that_is_not_theirs_rolls_back_what_was_typed(self):
        story = self.begun(self.as_("reporter"))
        before = self.unchanged(story)
        for button in ("_release", "_approve"):
            self.post(story, status=403, headline="Diubah", **{button: ""})
            self.assertEqual(self.new(**{button: ""}).status_code, 403)
        self.assertEqual((self.unchanged(story), Story.objects.count()), (before, 1))

    @pytest.mark.wide
    def test_four_eyes_also_by_a_new_story_and_with_every_doubt_overruled(self):
        for role, state in (("editor", "draft"), ("chief", "released")):
            story = self.begun(self.as_(role), f"Naskah {role}")
            self.post(story, _release="", acknowledged=["photo", "x"])
            self.assertEqual(story.state, state)

    def test_an_acknowledgement_does_not_overrule_what_must_be_done(self):
        self.as_("chief")
        story = self.begun(self.colleague, credited=False)
        self.post(story, _release="", acknowledged=["photo", "blockers", "credits", ""])
        self.assertEqual(story.state, "draft")

    @pytest.mark.wide
    def test_a_move_posted_twice_is_made_once(self):
        self.as_("editor")
        story = self.story()
        for status in (302, 200):
            posted = {"_ask": "", "reason": "trauma"}
            self.assertEqual(self.client.post(self.move("withdraw", story), posted).status_code, status)
        self.assertEqual((story.corrections.count(), story.revisions.filter(move="withdrawn").count()), (1, 1))
        draft = self.begun(self.colleague)
        stale = {**self.form(draft), "_submit": ""}
        for _ in range(2):
            self.client.post(self.address("change", draft), stale)
        self.assertEqual(draft.revisions.filter(move="submitted").count(), 1)

    @pytest.mark.wide
    def test_list_actions_do_not_reach_foreign_stories(self):
        self.as_("chief")
        foreign = self.foreign()
        Story.objects.filter(pk=foreign.pk).update(state=State.SUBMITTED)
        before = self.unchanged(foreign)
        asked = {"_ask": "", "note": "x", "reason": "trauma"}
        for action in ("submit", "return", "approve", "release", "withdraw", "delete_selected"):
            for chosen in ({"_selected_action": [foreign.pk]}, {"_selected_action": [foreign.pk], "select_across": 1}):
                posted = {"action": action, **asked, **chosen, "post": "yes"}
                self.assertEqual(self.client.post(CHANGELIST, posted).status_code, 302, (action, chosen))
        self.assertEqual(self.unchanged(foreign), before)

    def test_stories_are_not_deleted_by_the_list(self):
        for role in ("reporter", "editor", "chief", "admin"):
            story = self.begun(self.as_(role), f"Naskah {role}")
            posted = {"action": "delete_selected", "_selected_action": [story.pk], "post": "yes", "select_across": 1}
            self.client.post(CHANGELIST, posted)
            self.assertTrue(Story.objects.filter(pk=story.pk).exists())

    # A reporter and a photo editor ------------------------------------------------------

    @pytest.mark.wide
    def test_a_photo_editor_changes_pictures_alone(self):
        user = self.as_("photo")
        story = self.begun(self.colleague, tags=[self.rusia])
        another, credit = make_photo(colour="#aa2200"), story.credits.first()
        posted = {
            "headline": "Diubah", "slug": "diubah", "standfirst": "x", "body": "<p>x</p>", "label": "opinion",
            "urgency": 1, "section": self.olahraga.pk, "publish_at_0": "2099-01-01", "publish_at_1": "10:00",
            "is_made_with_ai": "on", "state": "released", "credits-0-person": self.ananda.pk, "credits-0-DELETE": "on",
            "credits-TOTAL_FORMS": 3, "credits-2-person": self.nina.pk, "credits-2-role": "translator",
            "tag_links-0-DELETE": "on", "lead_photo": another.pk, "lead_caption": "Keterangan",
            "gallery-TOTAL_FORMS": 1, "gallery-0-photo": another.pk, "gallery-0-order": 0, "gallery-0-caption": "",
        }  # fmt: skip
        before = self.unchanged(story)
        self.post(story, **posted)
        kept = {"lead_photo_id": another.pk, "lead_caption": "Keterangan", "version": 2, "changed_at": story.changed_at}
        self.assertEqual(self.unchanged(story), {**before, **kept})
        self.assertEqual(list(story.credits.values_list("person", flat=True)), [self.nina.pk, self.ananda.pk])
        self.assertEqual((story.tag_links.count(), story.gallery.count(), credit.person), (1, 1, self.nina))
        for button in ("_submit", "_approve", "_release"):  # to have saved a story does not make it theirs
            self.post(story, status=403, **{button: ""})
            self.assertEqual(story.state, "draft")
        self.assertFalse(permissions.may(user, "submit", story))

    @pytest.mark.wide
    def test_who_is_a_reporter_too_does_not_own_what_they_illustrated(self):
        self.as_("photo", reporter=self.gorontalo)
        story = self.begun(self.colleague)
        for _ in range(2):
            self.post(story, headline="Diubah", lead_caption="Keterangan")
        self.assertEqual((story.headline, story.lead_caption), ("Naskah", "Keterangan"))

    def test_a_reporter_does_not_change_a_picture_that_others_show(self):
        user = self.as_("reporter")
        free, mine, live = (make_photo(title=title, colour="#aa2200") for title in ("Bebas", "Milik", "Terbit"))
        self.begun(user, lead_photo=mine)
        self.begun(self.colleague, "Orang lain", body=f'<figure data-photo="{live.uid}"></figure>')
        for photo, status in ((free, 302), (mine, 302), (live, 403)):
            address = reverse("admin:articles_photo_change", args=[photo.pk])
            posted = {"title": "Diubah", "focal_x": "0.5", "focal_y": "0.5"}
            self.assertEqual(self.client.post(address, posted).status_code, status, photo)

    @pytest.mark.wide
    def test_rows_of_another_story_are_not_taken_through_a_form(self):
        user = self.as_("reporter")
        story, other = self.begun(user), self.begun(self.colleague, "Orang lain")
        theirs = other.credits.first()
        self.post(story, **{"credits-0-id": theirs.pk, "credits-0-person": self.ananda.pk})  # Django drops such a row
        self.post(story, status=200, **{"credits-0-story": other.pk})
        theirs.refresh_from_db()
        self.assertEqual((theirs.story, theirs.person), (other, self.nina))
        self.assertEqual((story.credits.count(), other.credits.count()), (2, 2))

    # Memberships, editions, people ------------------------------------------------------
