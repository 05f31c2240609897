"""The SELECTs for the stories in somebody's reach: each reads one index, in the order of a list (at_desk.py)."""

import itertools
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateTimeField, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact, GreaterThan, In

from articles.database.compiled import Parameter, placed
from articles.database.union import AT_ONCE, merging
from articles.models.story import State
from articles.permissions import reach

from .few import lookups

# The indexes that hold the stories of a range in the order of a time: of all, of an edition, of a section of it.
BY_TIME = ["story_by_time", "story_by_edition", "story_by_section"]
IN_HAND = {State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED}  # at any time, few stories are
BY_STATE_AND_CHANGE = ["story_changed", "story_changed_in_edition", "story_changed_in_section"]
FEW_ROWS = 100  # of a block; those up to its last one are ten times as many
BY_KEY = "story_by_key"  # an index that has beside the key what decides about a place in a list


class Desk(NamedTuple):
    """Which stories are asked for. `among`: a subquery of the ids of those that may meet its conditions; None if they
    are many. `is_short`: few stories stand between the bounds of the time."""

    user: object
    ranges: list
    stories: object
    among: RawSQL | None
    time: str
    is_short: bool = False

    def selects(self, *columns):
        """(SQL, values) of SELECTs that together have each of the stories once."""
        whole, own = self._parted()
        if self.among is None:
            yield from self._in_order(whole, columns)
        else:
            yield from self._of_few(whole, columns)
        if self.among is None and self._are_few_in_order():
            yield from self._in_order(own, columns, whole)
        else:
            yield from self._by_ids(own, columns, whole)

    def _parted(self):
        """The ranges of which all stories count, and those of one's own."""
        return tuple([one for one in self.ranges if one.right.is_own == is_own] for is_own in (False, True))

    def bordered(self, is_backwards, most):
        """[(SQL, values)] of a query of the first `most` in the order of the time; [] where it would save nothing. Of
        one's own it reads those up to the last that whole ranges give, or all where these do not give `most`."""
        whole, own = self._parted()
        if not (whole and own) or self.among is not None or self._are_few_in_order():
            return []
        columns, last, side = ("pk", self.time), *(("min", "gte") if is_backwards else ("max", "lte"))
        selects = list(self._in_order(whole, columns))
        border = RawSQL("SELECT at FROM border", (), output_field=DateTimeField())
        desk = self._replace(stories=self.stories.filter(**{f"{self.time}__{side}": border}))
        theirs = desk._in_order(own, columns, whole, of_few=most <= FEW_ROWS)
        every = [*selects, *theirs, *map(_without_border, self._by_ids(own, columns, whole))]
        if not selects or len(every) > AT_ONCE:
            return []
        [(sql, values)], [(union, further)] = (merging(some, [2, 1], is_backwards, most) for some in (selects, every))
        at = f"SELECT CASE WHEN count(*) = {most:d} THEN {last}(at) END FROM whole"  # noqa: S608 (names of ours)
        at = f"WITH whole (pk, at) AS ({sql}) {at}"
        return [(f"WITH border (at) AS MATERIALIZED ({at}) {union}", [*values, *further])]

    def _by_ids(self, ranges, columns, others):
        """One's own, of all of which the database reads the ids. `others`: ranges whose stories are not given again."""
        for number, one in enumerate(ranges):
            before = [each for each in [*others, *ranges[:number]] if not one.is_apart_from(each)]
            mine = reach.own_ids(self.user) & reach.place(one) & reach.limits(one.right)
            stories = self.stories if self.among is None else self.stories.filter(pk__in=self.among)
            without = (~reach.within(self.user, each) for each in before)
            yield from compiled(stories.filter(mine, *without), columns, f"INDEXED BY {BY_KEY}")

    def _of_few(self, ranges, columns):
        if ranges:
            reached = self.stories.filter(reach.any_of(self.user, ranges), pk__in=self.among)
            yield from compiled(reached, columns, f"INDEXED BY {BY_KEY}")

    def _are_few_in_order(self):
        """Whether the index holds few stories that come into question: those in hand, or those to come. Where somebody
        has thousands of their own, it is read rather than all of theirs."""
        is_to_come = self.time == "live_from" and any(
            isinstance(bound, GreaterThan) for bound in lookups(self.stories, "live_from")
        )
        return self.is_short or is_to_come or states_named(self.stories) <= IN_HAND

    def _in_order(self, ranges, columns, others=(), of_few=False):
        """`others`: ranges whose stories are not given again. `of_few`: as in reach.own."""
        states = states_named(self.stories)
        is_by_state = self.time != "live_from" or State.RELEASED not in states
        shapes = {}
        for number, one in enumerate(ranges):
            before = tuple(each for each in [*others, *ranges[:number]] if not one.is_apart_from(each))
            asked = _states_at_once(one.right, states) if is_by_state else [()]
            for section, at_once in itertools.product(sorted(one.section_ids) or [None], asked):
                shape = (one.edition_id is None, not one.section_ids, one.right, before, at_once[1:] and at_once)
                if shape not in shapes:
                    are_few = of_few or self._are_few_in_order() or (at_once and State.RELEASED not in at_once)
                    mine = reach.own(self.user, are_few) if one.right.is_own else Q()
                    without = (~reach.within(self.user, each) for each in before)
                    stories = self.stories.filter(_shape(one, at_once), mine, *without)
                    index = (BY_STATE_AND_CHANGE if is_by_state else BY_TIME)[_width(one)]
                    shapes[shape] = list(compiled(stories, columns, f"INDEXED BY {index}"))
                for sql, params in shapes[shape]:
                    state = at_once[0] if at_once else None
                    yield sql, placed(params, {"edition": one.edition_id, "section": section, "state": state})


def _without_border(select):
    """The same rows; none if there is a border. SQLite would read all of one's own before it asks whether there is."""
    sql, values = select
    limit = "SELECT CASE WHEN at IS NULL THEN 9223372036854775807 ELSE 0 END FROM border"
    return f"SELECT * FROM ({sql} LIMIT ({limit})) AS theirs", values  # noqa: S608 (SQL of ours)


def _states_at_once(right, states):
    """The states of a right, as tuples of those that one SELECT asks for: each by itself, so that it reads an index in
    order. Of one's own those that few stories are in stand together, and are sorted."""
    asked = sorted(states & {*(right.states or states)})
    few_in = tuple(state for state in asked if right.is_own and state != State.RELEASED)
    return [*filter(None, [few_in]), *((state,) for state in asked if state not in few_in)]


def _shape(one, states):
    """The condition of a Range, with Parameters instead of its edition, its section, and its state if it is one."""
    where = reach.limits(one.right)
    if one.edition_id is not None:
        where &= Q(edition=Parameter("edition"))
    if one.section_ids:
        where &= Q(section=Parameter("section"))
    if len(states) > 1:
        return where & Q(state__in=states)
    return where & Q(state=Parameter("state")) if states else where


def _width(one):
    return 2 if one.section_ids else 1 if one.edition_id is not None else 0


def compiled(stories, columns, hint):
    """[(SQL, values)], or [] if no story can be found. SQLite, which keeps no statistics, is told the index."""
    try:
        sql, values = stories.order_by().values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    if connection.vendor == "sqlite":
        sql = sql.replace('FROM "articles_story"', f'FROM "articles_story" {hint}', 1)
    return [(sql, values)]


def states_named(stories):
    """The states to which the conditions of a queryset limit it: all states if they name none."""
    named = set(State)
    for lookup in lookups(stories, "state"):
        if isinstance(lookup, Exact):
            named &= {lookup.rhs}
        elif isinstance(lookup, In):
            named &= {*lookup.rhs}
    return named
