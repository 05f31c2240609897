"""What the newsroom put right, answered for or took back, and where readers are told (rules.md D3, D4, F4)."""

import datetime
import json
import pathlib
import re
import tempfile
import xml.etree.ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from articles import publishing
from articles.listings.paging import A_PAGE
from articles.models import Correction, Position, Revision, Story
from articles.models.correction import Reason

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

HOUR = datetime.timedelta(hours=1)
SHOWN = {"erratum": "Ralat", "correction": "Koreksi", "reply": "Hak jawab"}
WRONG = [
    # fields, and the constraint that refuses them
    ({"kind": "correction", "text": ""}, "correction_has_a_text"),
    ({"kind": "erratum", "text": ""}, "correction_has_a_text"),
    ({"kind": "reply", "text": ""}, "correction_has_a_text"),
    ({"kind": "withdrawal", "reason": "other", "text": ""}, "correction_has_a_text"),
    ({"kind": "withdrawal", "reason": "", "text": "Kami tarik."}, "withdrawal_has_a_reason"),
    ({"kind": "withdrawal", "reason": "pressure", "text": "Kami tarik."}, "withdrawal_has_a_reason"),
    ({"kind": "correction", "reason": "child", "text": "Yang benar."}, "withdrawal_has_a_reason"),
    ({"kind": "praise", "text": "Bagus."}, "correction_kind_known"),
]


class CorrectTest(NewsroomTestCase):
    def correct(self, story, kind="correction", text="Yang benar 12 orang.", at=PUBLISHED + HOUR):
        return publishing.correct(story, None, at, kind, text)

    def test_each_kind_is_shown_with_its_time_on_the_story_the_page_of_corrections_and_in_the_feed(self):
        for number, (kind, name) in enumerate(SHOWN.items()):
            story = self.story(f"Kabar {number}")
            self.correct(story, kind, f"Yang benar {number}.")
            for address in (story.get_absolute_url(), "/corrections/"):
                page = self.page(address)
                for told in (name, f"Yang benar {number}.", "22.05 WITA", 'datetime="2023-10-19T22:05:00+08:00"'):
                    with self.subTest(kind=kind, address=address):
                        self.assertIn(told, page)
            items = {item.find("title").text: item for item in ET.fromstring(self.page("/feed/")).iter("item")}
            with self.subTest(kind=kind, address="/feed/"):
                self.assertIn(f"{name}: Yang benar {number}.", items[story.headline].find("description").text)

    def test_story_and_correction_lead_to_each_other(self):
        story = self.story()
        correction = self.correct(story)
        page = self.page(story.get_absolute_url()).split("<main")[1].split("</main>")[0]
        self.assertIn('href="/corrections/"', page, "The story does not lead to the page of corrections")
        self.assertIn(f'id="correction-{correction.uid}"', page)
        self.assertIn(f'href="{story.get_absolute_url()}#correction-{correction.uid}"', self.page("/corrections/"))

    def test_it_is_told_on_every_page_of_the_story_and_as_an_update(self):
        story = self.story(body="<p>Satu.</p><hr><p>Dua.</p>")
        self.correct(story)
        for query in ("", "?page=2", "?page=all"):
            page = self.page(story.get_absolute_url() + query)
            self.assertIn("Yang benar 12 orang.", page, query)
            self.assertIn("Diperbarui", page, query)

    def test_the_page_is_paged_newest_first(self):
        story = self.story()
        for number in range(A_PAGE + 1):
            self.correct(story, text=f"Nomor {number:02}.", at=PUBLISHED + number * HOUR)
        first, second = self.page("/corrections/"), self.page("/corrections/?page=2")
        self.assertLess(first.index(f"Nomor {A_PAGE}."), first.index(f"Nomor {A_PAGE - 1}."))
        self.assertEqual(("Nomor 00." in first, "Nomor 00." in second), (False, True))
        self.page("/corrections/?page=3", status=404)

    def test_of_another_edition_only_its_own_page_tells(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.correct(self.story(edition=jogja, section=jogja.sections.create(name="Jogja", slug="jogja")))
        self.assertNotIn("Yang benar 12", self.page("/corrections/"))
        self.assertContains(self.client.get("/corrections/", headers={"host": jogja.host}), "Yang benar 12")

    def refused(self, story, *args, told, **words):
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            self.correct(story, *args, **words)
        self.assertIn(told, str(caught.exception))
        self.assertFalse(
            Correction.objects.exists() or Revision.objects.exists(), "A refused correction left something"
        )

    def test_an_empty_text_is_refused(self):
        for text in ("", " \n"):
            self.refused(self.story(f"Kosong {text!r}"), text=text, told="what was wrong")

    def test_an_unknown_kind_and_a_withdrawal_in_disguise_are_refused(self):
        for kind in ("withdrawal", "praise", ""):
            self.refused(self.story(f"Jenis {kind}"), kind, told="kind of correction")

    def test_what_readers_do_not_have_is_not_corrected_in_public(self):
        self.refused(self.draft(), told="draft")
        self.refused(self.story("Nanti", publish_at=LATER), told="do not have")
        self.refused(self.story("Embargo", embargo_until=LATER), told="do not have")

    def test_a_text_of_readers_or_desk_brings_no_markup(self):
        story = self.story()
        self.correct(story, text="<script>alert(1)</script>")
        for address in (story.get_absolute_url(), "/corrections/", "/feed/"):
            self.assertNotIn("<script>alert", self.page(address))


class CorrectAtTheDeskTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("editor"))

    def send(self, story, name, **fields):
        return self.client.post(reverse("admin:articles_story_move", args=[story.pk, name]), {"_ask": "", **fields})

    def test_the_page_asks_for_a_text_and_records_who_corrected(self):
        story = self.story()
        response = self.send(story, "correct", kind="reply", text=" ")
        self.assertEqual(response.status_code, 200)
        self.assertIn("text", response.context["form"].errors)
        self.assertFalse(Correction.objects.exists())
        self.send(story, "correct", kind="reply", text="Kami tidak pernah berkata begitu.")
        told = Correction.objects.get()
        self.assertEqual((told.kind, told.by.username), ("reply", "editor"))

    def test_pressure_from_outside_is_no_reason_also_by_hand(self):
        self.assertFalse({"pressure", "outside"} & set(Reason.values))
        story = self.story()
        response = self.send(story, "withdraw", reason="pressure", text="Diminta pejabat.")
        self.assertIn("reason", response.context["form"].errors)
        self.page(story.get_absolute_url())


class WithdrawTest(NewsroomTestCase):
    def test_reason_and_time_stand_at_its_address_and_on_the_page_of_corrections(self):
        for reason in Reason.values:
            story = self.story(f"Dicabut {reason}", body="<p>Isi yang dicabut.</p>")
            publishing.withdraw(story, None, PUBLISHED + HOUR, reason, f"Kami minta maaf, {reason}.")
            with override("id"):
                why = str(Reason(reason).label)
            for address, status in ((story.get_absolute_url(), 410), ("/corrections/", 200)):
                page = self.page(address, status=status)
                for told in (story.headline, why, f"Kami minta maaf, {reason}.", "22.05 WITA"):
                    with self.subTest(reason=reason, address=address):
                        self.assertIn(told, page)
                self.assertNotIn("Isi yang dicabut", page)
        self.assertNotIn(story.get_absolute_url(), self.page("/corrections/"), "A withdrawn story is linked")

    def refused(self, **words):
        story = self.story(f"Tetap {words}", slug=f"tetap-{Story.objects.count()}")
        with self.assertRaises(publishing.Refused):
            publishing.withdraw(story, None, PUBLISHED + HOUR, **words)
        self.page(story.get_absolute_url())
        self.assertFalse(Correction.objects.exists())

    def test_it_needs_one_of_our_reasons(self):
        for reason in ("", "pressure", "Other"):
            self.refused(reason=reason, text="Karena diminta.")
        self.refused(reason="other", text="  ")

    def test_what_was_withdrawn_and_comes_back_is_linked_again(self):
        story = self.story(lead_photo=self.lilin)
        publishing.withdraw(story, None, PUBLISHED + HOUR, "trauma")
        publishing.release(story, None, PUBLISHED + 2 * HOUR)
        self.page(story.get_absolute_url())
        self.assertIn(f'href="{story.get_absolute_url()}"', self.page("/corrections/"))


class KeptByTheDatabaseTest(NewsroomTestCase):
    def test_in_bulk(self):
        story = self.story()
        for fields, name in WRONG:
            with self.subTest(name, **fields), self.assertRaises(IntegrityError), transaction.atomic():
                Correction.objects.bulk_create([Correction(story=story, at=PUBLISHED, **fields)])
        Correction.objects.bulk_create([Correction(story=story, at=PUBLISHED, text="Yang benar.")])
        for fields, name in WRONG:
            with self.subTest(name, **fields), self.assertRaises(IntegrityError), transaction.atomic():
                Correction.objects.update(**{"reason": "", **fields})

    def test_by_loaddata_which_names_the_row(self):
        story = self.story()
        for fields, _name in WRONG:
            row = {"story": [str(story.uid)], "at": PUBLISHED.isoformat(), **fields}
            with (
                self.subTest(**fields),
                self.assertRaises(CommandError) as caught,
                tempfile.TemporaryDirectory() as folder,
            ):
                path = pathlib.Path(folder) / "some.json"
                path.write_text(json.dumps([{"model": "articles.correction", "fields": row}]))
                call_command("loaddata", path, verbosity=0)
            self.assertIn("articles.Correction", str(caught.exception))
        self.assertFalse(Correction.objects.exists())


class DumpTest(NewsroomTestCase):
    def told(self):
        """All that is to survive, by natural keys."""
        return {
            "corrections": list(
                Correction.objects.values_list("uid", "story__uid", "kind", "reason", "text", "at", "by__username")
            ),
            "positions": list(Position.objects.values_list("edition__slug", "person__slug", "title", "order")),
            "page": re.sub(r"correction-[0-9a-f-]+", "", self.page("/corrections/")),
            "masthead": self.page("/masthead/"),
        }

    @pytest.mark.wide
    def test_corrections_and_positions_survive_a_dump(self):
        editor = self.somebody("chief", "ananda")
        first, second = self.story("Dicabut"), self.story("Dikoreksi")
        publishing.correct(second, editor, PUBLISHED + HOUR, "reply", "Jawaban “kami” & lainnya.")
        publishing.withdraw(first, editor, PUBLISHED + 2 * HOUR, "other", "Alasan lain.")
        Position.objects.create(edition=self.gorontalo, person=self.nina, title="Reporter", order=2)
        Position.objects.create(edition=self.gorontalo, person=self.ananda, title="Pemimpin redaksi", order=1)
        before = self.told()
        natural = {"natural_foreign": True, "natural_primary": True, "verbosity": 0}
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "dump.json"
            call_command("dumpdata", output=str(path), **natural)
            connection.check_constraints()  # PostgreSQL empties no table that has checks put off
            call_command("flush", interactive=False, verbosity=0)
            self.assertFalse(Correction.objects.exists() or Position.objects.exists())
            call_command("loaddata", path, verbosity=0)
        self.assertEqual(self.told(), before)
