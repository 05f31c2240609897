"""The first stories at somebody's desk, in an order, at a cost that does not grow with the archive.

A user's rights are a few ranges (permissions/reach.py). Each range, in each state, is one SELECT that reads an index in
the wanted order; the database merges them and stops at the last story that is wanted. `permissions.stories(user)` has
the same stories, but there the database would read and sort all of them before it gives the first.

A condition that few stories meet (a tag, a rare word) is turned round: the database begins with those few.

Django needs up to 8,000 calls of functions to write the SQL of such a list, and the database a millisecond to answer
it. A `Listed` is a list whose SQL is written once for each set of ranges.
"""

import functools
import itertools
import json
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact, GreaterThan, In, IsNull

from articles import permissions
from articles.database.compiled import Parameter, filled, placed
from articles.database.union import first_column, merging, read, together
from articles.models import Story
from articles.models.story import State
from articles.permissions import reach
from articles.permissions.compiled import REACHES, USER

from .few import FEW, few, lookups

MOST = 1_000  # rows of a list: then "more than 1,000", and older ones are found by words or by date
# The indexes that hold the stories of a range in the order of a time: of all, of an edition, of a section of it.
BY_TIME = ["story_by_time", "story_by_edition", "story_by_section"]
IN_HAND = {State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED}  # at any time, few stories are
BY_STATE_AND_CHANGE = ["story_changed", "story_changed_in_edition", "story_changed_in_section"]


def at_desk(user, condition=Q(), order=("-changed_at", "-pk"), most=MOST + 1, action="view"):  # noqa: B008
    """Ids of the first `most` stories on which `user` may do `action` and that meet `condition`, in this order.

    `order`: a time of the story and "pk", both forwards or both backwards. Stories without that time stand last.
    A list by change, or by `live_from`, reads no more stories than it gives. A list by another time reads all that meet
    the condition, so it should name states: `state=…` or `state__in=…`.
    """
    stories = Story.objects.filter(condition)
    return first_ids(user, stories, few(stories), order, most, action)


def first_ids(user, stories, among, order=("-changed_at", "-pk"), most=MOST + 1, action="view"):
    """The same for `stories`, a queryset with conditions, but without limits. `among`: what `few(stories)` gave."""
    if not stories.query.where:
        return _all(order, most, action).ids(user)
    return _first_of(user, permissions.ranges(user, action), stories, among, order, most)


def first_linkable(user, condition, at, most):
    """Ids of the first `most` of `permissions.linkable(user, at)` that meet `condition`: the last to go live first."""
    if not condition:
        return _linkable(most).ids(user, now=at)
    stories = Story.objects.filter(condition)
    ranges = permissions.linkable_ranges(user, _NOW)
    return _first_of(user, ranges, stories, few(stories), _LAST_LIVE, most, now=at)


_LAST_LIVE = ("-live_from", "-pk")
_NOW = Parameter("now")
# The ids of the few stories among which others are, as one value: a database takes longer to read 5,000 of them.
_IDS = {
    "sqlite": RawSQL("SELECT value FROM json_each(%s)", (Parameter("ids"),)),
    "postgresql": RawSQL("SELECT unnest(%s::bigint[])", (Parameter("ids"),)),
}
BY_KEY = "story_by_key"  # an index that has beside the key what decides about a place in a list


class Listed:
    """The first `most` stories that meet `condition`, in an order. Its Parameters get their values with each question.

    `in_reach(user)`: the Ranges; by default, those on which the user may do `action`. No condition of a Listed is one
    that few stories meet, but for `index`: the name of an index in which few stories stand, which is read instead.
    """

    def __init__(self, condition, order, most, action="view", in_reach=None, index=""):
        self.condition, self.order, self.most, self.index = condition, order, most, index
        self.in_reach = in_reach or (lambda user: permissions.ranges(user, action))
        self._steps = functools.lru_cache(REACHES)(self._written)

    def ids(self, user, **values):
        return _ids(self.steps(user), _is_backwards(self.order), self.most, _with(user, values))

    def steps(self, user):
        """As `_steps` gives them."""
        return self._steps(tuple(self.in_reach(user)))

    def _written(self, ranges):
        stories = Story.objects.filter(self.condition)
        if not self.index:
            return list(_steps(USER, ranges, stories, self.order, self.most))
        reached = stories.filter(reach.any_of(USER, ranges))
        selects = _compiled(reached, ("pk", self.order[0].lstrip("-")), f"INDEXED BY {self.index}")
        return [(merging(selects, [2, 1], _is_backwards(self.order), self.most), [2, 1])]


@functools.cache
def _all(order, most, action):
    """All stories of a desk."""
    return Listed(Q(), order, most, action)


@functools.cache
def _linkable(most):
    return Listed(Q(), _LAST_LIVE, most, in_reach=lambda user: permissions.linkable_ranges(user, _NOW))


def of_each(user, lists, **values):
    """{name: ids} of several lists, {name: Listed}, in one query. Each tells the time by which it is ordered."""
    values, parts, found = _with(user, values), {}, {}
    for name, listed in lists.items():
        [(batches, _columns)] = steps = listed.steps(user)
        if len(batches) == 1:
            sql, params = filled(*batches[0], values)
            parts[name] = first_column(sql), [*params, listed.most]
        else:
            found[name] = _ids(steps, _is_backwards(listed.order), listed.most, values)
    return {**found, **together(parts)}


def _with(user, values):
    return {"user": user and user.pk, **values}


def _first_of(user, ranges, stories, among, order, most, **values):
    """`values`: those of the Parameters that the ranges have."""
    if among:
        return _of_few(user, ranges, among, order, values)[:most]
    return _ids(_steps(user, ranges, stories, order, most), _is_backwards(order), most, values)


def _is_backwards(order):
    return order[0].startswith("-")


def _steps(user, ranges, stories, order, most):
    """(queries for union.py, the columns by which they order): first of stories with that time, then of those without,
    unless the conditions tell that there is one."""
    time, is_backwards = order[0].lstrip("-"), _is_backwards(order)
    is_told = any(not isinstance(lookup, IsNull) or not lookup.rhs for lookup in lookups(stories, time))
    desk = _Desk(user, ranges, stories.filter(**{f"{time}__isnull": False}), None, time)
    yield merging(desk.selects("pk", time), [2, 1], is_backwards, most), [2, 1]
    if not is_told:
        desk = desk._replace(stories=stories.filter(**{f"{time}__isnull": True}))
        yield merging(desk.selects("pk"), [1], is_backwards, most), [1]


def _ids(steps, is_backwards, most, values):
    """`values`: those of the Parameters, if there are any."""
    found = []
    for batches, columns in steps:
        asked = [filled(sql, params, values) for sql, params in batches]
        found += [row[0] for row in read(asked, columns, is_backwards, most - len(found))]
        if len(found) >= most:
            break
    return found


def _of_few(user, ranges, among, order, values):
    """All of them are read, with and without that time, in one query. If that they are among these is the only
    condition, its SQL is kept."""
    if among.stories.query.where:
        batches = _batches_of_few(user, ranges, among.stories, order)
    else:
        batches = _all_of_few(tuple(ranges), order)
    asked = [filled(sql, params, {**_with(user, values), "ids": _as_one(among.ids)}) for sql, params in batches]
    rows = read(asked, [2, 1], _is_backwards(order), len(among.ids))
    dated = [pk for pk, at in rows if at is not None]
    return [*dated, *(pk for pk, at in rows if at is None)]


def _as_one(ids):
    listed = json.dumps(ids)
    return listed if connection.vendor == "sqlite" else f"{{{listed[1:-1]}}}"


def _batches_of_few(user, ranges, stories, order):
    desk = _Desk(user, ranges, stories, _IDS[connection.vendor], order[0].lstrip("-"))
    return merging(desk.selects("pk", desk.time), [2, 1], _is_backwards(order), FEW)


@functools.lru_cache(REACHES)
def _all_of_few(ranges, order):
    return _batches_of_few(USER, ranges, Story.objects.all(), order)


class _Desk(NamedTuple):
    """Which stories are asked for. `among`: a subquery of the ids of those that may meet its conditions; None if they
    are many."""

    user: object
    ranges: list
    stories: object
    among: RawSQL | None
    time: str

    def selects(self, *columns):
        """(SQL, values) of SELECTs that together have each of the stories once."""
        whole, own = [], []
        for one in self.ranges:
            (own if one.right.is_own else whole).append(one)
        if self.among is None:
            yield from self._in_order(whole, columns)
        else:
            yield from self._of_few(whole, columns)
        if self.among is None and self._are_few_in_order():
            yield from self._in_order(own, columns, whole)
            return
        for number, one in enumerate(own):
            before = (~reach.within(self.user, each) for each in [*whole, *own[:number]] if not one.is_apart_from(each))
            mine = reach.own_ids(self.user) & reach.place(one) & reach.limits(one.right)
            stories = self.stories if self.among is None else self.stories.filter(pk__in=self.among)
            yield from _compiled(stories.filter(mine, *before), columns, f"INDEXED BY {BY_KEY}")

    def _of_few(self, ranges, columns):
        if ranges:
            reached = self.stories.filter(reach.any_of(self.user, ranges), pk__in=self.among)
            yield from _compiled(reached, columns, f"INDEXED BY {BY_KEY}")

    def _are_few_in_order(self):
        """Whether the index holds few stories that come into question: those in hand, or those to come. Where somebody
        has thousands of their own, it is read rather than all of theirs."""
        is_to_come = self.time == "live_from" and any(
            isinstance(bound, GreaterThan) for bound in lookups(self.stories, "live_from")
        )
        return is_to_come or states_named(self.stories) <= IN_HAND

    def _in_order(self, ranges, columns, others=()):
        """`others`: ranges whose stories are not given again."""
        states = states_named(self.stories)
        is_by_state = self.time != "live_from" or State.RELEASED not in states
        shapes = {}
        for number, one in enumerate(ranges):
            before = tuple(each for each in [*others, *ranges[:number]] if not one.is_apart_from(each))
            shape = (one.edition_id is None, not one.section_ids, one.right, before)
            if shape not in shapes:
                mine = reach.own(self.user) if one.right.is_own else Q()
                without = (~reach.within(self.user, each) for each in before)
                stories = self.stories.filter(_shape(one, is_by_state), mine, *without)
                index = (BY_STATE_AND_CHANGE if is_by_state else BY_TIME)[_width(one)]
                shapes[shape] = list(_compiled(stories, columns, f"INDEXED BY {index}"))
            of_right = sorted(states & {*(one.right.states or states)}) if is_by_state else [None]
            for section, state in itertools.product(sorted(one.section_ids) or [None], of_right):
                for sql, params in shapes[shape]:
                    yield sql, placed(params, {"edition": one.edition_id, "section": section, "state": state})


def _shape(one, is_by_state):
    """The condition of a Range, with Parameters instead of its edition, its section and a state."""
    where = reach.limits(one.right)
    if one.edition_id is not None:
        where &= Q(edition=Parameter("edition"))
    if one.section_ids:
        where &= Q(section=Parameter("section"))
    return where & Q(state=Parameter("state")) if is_by_state else where


def _width(one):
    return 2 if one.section_ids else 1 if one.edition_id is not None else 0


def _compiled(stories, columns, hint):
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
