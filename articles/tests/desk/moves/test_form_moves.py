"""A transition that is asked for from the form saves it, too, or neither is done."""

import re

import pytest
from django.utils import timezone

from articles.models import Correction, Story, WaitingChange

from ...cases import SOON, FormTest, later
from ...newsroom import PUBLISHED
from ...posting import form_of

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


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
        address, fields = form_of(again, "kept_post")
        chosen = {f"choice-{choice['key']}": "mine" for choice in again.context["choices"]}
        asked = self.client.post(address, {**fields, **chosen})
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
