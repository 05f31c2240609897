"""Stories from a file, at the desk: sent, looked at, taken in."""

import datetime
import gzip
import json
import os
import time
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.admin.story import import_files
from articles.models import Membership, Section, Story
from articles.models.story import State

from ..cases import PAGE, ImportTestCase
from ..newsroom import PUBLISHED
from ..wire_cases import told
from ..wordpress_exports import SAMPLES, TAIL

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

LATER = (PUBLISHED + datetime.timedelta(days=1)).isoformat()


class ImportPageTest(ImportTestCase):
    def test_what_would_come_is_shown_and_then_stored(self):
        looked_at = self.send(told(1), b"{rusak", told(2))
        shown = self.outcomes(looked_at)
        self.assertEqual([outcome for outcome, _position in shown], ["refused", "new", "new"])
        self.assertIn("2", shown[0][1])
        self.assertContains(looked_at, "Pasar dibuka lagi 2")
        self.assertFalse(Story.objects.exists())
        done = self.press(looked_at)
        self.assertEqual(self.outcomes(done), shown)
        for story in Story.objects.all():
            self.assertEqual((story.state, story.revisions.get().by), (State.DRAFT, self.chief))
            self.assertContains(done, reverse("admin:articles_story_change", args=[story.pk]))
        self.assertEqual(Story.objects.count(), 2)
        self.assertEqual(self.kept(), [])

    def test_they_come_released_where_that_is_asked(self):
        self.press(self.send(gzip.compress(json.dumps([told()]).encode()), state="released"))
        story = Story.objects.get()
        self.assertEqual(self.client.get(story.get_absolute_url()).status_code, 200)

    def test_parts_of_an_export_may_come_together(self):
        posts, rest = self.two_parts()
        looked_at = self.send_files(posts, rest)
        self.assertContains(looked_at, "bagian-0.xml: ")
        self.assertContains(self.press(looked_at), "Tulisan 3")
        self.assertIn("Isi pola.", Story.objects.get(headline="Tulisan 3").body)
        self.assertEqual(self.kept(), [])

    def test_a_part_that_has_no_story_completes_those_that_came_before(self):
        posts, rest = self.two_parts()
        self.press(self.send_files(posts))
        self.assertNotIn("Isi pola.", Story.objects.get(headline="Tulisan 3").body)
        done = self.press(self.send_files(rest))
        self.assertIn("Isi pola.", Story.objects.get(headline="Tulisan 3").body)
        self.assertIn(("dilengkapi", 1), [(str(label), count) for label, count in done.context["later"]])

    def two_parts(self):
        """The posts of an export without their patterns and authors, and these alone."""
        start, *items = (SAMPLES / "wordpress-parts.xml").read_text().removesuffix(TAIL).split("<item>")
        bare = start[: start.index("<wp:author>")]
        posts = [f"<item>{one}" for one in items if ">post</wp:post_type>" in one]
        rest = [f"<item>{one}" for one in items if ">wp_block</wp:post_type>" in one]
        return bare + "".join(posts) + TAIL, start + "".join(rest) + TAIL

    def send_files(self, *texts):
        files = [SimpleUploadedFile(f"bagian-{at}.xml", text.encode()) for at, text in enumerate(texts)]
        return self.client.post(PAGE, {"file": files, "edition": self.gorontalo.pk, "state": "draft"})

    def test_a_second_press_finds_nothing_to_do(self):
        looked_at = self.send(told())
        self.press(looked_at)
        again = self.press(looked_at)
        self.assertTrue(again.context["gone"])
        self.assertEqual(Story.objects.count(), 1)

    def test_where_nothing_would_change_nothing_is_offered(self):
        self.press(self.send(told()))
        self.assertNotContains(self.send(told()), 'name="token"')

    def test_what_nobody_came_back_for_is_taken_away_by_the_next(self):
        looked_at = self.send(told())
        long_ago = time.time() - import_files.LASTS - 60
        os.utime(self.kept()[0], (long_ago, long_ago))
        self.send(told(2))
        self.assertEqual(len(self.kept()), 1)
        self.assertTrue(self.press(looked_at).context["gone"])

    def test_a_token_lasts_an_hour(self):
        token = self.send(told()).context["sent"].token
        with mock.patch("django.core.signing.time.time", return_value=time.time() + import_files.LASTS + 60):
            self.assertTrue(self.client.post(PAGE, {"token": token}).context["gone"])
        self.assertFalse(Story.objects.exists())


class BadFileTest(ImportTestCase):
    def refused(self, *items, **typed):
        answer = self.send(*items, **typed)
        self.assertTrue(answer.context["form"].errors)
        self.assertEqual(self.kept(), [])
        return str(answer.context["form"].errors["file"])

    def test_what_is_no_format_or_not_whole(self):
        self.refused(b"<html>")
        self.refused(b"")
        self.refused(gzip.compress(json.dumps(told()).encode())[:-20])
        self.refused(b"[" + json.dumps(told()).encode() + b", {")

    def test_what_is_too_much_names_the_command(self):
        with mock.patch.object(import_files, "MOST", 2):
            self.assertIn("manage.py ingest", self.refused(told(1), told(2), told(3)))
        with mock.patch.object(import_files, "LARGEST", 2000):
            self.assertIn("manage.py ingest", self.refused(b" " * 2001))
            self.assertIn("manage.py ingest", self.refused(gzip.compress(b" " * 2001)))

    def test_names_and_words_of_the_sender_are_shown_as_words(self):
        plain = {"contentType": "text/plain"}
        bad = told(headlines=[{"value": "<script>alert(1)</script>", **plain}], type="<b>")
        answer = self.send(bad, told(2, headlines=[{"value": "<i>Judul</i>", **plain}]), name="../<img src=x>.jsonl")
        for words in ("<script>alert", "<b>", "<i>Judul", "<img src=x"):
            self.assertNotContains(answer, words)
        self.assertContains(answer, "&lt;i&gt;Judul")
        self.assertRegex(self.kept()[0].name, r"\A[0-9a-f]{32}\Z")


class WhoMayImportTest(ImportTestCase):
    def setUp(self):
        super().setUp()
        self.jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.kota = Section.objects.create(edition=self.jogja, name="Kota", slug="kota")

    def signed_in(self, user):
        client = Client(headers={"host": self.host})
        client.force_login(user)
        return client

    @pytest.mark.wide
    def test_chiefs_of_the_edition_and_nobody_else(self):
        everybody = [(self.somebody(role), False) for role in ("reporter", "photo", "editor")]
        everybody += [(self.somebody("chief", "kepala-rubrik", section=self.dunia), False)]
        everybody += [(self.somebody("admin"), True), (self.chief, True)]
        changelist = reverse("admin:articles_story_changelist")
        for user, may in everybody:
            with self.subTest(user.username):
                client = self.signed_in(user)
                self.assertEqual(client.get(PAGE).status_code, 200 if may else 403)
                self.assertEqual(self.send(told(), client=client).status_code, 200 if may else 403)
                self.assertEqual(client.post(PAGE, {"token": "x"}).status_code, 200 if may else 403)
                self.assertEqual(PAGE in client.get(changelist).text, may)
        self.assertFalse(Story.objects.exists())

    def test_only_into_an_edition_of_theirs(self):
        self.assertIn("edition", self.send(told(), edition=self.jogja).context["form"].errors)
        self.press(self.send(told(infoSources=[{"name": "TribunJogja.com"}])))
        self.assertEqual(Story.objects.get().edition, self.gorontalo)

    def test_a_token_is_worth_nothing_to_others_and_after_a_right_is_gone(self):
        looked_at = self.send(told(), state="released")
        other = self.signed_in(self.somebody("chief", "kepala-lain"))
        self.assertEqual(self.press(looked_at, other).status_code, 403)
        Membership.objects.filter(user=self.chief).update(edition=self.jogja)
        self.client.force_login(self.chief)
        self.assertEqual(self.press(looked_at).status_code, 403)
        self.assertFalse(Story.objects.exists())

    def test_released_only_by_who_may_release_everything_there(self):
        with mock.patch("articles.permissions.releases_everything", return_value=False):
            answer = self.send(told(), state="released")
        self.assertIn("state", answer.context["form"].errors)
        looked_at = self.send(told(), state="released")
        with mock.patch("articles.permissions.releases_everything", return_value=False):
            self.assertEqual(self.press(looked_at).status_code, 403)
        self.assertFalse(Story.objects.exists())

    def test_a_post_from_elsewhere_is_refused(self):
        client = Client(headers={"host": self.host}, enforce_csrf_checks=True)
        client.force_login(self.chief)
        self.assertEqual(self.send(told(), client=client).status_code, 403)

    def test_nothing_of_another_edition_is_touched(self):
        there = self.signed_in(self.somebody("admin"))
        self.press(self.send(told(), edition=self.jogja, state="released", client=there), there)
        theirs = Story.objects.get()
        newer = told(versionCreated=LATER, headlines=[{"value": "Diganti"}])
        settles = told(2, associations=[{"rel": "verifies", "uri": told()["uri"], "type": "text"}])
        for item in (newer, told(versionCreated=LATER, pubStatus="canceled")):
            done = self.send(item, state="released")
            self.assertEqual(self.outcomes(done)[0][0], "kept")
        self.press(self.send(newer, settles, state="released"))
        theirs.refresh_from_db()
        self.assertEqual((theirs.headline, theirs.state), ("Pasar dibuka lagi 1", State.RELEASED))
        self.assertIsNone(theirs.verified_in)
