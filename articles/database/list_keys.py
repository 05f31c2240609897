"""Finds out from the conditions of a queryset which lists it reads: a page that asks for stories depends on their list.

    Story.objects.live(at).filter(edition=e)                e1+
    ….filter(edition=e, section=s)                          n5+, the narrowest that holds them all
    ….filter(tag_links__tag=t)                              t7+
    Story.objects.live(at)                                  w+, the stories of every edition
    ….filter(pk__in=ids), .filter(edition=e, day=d, slug=s) none: such rows have keys of their own (tracking.py)
    ….filter(headline="x")                                  Untracked: a new headline touches no list

A trigger invalidates a list when a story enters it, leaves it or moves in it (Use.LISTS). So a condition on another
column cannot be followed; nor can its value (`values("headline")`), because a value has no key of its own.
"""

import functools
from typing import NamedTuple

from django.apps import apps
from django.db.models import Lookup, QuerySet
from django.db.models.expressions import Col, RawSQL
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query

from articles import tracking
from articles.field_uses import Use

from .compiled import Parameter

OF_A_STORY = {"articles_credit", "articles_taggedstory", "articles_correction", "articles_storyphoto"}
# The letter of the lists that are touched when a row of that table changes.
LETTERS = {
    "articles_story": "",
    "articles_taggedstory": "t",
    "articles_credit": "p",
    "articles_correction": "e",
    "articles_edition": "w",
}
OWNERS = {  # columns that name the owner of a list, and how wide that list is: the narrowest is taken
    ("articles_taggedstory", "tag_id"): ("t", 0),
    ("articles_credit", "person_id"): ("p", 0),
    ("articles_story", "series_id"): ("r", 0),
    ("articles_story", "section_id"): ("n", 1),
    ("articles_story", "edition_id"): ("e", 2),
    ("articles_edition", "network_id"): ("w", 3),
}
LINKED = {"tag_links": "articles_taggedstory", "credits": "articles_credit"}
ADDRESS = {"edition_id", "day", "slug"}
EVERY_STORY = ("w", "")


class ListQuerySet(QuerySet):
    """A queryset of stories, or of rows that belong to them, that notes which lists it reads."""

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query or ListQuery(model), using, hints)

    def untracked(self, reason):
        """The same rows for a page that need not be rendered again when other rows join them, for the given reason."""
        rows = self._chain()
        rows.query.untracked = reason
        return rows


class ListQuery(Query):
    untracked = ""

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        compiler = super().get_compiler(using, connection, elide_empty)
        if (page := tracking.current()) is not None and page.is_tracking:
            compiler.__class__ = _noting(type(compiler))
        return compiler


@functools.cache
def _noting(compiler):
    """A subclass of a database's compiler that notes on the page each query it compiles."""

    class Noting(compiler):
        def as_sql(self, *args, **kwargs):
            sql, params = super().as_sql(*args, **kwargs)
            tracking.follow(sql, _keys(self.query, sql))
            return sql, params

    return Noting


def _keys(query, sql):
    """The keys of the lists that a query reads. If they cannot be found out, calls tracking.untracked."""
    if query.untracked:
        return ()
    narrowings = sorted(_narrowings(query.where, query), key=lambda one: one.width)
    is_by_row = any(one.is_by_row for one in narrowings)
    asked = {(query.get_meta().db_table, "id"), *_columns(query.where, query), *_ordered(query)}
    given = {*_columns(query.select, query), *_columns([*query.annotation_select.values()], query)}
    if strange := _strange(given if is_by_row else given | asked):
        tracking.untracked(sql, f"a change of {strange} touches no list of stories")
    return () if is_by_row else _of_narrowest(narrowings, asked, sql)


def _of_narrowest(narrowings, asked, sql):
    letters = {LETTERS[table] for table, _column in asked if LETTERS.get(table)}
    chosen = [next((one for one in narrowings if one.letter == letter), None) for letter in letters] or narrowings[:1]
    if None in chosen:
        tracking.untracked(sql, "it asks for what belongs to stories, but not by whose list")
    elif not chosen:
        return {EVERY_STORY}
    return {key for one in chosen if one for key in one.keys}


def _strange(columns):
    """The first of these columns that is not followed, as "table.column"; "" if all are."""
    listed = apps.get_model("articles", "Story").field_uses.fields(Use.LISTS)
    followed = {"id", "uid", *(field.column for field in listed)}
    unknown = (
        f"{table}.{column}"
        for table, column in columns
        if table not in LETTERS or (table == "articles_story" and column not in followed)
    )
    return min(unknown, default="")


class Narrowing(NamedTuple):
    """A condition that selects the stories of some lists, or single rows."""

    keys: frozenset = frozenset()
    letter: str = ""
    width: int = 0
    is_by_row: bool = False


def _narrowings(node, query):
    """The Narrowings of a condition. Of conditions joined by AND, each narrows the rows."""
    if isinstance(node, Lookup):
        return _of_lookup(node, query)
    if not hasattr(node, "children") or node.negated:
        return []
    of_each = [_narrowings(child, query) for child in node.children]
    if node.connector == "AND":
        at_address = {child.lhs.target.attname for child in node.children if _is_told(child, Exact)} >= ADDRESS
        return [*(one for each in of_each for one in each), *([Narrowing(is_by_row=True)] if at_address else ())]
    if node.connector == "OR" and all(of_each):
        best = [min(each, key=lambda one: one.width) for each in of_each]
        keys = frozenset().union(*(one.keys for one in best))
        return [Narrowing(keys, "", max(one.width for one in best), all(one.is_by_row for one in best))]
    return []


def _of_lookup(lookup, query):
    column = lookup.lhs
    if not isinstance(column, Col) or column.alias not in query.alias_map:
        return []
    table, name = column.target.model._meta.db_table, column.target.attname
    if _is_row(table, name):
        if _is_told(lookup, Exact, In):
            return [Narrowing(is_by_row=True)]
        if isinstance(lookup, In) and _notes_itself(lookup.rhs):
            return [Narrowing()]
    if (table, name) in OWNERS and _is_told(lookup, Exact, In):
        letter, width = OWNERS[table, name]
        values = lookup.rhs if isinstance(lookup.rhs, list | tuple | set) else [lookup.rhs]
        keys = frozenset([EVERY_STORY]) if letter == "w" else frozenset((letter, value) for value in values)
        return [Narrowing(keys, letter, width)]
    return []


def _notes_itself(part):
    """Whether a part of a query notes its lists itself: it is compiled now, or was compiled before (union.py)."""
    if isinstance(part, RawSQL):
        return tracking.is_followed(part.sql, tracking.current().followed)
    return isinstance(part, ListQuery)


def _is_row(table, column):
    """Whether the column identifies a story, whose own key the page has."""
    if table == "articles_story":
        return column in ("id", "uid")
    return table in OF_A_STORY and column in ("id", "story_id", "content_object_id")


def _is_told(lookup, *kinds):
    """Whether it compares a column with given values, and not with something that the database computes."""
    if not isinstance(lookup, kinds) or not isinstance(lookup.lhs, Col):
        return False
    return isinstance(lookup.rhs, Parameter) or not hasattr(lookup.rhs, "resolve_expression")


def _columns(node, query):
    """{(table, column)} of the query's own rows in an expression, or in a list of them."""
    if isinstance(node, Col):
        is_own = node.alias in query.alias_map
        return {(node.target.model._meta.db_table, node.target.attname)} if is_own else set()
    if isinstance(node, Query):
        return set()
    within = node.get_source_expressions() if hasattr(node, "get_source_expressions") else None
    if within is None:
        within = node if isinstance(node, list | tuple) else ()
    return {column for each in within for column in _columns(each, query)}


def _ordered(query):
    """Yields each (table, column) that orders it. A path through a table that is not in LINKED is not followed."""
    names = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
    for name in names:
        *path, column = name.lstrip("-").split("__") if isinstance(name, str) else (repr(name),)
        table = LINKED.get(path[0], path[0]) if path else query.get_meta().db_table
        yield table, {"pk": "id"}.get(column, column)
