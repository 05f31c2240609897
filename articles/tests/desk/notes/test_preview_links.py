"""Somebody without an account reads one story by a link, and nothing of it is told to anybody else."""

import datetime
import re
from unittest import mock

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.limits import Rate
from articles.models import AuditEntry, Membership, Note, Notice, PreviewLink, Revision, Story
from articles.notes import links
from articles.publishing import Refused
from articles.views import preview

from ...cases import later
from ..telling.tellings import TellingTest

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

DAY = datetime.timedelta(days=1)


class LinkTest(TellingTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.link, cls.secret = links.make(cls.naskah, cls.editor, cls.now, "Pak Yusuf", "day")

    def setUp(self):
        super().setUp()
        self.outside = Client(headers={"host": self.host}, enforce_csrf_checks=True)

    def open(self, secret=None, status=200, **sent):
        answer = self.outside.post("/preview/", {"code": secret or self.secret, **sent})
        self.assertEqual(answer.status_code, status)
        return answer

    def logged(self):
        return list(AuditEntry.objects.filter(kind="story").order_by("pk").values_list("action", "account", "key"))


class OpenedTest(LinkTest):
    def test_an_opened_link_tells_nothing_until_the_button_is_pressed(self):
        page = self.outside.get("/preview/")
        for hidden in (self.naskah.headline, "og:title", "og:image", "ld+json"):
            self.assertNotIn(hidden, page.text)
        self.assertIn("<title>Pratinjau – ", page.text)
        self.link.refresh_from_db()
        self.assertEqual(self.link.views, 0)

    def test_the_button_opens_the_text_and_is_counted_and_logged(self):
        page = self.open()
        self.assertIn(self.naskah.headline, page.text)
        self.assertIn("Pratinjau, belum terbit", page.text)
        self.link.refresh_from_db()
        self.assertEqual(self.link.views, 1)
        key = f"{self.naskah.uid}/{self.link.uid}"
        self.assertEqual(self.logged(), [("link_made", "edo", key), ("link_opened", "", key)])

    def test_no_store_keeps_it_no_engine_lists_it_and_no_page_hears_where_it_was(self):
        for answer in (self.outside.get("/preview/"), self.open(), self.open("tidak", 404)):
            self.assertEqual(answer["Cache-Control"], "private, no-store")
            self.assertIn("noindex", answer["X-Robots-Tag"])
            self.assertEqual(answer["Referrer-Policy"], "no-referrer")
            self.assertFalse(answer.cookies)

    def test_the_secret_is_stored_nowhere(self):
        self.open()
        bare = self.secret.rpartition(".")[0]
        rows = [*PreviewLink.objects.values_list(), *AuditEntry.objects.values_list()]
        self.assertNotIn(bare, repr(rows))

    def test_it_ends_at_its_time(self):
        with later(DAY + datetime.timedelta(minutes=1)):
            self.assertNotIn(self.naskah.headline, self.open(status=404).text)

    def test_it_ends_when_it_is_revoked(self):
        links.revoke(self.link, self.editor, self.now)
        self.open(status=404)
        self.assertEqual(self.logged()[-1][0], "link_revoked")

    def test_it_ends_when_readers_get_the_story_or_its_maker_goes(self):
        Story.objects.filter(pk=self.naskah.pk).update(state="released", publish_at=self.now, day=self.now.date())
        self.open(status=404)
        Story.objects.filter(pk=self.naskah.pk).update(state="draft", publish_at=None, day=None)
        self.open()
        self.editor.is_active = False
        self.editor.save()
        self.open(status=404)

    def test_another_edition_does_not_know_it(self):
        self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        there = Client(headers={"host": "jogja.localhost"})
        self.assertEqual(there.post("/preview/", {"code": self.secret}).status_code, 404)

    def test_who_guesses_must_wait(self):
        for _ in range(21):
            self.outside.post("/preview/", {"code": "tebak"})
        self.open("tebak", 429)

    def test_a_link_that_goes_round_is_opened_a_bounded_number_of_times_at_once(self):
        with mock.patch.object(preview, "OPENED", Rate("preview opened", at_once=2, every=60)):
            self.open(), self.open()
            self.assertIn("Tunggu", self.open(status=429).text)

    def test_it_shows_the_newest_text_or_that_of_its_revision(self):
        bound, secret = links.make(self.naskah, self.editor, self.now, "Bu Ani", "hour", is_of_now=True)
        Story.objects.filter(pk=self.naskah.pk).update(headline="Judul baru", body="<p>Teks baru.</p>")
        publishing.record(self.naskah, self.editor, self.now)
        self.assertIn("Teks baru.", self.open().text)
        old = self.open(secret).text
        self.assertIn(self.naskah.headline, old)
        self.assertIn("Paragraf pertama.", old)
        self.assertNotIn("Judul baru", old)
        self.assertEqual(bound.revision_number, 1)

    def test_its_photos_open_by_the_link_alone_and_end_with_it(self):
        addresses = re.findall(r"/preview/photo/[^\s\"]+\.jpg", self.open().text)
        self.assertTrue(addresses)
        name = addresses[0].rpartition("/")[2]
        answer = self.outside.get(addresses[0])
        self.assertEqual((answer.status_code, answer["Cache-Control"]), (200, "private, no-store"))
        self.assertEqual(self.outside.get(f"/media/r/{name}").status_code, 404)
        self.assertEqual(self.outside.get(f"/preview/photo/lain/{name}").status_code, 404)
        links.revoke(self.link, self.editor, self.now)
        self.assertEqual(self.outside.get(addresses[0]).status_code, 404)

    def test_an_address_of_a_photo_opens_no_text(self):
        sign = re.search(r"/preview/photo/([^/]+)/", self.open().text)[1]
        self.assertNotIn(self.secret, sign)
        self.open(sign, 404)


class OutsideNoteTest(LinkTest):
    def write(self, status=200, **typed):
        page = self.open().text
        signed = re.search(r'name="note" value="([^"]+)"', page)[1]
        return self.open(status=status, note=typed.pop("note", signed), **typed)

    def test_it_is_a_note_with_the_typed_name_bound_to_the_revision_and_logged(self):
        self.assertIn("Terima kasih", self.write(name="Yusuf", text="Nama saya keliru.").text)
        note = Note.objects.get()
        told = (note.outsider, note.text, note.agrees, note.author, note.revision_number)
        self.assertEqual(told, ("Yusuf", "Nama saya keliru.", False, None, 1))
        self.assertEqual(self.logged()[-1][0], "commented")
        self.assertEqual(self.told(), {("edo", "noted", None)})

    def test_who_agrees_moves_nothing_and_is_no_second_pair_of_eyes(self):
        before = Story.objects.filter(pk=self.naskah.pk).values().get(), Revision.objects.count()
        self.write(name="Yusuf", agrees="1")
        self.assertEqual(Note.objects.get().agrees, True)
        self.assertEqual(self.logged()[-1][0], "agreed")
        after = Story.objects.filter(pk=self.naskah.pk).values().get(), Revision.objects.count()
        self.assertEqual(before, after)
        Membership.objects.create(user=self.reporter, role="editor", edition=self.gorontalo)
        self.assertTrue(publishing.alone([self.naskah], type(self.reporter).objects.get(pk=self.reporter.pk)))

    def test_what_is_lacking_is_said_and_what_was_typed_stays(self):
        page = self.write(name="", text="Nama saya keliru.").text
        self.assertIn("Tulis nama Anda.", page)
        self.assertIn("Nama saya keliru.</textarea>", page)
        self.assertIn("Tulis pendapat Anda", self.write(name="Yusuf").text)
        self.assertEqual(Note.objects.count(), 0)

    def test_nobody_agrees_to_a_revision_that_they_were_not_shown(self):
        self.write(name="Yusuf", agrees="1", note=f"{self.link.uid.hex}-7.palsu")
        self.assertEqual(Note.objects.count(), 0)

    def test_a_link_has_a_bounded_number_of_notes(self):
        with time_machine.travel(timezone.now(), tick=False):  # a slow machine would take longer than the wait
            for number in range(12):
                self.write(name="Yusuf", text=f"Lagi {number}")
        self.assertEqual(Note.objects.count(), 10)

    def test_markup_that_somebody_types_stays_words(self):
        self.write(name="<b>Yusuf</b>", text="<script>alert(1)</script>")
        self.client.force_login(self.editor)
        page = self.page(self.address("change", self.naskah))
        self.assertIn("&lt;script&gt;alert(1)", page)
        self.assertNotIn("<script>alert(1)", page)


class LinksPageTest(LinkTest):
    def page_of(self, user, status=200, **sent):
        self.client.force_login(user)
        ask = self.client.post if sent else self.client.get
        answer = ask(self.address("links", self.naskah), sent)
        self.assertEqual(answer.status_code, status)
        return answer.text

    def test_the_link_is_shown_once_and_opens_the_story(self):
        page = self.page_of(self.editor, reader="Bu Ani", lasts="hour", of_now="1")
        secret = re.search(r'value="http://[^"#]+/preview/#([^"]+)"', page)[1]
        self.open(secret)
        self.assertNotIn(secret, self.page_of(self.editor))
        self.assertIn("dibuka 1 kali", self.page_of(self.editor))

    def test_who_may_not_change_the_story_makes_none(self):
        self.page_of(self.somebody("reporter", name="tamu"), 404, reader="x", lasts="hour")
        publishing.submit(self.naskah, self.reporter, self.now)
        self.page_of(self.reporter, 403, reader="x", lasts="hour")

    def test_it_is_ended_by_a_button(self):
        self.client.force_login(self.chief)
        address = reverse("admin:articles_story_link_revoke", args=[self.naskah.pk, self.link.uid])
        self.assertEqual(self.client.get(address).status_code, 405)
        self.client.post(address)
        self.open(status=404)

    def test_bad_choices_are_told(self):
        self.assertIn("Pilih berapa lama", self.page_of(self.editor, reader="Bu Ani", lasts="selamanya"))
        self.assertIn("Tulis untuk siapa", self.page_of(self.editor, reader=" ", lasts="day"))
        self.assertEqual(PreviewLink.objects.count(), 1)

    def test_readers_have_no_link_to_what_they_read_already(self):
        live = self.story("Tayang")
        with self.assertRaises(Refused):
            links.make(live, self.editor, timezone.now(), "Pak Yusuf", "day")
        self.assertEqual(Notice.objects.count(), 0)
