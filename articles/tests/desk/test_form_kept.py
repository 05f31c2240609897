"""What a form offered and somebody typed is saved, or comes back: never dropped in silence."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from articles.desk import kept_posts
from articles.models import Correction, Membership, Story, WaitingChange

from ..cases import SOON, DeskTest, later
from ..newsroom import PASSWORD, PUBLISHED, make_photo
from ..posting import form_of

pytestmark = pytest.mark.wide


class FormTest(DeskTest):
    def opened(self, story):
        """What the browser would send from the story's form."""
        return form_of(self.client.get(self.address("change", story)), "headline")[1]

    def send(self, story, fields, **changes):
        response = self.client.post(self.address("change", story), {**fields, **changes})
        story.refresh_from_db()
        return response


class ClosedFieldTest(FormTest):
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
        Membership.objects.update(role="photo")
        response = self.send(story, fields, body="<p>Yang baru ditulis</p>", is_made_with_ai="on")
        self.assertContains(response, "Yang baru ditulis")
        self.assertContains(response, "Belum ada yang disimpan")
        self.assertEqual(self.send(story, form_of(response, "_whose")[1], _continue="").status_code, 302)

    def test_rows_that_are_not_theirs_any_more_come_back_in_words(self):
        story = self.draft()
        self.sign_in("editor")
        fields = self.opened(story)
        Membership.objects.update(role="photo")
        changes = {"credits-TOTAL_FORMS": 3, "credits-2-role": "contributor", "credits-2-person": self.ananda.pk}
        self.assertContains(self.send(story, fields, **changes), "Ananda Putri Octaviani")
        self.assertEqual(story.credits.count(), 2)

    def test_who_may_not_change_it_any_more_can_still_copy_what_they_typed(self):
        story = self.draft()
        self.sign_in("editor")
        fields = self.opened(story)
        Membership.objects.update(role="reporter")
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
        Membership.objects.update(role="editor")
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
        self.assertContains(page, "<b>WIB</b>")
        self.sent(page)
        self.assertEqual(f"{Story.objects.get().publish_at:%H.%M}", "13.00")  # 20.00 WIB in UTC

    def test_so_it_is_where_another_edition_is_chosen_on_the_form(self):
        self.sign_in("admin")
        page = self.client.get("/admin/articles/story/add/")
        self.assertContains(page, "<b>WITA</b>")
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
        self.assertContains(response, "<b>WIB</b>")

    def test_the_form_of_a_photo_tells_its_zone(self):
        self.sign_in("admin")
        self.assertContains(self.client.get(f"/admin/articles/photo/{self.lilin.pk}/change/"), "<b>WITA</b>")


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


class PromiseTest(FormTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")
        self.naskah = self.draft()
        Story.objects.update(publish_at=PUBLISHED.replace(year=2098))

    def emptied(self, fields):
        return self.send(self.naskah, fields, publish_at_0="", publish_at_1="", _release="", headline="Diketik")

    def test_a_button_that_told_a_time_does_not_publish_at_once(self):
        response = self.emptied(self.opened(self.naskah))
        self.assertContains(response, "Diketik")
        self.assertEqual((self.naskah.state, self.naskah.headline), ("draft", "Naskah yang belum selesai"))
        again = form_of(response, "headline")[1]
        self.assertEqual(again["promise"], "now")
        self.send(self.naskah, again, _release="")
        self.assertEqual(self.naskah.state, "released")

    def test_nor_where_the_form_carries_no_promise(self):
        self.assertEqual(self.emptied(self.form(self.naskah)).status_code, 200)

    def test_nor_at_another_time(self):
        fields = self.opened(self.naskah)
        self.assertEqual(self.send(self.naskah, fields, publish_at_0="2097-01-01", _release="").status_code, 200)
        self.assertEqual(self.send(self.naskah, fields, promise="x", _release="").status_code, 200)

    def test_the_time_that_it_told_it_keeps(self):
        self.send(self.naskah, self.opened(self.naskah), _release="")
        self.assertEqual((self.naskah.state, self.naskah.publish_at.year), ("released", 2098))

    def test_one_whose_time_has_passed_meanwhile_says_so(self):
        Story.objects.update(publish_at=timezone.now() + SOON)
        fields = self.opened(self.naskah)
        with later(2 * SOON):
            self.assertEqual(self.send(self.naskah, fields, _release="").status_code, 200)


class MoveWithFormTest(FormTest):
    """“Ralat …” saves what was typed and makes the correction, in one transaction."""

    WORDS = {"_ask": "", "kind": "correction", "text": "Jumlahnya keliru."}

    def setUp(self):
        super().setUp()
        self.sign_in()
        self.berita = self.story(body="<p>Yang keliru</p>")

    def asked(self, name="correct", **changes):
        return self.send(self.berita, self.opened(self.berita), **{f"_ask_{name}": "", **changes})

    def typed(self):
        return self.asked(body="<p>Yang benar</p>")

    def test_the_text_and_its_correction_become_public_together(self):
        address, fields = form_of(self.typed())
        self.assertIn("Yang keliru", self.page(self.berita.get_absolute_url()))
        self.client.post(address, {**fields, **self.WORDS})
        page = self.page(self.berita.get_absolute_url())
        self.assertIn("Yang benar", page)
        self.assertIn("Jumlahnya keliru.", page)
        self.assertEqual(list(self.berita.revisions.values_list("move", flat=True)), ["corrected", "saved", "loaded"])

    def test_a_refused_move_saves_nothing_and_keeps_all(self):
        address, fields = form_of(self.typed())
        refused = self.client.post(address, {**fields, **self.WORDS, "text": ""})
        self.assertIn("Yang keliru", self.page(self.berita.get_absolute_url()))
        address, fields = form_of(refused)
        self.assertEqual(self.client.post(address, {**fields, **self.WORDS}).status_code, 302)
        self.assertIn("Yang benar", self.page(self.berita.get_absolute_url()))

    def test_the_way_back_leads_to_the_form_as_it_was_typed(self):
        address, fields = form_of(self.typed())
        back = self.client.post(address, {**fields, "_back": ""})
        self.assertContains(back, "Yang benar")
        self.assertEqual(Correction.objects.count(), 0)
        address, fields = form_of(back, "headline")
        self.client.post(address, {**fields, "_continue": ""})
        self.berita.refresh_from_db()
        self.assertEqual(self.berita.body, "<p>Yang benar</p>")

    def test_where_nothing_is_marked_no_marks_are_told(self):
        marked = "Perbaiki yang ditandai di bawah ini."
        address, fields = form_of(self.asked(headline="Baru"))
        back = self.client.post(address, {**fields, "_back": ""})
        self.assertContains(back, "Belum ada yang disimpan, dan langkahnya belum dilakukan.")
        self.assertNotContains(back, marked)
        self.assertContains(self.asked(headline=""), marked)

    def test_the_answer_names_the_story_by_its_new_headline(self):
        address, fields = form_of(self.asked(headline="Judul yang benar"))
        answer = self.client.post(address, {**fields, **self.WORDS}, follow=True)
        self.assertIn("Judul yang benar", str(*answer.context["messages"]))

    def test_what_the_form_refuses_comes_back_before_any_words_are_asked(self):
        self.assertContains(self.asked(headline=""), "errors-summary")
        self.assertContains(self.asked(standfirst=""), "errors-summary")

    def test_a_save_of_somebody_else_meanwhile_leaves_text_and_words(self):
        address, fields = form_of(self.typed())
        Story.objects.update(version=7)
        again = self.client.post(address, {**fields, **self.WORDS})
        self.assertContains(again, "Yang benar")
        self.assertEqual(Correction.objects.count(), 0)
        address, fields = form_of(again, "headline")
        asked = self.client.post(address, {**fields, "version": 7, "_ask_correct": ""})
        self.assertContains(asked, "Jumlahnya keliru.")

    def test_an_unchanged_form_leads_to_the_plain_page(self):
        self.assertRedirects(self.asked(), self.move("correct", self.berita))

    def test_a_story_is_given_back_and_withdrawn_with_what_was_typed(self):
        for name, words in (("withdraw", {"reason": "trauma"}), ("return", {"note": "Lengkapi."})):
            if name == "return":
                self.berita = self.draft()
                Story.objects.filter(pk=self.berita.pk).update(state="submitted")
            address, fields = form_of(self.asked(name, headline=f"Diketik {name}"))
            self.client.post(address, {**fields, "_ask": "", **words})
            self.berita.refresh_from_db()
            self.assertEqual(self.berita.headline, f"Diketik {name}")
            self.assertIn(self.berita.state, ("withdrawn", "returned"))

    def test_a_waiting_change_is_called_off_with_what_was_typed(self):
        times = {"goes_out_at_0": "2099-01-01", "goes_out_at_1": "10:00"}
        self.send(self.berita, self.opened(self.berita), body="<p>Nanti</p>", **times)
        page = self.client.get(self.address("change", self.berita))
        self.assertContains(page, 'name="_ask_call-off"')
        address, fields = form_of(self.asked("call-off", headline="Diketik"))
        self.assertIn("call-off", address)
        self.client.post(address, {**fields, "_ask": ""})
        self.berita.refresh_from_db()
        self.assertEqual(self.berita.headline, "Diketik")
        self.assertFalse(WaitingChange.objects.exists())

    def test_a_new_story_has_no_such_step(self):
        address = "/admin/articles/story/add/"
        fields = form_of(self.client.get(address), "headline")[1] | {"headline": "Baru", "slug": "baru"}
        people = {"credits-0-person": self.nina.pk, "credits-1-person": self.ananda.pk, "section": self.dunia.pk}
        self.assertEqual(self.client.post(address, {**fields, **people, "_ask_correct": ""}).status_code, 302)

    def test_enter_in_a_field_only_saves(self):
        text = self.client.get(self.address("change", self.berita)).text
        form = text[text.index('id="story_form"') :]
        self.assertEqual(re.search(r'type="submit"[^>]*name="(\w+)"', form)[1], "_continue")

    def test_what_was_kept_is_for_its_writer_and_its_story_alone(self):
        _address, fields = form_of(self.typed())
        other = self.move("correct", self.story("Yang lain"))
        self.assertEqual(self.client.post(other, {**fields, **self.WORDS}).status_code, 403)
        self.client.force_login(self.somebody("chief"))
        mine = self.move("correct", self.berita)
        self.assertEqual(self.client.post(mine, {**fields, **self.WORDS}).status_code, 403)
        self.assertEqual(Correction.objects.count(), 0)

    def test_the_filters_of_the_list_are_kept(self):
        filters = "?_changelist_filters=standing%3Dlive"
        address = self.address("change", self.berita) + filters
        fields = form_of(self.client.get(address), "headline")[1]
        asked = self.client.post(address, {**fields, "headline": "Baru", "_ask_correct": ""})
        address, fields = form_of(asked)
        self.assertTrue(address.endswith(filters), address)
        self.assertTrue(self.client.post(address, {**fields, **self.WORDS})["Location"].endswith(filters))


class SignedOutTest(FormTest):
    """A post that met the sign-in page, or a sign-in in another tab, comes back filled for the same account."""

    def setUp(self):
        super().setUp()
        self.client = Client(enforce_csrf_checks=True, headers={"host": self.host})
        self.editor = self.somebody("editor")
        self.client.force_login(self.editor)
        self.naskah = self.draft()
        self.here = {"HTTP_ORIGIN": f"http://{self.host}"}

    def post(self, address, fields, **headers):
        return self.client.post(address, fields, **{**self.here, **headers})

    def typed(self, address=None):
        return {**self.opened(self.naskah), "headline": "Diketik lama", "_continue": ""}

    def signed_in(self, response, name):
        address, fields = form_of(response, "password")
        return self.post(address, {**fields, "username": name, "password": PASSWORD})

    def ended(self, fields, **headers):
        self.client.cookies.pop("sessionid")
        return self.post(self.address("change", self.naskah), fields, **headers)

    def test_after_signing_in_the_form_is_filled_and_not_saved(self):
        met = self.ended(self.typed())
        back = self.signed_in(met, "editor")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Naskah yang belum selesai")
        self.assertContains(back, "Belum ada yang disimpan")
        address, fields = form_of(back, "headline")
        self.post(address, {**fields, "_continue": ""})
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Diketik lama")

    def test_a_wrong_password_loses_nothing(self):
        address, fields = form_of(self.ended(self.typed()), "password")
        wrong = self.post(address, {**fields, "username": "editor", "password": "salah"})
        self.assertContains(self.signed_in(wrong, "editor"), "Diketik lama")

    def test_somebody_else_does_not_see_it(self):
        self.somebody("chief")
        back = self.signed_in(self.ended(self.typed()), "chief")
        self.assertEqual(back.status_code, 302)
        self.assertNotContains(self.client.get(back["Location"]), "Diketik lama")

    def test_a_form_older_than_another_tabs_sign_in(self):
        fields = self.typed()
        self.client.cookies.clear()
        self.client.force_login(self.editor)
        self.client.get("/admin/")
        back = self.post(self.address("change", self.naskah), fields)
        self.assertContains(back, "Diketik lama")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Naskah yang belum selesai")
        sent = {**form_of(back, "headline")[1], "_continue": ""}
        self.assertEqual(self.post(self.address("change", self.naskah), sent).status_code, 302)

    def test_another_person_in_the_other_tab_does_not_see_it(self):
        fields = self.typed()
        self.client.force_login(self.somebody("chief"))
        self.client.cookies.pop("csrftoken")
        self.assertEqual(self.post(self.address("change", self.naskah), fields).status_code, 403)

    def test_no_other_site_puts_words_into_a_form(self):
        fields = self.typed()
        self.client.cookies.pop("csrftoken")
        for headers in ({"HTTP_ORIGIN": "https://jahat.example"}, {"HTTP_ORIGIN": "null"}):
            self.assertEqual(self.post(self.address("change", self.naskah), fields, **headers).status_code, 403)
        unsigned = {name: value for name, value in fields.items() if name != "_whose"}
        self.assertEqual(self.post(self.address("change", self.naskah), unsigned).status_code, 403)

    def test_every_form_of_the_desk(self):
        person, live = f"/admin/articles/person/{self.nina.pk}/change/", self.story()
        cases = [(person, "bio", "Diketik di formulir orang"), (self.move("correct", live), "text", "Kata-kata ralat")]
        for address, name, words in cases:
            self.client.force_login(self.editor)
            form = form_of(self.client.get(address), "_whose")[1]
            self.client.cookies.pop("sessionid")
            met = self.post(address, {**form, name: words, "_ask": ""})
            self.assertContains(self.signed_in(met, "editor"), words, msg_prefix=address)

    def test_a_form_that_cannot_be_filled_is_shown_and_sent_again(self):
        self.client.force_login(self.somebody("admin"))
        address = "/admin/articles/section/"
        fields = {**form_of(self.client.get(address), "_whose")[1], "form-0-order": 77, "_save": ""}
        self.client.cookies.pop("sessionid")
        back = self.signed_in(self.post(address, fields), "admin")
        self.assertContains(back, "77")
        again, fields = form_of(back, "_whose")
        self.assertEqual(self.post(again, fields).status_code, 302)
        self.dunia.refresh_from_db()
        self.assertEqual(self.dunia.order, 77)

    def test_passwords_are_not_kept(self):
        self.client.force_login(self.somebody("admin"))
        fields = {**self.typed(), "password1": "rahasia-sekali"}
        back = self.signed_in(self.ended(fields), "admin")
        self.assertContains(back, "Diketik lama")
        self.assertNotContains(back, "rahasia-sekali")

    def test_files_are_left_out_with_a_word(self):
        address = f"/admin/articles/photo/{self.lilin.pk}/change/"
        fields = form_of(self.client.get(address), "title")[1]
        fields |= {"title": "Judul foto", "file": SimpleUploadedFile("a.jpg", b"x")}
        self.client.cookies.pop("sessionid")
        back = self.signed_in(self.post(address, fields), "editor")
        self.assertContains(back, "Judul foto")
        self.assertContains(back, "pilih lagi")

    def test_nor_are_they_shown_to_who_may_not_set_them(self):
        fields = {"_whose": self.typed()["_whose"], "note": "Diketik", "password1": "rahasia-sekali"}
        token = {"csrfmiddlewaretoken": self.client.cookies["csrftoken"].value}
        denied = self.post(f"/admin/auth/user/{self.editor.pk}/password/", {**fields, **token})
        self.assertContains(denied, "Diketik", status_code=403)
        self.assertNotContains(denied, "rahasia-sekali", status_code=403)

    def test_for_whom_a_form_was_made_is_no_post_that_was_kept(self):
        address, fields = form_of(self.ended(self.typed()), "password")
        whose = kept_posts.whose(self.editor)
        back = self.post(address, {**fields, "kept_post": whose, "username": "editor", "password": PASSWORD})
        self.assertEqual(back.status_code, 302)
