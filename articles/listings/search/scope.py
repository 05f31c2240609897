"""The stories that a question may find: live, of these editions, allowed by its filters. They are told as (id, seconds
since 1970 when they went live), the newest first, without their texts: there may be thousands of them."""

import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from articles.database import union
from articles.database.compiled import CompiledQuery
from articles.database.unindexed import Unindexed
from articles.models import Story

from . import engines

_IN_TIME = " ORDER BY live_from DESC, pk DESC"


class Scope(NamedTuple):
    """`editions`: their keys. `conditions`: those of the filters; None if there are none. `is_narrow`: one of them has
    an index of its own, which SQLite is to read, and not that of an edition."""

    at: datetime.datetime
    editions: list[int]
    conditions: Q | None = None
    is_narrow: bool = False

    def newest(self, most, without=()):
        """So many of all. `without`: terms of which they hold none."""
        selects = [self._of_edition(edition, without) for edition in self.editions]
        merging = union.merging(selects, [2, 1], is_backwards=True, most=most)
        asked = [(engines.in_seconds(sql) + _IN_TIME, values) for sql, values in merging]
        return union.read(asked, [2, 1], is_backwards=True, most=most)

    def among(self, ids):
        """Those among these ids."""
        given = {"at": self.at, "ids": engines.listed(ids), "editions": self.editions}
        if self.conditions is None:
            sql, values = _of_ids.sql(**given)
        else:
            sql, values = _of_ids.build(**given).filter(self.conditions).query.sql_with_params()
        return _rows(engines.in_seconds(engines.by_key(sql)) + _IN_TIME, values) if ids else []

    def few(self, terms, without, most):
        """Those that hold these terms, of `most` stories at most that do."""
        if connection.vendor == "sqlite":
            return self.among(engines.first(*engines.stories(terms, without), most))
        return self.holding(terms, without, most)

    def holding(self, terms, without, most):
        """So many of those that hold these terms. SQLite goes back in time, PostgreSQL begins with the words."""
        stories = Story.objects.live(self.at).filter(self.conditions or Q(), engines.condition(terms, without))
        sql, values = _columns(stories.filter(edition__in=self.editions)).query.sql_with_params()
        return _rows(f"{engines.in_seconds(sql)}{_IN_TIME} LIMIT {most:d}", values)

    def some(self, term, most):
        """(SQL, values) of the ids of so many of those that hold a term, of the first few hundred that are met."""
        sql, values = _with_words.sql(at=self.at, editions=self.editions, words=engines.asked([term]))
        return f"SELECT pk FROM ({sql} LIMIT {most:d}) AS found", values  # noqa: S608 (a number)

    def has(self, terms, without):
        """Whether one of the first few hundred stories that are met with these terms is one of these."""
        given = {"at": self.at, "editions": self.editions, "words": engines.asked(terms, without)}
        stories = _with_words.build(**given).filter(self.conditions or Q())
        return bool(engines.read(*stories[:1].query.sql_with_params()))

    def _of_edition(self, edition, without):
        if self.conditions is None and not without:
            return _of_edition.sql(at=self.at, edition=edition)
        here = _named(self.at, [edition]) if self.is_narrow else Story.objects.live(self.at).filter(edition=edition)
        if without:
            here = here.exclude(pk__in=RawSQL(*engines.holding_any(without)))  # noqa: S611 (words are parameters)
        return _columns(here.filter(self.conditions or Q())).query.sql_with_params()


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _columns(stories):
    return stories.order_by().values_list("pk", "live_from")


@CompiledQuery
def _of_edition(at, edition):
    return _columns(Story.objects.live(at).filter(edition=edition))


@CompiledQuery
def _of_ids(at, ids, editions=()):
    """By their keys, and not by an index of their edition."""
    return _columns(_named(at, editions).filter(engines.is_listed(ids)))


@CompiledQuery
def _with_words(at, words, editions=()):
    question = engines.some((engines.STORIES[connection.vendor], [words]), engines.MET)
    return _named(at, editions).filter(pk__in=RawSQL(*question)).order_by().values("pk")  # noqa: S611


def _named(at, editions):
    return Story.objects.live(at, are_named=True).filter(In(Unindexed("edition_id"), editions))
