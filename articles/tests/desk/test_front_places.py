"""Who puts which story in which place of the front page, and what the page of the desk tells of it."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from articles.models import AuditEntry, Slot, Story
from articles.models.audit_entry import Action
from articles.models.edition import Place
from articles.models.label import Label

from ..cases import DeskTest
from ..newsroom import LATER, PUBLISHED

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

PAGE = reverse("admin:articles_story_front")
NOW = PUBLISHED + datetime.timedelta(days=1)
ENDS = {"until_0": "2023-10-21", "until_1": "08.00"}  # in WITA


class FrontPlacesTest(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.add_other_desks()
        cls.people = {role: cls.somebody(role) for role in ("reporter", "photo", "editor", "chief")}
        cls.people["section"] = cls.somebody("editor", name="dunia", section=cls.dunia)
        cls.first, cls.second = cls.story("Kabar pertama"), cls.story("Kabar kedua")
        cls.abroad = cls.story("Kabar Jogja", edition=cls.jogja, section=cls.kota)
        cls.scheduled = cls.story("Kabar nanti", publish_at=LATER)

    def setUp(self):
        super().setUp()
        self.enterContext(time_machine.travel(NOW, tick=False))
        self.client.force_login(self.people["editor"])

    def place(self, story, where=Place.LEAD, address=PAGE, **more):
        return self.client.post(address, {"story": getattr(story, "pk", story), "place": where, **more})

    def held(self):
        return dict(Slot.objects.values_list("place", "story__headline"))

    def refusal(self, answer):
        """What the form that came back tells; nothing has changed."""
        self.assertEqual((answer.status_code, Slot.objects.count()), (200, 0))
        return " ".join(str(error) for errors in answer.context["form"].errors.values() for error in errors)

    def test_editors_and_chiefs_of_the_whole_edition_arrange_it_and_nobody_else(self):
        for role, user in self.people.items():
            with self.subTest(role):
                Slot.objects.all().delete()
                self.client.force_login(user)
                may = role in ("editor", "chief")
                self.assertEqual(self.client.get(PAGE).status_code, 200 if may else 403)
                self.assertEqual(self.place(self.first).status_code, 302 if may else 403)
                self.assertEqual(self.held(), {Place.LEAD: "Kabar pertama"} if may else {})
                names = ("index", "articles_story_changelist", "articles_story_agenda")
                offered = [PAGE in self.page(reverse(f"admin:{name}")) for name in names]
                self.assertEqual(offered, [may, may, may])

    def test_nobody_arranges_the_page_of_another_edition(self):
        for answer in (
            self.client.get(f"{PAGE}?edition=jogja"),
            self.place(self.abroad, address=f"{PAGE}?edition=jogja"),
        ):
            self.assertEqual(answer.status_code, 403)
        self.assertEqual(self.held(), {})

    def test_a_story_of_another_edition_is_refused(self):
        self.assertIn("TribunGorontalo.com", self.refusal(self.place(self.abroad)))

    def test_a_story_that_is_unknown_is_refused_as_one_of_another_edition_is(self):
        of_another = self.refusal(self.place(self.abroad))
        for unknown in ("999999", "9" * 40):
            self.assertEqual(self.refusal(self.place(unknown)), of_another)

    def test_no_story_and_no_such_place_are_told_at_the_form(self):
        self.assertIn("Pilih", self.refusal(self.place("")))
        for where in ("7", "-1", "x", ""):
            self.assertTrue(self.refusal(self.place(self.first, where)))
            self.client.post(PAGE, {"clear": where})

    @pytest.mark.wide
    def test_junk_in_any_field_is_answered_and_changes_nothing(self):
        sent = {"story": self.first.pk, "place": Place.BREAKING, **ENDS}
        for junk in ("😀", "-1", "9" * 5_000, "1e5", "0001-01-01"):
            for name in ("story", "place", "until_0", "until_1"):
                with self.subTest(name, junk=junk[:10]):
                    self.assertTrue(self.refusal(self.client.post(PAGE, {**sent, name: junk})))
            self.assertEqual(self.client.post(PAGE, {"clear": junk}).status_code, 302)
            self.assertEqual(self.client.get(PAGE, {"q": junk}).status_code, 200)
            self.assertEqual(self.client.get(PAGE, {"edition": junk}).status_code, 403)

    def test_what_readers_will_not_have_is_refused(self):
        draft, gone = self.draft(), self.story("Kabar lama", expires_at=NOW)
        for story in (draft, gone):
            with self.subTest(story):
                self.assertTrue(self.refusal(self.place(story)))

    def test_what_is_paid_for_neither_leads_nor_breaks(self):
        Story.objects.filter(pk=self.first.pk).update(label=Label.ADVERTORIAL)
        for where in (Place.LEAD, Place.BREAKING):
            self.assertTrue(self.refusal(self.place(self.first, where, **ENDS)))
        self.assertEqual(self.place(self.first, Place.SECOND_1).status_code, 302)

    def test_a_breaking_line_needs_an_end_and_an_end_lies_ahead(self):
        answer = self.place(self.first, Place.BREAKING)
        self.assertTrue(self.refusal(answer))
        self.assertContains(answer, f'value="{self.first.pk}" checked')
        self.assertTrue(self.refusal(self.place(self.first, until_0="2023-10-20", until_1="08.00")))
        self.place(self.first, Place.BREAKING, **ENDS)
        self.assertEqual(Slot.objects.get().until_at.isoformat(), "2023-10-21T00:00:00+00:00")

    def test_a_story_that_is_placed_again_moves_and_what_stood_there_leaves(self):
        self.place(self.first, Place.LEAD)
        self.place(self.second, Place.SECOND_1)
        self.place(self.second, Place.LEAD)
        self.assertEqual(self.held(), {Place.LEAD: "Kabar kedua"})
        self.place(self.second, Place.BREAKING, **ENDS)
        self.assertEqual(self.held(), {Place.LEAD: "Kabar kedua", Place.BREAKING: "Kabar kedua"})

    def test_a_place_is_cleared_once(self):
        self.place(self.first)
        for said in ("mengisi sendiri", "kosong"):
            answer = self.client.post(PAGE, {"clear": Place.LEAD}, follow=True)
            self.assertIn(said, " ".join(map(str, answer.context["messages"])))
            self.assertEqual(self.held(), {})

    def test_who_placed_and_cleared_what_is_logged(self):
        self.place(self.first)
        self.place(self.second)
        self.client.post(PAGE, {"clear": Place.LEAD})
        entries = AuditEntry.objects.filter(action__in=[Action.PLACED, Action.CLEARED]).order_by("pk")
        told = list(entries.values_list("action", "account", "key", "edition", "fields"))
        first, second = str(self.first.uid), str(self.second.uid)
        self.assertEqual(told, [
            ("placed", "editor", first, "gorontalo", "lead"),
            ("cleared", "editor", first, "gorontalo", "lead"),
            ("placed", "editor", second, "gorontalo", "lead"),
            ("cleared", "editor", second, "gorontalo", "lead"),
        ])  # fmt: skip

    def test_a_story_that_is_deleted_leaves_its_place_with_it(self):
        draft = self.draft()
        Slot.objects.create(edition=self.gorontalo, place=Place.LEAD, story=draft, placed_at=NOW)
        self.client.force_login(self.people["chief"])
        self.client.post(self.address("delete", draft), {"post": "yes"})
        self.assertEqual((Story.objects.filter(pk=draft.pk).exists(), self.held()), (False, {}))

    def test_the_page_shows_the_top_as_readers_have_it(self):
        self.place(self.first, Place.SECOND_1)
        self.place(self.scheduled, Place.LEAD)
        page = self.client.get(PAGE)
        spots = [(spot.place, spot.story and spot.story.headline, spot.is_held) for spot in page.context["spots"]][:4]
        self.assertEqual(spots, [
            (Place.BREAKING, None, False),
            (Place.LEAD, "Kabar kedua", False),
            (Place.SECOND_1, "Kabar pertama", True),
            (Place.SECOND_2, None, False),
        ])  # fmt: skip
        self.assertIn("“Kabar nanti” (terjadwal)", page.content.decode())

    def test_stories_are_offered_and_found(self):
        self.assertEqual(self.offered(PAGE), ["Kabar nanti", "Kabar kedua", "Kabar pertama"])
        self.assertEqual(self.offered(f"{PAGE}?q=nanti"), ["Kabar nanti"])

    def offered(self, address):
        headlines = re.findall(r'(?s)<label class="front-story".*?class="front-headline">(.*?)<', self.page(address))
        return headlines

    def page(self, address):
        return self.client.get(address).content.decode()
