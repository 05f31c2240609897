"""Querysets that are compiled once. To write the SQL of a page takes Django ten times as long as the database needs to
answer it, and it is the same each time but for the values.

    of_day = Prepared(lambda day, states=(): Story.objects.filter(day=day, state__in=states))
    of_day(day=date, states=["released"])      # the rows
    of_day.sql(day=date, states=["released"])  # (SQL, values), for union.py

This takes the place of methods that Django does not document (`READ_ON` says in which version they were read). Where
they work otherwise, `is_sound` says so: querysets are then compiled each time, which is slower and gives the same rows,
and Django's checks warn of it.
"""

import datetime
import enum
import functools
import inspect
import logging
import uuid

from django.contrib.contenttypes.models import ContentType
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field
from django.db.models.expressions import Expression

from articles import tracking

READ_ON = "6.1"  # Query.clone, Query.get_compiler, SQLCompiler.as_sql, .execute_sql, .results_iter, .get_converters
PLAIN = (str, int, float, bytes, type(None))

log = logging.getLogger(__name__)


class Parameter(Expression):
    """Stands in a queryset for what is given when its rows are asked for: one value, or several to look among."""

    def __init__(self, name, takes_several=False):
        super().__init__(output_field=Field())
        self.name, self.takes_several = name, takes_several

    def as_sql(self, compiler, connection):
        return f"({self.mark})" if self.takes_several else "%s", [self]

    @property
    def mark(self):
        return f"/*{self.name}*/"


class CompiledQuery:
    """`build` returns a queryset of what it takes, once a connection. A parameter that is () takes several values."""

    def __init__(self, build):
        self.build = build
        parameters = inspect.signature(build).parameters.values()
        self.holes = [Parameter(each.name, takes_several=each.default == ()) for each in parameters]

    def __call__(self, **values):
        if not is_sound():
            return list(self.build(**values))
        compiled = self._compiled()
        compiled.compiler.as_sql = lambda: compiled.sql_with(values)
        return list(compiled.queryset.all())

    def sql(self, **values):
        """(SQL, parameters). A page that is printed depends on the lists that it reads."""
        if not is_sound():
            return self.build(**values).query.sql_with_params()
        return self._compiled().sql_with(values)

    def _compiled(self):
        kept = connections[DEFAULT_DB_ALIAS].__dict__.setdefault("prepared", {})
        if self not in kept:
            kept[self] = _Compiled(self.build(*self.holes))
        return kept[self]


class _Compiled:
    """A queryset whose compiler need not write its SQL again."""

    def __init__(self, queryset):
        self.queryset = queryset
        with tracking.tracked(is_page=False) as seen:
            seen.is_compiling = True
            self.compiler = queryset.query.get_compiler(queryset.db)
            self.sql, self.params = self.compiler.as_sql()
        self.keys, self.open_keys = seen.keys, seen.open_keys
        self.is_followed = not seen.refused and tracking.is_followed(self.sql, seen.followed)
        converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.compiler.get_converters = lambda columns: converters
        queryset.query.get_compiler = lambda *_, **__: self.compiler  # goes along into every copy of the query

    def sql_with(self, given):
        sql, params = self.sql, []
        for param in self.params:
            if not isinstance(param, Parameter):
                params.append(param)
            elif param.takes_several:
                several = list(given[param.name]) or [None]
                sql = sql.replace(param.mark, ", ".join(["%s"] * len(several)), 1)
                params += map(_adapted, several)
            else:
                params.append(_adapted(given[param.name]))
        if (page := tracking.current()) is not None and page.is_tracking and self.is_followed:
            page.keys.update(self.keys)
            tracking.follow(sql, self._lists(given))
        return sql, params

    def _lists(self, given):
        for letter, hole in self.open_keys:
            value = given[hole.name]
            yield from ((letter, one) for one in (value if hole.takes_several else [value]))


@functools.cache
def is_sound():
    """Whether this Django asks our compiler for SQL, and takes what it gives; asked once a process, and no database."""
    try:
        compiled = _Compiled(
            ContentType.objects.filter(pk=Parameter("pk"), model__in=Parameter("models", takes_several=True))
        )
        given = compiled.sql_with({"pk": 7, "models": ["a", "b"]})
        compiled.compiler.as_sql = lambda: given
        copy = compiled.queryset.all().query.get_compiler(compiled.queryset.db)
        (sql, values), converters = copy.as_sql(), copy.get_converters([])
    except Exception:
        log.exception("Querysets cannot be compiled ahead in this Django.")
        return False
    return copy is compiled.compiler and (sql.count("%s"), values, type(converters)) == (3, ["a", "b", 7], dict)


def check(app_configs, **kwargs):
    """For Django's checks (apps.py)."""
    hint = f"articles/database/compiled.py was read on Django {READ_ON}. Until it is read again, pages take longer."
    return [] if is_sound() else [checks.Warning("Querysets are not compiled ahead.", hint=hint, id="articles.W001")]


def prefetched(row, name, rows):
    """Lets `row.name.all()` be these rows, as Django's prefetch_related does."""
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def _adapted(value):
    """As the database takes it: what a field would make of it. Raises TypeError for what only a field could adapt."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, enum.Enum):
        return value.value
    if not isinstance(value, PLAIN):
        raise TypeError(f"A prepared query takes no {type(value).__name__}: give the key of a row, or a plain value.")
    return value
