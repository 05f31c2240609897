"""What somebody does with stories, by every way there is: the table of permission_walks.py, over HTTP."""

import itertools

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Story
from articles.models.story import State

from ..permission_walks import AFTER, CELLS, DIFFERING, ROLES, RULES, WHOSE, WORDS, WRITTEN, PermissionTestCase

pytestmark = pytest.mark.wide


class ActsTest(PermissionTestCase):
    def typed(self, story, **changes):
        """What a browser posts from the change form."""
        plain = ["headline", "slug", "standfirst", "body", "label", "urgency", "version"]
        links = ["edition", "section", "lead_photo"]
        local = {
            name: timezone.localtime(getattr(story, name), story.edition.zone) for name in ["publish_at", "expires_at"]
        }
        formsets = itertools.product(["credits", "tag_links", "gallery"], ["TOTAL_FORMS", "INITIAL_FORMS"])
        return {
            **{name: getattr(story, name) for name in plain},
            **{name: getattr(story, f"{name}_id") for name in links},
            **{f"{name}_0": f"{at:%Y-%m-%d}" for name, at in local.items()},
            **{f"{name}_1": f"{at:%H:%M:%S}" for name, at in local.items()},
            **{f"{prefix}-{name}": 0 for prefix, name in formsets},
            **changes,
        }

    def refusal(self, case, page="change"):
        """What somebody is answered who may not even try."""
        if case.may("see"):
            return 403
        return 404 if page == "move" else "/admin/" if self.opens(case, page) else 403

    def opens(self, case, page):
        """Whether the address is one of theirs at all, with some story."""
        return case.role != "nobody" and (
            page == "change" or any(CELLS[cell][0] for cell in RULES[case.role][page].values())
        )

    def test_changes_by_the_form(self):
        self.walk_half(self.change, WRITTEN)

    def change(self, case, client):
        before = self.kept(case.story)
        typed = self.typed(case.story, headline="Judul lain", lead_caption="Keterangan lain")
        response = client.post(self.page_of("change", case.story), typed)
        after = Story.objects.get(pk=case.story.pk)
        self.assertEqual(after.headline == "Judul lain", case.may("write"))
        self.assertEqual(after.lead_caption == "Keterangan lain", case.may("illustrate"))
        if case.may("illustrate"):
            self.assertEqual(self.outcome(response), reverse("admin:articles_story_changelist"))
            self.assertEqual(after.state, case.story.state)
        else:
            self.assertEqual(self.outcome(response), self.refusal(case))
            self.assertEqual(self.kept(case.story), before)

    def test_moves_by_a_button_under_the_form(self):
        self.walk(self.press, ["submit", "approve", "release"], **DIFFERING)

    def press(self, case, client, move):
        before = self.kept(case.story)
        response = client.post(self.page_of("change", case.story), self.typed(case.story, **{f"_{move}": ""}))
        state = Story.objects.get(pk=case.story.pk).state
        if case.may(move):
            self.assertEqual((response.status_code, state), (302, AFTER[move]))
        elif case.has_right_to(move) and case.may("write"):  # saved and not moved on, which is told
            self.assertEqual((response.status_code, state), (302, case.story.state))
        else:
            self.assertEqual(self.outcome(response), self.refusal(case))
            self.assertEqual(self.kept(case.story), before)

    def test_taking_back_by_its_own_address(self):
        self.walk(self.take_back, **DIFFERING)

    def take_back(self, case, client):
        """Its writer may only read the story, so it is no button that saves the form."""
        before = self.kept(case.story)
        response = client.post(reverse("admin:articles_story_move", args=[case.story.pk, "take_back"]))
        if case.may("take_back"):
            state = Story.objects.get(pk=case.story.pk).state
            self.assertEqual((response.status_code, state), (302, AFTER["take_back"]))
            return
        if case.has_right_to("take_back"):
            self.assertEqual(self.outcome(response), self.page_of("change", case.story))
        else:
            self.assertEqual(self.outcome(response), self.refusal(case, "move"))
        self.assertEqual(self.kept(case.story), before)

    def test_moves_by_a_page_of_their_own(self):
        self.walk(self.ask, WORDS, **DIFFERING)

    def ask(self, case, client, move):
        before = self.kept(case.story)
        address = reverse("admin:articles_story_move", args=[case.story.pk, move])
        response = client.post(address, {"_ask": "", **WORDS[move]})
        if case.may(move):
            state = Story.objects.get(pk=case.story.pk).state
            self.assertEqual((response.status_code, state), (302, AFTER[move]))
            return
        if case.has_right_to(move):
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.context["form"].errors)
        else:
            self.assertEqual(self.outcome(response), self.refusal(case, "move"))
        self.assertEqual(self.kept(case.story), before)

    def test_moves_by_the_list_with_many_kinds_of_story_posted(self):
        """What somebody may move is moved, the rest stays as it was. Every second kind, as in `walk_half`."""
        moves = ["submit", "take_back", "return", "approve", "release", "withdraw"]
        for (number, role), move in itertools.product(enumerate(ROLES), moves):
            turns = {state: WHOSE[(number + turn) % 2 :: 2] for turn, state in enumerate(State.values)}
            cases = [case for case in self.kinds(role) if case.whose in turns[case.story.state]]
            every = {"_selected_action": [case.story.pk for case in cases]}
            with self.subTest(role=role, move=move), transaction.atomic():
                asked = {"_ask": "", **WORDS.get(move, {})}
                posted = {"action": move, **every, **asked}
                answer = self.clients[role].post(reverse("admin:articles_story_changelist"), posted)
                self.assertIn(answer.status_code, [403] if role == "nobody" else [200, 302])
                states = dict(Story.objects.values_list("pk", "state"))
                for case in cases:
                    expected = AFTER[move] if case.may(move) else case.story.state
                    self.assertEqual(states[case.story.pk], expected, (case.whose, case.story.state))
                transaction.set_rollback(True)

    def test_deletion(self):
        self.walk_half(self.delete)

    def delete(self, case, client):
        before = self.kept(case.story)
        response = client.post(self.page_of("delete", case.story), {"post": "yes"})
        self.assertEqual(Story.objects.filter(pk=case.story.pk).exists(), not case.may("delete"))
        if case.may("delete"):
            self.assertEqual(self.outcome(response), reverse("admin:articles_story_changelist"))
        else:
            self.assertEqual(self.outcome(response), self.refusal(case, "delete"))
            self.assertEqual(self.kept(case.story), before)
