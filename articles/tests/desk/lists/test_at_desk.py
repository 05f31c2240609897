"""What stands at somebody's desk is what they may see, whatever their roles are."""

import datetime
import itertools
from unittest import mock

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from articles import permissions
from articles.database import union
from articles.database.compiled import Parameter
from articles.listings.at_desk import Listed, at_desk, of_each
from articles.models import Story
from articles.models.membership import DeskRole
from articles.permissions import reach
from articles.permissions.compiled import USER, within_reach

from ...many_desks import ManyDesksTest
from ...newsroom import LATER, PUBLISHED

ACTIONS = ["view", "change", "release", "delete"]


class AtDeskTest(ManyDesksTest):
    @pytest.mark.wide
    def test_it_holds_the_stories_that_one_may_see_and_each_once(self):
        for desk in self.desks():
            user = self.as_one_with(*desk)
            for action in ACTIONS:
                with self.subTest(desk=[tuple(map(str, one)) for one in desk], action=action):
                    found = at_desk(user, action=action)
                    self.assertCountEqual(found, permissions.stories(user, action).values_list("pk", flat=True))

    @pytest.mark.wide
    def test_of_what_is_in_hand_or_to_come_it_holds_the_same_and_each_once(self):
        early = PUBLISHED - datetime.timedelta(days=1)
        asked = [
            (Q(state__in=["draft", "submitted"]), ("-changed_at", "-pk")),
            (Q(live_from__gt=early), ("live_from", "pk")),
        ]
        for desk, (condition, order) in itertools.product(self.desks(), asked):
            user = self.as_one_with(*desk)
            with self.subTest(desk=[tuple(map(str, one)) for one in desk], condition=condition):
                wanted = permissions.stories(user).filter(condition).values_list("pk", flat=True)
                self.assertCountEqual(at_desk(user, condition, order), wanted)

    @pytest.mark.wide
    def test_a_list_whose_sql_is_kept_holds_the_same_for_everybody(self):
        by_change, by_time = ("-changed_at", "-pk"), ("-live_from", "-pk")
        kept = [
            (Listed(Q(changed_at__lte=Parameter("at")), by_change, 1_000), lambda user: Q(changed_at__lte=LATER)),
            (Listed(Q(state="draft"), by_change, 1_000), lambda user: Q(state="draft")),
            (
                Listed(Q(live_from__lte=Parameter("at")) & reach.own(USER), by_time, 9),
                lambda user: Q(live_from__lte=LATER) & reach.own(user),
            ),
        ]
        for desk, (listed, condition) in itertools.product(self.desks(), kept):
            user = self.as_one_with(*desk)
            with self.subTest(desk=[tuple(map(str, one)) for one in desk], order=listed.order):
                wanted = at_desk(user, condition(user), listed.order, listed.most)
                self.assertEqual(listed.ids(user, at=LATER), wanted)
                self.assertEqual(listed.ids(user, at=LATER), wanted)
                changeable = within_reach.rows(user, permissions.ranges(user, "change"), ids=wanted)
                allowed = permissions.stories(user, "change").filter(pk__in=wanted).values_list("pk")
                self.assertCountEqual(changeable, allowed)

    def test_a_list_whose_sql_is_kept_takes_the_user_and_the_time_of_each_question(self):
        listed = Listed(Q(changed_at__lte=Parameter("at")) & reach.own(USER), ("-changed_at", "-pk"), 1_000)
        user, other = self.as_one_with((DeskRole.EDITOR, self.gorontalo, None)), self.somebody("editor", name="lain")
        own = permissions.stories(user).filter(reach.own(user), changed_at__isnull=False)
        self.assertCountEqual(listed.ids(user, at=LATER), own.values_list("pk", flat=True))
        self.assertEqual(listed.ids(other, at=LATER), [])
        self.assertEqual(listed.ids(user, at=PUBLISHED), [])

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

    def test_of_ones_own_no_more_is_read_than_the_stories_of_ones_section_leave(self):
        """However many are wanted, and in any order: what stands first is the same."""
        user = self.as_one_with((DeskRole.EDITOR, self.gorontalo, self.dunia))
        own = permissions.stories(user).exclude(section__in=[self.dunia, self.eropa])
        self.assertTrue(own.exists())
        orders = [("-changed_at", "-pk"), ("-live_from", "-pk"), ("live_from", "pk"), ("changed_at", "pk")]
        for order, most in itertools.product(orders, (1, 2, 7, 30)):
            time = order[0].lstrip("-")
            stories = permissions.stories(user).filter(**{f"{time}__isnull": False}).order_by(*order)
            wanted = list(stories.values_list("pk", flat=True)[:most])
            listed = Listed(Q(**{f"{time}__isnull": False}), order, most)
            short = Listed(Q(**{f"{time}__isnull": False}), order, most, is_short=True)
            with self.subTest(order=order, most=most), CaptureQueriesContext(connection) as asked:
                self.assertEqual(at_desk(user, Q(**{f"{time}__isnull": False}), order, most), wanted)
                self.assertEqual(of_each(user, {"a": listed, "b": short}), {"a": wanted, "b": wanted})
                self.assertTrue([query for query in asked if "border" in query["sql"]])

    def test_many_desks_are_asked_in_parts(self):
        user = self.as_one_with(*((DeskRole.EDITOR, self.gorontalo, each) for each in (self.dunia, self.olahraga)))
        whole = at_desk(user)
        with mock.patch.object(union, "AT_ONCE", 5):
            self.assertEqual(at_desk(user), whole)
