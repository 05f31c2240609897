"""What each request of the desk asks, and what each open form asks every few seconds: the SQL is written once."""

import functools

from django.db import connection
from django.db.models import Case, When

from articles.database.compiled import CompiledQuery, Parameter, filled
from articles.models import Membership, Story

from .reach import Facts, any_of, own

REACHES = 500  # of which the SQL is kept: people with the same role at the same desk share one

memberships_of = CompiledQuery(lambda user: Membership.objects.filter(user=user))
_OF_STORY = ("edition_id", "section_id", "state", "first_published_at")
_FACTS = CompiledQuery(
    lambda story, user: (
        Story.objects.filter(pk=story)
        .order_by()
        .values_list(*_OF_STORY, Case(When(own(user), then=True), default=False))
    )
)


def facts(user, story):
    """The Facts of a story as it is stored, in one query; None if there is none."""
    found = _FACTS(story=story.pk, user=user.pk)
    return Facts(*found[0]) if found else None


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
