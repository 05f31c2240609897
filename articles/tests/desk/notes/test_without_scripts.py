"""Without scripts nothing typed on the page of a story is lost: its notes are sent with it, links open beside it."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from articles.models import Note, Story
from articles.notes import writing

from ...posting import form_of
from ..telling.tellings import TellingTest

pytestmark = pytest.mark.wide


class Buttons(HTMLParser):
    """[attributes] of the buttons that send the story's form."""

    def __init__(self, text):
        super().__init__()
        self.found, self.form = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.form = has.get("id") if tag == "form" else self.form
        if tag in ("button", "input") and has.get("type") == "submit" and "form" not in has:
            self.found += [has] if self.form == "story_form" else []

    def handle_endtag(self, tag):
        self.form = "" if tag == "form" else self.form


class WithoutScriptsTest(TellingTest):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.editor)

    def opened(self):
        return form_of(self.client.get(self.address("change", self.naskah)), "headline")[1]

    def sent(self, address, **typed):
        """The form that the page has after a press, with its status."""
        answer = self.client.post(address, {**self.opened(), "headline": "Belum disimpan", **typed})
        self.assertContains(answer, "Yang Anda ketik di berita")
        where, fields = form_of(answer, "headline")
        self.assertEqual(where, self.address("change", self.naskah))
        return fields

    def test_a_note_is_written_and_the_story_stays_as_it_is_typed(self):
        fields = self.sent(self.address("notes", self.naskah), note="Sumber kedua?")
        self.assertEqual((fields["headline"], fields["note"]), ("Belum disimpan", ""))
        self.assertEqual(Note.objects.get().text, "Sumber kedua?")
        self.assertNotEqual(Story.objects.get(pk=self.naskah.pk).headline, "Belum disimpan")
        self.assertEqual(
            self.client.post(self.address("change", self.naskah), {**fields, "_continue": ""}).status_code, 302
        )
        self.assertEqual(Story.objects.get(pk=self.naskah.pk).headline, "Belum disimpan")

    def test_answers_and_other_steps_keep_it_too_and_what_is_not_sent_yet(self):
        note = writing.add(self.naskah, self.editor, self.now, "Sumber kedua?")
        for act in ("answer", "resolve", "reopen"):
            address = reverse("admin:articles_story_note_act", args=[self.naskah.pk, note.uid, act])
            fields = self.sent(address, note="Lain", **{f"answer-{note.uid}": "Ada"})
            self.assertEqual((fields["headline"], fields["note"]), ("Belum disimpan", "Lain"))
        self.assertEqual(note.answers.get().text, "Ada")

    def test_a_refused_note_comes_back_with_the_story(self):
        fields = self.sent(self.address("notes", self.naskah), note="x" * (writing.LONGEST + 1))
        self.assertEqual(len(fields["note"]), writing.LONGEST + 1)

    def test_a_save_with_a_note_that_was_not_sent_shows_its_words(self):
        address = self.address("change", self.naskah)
        answer = self.client.post(address, {**self.opened(), "note": "Sumber kedua?", "_continue": ""}, follow=True)
        self.assertContains(answer, "Catatan ini tidak terkirim. Tulis lagi jika perlu: Sumber kedua?")
        self.assertFalse(Note.objects.exists())

    def test_links_and_other_forms_open_beside_it_and_its_own_buttons_do_not(self):
        page = self.page(self.address("change", self.naskah))
        self.assertIn('<noscript><base target="_blank"></noscript>', page)
        buttons = Buttons(page).found
        self.assertTrue(buttons)
        self.assertEqual([each for each in buttons if "formtarget" not in each], [])
