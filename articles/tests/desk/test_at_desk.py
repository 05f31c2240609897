"""What stands at somebody's desk is what they may see, whatever their roles are."""

import itertools
from unittest import mock

import pytest
from django.db.models import Q

from articles import permissions
from articles.database import union
from articles.listings.at_desk import at_desk
from articles.models import Credit, Membership, Person, Revision, Section, Story
from articles.models.membership import DeskRole
from articles.models.person import Role
from articles.models.story import State

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

ACTIONS = ["view", "change", "release", "delete"]
STATES = [State.DRAFT, State.SUBMITTED, State.RELEASED]


class AtDeskTest(NewsroomTestCase):
    """Two editions; in Gorontalo a section with one below it, and another."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.jogja = cls.edition(
            name="TribunJogja.com", slug="jogja", host="jogja.localhost", company="PT Jogja", address="Jalan Contoh 2",
            responsible=cls.ananda,
        )  # fmt: skip
        cls.eropa = Section.objects.create(edition=cls.gorontalo, name="Eropa", slug="eropa", parent=cls.dunia)
        cls.olahraga = Section.objects.create(edition=cls.gorontalo, name="Olahraga", slug="olahraga")
        cls.kota = Section.objects.create(edition=cls.jogja, name="Kota", slug="kota")
        cls.user = cls.somebody("photo", name="rekan")
        cls.user.memberships.all().delete()
        person = Person.objects.create(name="Rekan", slug="rekan", user=cls.user)
        whose = [None, "begun", "credited", "changed"]
        places = [cls.dunia, cls.eropa, cls.olahraga, cls.kota]
        cast = list(itertools.product(places, STATES, whose))
        Story.objects.bulk_create(cls.written(number, *one) for number, one in enumerate(cast))
        for story, (_place, _state, by) in zip(Story.objects.order_by("pk"), cast, strict=True):
            if by == "credited":
                Credit.objects.create(story=story, person=person, role=Role.EDITOR)
            elif by:
                number = 1 if by == "begun" else 2
                Revision.objects.create(story=story, number=number, by=cls.user, at=PUBLISHED, snapshot={})

    @classmethod
    def written(cls, number, section, state, _whose):
        had = state in (State.RELEASED, State.WITHDRAWN)
        return Story(
            edition=section.edition, section=section, state=state, headline=f"Naskah {number}", slug=f"naskah-{number}",
            publish_at=PUBLISHED if number % 3 or had else None, changed_at=LATER if number % 2 else None,
            day=PUBLISHED.date() if had else None, first_published_at=PUBLISHED if had else None,
        )  # fmt: skip

    def as_one_with(self, *memberships):
        Membership.objects.filter(user=self.user).delete()
        for role, edition, section in memberships:
            Membership.objects.create(user=self.user, role=role, edition=edition, section=section)
        return type(self.user).objects.get(pk=self.user.pk)

    def desks(self):
        """Every role at every desk, and pairs of them that overlap."""
        places = [(None, None), (self.gorontalo, None), (self.gorontalo, self.dunia), (self.gorontalo, self.eropa)]
        every = [(role, *place) for role in DeskRole for place in places]
        yield from ([one] for one in every)
        yield from ([one, (DeskRole.REPORTER, self.gorontalo, None)] for one in every[4:])
        yield [(DeskRole.EDITOR, self.gorontalo, self.dunia), (DeskRole.EDITOR, self.jogja, None)]
        yield [(DeskRole.EDITOR, self.gorontalo, self.eropa), (DeskRole.PHOTO, None, self.dunia)]
        yield [(DeskRole.EDITOR, self.gorontalo, self.kota)]  # a section of another edition: none of its stories

    @pytest.mark.wide
    def test_it_holds_the_stories_that_one_may_see_and_each_once(self):
        for desk in self.desks():
            user = self.as_one_with(*desk)
            for action in ACTIONS:
                with self.subTest(desk=[tuple(map(str, one)) for one in desk], action=action):
                    found = at_desk(user, action=action)
                    self.assertCountEqual(found, permissions.stories(user, action).values_list("pk", flat=True))

    @pytest.mark.wide
    def test_each_story_of_it_may_be_seen_and_no_other(self):
        stories = list(Story.objects.all())
        for role, action in [(DeskRole.REPORTER, "change"), (DeskRole.EDITOR, "view")]:
            user = self.as_one_with((role, self.gorontalo, self.dunia))
            allowed = [story.pk for story in stories if permissions.may(user, action, story)]
            self.assertCountEqual(at_desk(user, action=action), allowed)

    @pytest.mark.wide
    def test_all_that_one_may_do_with_a_story_is_told_at_once(self):
        some = list(Story.objects.order_by("pk"))[::25]
        for desk in self.desks():
            user = self.as_one_with(*desk)
            at = {action: {*permissions.stories(user, action).values_list("pk", flat=True)} for action in ACTIONS}
            for story in some:
                with self.subTest(desk=[tuple(map(str, one)) for one in desk], story=story.pk):
                    may = {action for action in ACTIONS if story.pk in at[action]}
                    self.assertEqual(permissions.allowed(user, ACTIONS, story), may)

    def test_somebody_without_a_role_has_an_empty_desk(self):
        self.assertEqual(at_desk(self.as_one_with()), [])

    def test_the_newest_change_stands_first_and_what_never_changed_last(self):
        user = self.as_one_with((DeskRole.EDITOR, self.gorontalo, self.dunia))
        stories = {story.pk: story for story in permissions.stories(user)}
        found = at_desk(user)
        self.assertEqual(found, sorted(found, key=lambda pk: (stories[pk].changed_at is not None, pk), reverse=True))
        self.assertEqual(at_desk(user, most=30), found[:30])

    def test_times_may_also_run_forwards(self):
        user = self.as_one_with((DeskRole.CHIEF, None, None))
        dated = Q(publish_at__isnull=False)
        found = at_desk(user, dated, ("publish_at", "pk"))
        self.assertEqual(found, sorted(Story.objects.filter(dated).values_list("pk", flat=True)))

    def test_a_condition_that_nothing_meets_finds_nothing(self):
        user = self.as_one_with((DeskRole.CHIEF, None, None))
        self.assertEqual(at_desk(user, Q(pk__in=[])), [])

    def test_states_that_are_told_are_the_only_ones(self):
        user = self.as_one_with((DeskRole.EDITOR, self.gorontalo, self.dunia))
        for condition in [Q(state="draft"), Q(state__in=["draft", "returned"]) & Q(edition=self.gorontalo)]:
            wanted = permissions.stories(user).filter(condition).values_list("pk", flat=True)
            self.assertCountEqual(at_desk(user, condition), wanted)

    def test_many_desks_are_asked_in_parts(self):
        user = self.as_one_with(*((DeskRole.EDITOR, self.gorontalo, each) for each in (self.dunia, self.olahraga)))
        whole = at_desk(user)
        with mock.patch.object(union, "AT_ONCE", 5):
            self.assertEqual(at_desk(user), whole)
