"""Conditions that few stories meet: the stories of a tag, of an author, of a series, with a rare word."""

from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Col, RawSQL
from django.db.models.lookups import Exact, In, Lookup, Range
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

from articles.models import Story

from .search.engines import Holding

FEW = 5_000  # of any other condition
WITH_WORDS = 2_000  # the newest stories that hold some words: there are words that half of all stories hold
# Columns by whose indexes the stories of one value are found. An edition or a section has too many of them.
INDEXED = {"series_id", "label", "place", "lead_photo_id", "expires_at"}


class Few(NamedTuple):
    """`ids`: the stories that meet one condition; `stories`: the queryset without it. `is_all`: whether no more do."""

    ids: list[int]
    stories: QuerySet
    is_all: bool = True


def few(stories):
    """The Few stories of the first condition that at most FEW stories meet; None if each is met by more.

    Each question stops after one row more. Of the stories that hold some words, the newest WITH_WORDS stand for all;
    but not where days are told, because then the older ones are wanted.
    """
    frequent, are_days_told = None, _are_days_told(stories)
    for lookup in _top(stories.query.where):
        most = WITH_WORDS if isinstance(lookup.rhs, Holding) and not are_days_told else FEW
        ids = _ids(lookup, most + 1)
        if ids is not None and len(ids) <= most:
            return Few(ids, _without(stories, lookup))
        if ids is not None and isinstance(lookup.rhs, Holding) and not are_days_told:
            frequent = Few(ids[:most], _without(stories, lookup), is_all=False)
    return frequent


def _are_days_told(stories):
    """Whether stories from one time to another are wanted, and not all up to now, or from now on."""
    return any(isinstance(lookup, Range) for lookup in lookups(stories, "live_from"))


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


def _ids(lookup, most):
    """At most so many ids of stories that meet the condition; None if no index finds them."""
    column = _column(lookup)
    if column == "id" and isinstance(lookup, In):
        if isinstance(lookup.rhs, Query):
            rows = lookup.rhs.clone()
            return _first(*rows.sql_with_params(), most)
        if isinstance(lookup.rhs, Holding):
            return _read(*lookup.rhs.newest(most))
        if isinstance(lookup.rhs, RawSQL):
            return _first(lookup.rhs.sql, lookup.rhs.params, most)
        return list(lookup.rhs)
    if column == "id" and isinstance(lookup, Exact):
        return [lookup.rhs]
    if column in INDEXED:
        stories = Story.objects.order_by().values("pk")
        if column == "place":
            stories = stories.exclude(place="")  # the index leaves it out
        stories.query.where.add(lookup, AND)
        return _first(*stories.query.sql_with_params(), most)
    return None


def _first(sql, values, most):
    return _read(f"{sql} LIMIT {most:d}", values)


def _read(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]
