"""A move that asks does so over the form: its words come with the form, and both are saved together or neither is."""

import re

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from articles import publishing
from articles.desk.kept_posts import whose
from articles.models import Correction, Revision, Story, WaitingChange

from ...cases import FormTest, OpenedTest
from ...posting import form_of

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]


class MoveOverFormTest(OpenedTest):
    @classmethod
    def begun(cls):
        return cls.story(body="<p>Yang keliru</p>")

    def submitted(self):
        sent = self.draft()
        Story.objects.filter(pk=sent.pk).update(state="submitted")
        return sent

    def moved(self, name, story=None, **typed):
        """The answer to the form of `story`, by default the live one, sent with a move."""
        fields = self.opened(story) if story else self.as_opened
        return self.send(story or self.naskah, fields, **{f"_move_{name}": "1", **typed})

    def dialog(self, response, name):
        """The start tag of the dialog."""
        return re.search(f'<dialog[^>]*id="move-{name}"[^>]*>', response.text)[0]

    def test_the_text_and_its_correction_become_public_together(self):
        words = {"correct-kind": "correction", "correct-text": "Jumlahnya keliru."}
        response = self.moved("correct", body="<p>Yang benar</p>", **words)
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.naskah.body, "<p>Yang benar</p>")
        self.assertEqual(Correction.objects.get().text, "Jumlahnya keliru.")
        self.assertEqual(list(self.naskah.revisions.values_list("move", flat=True)), ["corrected", "saved", "loaded"])

    def test_a_story_is_given_back_and_withdrawn_with_what_was_typed(self):
        sent = self.submitted()
        self.moved("return", sent, headline="Disunting", **{"return-note": "Lengkapi."})
        self.assertEqual((sent.state, sent.headline), ("returned", "Disunting"))
        self.moved("withdraw", headline="Ditarik", **{"withdraw-reason": "trauma"})
        self.assertEqual((self.naskah.state, self.naskah.headline), ("withdrawn", "Ditarik"))

    def test_a_waiting_change_is_called_off_with_what_was_typed(self):
        times = {"goes_out_at_0": "2099-01-01", "goes_out_at_1": "10:00"}
        self.send(self.naskah, self.as_opened, body="<p>Nanti</p>", **times)
        self.moved("call-off", self.naskah, headline="Diketik")
        self.assertEqual(self.naskah.headline, "Diketik")
        self.assertFalse(WaitingChange.objects.exists())

    def test_a_refused_move_saves_nothing_and_opens_its_dialog_with_the_reason_at_its_field(self):
        words = {"correct-kind": "correction", "correct-text": ""}
        response = self.moved("correct", headline="Yang benar", **words)
        self.assertEqual(self.naskah.headline, "Perdamaian dirundingkan lagi")
        self.assertEqual((Correction.objects.count(), Revision.objects.count()), (0, 0))
        self.assertIn(" open", self.dialog(response, "correct"))
        self.assertNotIn(" open", self.dialog(response, "withdraw"))
        self.assertContains(response, 'id="id_correct-text_error"')
        self.assertContains(response, "Belum ada yang disimpan, dan langkahnya belum dilakukan.")
        fields = form_of(response, "headline")[1]
        self.assertEqual((fields["headline"], fields["correct-kind"]), ("Yang benar", "correction"))
        again = self.send(self.naskah, fields, **{"correct-text": "Judulnya keliru.", "_move_correct": "1"})
        self.assertEqual((again.status_code, self.naskah.headline), (302, "Yang benar"))

    def test_a_reason_of_the_rules_stands_at_its_field_too(self):
        response = self.moved("withdraw", **{"withdraw-reason": "other", "withdraw-text": ""})
        self.assertContains(response, 'id="id_withdraw-text_error"')
        self.assertEqual(self.naskah.state, "released")

    def test_what_the_form_refuses_keeps_the_words_and_leaves_the_dialog_closed(self):
        response = self.moved("return", self.submitted(), headline="", **{"return-note": "Lengkapi."})
        self.assertNotIn(" open", self.dialog(response, "return"))
        self.assertEqual(form_of(response, "headline")[1]["return-note"], "Lengkapi.")

    def test_the_words_of_a_move_that_was_not_pressed_change_nothing(self):
        response = self.send(self.naskah, self.as_opened, **{"correct-text": "Ragu.", "_continue": ""})
        self.assertEqual((response.status_code, Correction.objects.count()), (302, 0))

    def test_a_change_that_waits_and_a_move_are_not_made_in_one_press(self):
        times = {"goes_out_at_0": "2099-01-01", "goes_out_at_1": "10:00"}
        response = self.moved("withdraw", headline="Nanti", **times, **{"withdraw-reason": "trauma"})
        self.assertEqual((response.status_code, self.naskah.state), (200, "released"))

    def test_who_may_not_is_refused_and_nothing_is_saved(self):
        sent = self.submitted()
        fields = self.opened(sent)
        self.client.force_login(reporter := self.somebody("reporter"))
        self.nina.user = reporter
        self.nina.save()
        Story.objects.filter(pk=sent.pk).update(state="draft")
        own = {"_whose": whose(reporter)}
        for name in ("return", "withdraw", "correct"):
            words = {"return-note": "Lengkapi.", "withdraw-reason": "trauma", "correct-text": "X"}
            response = self.send(sent, {**fields, **own}, headline="Diubah", **{f"_move_{name}": "1"}, **words)
            self.assertNotEqual(response.status_code, 302, name)
            self.assertEqual((sent.state, sent.headline), ("draft", "Naskah yang belum selesai"))

    def test_what_somebody_else_saved_meanwhile_is_merged_and_the_move_is_made(self):
        fields = self.as_opened
        self.send(self.naskah, fields, standfirst="Ringkasan orang lain.", _continue="")
        words = {"correct-kind": "correction", "correct-text": "Jumlahnya keliru.", "_move_correct": "1"}
        self.send(self.naskah, fields, headline="Yang benar", **words)
        self.assertEqual((self.naskah.headline, self.naskah.standfirst), ("Yang benar", "Ringkasan orang lain."))
        self.assertEqual(Correction.objects.count(), 1)

    def test_a_double_press_makes_it_once(self):
        words = {"correct-kind": "correction", "correct-text": "Jumlahnya keliru.", "_move_correct": "1"}
        fields = {**self.as_opened, **words, "headline": "Yang benar"}
        for _press in range(2):
            self.assertEqual(self.send(self.naskah, fields).status_code, 302)
        self.assertEqual(Correction.objects.count(), 1)

    def test_the_answer_tells_what_happened_and_holds_the_link(self):
        words = {"correct-kind": "correction", "correct-text": "Jumlahnya keliru."}
        told = self.told("correct", self.naskah, **words)
        self.assertIn("Ralat", told)
        self.assertIn(self.naskah.get_absolute_url(), told)
        sent = self.submitted()
        told = self.told("return", sent, **{"return-note": "Lengkapi."})
        self.assertIn(self.address("preview", sent), told)
        told = self.told("withdraw", self.naskah, **{"withdraw-reason": "trauma"})
        self.assertIn(self.naskah.get_absolute_url(), told)

    def told(self, name, story, **typed):
        """The one message that the next page shows."""
        (message,) = get_messages(self.moved(name, story, **typed).wsgi_request)
        return str(message)


class DoubtsOverFormTest(OpenedTest):
    role = "chief"

    @classmethod
    def begun(cls):
        return cls.draft(lead_photo=None)

    def test_a_doubt_is_asked_over_the_form_and_saves_nothing_before_it_is_answered(self):
        response = self.send(self.naskah, self.as_opened, headline="Diketik", _approve="")
        self.assertContains(response, '<dialog class="desk-dialog move-dialog" id="move-approve"')
        self.assertEqual((self.naskah.state, self.naskah.headline), ("draft", "Naskah yang belum selesai"))
        fields = form_of(response, "headline")[1]
        self.assertEqual(fields["headline"], "Diketik")
        answer = self.send(self.naskah, fields, acknowledged=["photo:"], _approve="1")
        self.assertEqual((answer.status_code, self.naskah.state, self.naskah.headline), (302, "approved", "Diketik"))

    def test_those_that_were_ticked_stay_ticked(self):
        Story.objects.update(headline="Perang Hari Ke-1", series=self.perang)
        fields = self.opened(self.naskah)
        response = self.send(self.naskah, fields, acknowledged=["photo:"], _approve="")
        asked = re.findall(r'name="acknowledged" value="([^"]+)" aria-describedby="asked-[^>]*', response.text)
        ticked = re.findall(r'value="([^"]+)" aria-describedby="asked-[^>]*checked', response.text)
        self.assertEqual((sorted(asked), ticked), (["day_number:Hari Ke-1", "photo:"], ["photo:"]))

    def test_a_press_on_the_home_leads_to_the_form_with_the_question_open(self):
        Story.objects.update(state="submitted")
        answer = self.client.post(self.move("approve", self.naskah))
        self.assertRedirects(answer, f"{self.address('change', self.naskah)}?asks=approve")
        self.assertContains(self.client.get(answer["Location"]), 'id="move-approve"')


class TakenBackOverFormTest(FormTest):
    def setUp(self):
        super().setUp()
        self.reporter = self.somebody("reporter")
        self.nina.user = self.reporter
        self.nina.save()
        self.client.force_login(self.reporter)
        self.naskah = self.submitted()

    def submitted(self, headline="Naskah yang belum selesai"):
        naskah = self.draft(headline)
        publishing.record(naskah, self.reporter, timezone.now())
        return publishing.submit(naskah, self.reporter, timezone.now())

    def read_by_an_editor(self, naskah):
        Story.objects.filter(pk=naskah.pk).update(headline="Disunting")
        publishing.record(naskah, self.somebody("editor"), timezone.now())

    def test_its_writer_takes_it_back_from_the_form_that_they_may_only_read(self):
        self.assertEqual(self.naskah.state, "submitted")
        page = self.client.get(self.address("change", self.naskah))
        self.assertContains(page, f'formaction="{self.move("take_back", self.naskah)}"')
        answer = self.client.post(self.move("take_back", self.naskah), follow=True)
        self.assertContains(answer, "Diambil kembali")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.state, "draft")
        self.assertContains(self.client.get(self.address("change", self.naskah)), 'name="_submit"')

    def test_it_is_not_offered_once_an_editor_has_begun(self):
        self.read_by_an_editor(self.naskah)
        page = self.client.get(self.address("change", self.naskah))
        self.assertNotContains(page, "take_back")
        answer = self.client.post(self.move("take_back", self.naskah), follow=True)
        self.assertContains(answer, "Editor sudah mulai mengerjakan")

    def test_many_are_taken_back_from_the_list_and_it_tells_first_which_cannot(self):
        self.read_by_an_editor(begun := self.submitted("Sudah dibaca"))
        posted = {"action": "take_back", "_selected_action": [self.naskah.pk, begun.pk]}
        asked = self.client.post("/admin/articles/story/", posted)
        self.assertContains(asked, "Editor sudah mulai mengerjakan", 1)
        self.assertContains(asked, "kembali ke tangan penulisnya", 2)
        address, fields = form_of(asked, "chosen")
        self.client.post(address, {**fields, "_ask": ""})
        self.assertEqual(set(Story.objects.values_list("state", flat=True)), {"draft", "submitted"})
