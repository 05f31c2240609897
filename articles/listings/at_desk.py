"""The first stories at somebody's desk, in an order, at a cost that does not grow with the archive.

A user's rights are a few ranges (permissions/reach.py). Each range, in each state, is one SELECT that reads an index in
the wanted order; the database merges them and stops at the last story that is wanted. `permissions.stories(user)` has
the same stories, but there the database would read and sort all of them before it gives the first.
"""

import itertools

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Q

from articles import permissions
from articles.database.compiled import Parameter, filled
from articles.database.union import merged
from articles.models import Story
from articles.models.story import State
from articles.permissions import reach

MOST = 1_000  # rows of a list: then "more than 1,000", and older ones are found by words or by date


def at_desk(user, condition=Q(), order=("-changed_at", "-pk"), most=MOST + 1, action="view"):  # noqa: B008
    """Ids of the first `most` stories on which `user` may do `action` and that meet `condition`, in this order.

    `order`: a time of the story and "pk", both forwards or both backwards. Stories without that time stand last.
    States are told as `state=…` or `state__in=…`; then no others are read.
    """
    time, is_backwards = order[0].lstrip("-"), order[0].startswith("-")
    dated = _selects(user, permissions.ranges(user, action), condition & Q(**{f"{time}__isnull": False}), ["pk", time])
    ids = [pk for pk, _time in merged(dated, [2, 1], is_backwards, most)]
    if len(ids) < most:
        others = _selects(user, permissions.ranges(user, action), condition & Q(**{f"{time}__isnull": True}), ["pk"])
        ids += [pk for (pk,) in merged(others, [1], is_backwards, most - len(ids))]
    return ids


def _selects(user, ranges, condition, columns):
    """(SQL, values) of SELECTs that read the stories of the ranges; no two of them read the same story."""
    states = _states(condition)
    compiled = {}
    for number, one in enumerate(ranges):
        before = tuple(other for other in ranges[:number] if not one.is_apart_from(other))
        shape = (one.edition_id is None, not one.section_ids, one.right, before)
        if shape not in compiled:
            apart = (~reach.within(user, other) for other in before)
            compiled[shape] = _compiled(columns, condition, _shape(user, one), *apart)
        if not compiled[shape]:
            continue
        of_right = [None] if one.right.is_own else sorted({*states} & {*(one.right.states or states)})
        for section, state in itertools.product(sorted(one.section_ids) or [None], of_right):
            yield filled(*compiled[shape], {"edition": one.edition_id, "section": section, "state": state})


def _compiled(columns, *conditions):
    """(SQL, Parameters and values); None if no story can meet the conditions."""
    stories = Story.objects.alias(own_edition=F("edition") + 0).filter(*conditions).order_by()
    try:
        return stories.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return None


def _shape(user, one):
    """The condition of a Range, with Parameters instead of its edition, its section and a state."""
    section = Q(section=Parameter("section")) if one.section_ids else reach.EVERYTHING
    if one.right.is_own:  # "+ 0", which no index has: the database begins with the ids of one's own stories
        edition = Q(own_edition=Parameter("edition")) if one.edition_id else reach.EVERYTHING
        return edition & section & reach.own_ids(user) & reach.limits(one.right)
    edition = Q(edition=Parameter("edition")) if one.edition_id else reach.EVERYTHING
    return edition & section & Q(state=Parameter("state")) & reach.limits(one.right)


def _states(condition):
    """The states that the condition names: all if it names none."""
    named = set(State)
    for child in condition.children if condition.connector == Q.AND and not condition.negated else ():
        match child:
            case Q():
                named &= set(_states(child))
            case ("state", state):
                named &= {State(state)}
            case ("state__in", states):
                named &= {State(state) for state in states}
    return sorted(named)
