"""Conditions that few stories meet: the stories of a tag, of an author, of a series, with a rare word."""

from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Col, RawSQL
from django.db.models.lookups import Exact, In, Lookup
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

from articles.models import Story

FEW = 5_000  # reading so many rows by their ids costs as much as the rest of a page
# Columns by whose indexes the stories of one value are found. An edition or a section has too many of them.
INDEXED = {"series_id", "label", "place", "lead_photo_id", "expires_at"}


class Few(NamedTuple):
    """`ids`: the stories that meet one condition; `stories`: the queryset without it. `is_all`: whether no more do."""

    ids: list[int]
    stories: QuerySet
    is_all: bool = True


def few(stories):
    """The Few stories of the first condition that at most FEW stories meet; None if each is met by more.

    Each question stops after FEW + 1 rows. On SQLite, which would read all stories that hold a frequent word, the
    newest FEW of them stand for all; but not where days are told, because then the older ones are wanted.
    """
    frequent = None
    for lookup in _top(stories.query.where):
        ids = _ids(lookup)
        if ids is not None and len(ids) <= FEW:
            return Few(ids, _without(stories, lookup))
        if ids is not None and isinstance(lookup.rhs, RawSQL) and connection.vendor == "sqlite":
            frequent = Few(ids[:FEW], _without(stories, lookup), is_all=False)
    return None if lookups(stories, "live_from") else frequent


def _without(stories, lookup):
    stories = stories.all()
    where = stories.query.where
    where.children = [child for child in where.children if child is not lookup]
    return stories


def lookups(stories, column):
    """The conditions on this column of the story that all `stories` meet."""
    return [lookup for lookup in _top(stories.query.where) if _column(lookup) == column]


def _top(node):
    """The Lookups of a condition that are joined by AND."""
    if isinstance(node, Lookup):
        yield node
    elif isinstance(node, WhereNode) and node.connector == AND and not node.negated:
        for child in node.children:
            yield from _top(child)


def _column(lookup):
    """The name of the story's column that is compared; "" if it is none."""
    is_column = isinstance(lookup.lhs, Col) and lookup.lhs.alias == Story._meta.db_table
    return lookup.lhs.target.attname if is_column else ""


def _ids(lookup):
    """At most FEW + 1 ids of stories that meet the condition; None if no index finds them."""
    column = _column(lookup)
    if column == "id" and isinstance(lookup, In):
        if isinstance(lookup.rhs, Query):
            rows = lookup.rhs.clone()
            return _first(*rows.sql_with_params())
        if isinstance(lookup.rhs, RawSQL):
            newest = "ORDER BY 1 DESC" if connection.vendor == "sqlite" else ""
            return _first(f"{lookup.rhs.sql} {newest}", lookup.rhs.params)
        return list(lookup.rhs)
    if column == "id" and isinstance(lookup, Exact):
        return [lookup.rhs]
    if column in INDEXED:
        stories = Story.objects.order_by().values("pk")
        if column == "place":
            stories = stories.exclude(place="")  # the index leaves it out
        stories.query.where.add(lookup, AND)
        return _first(*stories.query.sql_with_params())
    return None


def _first(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FEW + 1}", values)
        return [pk for (pk,) in cursor.fetchall()]
