"""What each request of the desk asks, and what each open form asks every few seconds: the SQL is written once."""

import functools

from django.db import connection

from articles.database.compiled import CompiledQuery, Parameter, filled
from articles.models import Membership, Story

from .reach import any_of

REACHES = 500  # of which the SQL is kept: people with the same role at the same desk share one

memberships_of = CompiledQuery(lambda user: Membership.objects.filter(user=user))


def story_within(ranges, user, story_id, *columns):
    """The values of `columns` of a story that lies in one of the ranges; None if it does not, or if there is none."""
    if not ranges:
        return None
    sql, params = filled(*_sql(tuple(ranges), columns), {"user": user.pk, "story": story_id})
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


@functools.lru_cache(REACHES)
def _sql(ranges, columns):
    there = Story.objects.filter(any_of(Parameter("user"), ranges), pk=Parameter("story"))
    return there.order_by().values_list(*columns).query.sql_with_params()
