"""What somebody sees of the stories of others and of their own: the table of permission_walks.py, over HTTP."""

import itertools

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from articles import audit
from articles.models.audit_entry import Action
from articles.models.story import State

from ..permission_walks import ROLES, PermissionTestCase

pytestmark = pytest.mark.wide


class SeenTest(PermissionTestCase):
    def test_lists_searches_and_choosers_hold_what_somebody_may_see(self):
        changelist = reverse("admin:articles_story_changelist")
        revisions = reverse("admin:articles_revision_changelist")
        choosing = {"app_label": "articles", "model_name": "story", "field_name": "verified_in", "term": "naskah"}
        for role in ROLES:
            client, cases = self.clients[role], list(self.cases(role))
            with self.subTest(role=role):
                seen = {case.story.pk for case in cases if case.may("see")}
                if role == "nobody":
                    for address in (changelist, revisions, reverse("admin:articles_story_agenda")):
                        self.assertEqual(client.get(address).status_code, 403)
                    self.assertEqual(client.get(reverse("admin:articles_story_find")).status_code, 403)
                    self.assertEqual(client.get(reverse("admin:autocomplete"), choosing).status_code, 403)
                    continue
                self.assertEqual(self.listed(client, changelist, "pk"), seen)
                self.assertEqual(self.listed(client, changelist, "pk", q="naskah"), seen)
                self.assertEqual(self.listed(client, revisions, "story_id"), seen)
                self.assertEqual(self.listed(client, revisions, "story_id", q="Naskah"), seen)
                self.assertEqual(self.chosen(client, choosing), seen)

    def test_the_audit_log_tells_of_stories_to_chiefs(self):
        colleague = get_user_model().objects.get(username="rekan")
        for _writer, story in self.stories:
            audit.write(Action.PREVIEWED, story, colleague.username)
        log = reverse("admin:articles_auditentry_changelist")
        for role in ROLES:
            with self.subTest(role=role):
                told = {str(case.story.uid) for case in self.cases(role) if case.may("log")}
                if not told:
                    self.assertEqual(self.clients[role].get(log).status_code, 403)
                    continue
                self.assertEqual(self.listed(self.clients[role], log, "key", q="rekan"), told)

    def listed(self, client, address, key, **query):
        pages = client.get(address, {**query, "all": ""})
        return {getattr(row, key) for row in pages.context["cl"].result_list}

    def chosen(self, client, choosing):
        found, page = [], {"pagination": {"more": True}}
        for number in itertools.count(1):
            if not page["pagination"]["more"]:
                return {int(row["id"]) for row in found}
            page = client.get(reverse("admin:autocomplete"), {**choosing, "page": number}).json()
            found += page["results"]

    def test_the_chooser_of_the_editor_finds_what_a_story_may_lead_to(self):
        self.walk_half(self.find)

    def find(self, case, client):
        find = reverse("admin:articles_story_find")
        answer = client.get(find, {"uid": str(case.story.uid)})
        found = answer.status_code == 200 and [row["uid"] for row in answer.json()["results"]]
        self.assertEqual(found == [str(case.story.uid)], case.may("find"))

    def test_the_agenda_tells_what_somebody_may_see(self):
        for role in set(ROLES) - {"nobody"}:
            with self.subTest(role=role):
                shown = self.clients[role].get(reverse("admin:articles_story_agenda")).context
                planned = [entry for _day, _is_today, entries in shown["days"] for entry in entries]
                found = {entry.story.pk for entry in [*shown["pressing"], *planned]}
                self.assertEqual(found, {case.story.pk for case in self.cases(role) if case.may("agenda")}, role)

    def test_choosers_offer_the_editions_and_sections_in_which_somebody_works(self):
        everywhere = {"lead_photo": {str(self.lilin)}, "series": {str(self.perang)}}
        here = {"edition": {"TribunGorontalo.com"}, "section": {"Internasional", "Olahraga"}, **everywhere}
        there = {"edition": {"TribunJogja.com"}, "section": {"Kota"}, "lead_photo": set(), "series": set()}
        for role, (name, rows) in itertools.product(ROLES, here.items()):
            with self.subTest(role=role, field=name):
                asked = {"app_label": "articles", "model_name": "story", "field_name": name}
                answer = self.clients[role].get(reverse("admin:autocomplete"), asked)
                if role == "nobody":
                    self.assertEqual(answer.status_code, 403)
                    continue
                expected = rows | there[name] if role in ("admin", "network") else rows
                self.assertEqual({row["text"].split(" · ")[0] for row in answer.json()["results"]}, expected)

    def test_the_pages_of_a_story(self):
        self.walk(self.open, states=[State.SUBMITTED], roles=ROLES[:5])

    def open(self, case, client):
        if case.role == "nobody":
            hidden = {"change": 403, "history": "/admin/", "revision": 403, "preview": 404}
        else:
            hidden = {"change": "/admin/", "history": "/admin/", "revision": "/admin/", "preview": 404}
        for page, refusal in hidden.items():
            expected = 200 if case.may("see") else refusal
            self.assertEqual(self.outcome(client.get(self.page_of(page, case.story))), expected, page)
