"""What a form offered and somebody typed is saved, or comes back: never dropped in silence."""

import datetime

import pytest
from django.contrib.auth import get_user
from django.utils import timezone

from articles.models import Membership, Story

from ..cases import SOON, FormTest, later
from ..newsroom import make_photo
from ..posting import form_of

pytestmark = pytest.mark.wide


class ClosedFieldTest(FormTest):
    def become(self, role):
        """Their role changes, which ends their sessions: they sign in again, and send the form that they have open."""
        account = get_user(self.client)
        Membership.objects.update(role=role)
        self.client.force_login(account)

    def scheduled(self):
        """Goes live in ten minutes."""
        return self.story(publish_at=(timezone.now() + SOON).replace(microsecond=0))

    def test_a_time_changed_after_it_had_passed_is_refused_and_stands_in_the_form(self):
        story = self.scheduled()
        self.sign_in()
        fields = self.opened(story)
        with later(2 * SOON):
            response = self.send(story, fields, publish_at_0="2099-01-01", headline="Ditulis lagi")
        self.assertContains(response, "waktunya tetap")
        self.assertContains(response, "Ditulis lagi")
        self.assertContains(response, "2099-01-01")
        self.assertEqual(story.headline, "Perdamaian dirundingkan lagi")

    def test_so_is_one_that_was_sent_without_a_page(self):
        story = self.scheduled()
        self.sign_in()
        fields = self.form(story)
        with later(2 * SOON):
            self.assertEqual(self.send(story, fields, publish_at_0="2099-01-01").status_code, 200)

    def test_a_time_that_was_not_touched_is_in_nobodys_way(self):
        story = self.scheduled()
        self.sign_in()
        fields = self.opened(story)
        with later(2 * SOON):
            self.assertEqual(self.send(story, fields, headline="Judul baru", _continue="").status_code, 302)
        self.assertEqual(story.headline, "Judul baru")

    def test_an_embargo_that_has_passed_meanwhile_is_not_moved(self):
        story = self.story(embargo_until=(timezone.now() + SOON).replace(microsecond=0))
        self.sign_in()
        fields = self.opened(story)
        with later(2 * SOON):
            response = self.send(story, fields, embargo_until_0="2099-01-01")
        self.assertContains(response, "waktunya tetap")

    def test_who_became_a_photo_editor_meanwhile_loses_no_word(self):
        story = self.draft()
        self.sign_in("editor")
        fields = self.opened(story)
        self.become("photo")
        response = self.send(story, fields, body="<p>Yang baru ditulis</p>", is_made_with_ai="on")
        self.assertContains(response, "Yang baru ditulis")
        self.assertContains(response, "Belum ada yang disimpan")
        self.assertEqual(self.send(story, form_of(response, "version")[1], _continue="").status_code, 302)

    def test_rows_that_are_not_theirs_any_more_come_back_in_words(self):
        story = self.draft()
        self.sign_in("editor")
        fields = self.opened(story)
        self.become("photo")
        changes = {"credits-TOTAL_FORMS": 3, "credits-2-role": "contributor", "credits-2-person": self.ananda.pk}
        self.assertContains(self.send(story, fields, **changes), "Ananda Putri Octaviani")
        self.assertEqual(story.credits.count(), 2)

    def test_who_may_not_change_it_any_more_can_still_copy_what_they_typed(self):
        story = self.draft()
        self.sign_in("editor")
        fields = self.opened(story)
        self.become("reporter")
        Story.objects.filter(pk=story.pk).update(state="approved")
        story.credits.update(person=self.nina)
        self.nina.user = self.client.get("/admin/").context["user"]
        self.nina.save()
        response = self.send(story, fields, headline="Yang saya ketik", password1="rahasia-sekali")
        self.assertContains(response, "Yang saya ketik", status_code=403)
        self.assertNotContains(response, "rahasia-sekali", status_code=403)

    def test_so_can_the_rows_of_a_masthead(self):
        self.sign_in("chief")
        address = f"/admin/articles/edition/{self.gorontalo.pk}/change/"
        fields = form_of(self.client.get(address), "name")[1]
        self.become("editor")
        response = self.client.post(address, {**fields, "policies-0-title": "Pedoman yang baru"})
        self.assertContains(response, "Pedoman yang baru", status_code=403)

    def test_a_change_that_waits_needs_a_released_story(self):
        story = self.draft()
        self.sign_in()
        response = self.send(story, self.opened(story), goes_out_at_0="2099-01-01", goes_out_at_1="10:00")
        self.assertIn("goes_out_at", response.context["adminform"].form.errors)


class ZoneTest(FormTest):
    def setUp(self):
        super().setUp()
        self.jakarta = self.edition(
            name="TribunJakarta.com", slug="jakarta", host="jakarta.localhost", time_zone="Asia/Jakarta"
        )
        self.kota = self.jakarta.sections.create(name="Kota", slug="kota")

    def test_a_new_storys_time_is_in_the_zone_of_its_edition(self):
        self.client.force_login(self.somebody("chief", edition=self.jakarta))
        page = self.client.get("/admin/articles/story/add/")
        self.assertContains(page, '<span class="time-zone">WIB</span>')
        self.sent(page)
        self.assertEqual(f"{Story.objects.get().publish_at:%H.%M}", "13.00")  # 20.00 WIB in UTC

    def test_so_it_is_where_another_edition_is_chosen_on_the_form(self):
        self.sign_in("admin")
        page = self.client.get("/admin/articles/story/add/")
        self.assertContains(page, '<span class="time-zone">WITA</span>')
        self.sent(page, edition=self.jakarta.pk)
        self.assertEqual(f"{Story.objects.get().publish_at:%H.%M}", "13.00")

    def sent(self, page, **changes):
        fields = form_of(page, "headline")[1]
        changes |= {"publish_at_0": "2099-01-01", "publish_at_1": "20:00", "section": self.kota.pk}
        people = {"credits-0-person": self.nina.pk, "credits-1-person": self.ananda.pk}
        sent = {**fields, **changes, **people, "headline": "Di Jakarta", "slug": "di-jakarta", "_continue": ""}
        self.assertEqual(self.client.post("/admin/articles/story/add/", sent).status_code, 302)

    def test_a_draft_that_changes_its_edition_and_its_time(self):
        story = self.draft()
        self.sign_in("admin")
        moved = {"edition": self.jakarta.pk, "section": self.kota.pk}
        times = {
            "publish_at_0": "2099-01-01",
            "publish_at_1": "20:00",
            "expires_at_0": "2099-01-02",
            "expires_at_1": "20:00",
        }
        self.assertEqual(self.send(story, self.opened(story), **moved, **times, _continue="").status_code, 302)
        self.assertEqual((f"{story.publish_at:%H.%M}", f"{story.expires_at:%H.%M}"), ("13.00", "13.00"))

    def test_a_form_that_comes_back_tells_the_zone_of_the_chosen_edition(self):
        story = self.draft()
        self.sign_in("admin")
        response = self.send(story, self.opened(story), edition=self.jakarta.pk)
        self.assertContains(response, '<span class="time-zone">WIB</span>')

    def test_the_form_of_a_photo_tells_its_zone(self):
        self.sign_in("admin")
        self.assertContains(
            self.client.get(f"/admin/articles/photo/{self.lilin.pk}/change/"), '<span class="time-zone">WITA</span>'
        )


class CaptionTest(FormTest):
    def setUp(self):
        super().setUp()
        self.other = make_photo(colour="#aa2200", title="Perahu")
        self.sign_in()

    def captioned(self):
        return self.draft(lead_caption="Lilin menyala di alun-alun.")

    def test_another_lead_photo_asks_for_its_caption(self):
        story = self.captioned()
        response = self.send(story, self.opened(story), lead_photo=self.other.pk, _continue="")
        self.assertIn("lead_caption", response.context["adminform"].form.errors)
        self.assertEqual(story.lead_photo, self.lilin)

    def test_it_is_written_or_emptied_or_said_to_fit(self):
        for changes in ({"lead_caption": "Perahu di danau."}, {"lead_caption": ""}, {"caption_fits": self.other.pk}):
            story = self.captioned()
            response = self.send(story, self.opened(story), lead_photo=self.other.pk, _continue="", **changes)
            self.assertEqual((response.status_code, story.lead_photo), (302, self.other), changes)

    def test_so_does_another_photo_in_a_row_of_the_gallery(self):
        story = self.draft()
        story.gallery.create(photo=self.lilin, caption="Lilin menyala.")
        fields = self.opened(story)
        response = self.send(story, fields, **{"gallery-0-photo": self.other.pk})
        self.assertContains(response, f'name="caption_fits" value="{self.other.pk}"')
        self.assertEqual(story.gallery.get().photo, self.lilin)
        fields |= {"gallery-0-photo": self.other.pk, "gallery-0-caption": "Perahu."}
        self.assertEqual(self.send(story, fields, _continue="").status_code, 302)

    def test_so_does_one_that_waits_for_its_time(self):
        story = self.story(lead_photo=self.lilin, lead_caption="Lilin menyala.")
        times = {"goes_out_at_0": "2099-01-01", "goes_out_at_1": "10:00"}
        response = self.send(story, self.opened(story), lead_photo=self.other.pk, **times)
        self.assertIn("lead_caption", response.context["adminform"].form.errors)

    def test_a_caption_that_waits_does_not_go_out_under_a_photo_that_came_meanwhile(self):
        story = self.story(lead_photo=self.lilin, lead_caption="Lilin.")
        times = {"goes_out_at_0": "2099-01-01", "goes_out_at_1": "10:00"}
        self.send(story, self.opened(story), lead_caption="Lilin menyala.", **times)
        Story.objects.update(lead_photo=self.other)
        with later(datetime.timedelta(days=40_000)):
            self.page(story.get_absolute_url())
        story.refresh_from_db()
        self.assertEqual(story.lead_caption, "Lilin.")
        self.assertTrue(story.waiting_change.refusal)
