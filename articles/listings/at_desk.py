"""The first stories at somebody's desk, in an order, at a cost that does not grow with the archive.

A user's rights are a few ranges (permissions/reach.py). Each range, in each state, is one SELECT that reads an index in
the wanted order; the database merges them and stops at the last story that is wanted. `permissions.stories(user)` has
the same stories, but there the database would read and sort all of them before it gives the first.

A condition that few stories meet (a tag, a rare word) is turned round: the database begins with those few.

No index has the stories of one person in an order, and an editor is credited for thousands. So where somebody also has
a whole range, the last story that it gives is a border, and of their own only those on this side of it are asked for.

Django needs up to 8,000 calls of functions to write the SQL of such a list, and the database a millisecond to answer
it. A `Listed` is a list whose SQL is written once for each set of ranges.
"""

import functools
import json

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull

from articles import permissions
from articles.database.compiled import Parameter, filled
from articles.database.union import first_column, merging, read, together
from articles.models import Story
from articles.permissions import reach
from articles.permissions.compiled import REACHES, USER

from .desk_selects import Desk, compiled
from .few import FEW, few, lookups

MOST = 1_000  # rows of a list: then "more than 1,000", and older ones are found by words or by date


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


class Listed:
    """The first `most` stories that meet `condition`, in an order. Its Parameters get their values with each question.

    `in_reach(user)`: the Ranges; by default, those on which the user may do `action`. No condition of a Listed is one
    that few stories meet, but for `index`: the name of an index in which few stories stand, which is read instead, and
    `is_short`: few stand between the bounds of the time by which it is ordered.
    """

    def __init__(self, condition, order, most, action="view", in_reach=None, index="", is_short=False):
        self.condition, self.order, self.most, self.index, self.is_short = condition, order, most, index, is_short
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
            return list(_steps(USER, ranges, stories, self.order, self.most, self.is_short))
        reached = stories.filter(reach.any_of(USER, ranges))
        selects = compiled(reached, ("pk", self.order[0].lstrip("-")), f"INDEXED BY {self.index}")
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
            parts[name] = first_column(sql), params
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


def _steps(user, ranges, stories, order, most, is_short=False):
    """(queries for union.py, the columns by which they order): first of stories with that time, then of those without,
    unless the conditions tell that there is one."""
    time, is_backwards = order[0].lstrip("-"), _is_backwards(order)
    is_told = any(not isinstance(lookup, IsNull) or not lookup.rhs for lookup in lookups(stories, time))
    desk = Desk(user, ranges, stories.filter(**{f"{time}__isnull": False}), None, time, is_short)
    bordered = desk.bordered(is_backwards, most)
    yield bordered or merging(desk.selects("pk", time), [2, 1], is_backwards, most), [2, 1]
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
    desk = Desk(user, ranges, stories, _IDS[connection.vendor], order[0].lstrip("-"))
    return merging(desk.selects("pk", desk.time), [2, 1], _is_backwards(order), FEW)


@functools.lru_cache(REACHES)
def _all_of_few(ranges, order):
    return _batches_of_few(USER, ranges, Story.objects.all(), order)
