"""Who may do what with which story, in which state: one table, and a walk through it over HTTP.

The columns are people, all of Gorontalo: a reporter, a photo editor, an editor of one section, an editor and a chief
of the edition; a chief of all editions ("network") and a superuser. Somebody of the staff without a membership, who
may nothing at all, has no column. A cell tells with which stories; "own" is what somebody began or is credited for:

    own      their own in Gorontalo, whatever its section; "every own" those of the other edition too
    desk     all of their section
    edition  all of Gorontalo
    all      those of the other edition too
    others   all of Gorontalo that they have not written alone (four eyes); "desk others" the same of their section

What is not in the table is refused, and nothing has changed then. Choosers, form, actions of the list and deletion are
walked by everybody with every second kind of story; buttons and pages, which ask the same rules, by those who differ
(`DIFFERING`).
"""

import datetime
import functools
import itertools
import logging
from typing import NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import audit
from articles.models import Correction, Credit, Membership, Revision, Section, Story
from articles.models.audit_entry import Action
from articles.models.person import Role
from articles.models.story import State

from ..newsroom import NewsroomTestCase

pytestmark = pytest.mark.wide

TABLE = """
what          in which states                        reporter  photo    section      editor   chief    network  admin

see           any                                    own       edition  desk own     edition  edition  all      all
find          draft returned submitted approved      own       edition  desk own     edition  edition  all      all
find          withdrawn                              own       edition  desk own     edition  edition  all      all
find          released                               edition   edition  edition      edition  edition  all      all
agenda        draft returned submitted approved      own       edition  desk own     edition  edition  all      all
agenda        released                               own       edition  desk own     edition  edition  all      all
log           any                                    –         –        –            –        edition  all      all

write         draft returned                         own       –        desk own     edition  edition  all      all
write         submitted approved released withdrawn  –         –        desk         edition  edition  all      all
illustrate    draft returned                         own       edition  desk own     edition  edition  all      all
illustrate    submitted approved released withdrawn  –         edition  desk         edition  edition  all      all

submit        draft returned                         own       –        desk own     edition  edition  all      all
take_back     submitted                              own       –        own          own      own      every own  all
return        submitted approved                     –         –        desk         edition  edition  all      all
approve       draft returned submitted               –         –        desk others  others   edition  all      all
release       draft returned submitted approved      –         –        desk others  others   edition  all      all
release       withdrawn                              –         –        desk others  others   edition  all      all
correct       released                               –         –        desk         edition  edition  all      all
withdraw      released                               –         –        desk         edition  edition  all      all
delete        draft returned                         –         –        –            –        edition  all      all
delete        submitted approved released withdrawn  –         –        –            –        –        –        –
"""

# Whose story, as somebody has it before them.
OWN, OWN_ELSEWHERE, OTHERS, OTHER_SECTION = "own", "own in another section", "another's", "another section's"
OWN_ABROAD, ABROAD = "own of another edition", "another edition's"
GORONTALO = {OWN, OWN_ELSEWHERE, OTHERS, OTHER_SECTION}
WHOSE = [OWN, OWN_ELSEWHERE, OTHERS, OTHER_SECTION, OWN_ABROAD, ABROAD]
CELLS = {  # cell: (the stories with which it may be done, those that only four eyes forbid)
    "–": (set(), set()),
    "own": ({OWN, OWN_ELSEWHERE}, set()),
    "every own": ({OWN, OWN_ELSEWHERE, OWN_ABROAD}, set()),
    "desk": ({OWN, OTHERS}, set()),
    "desk own": ({OWN, OTHERS, OWN_ELSEWHERE}, set()),
    "desk others": ({OTHERS}, {OWN}),
    "edition": (GORONTALO, set()),
    "others": ({OTHERS, OTHER_SECTION}, {OWN, OWN_ELSEWHERE}),
    "all": ({*GORONTALO, OWN_ABROAD, ABROAD}, set()),
}
WRITTEN = [State.DRAFT, State.SUBMITTED, State.RELEASED, State.WITHDRAWN]
DIFFERING = {
    "roles": ["reporter", "photo", "section", "editor"],
    "whose": [OWN, OTHERS],
    "states": [State.DRAFT, State.SUBMITTED, State.RELEASED],
}
NOW = timezone.now().replace(second=0, microsecond=0)
DAY = datetime.timedelta(days=1)
AFTER = {
    "submit": State.SUBMITTED,
    "take_back": State.DRAFT,
    "return": State.RETURNED,
    "approve": State.APPROVED,
    "release": State.RELEASED,
    "correct": State.RELEASED,
    "withdraw": State.WITHDRAWN,
}
WORDS = {
    "return": {"note": "Perbaiki alinea kedua."},
    "correct": {"kind": "correction", "text": "Yang benar lima."},
    "withdraw": {"reason": "trauma"},
}


def _read(table):
    """{role: {what: {state: cell}}}"""
    head, *rows = [line.split("  ") for line in table.strip().splitlines() if line.strip()]
    _what, _states, *roles = [cell.strip() for cell in head if cell.strip()]
    read = {role: {} for role in roles}
    for row in rows:
        what, states, *cells = [cell.strip() for cell in row if cell.strip()]
        for state in State.values if states == "any" else states.split():
            for role, cell in zip(roles, cells, strict=True):
                read[role].setdefault(what, {})[state] = cell
    return {"nobody": {what: {} for what in read["admin"]}, **read}


RULES = _read(TABLE)
ROLES = list(RULES)


class Case(NamedTuple):
    role: str
    story: Story
    whose: str

    def may(self, what):
        return self.whose in CELLS[RULES[self.role][what].get(self.story.state, "–")][0]

    def has_right_to(self, what):
        """In some state; then a refusal tells why, as everything about the state and four eyes does."""
        return any(self.whose in set.union(*CELLS[cell]) for cell in RULES[self.role][what].values())


class PermissionTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.olahraga = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga")
        cls.jogja = cls.edition(
            name="TribunJogja.com", slug="jogja", host="jogja.localhost", company="PT Jogja", address="Jalan Contoh 2",
            responsible=cls.ananda,
        )  # fmt: skip
        cls.kota = Section.objects.create(edition=cls.jogja, name="Kota", slug="kota")
        cls.people = {role: cls.sign_in(role) for role in ROLES}
        colleague = get_user_model().objects.create(username="rekan")
        cls.clients = {role: Client(headers={"host": cls.host}) for role in ROLES}
        for role, client in cls.clients.items():
            client.force_login(cls.people[role])
        cls.cast(colleague)

    def setUp(self):
        super().setUp()
        logging.disable(logging.WARNING)  # thousands of refusals
        self.addCleanup(logging.disable, logging.NOTSET)

    @classmethod
    def sign_in(cls, role):
        if role in ("nobody", "network"):
            user = get_user_model().objects.create(username=role, is_staff=True)
            if role == "network":
                Membership.objects.create(user=user, role="chief")
            return user
        section = cls.dunia if role == "section" else None
        return cls.somebody("editor" if role == "section" else role, name=role, section=section)

    @classmethod
    def cast(cls, colleague):
        """For everybody, and the colleague: a story in each state in each place, which they began."""
        places = [(cls.gorontalo, cls.dunia), (cls.gorontalo, cls.olahraga), (cls.jogja, cls.kota)]
        every = [
            (writer, cls.written(f"{writer} {section.slug} {state}", edition, section, state))
            for writer in [colleague, *cls.people.values()]
            for edition, section in places
            for state in State.values
        ]
        stories = Story.objects.bulk_create(story for _writer, story in every)
        Credit.objects.bulk_create(
            Credit(story=story, person=person, role=role)
            for story in stories
            for person, role in ((cls.nina, Role.AUTHOR), (cls.ananda, Role.EDITOR))
        )
        Revision.objects.bulk_create(
            Revision(story=story, number=1, by=writer, at=NOW, snapshot={}) for writer, story in every
        )
        cls.stories = [(writer, story) for (writer, _), story in zip(every, Story.objects.order_by("pk"), strict=True)]

    @classmethod
    def written(cls, name, edition, section, state):
        slug = name.replace(" ", "-")
        had = state in (State.RELEASED, State.WITHDRAWN)
        return Story(
            edition=edition, section=section, state=state, headline=f"Naskah {name}", slug=slug,
            standfirst="Ringkasan.", body="<p>Isi.</p>", lead_photo=cls.lilin,
            publish_at=NOW - DAY, expires_at=NOW + 3 * DAY,
            day=edition.day(NOW - DAY) if had else None, first_published_at=NOW - DAY if had else None,
        )  # fmt: skip

    def cases(self, role):
        for writer, story in self.stories:
            own = writer == self.people[role]
            if story.edition_id == self.jogja.pk:
                whose = OWN_ABROAD if own else ABROAD
            elif story.section_id == self.dunia.pk:
                whose = OWN if own else OTHERS
            else:
                whose = OWN_ELSEWHERE if own else OTHER_SECTION
            yield Case(role, story, whose)

    def kinds(self, role):
        """One case of each kind: every state, and every `whose`."""
        kinds = {(case.whose, case.story.state): case for case in self.cases(role)}
        self.assertEqual(len(kinds), 36)
        return list(kinds.values())

    def walk_half(self, check, states=State.values):
        """Every second case of them: each role still meets each state and each `whose`, and these each other."""
        for number, role in enumerate(ROLES):
            for turn, state in enumerate(states):
                self.walk(check, roles=[role], states=[state], whose=WHOSE[(number + turn) % 2 :: 2])

    def walk(self, check, *more, roles=ROLES, whose=WHOSE, states=State.values):
        """Checks a case of every kind, with each of `more`: each as if no other had been."""
        wrong = []
        for role in roles:
            kinds = [case for case in self.kinds(role) if case.whose in whose and case.story.state in states]
            for case, *others in itertools.product(kinds, *more):
                with transaction.atomic():
                    try:
                        check(case, self.clients[role], *others)
                    except AssertionError as error:
                        wrong.append(f"{role}, {case.whose}, {case.story.state} {others}: {error}")
                    transaction.set_rollback(True)
        self.assertFalse(wrong, "\n".join(wrong))

    def kept(self, story):
        """All rows that a transition or a save could have changed."""
        return (
            Story.objects.filter(pk=story.pk).values().first(),
            Revision.objects.count(),
            Correction.objects.count(),
            list(story.credits.values_list("person", "role")),
        )

    # What somebody sees ---------------------------------------------------------------

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

    def page_of(self, page, story):
        if page == "revision":
            return reverse("admin:articles_revision_change", args=[self.revisions[story.pk]])
        return reverse(f"admin:articles_story_{page}", args=[story.pk])

    @functools.cached_property
    def revisions(self):
        return dict(Revision.objects.values_list("story", "pk"))

    def outcome(self, response):
        """The status; the address to which a redirect leads."""
        return response["Location"] if response.status_code == 302 else response.status_code

    # What somebody does ----------------------------------------------------------------

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
