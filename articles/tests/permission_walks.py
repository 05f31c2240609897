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

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Correction, Credit, Membership, Revision, Story
from articles.models.person import Role
from articles.models.story import State

from .newsroom import NewsroomTestCase

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


class PermissionTestCase(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.add_other_desks()
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
