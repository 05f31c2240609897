"""What each request of the desk asks, and what each open form asks every few seconds: the SQL is written once."""

import functools
import inspect
from typing import NamedTuple

from django.contrib.auth.models import Permission, User
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Q, When

from articles.database.compiled import CompiledQuery, Parameter, filled
from articles.models import Membership, Story

from .reach import Facts, any_of, own

REACHES = 500  # of which the SQL is kept: people with the same role at the same desk share one

USER = Parameter("user")

_MEMBERSHIP = [field.attname for field in Membership._meta.concrete_fields]
_NEAR = "section__edition__sections"
_held = CompiledQuery(
    lambda user: (
        Membership.objects.filter(user=user)
        .order_by("pk")
        .values_list(*_MEMBERSHIP, f"{_NEAR}__pk", f"{_NEAR}__parent")
    )
)
_OF_STORY = ("edition_id", "section_id", "state", "first_published_at")
_FACTS = CompiledQuery(
    lambda story, user: (
        Story.objects.filter(pk=story)
        .order_by()
        .values_list(*_OF_STORY, Case(When(own(user), then=True), default=False))
    )
)
_GRANTS = CompiledQuery(
    lambda user: (
        Permission.objects.filter(
            Q(pk__in=User.user_permissions.through.objects.filter(user=user).values("permission"))
            | Q(pk__in=Permission.objects.filter(group__user=user).values("pk"))
        )
        .order_by()
        .values_list("content_type__app_label", "codename")
    )
)


class Near(NamedTuple):
    """A section of an edition in which somebody has a role at a section."""

    pk: int
    parent_id: int | None


def held_by(user_id):
    """The memberships of an account, and the Near sections, in one query."""
    rows = _held(user=user_id)
    own = {row[0]: row[: len(_MEMBERSHIP)] for row in rows}
    near = dict.fromkeys(Near(*row[len(_MEMBERSHIP) :]) for row in rows)
    memberships = [Membership.from_db(connection.alias, _MEMBERSHIP, values) for values in own.values()]
    return memberships, [section for section in near if section.pk]


def grants(user):
    """{"app.action_model"} that Django's own tables give an account or its groups: read once for each user object, in
    one query, where Django needs two."""
    if not hasattr(user, "_grants"):
        user._grants = {f"{app}.{name}" for app, name in _GRANTS(user=user.pk)} if user.pk else set()
    return user._grants


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
    there = Story.objects.filter(any_of(USER, ranges), pk=Parameter("story"))
    return there.order_by().values_list(*columns).query.sql_with_params()


class ReachedQuery:
    """A question about the stories in somebody's reach, whose SQL is written once for each set of Ranges.

        of_ids = ReachedQuery(lambda stories, ids=(): stories.filter(pk__in=ids).values("pk"))
        of_ids.rows(user, ranges, ids=[1, 2])  # the values of the columns, as the database gives them
        of_ids.sql(user, ranges, ids=[1, 2])   # (SQL, values), for union.py

    `build` takes the stories in reach, then Parameters as a CompiledQuery does. Writing the SQL of a right takes Django
    some 1,500 calls of functions, and a home or a form asks for ten of them.
    """

    def __init__(self, build):
        self.build = build
        parameters = list(inspect.signature(build).parameters.values())[1:]
        self.parameters = [Parameter(each.name, takes_several=each.default == ()) for each in parameters]
        self._written = functools.lru_cache(REACHES)(self._write)

    def rows(self, user, ranges, **values):
        if not self._written(tuple(ranges)):
            return []
        with connection.cursor() as cursor:
            cursor.execute(*self.sql(user, ranges, **values))
            return cursor.fetchall()

    def sql(self, user, ranges, **values):
        """Somebody without any range has no such SQL."""
        return filled(*self._written(tuple(ranges)), {"user": user and user.pk, **values})

    def _write(self, ranges):
        """(SQL, parameters); None if no story can be in reach."""
        try:
            reached = self.build(Story.objects.filter(any_of(USER, ranges)), *self.parameters)
            return reached.query.sql_with_params()
        except EmptyResultSet:
            return None


within_reach = ReachedQuery(lambda stories, ids=(): stories.filter(pk__in=ids).order_by().values("pk"))
