"""Querysets that are compiled once: Django needs ten times as long to write the SQL of a page as the database needs to
answer it, and only the values differ between two requests.

    of_day = CompiledQuery(lambda day, states=(): Story.objects.filter(day=day, state__in=states))
    of_day(day=date, states=["released"])      # the rows
    of_day.sql(day=date, states=["released"])  # (SQL, values), for union.py

This replaces methods that Django does not document (`READ_ON` is the version in which they were read). `is_sound` is
False in a Django where they work otherwise: querysets are then compiled each time, which is slower and gives the same
rows, and Django's checks warn of it.
"""

import datetime
import enum
import functools
import inspect
import logging
import uuid
from weakref import WeakKeyDictionary

from django.contrib.contenttypes.models import ContentType
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, prefetch_related_objects
from django.db.models.expressions import Expression

from articles import tracking

# Query.clone, Query.get_compiler, SQLCompiler.as_sql, .execute_sql, .results_iter, .get_converters, and of a QuerySet
# _iterable_class, _prefetch_related_lookups.
READ_ON = "6.1"
PLAIN = {str, int, float, bytes, bool, type(None)}

log = logging.getLogger(__name__)


class Parameter(Expression):
    """Stands in a queryset for a value that is given when its rows are asked for, or for several values (IN)."""

    def __init__(self, name, takes_several=False):
        super().__init__(output_field=Field())
        self.name, self.takes_several = name, takes_several

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.takes_several) == (other.name, other.takes_several)

    def __hash__(self):
        return hash(self.name)

    def as_sql(self, compiler, connection):
        return f"({self.mark})" if self.takes_several else "%s", [self]

    @property
    def mark(self):
        return f"/*{self.name}*/"


class CompiledQuery:
    """`build` makes a queryset of its parameters, once per connection. A parameter with default () takes several."""

    def __init__(self, build):
        self.build = build
        parameters = inspect.signature(build).parameters.values()
        self.parameters = [Parameter(each.name, takes_several=each.default == ()) for each in parameters]

    def __call__(self, **values):
        if not is_sound():
            return list(self.build(**values))
        compiled = self._compiled()
        compiled.compiler.as_sql = lambda: compiled.sql_with(values)
        return compiled.rows()

    def sql(self, **values):
        """(SQL, parameters). The page that is being rendered depends on the lists that this SQL reads."""
        if not is_sound():
            return self.build(**values).query.sql_with_params()
        return self._compiled().sql_with(values)

    def _compiled(self):
        compiled = connections[DEFAULT_DB_ALIAS].__dict__.setdefault("compiled_queries", WeakKeyDictionary())
        if self not in compiled:
            compiled[self] = _Compiled(self.build(*self.parameters))
        return compiled[self]


class _Compiled:
    """A queryset whose compiler need not write its SQL again."""

    def __init__(self, queryset):
        self.queryset = queryset
        with tracking.tracked(is_page=False) as tracker:
            tracker.is_compiling = True
            self.compiler = queryset.query.get_compiler(queryset.db)
            self.sql, self.params = self.compiler.as_sql()
        self.keys, self.open_keys = tracker.keys, tracker.open_keys
        self.is_followed = not tracker.refused and tracking.is_followed(self.sql, tracker.followed)
        converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.compiler.get_converters = lambda columns: converters
        queryset.query.get_compiler = lambda *_, **__: self.compiler  # copied with every copy of the query

    def rows(self):
        """Those of the SQL that the compiler gives now. The queryset is not copied first, as Django would."""
        rows = list(self.queryset._iterable_class(self.queryset))
        if lookups := self.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows

    def sql_with(self, values):
        sql, params = filled(self.sql, self.params, values)
        if (page := tracking.current()) is not None and page.is_tracking and self.is_followed:
            page.keys.update(self.keys)
            tracking.follow(sql, self._lists(values))
        return sql, params

    def _lists(self, values):
        for letter, parameter in self.open_keys:
            value = values[parameter.name]
            yield from ((letter, one) for one in (value if parameter.takes_several else [value]))


def filled(sql, params, values):
    """(SQL, parameters) of a compiled queryset, with these values in the place of its Parameters."""
    given = []
    for param in params:
        if not isinstance(param, Parameter):
            given.append(param)
        elif param.takes_several:
            several = list(values[param.name]) or [None]
            several = several if PLAIN.issuperset(map(type, several)) else list(map(_adapted, several))
            sql, more = _SEVERAL[connection.vendor](sql, param.mark, several)
            given += more
        else:
            given.append(_adapted(values[param.name]))
    return sql, given


def _each(sql, mark, several):
    return sql.replace(mark, ", ".join(["%s"] * len(several)), 1), several


def _as_array(sql, mark, several):
    """PostgreSQL gets them as one value, so that it sees one statement, however many they are, and plans it once."""
    among = f" IN ({mark})"
    at = sql.index(mark) - len(among) + len(mark) + 1
    if not sql.startswith(among, at):
        return _each(sql, mark, several)
    return f"{sql[:at]} = ANY(%s){sql[at + len(among) :]}", [several]


_SEVERAL = {"sqlite": _each, "postgresql": _as_array}


def placed(params, values):
    """The parameters of a compiled queryset, with these values; those without one stay Parameters."""
    return [
        _adapted(values[param.name]) if isinstance(param, Parameter) and param.name in values else param
        for param in params
    ]


@functools.cache
def is_sound():
    """Whether this Django asks our compiler for SQL and uses its answer. Tried once per process, without a query."""
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
    are_given = (sql, values) == given and sql.count("%s") == len(values)
    return copy is compiled.compiler and are_given and type(converters) is dict


def check(app_configs, **kwargs):
    """For Django's checks (apps.py)."""
    hint = f"articles/database/compiled.py was read on Django {READ_ON}. Until it is read again, pages take longer."
    return [] if is_sound() else [checks.Warning("Querysets are not compiled ahead.", hint=hint, id="articles.W001")]


def rows_of(model, name, rows):
    """Those of `rows` that are a `model`'s row.name.all(), by the key of that row."""
    back = model._meta.get_field(name).field.name
    return CompiledQuery(lambda key: rows.filter(**{back: key}))


def prefetched(row, name, rows):
    """Make `row.name.all()` these rows, and `row` what they refer to, as Django's prefetch_related does."""
    back = row._meta.get_field(name).field.name
    for one in rows:
        setattr(one, back, row)
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def _adapted(value):
    """The value as a field would pass it to the database. Raises TypeError for a value that only a field can adapt."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, enum.Enum):
        return value.value
    if not isinstance(value, tuple(PLAIN)):
        raise TypeError(f"A compiled query takes no {type(value).__name__}: give the key of a row, or a plain value.")
    return value
