"""Notes on a story: written, answered, resolved and deleted by whom it concerns, beside the story itself."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import publishing
from articles.models import AuditEntry, Note, Notice, Revision, Story, WorkingCopy
from articles.notes import writing
from articles.text.passages import Passage

from ..telling.tellings import TellingTest


class NotesTest(TellingTest):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.editor)

    def add(self, text="Sumber kedua?", by=None, **anchor):
        return writing.add(self.naskah, by or self.editor, self.now, text, Passage(**anchor) if anchor else None)

    def act(self, note, name, status=302):
        address = reverse("admin:articles_story_note_act", args=[self.naskah.pk, note.uid, name])
        answer = self.client.post(address)
        self.assertEqual(answer.status_code, status)
        note.refresh_from_db()
        return answer

    def form_page(self, by=None):
        self.client.force_login(by or self.editor)
        return self.page(self.address("change", self.naskah))

    def test_one_is_written_by_a_plain_post_and_stands_in_the_panel(self):
        typed = {"note": "Cek lagi", "quote": "Paragraf  pertama", "before": "", "after": "."}
        answer = self.client.post(self.address("notes", self.naskah), typed)
        self.assertRedirects(answer, self.address("change", self.naskah) + "#notes", fetch_redirect_response=False)
        note = Note.objects.get()
        self.assertEqual((note.text, note.quote, note.author), ("Cek lagi", "Paragraf pertama", self.editor))
        self.assertIn("Cek lagi", self.form_page(self.chief))

    def test_a_script_gets_the_notes_as_they_are_then_or_why_not(self):
        address, script = self.address("notes", self.naskah), {"X-Notes": "1"}
        self.assertIn("Cek lagi", self.client.post(address, {"note": "Cek lagi"}, headers=script).text)
        refused = self.client.post(address, {"note": " "}, headers=script)
        self.assertEqual((refused.status_code, refused.text), (400, "Tulis catatannya."))
        self.assertEqual(Note.objects.count(), 1)

    def test_it_leaves_story_revisions_and_unsaved_texts_as_they_are(self):
        before = Story.objects.filter(pk=self.naskah.pk).values().get(), Revision.objects.count()
        note = self.add()
        writing.resolve(note, self.chief, self.now)
        after = Story.objects.filter(pk=self.naskah.pk).values().get(), Revision.objects.count()
        self.assertEqual(before, after)
        self.assertEqual(WorkingCopy.objects.count(), 0)

    def test_the_story_is_saved_over_notes_that_came_meanwhile(self):
        self.client.force_login(self.editor)
        opened = self.form(self.naskah)
        self.add()
        answer = self.client.post(self.address("change", self.naskah), {**opened, "headline": "Judul baru"})
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(Note.objects.count(), 1)

    def test_an_answer_stands_below_its_note_even_one_to_an_answer(self):
        note = self.add()
        first = writing.answer(note, self.chief, self.now, "Sudah")
        second = writing.answer(first, self.editor, self.now, "Terima kasih")
        self.assertEqual({first.answers_to, second.answers_to}, {note})

    def test_it_is_resolved_and_opened_again(self):
        note = self.add()
        self.act(note, "resolve")
        self.assertEqual((note.resolved_by, note.resolved_at is not None), (self.editor, True))
        self.assertIn("1 beres", self.form_page())
        self.act(note, "reopen")
        self.assertIsNone(note.resolved_at)

    def test_a_passage_that_is_gone_says_so_and_keeps_its_words(self):
        self.add(quote="Paragraf pertama", before="", after=".")
        gone = "Bagian ini sudah tidak ada di naskah."
        self.assertIn(f'class="talk-gone" hidden>{gone}', self.form_page())
        Story.objects.filter(pk=self.naskah.pk).update(body="<p>Alinea awal.</p>")
        page = self.form_page()
        self.assertIn(f'class="talk-gone">{gone}', page)
        self.assertIn("Paragraf pertama", page)

    def test_its_author_or_a_chief_deletes_it_and_that_stays_known(self):
        note = self.add("Rahasia dapur", quote="Paragraf pertama")
        answer = self.act(note, "delete")
        self.assertEqual((note.text, note.quote, note.deleted_by), ("", "", self.editor))
        self.assertIn("Dihapus oleh edo", self.form_page())
        entry = AuditEntry.objects.latest("pk")
        self.assertEqual(
            (entry.action, entry.kind, entry.key, entry.account), ("deleted", "note", str(note.uid), "edo")
        )
        mine = self.add("Catatan Edo")
        self.client.force_login(self.chief)
        self.act(mine, "delete")
        self.assertEqual(mine.deleted_by, self.chief)
        self.assertEqual(answer.status_code, 302)

    def test_nobody_else_deletes_it(self):
        note = self.add("Tetap", by=self.chief)
        self.act(note, "delete", 403)
        self.assertEqual(note.text, "Tetap")

    def test_who_may_not_see_the_story_reads_and_writes_none(self):
        note = self.add()
        stranger = self.somebody("reporter", name="tamu")
        self.client.force_login(stranger)
        self.assertEqual(self.client.get(self.address("notes", self.naskah), headers={"X-Notes": "1"}).status_code, 404)
        self.assertEqual(self.client.post(self.address("notes", self.naskah), {"note": "x"}).status_code, 404)
        self.act(note, "resolve", 404)
        self.assertEqual(Note.objects.count(), 1)

    def test_a_note_of_another_story_is_not_reached_by_this_one(self):
        other = writing.add(self.draft("Lain"), self.editor, self.now, "Di sana")
        self.act(other, "resolve", 404)

    def test_the_form_asks_as_often_for_forty_notes_as_for_one(self):
        self.add(quote="Paragraf")
        self.form_page()
        with CaptureQueriesContext(connection) as few:
            self.form_page()
        for number in range(20):
            writing.answer(self.add(f"Catatan {number}", quote="Paragraf"), self.chief, self.now, "Ya")
        with self.assertNumQueries(len(few)):
            self.form_page()


class NotedTest(TellingTest):
    def test_writers_and_those_who_wrote_a_note_are_told_and_who_is_named_is_told_so(self):
        self.nina.user = self.reporter
        self.nina.save()
        note = writing.add(self.naskah, self.editor, self.now, "Cek @citra, dan @tamu")
        self.somebody("reporter", name="tamu")
        self.assertEqual(self.told(), {("rina", "noted", "edo"), ("citra", "mentioned", "edo")})
        Notice.objects.all().delete()
        writing.answer(note, self.reporter, self.now, "Sudah")
        self.assertEqual(self.told(), {("edo", "noted", "rina")})

    def test_who_may_not_see_the_story_is_not_told_whoever_names_them(self):
        self.somebody("reporter", name="tamu")
        writing.add(self.naskah, self.editor, self.now, "Tanya @tamu")
        self.assertNotIn("tamu", {who for who, *_rest in self.told()})

    def test_the_chooser_offers_those_who_may_see_the_story(self):
        self.somebody("reporter", name="roni")
        publishing.record(self.naskah, self.reporter, self.now)
        self.client.force_login(self.editor)
        answer = self.client.get(self.address("note_people", self.naskah), {"q": "r"}).json()
        self.assertEqual([one["username"] for one in answer["people"]], ["rina"])
