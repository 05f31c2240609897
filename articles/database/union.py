"""Several short index ranges in one query. Django's union() cannot do this, because on SQLite it takes no slices."""

from django.db import connection
from django.db.models.expressions import RawSQL


def together(parts):
    """The values of several querysets of one column each, {name: queryset}: {name: [value, …]}, in one query.

    A part may also be (SQL, values) instead of a queryset (compiled.py).
    """
    result = {name: [] for name in parts}
    if parts:
        names = list(parts)
        sql, values = _union_all(parts.values(), "{number}, part_{number}.*")
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            for number, value in cursor.fetchall():
                result[names[number]].append(value)
    return result


def any_of(querysets):
    """A subquery of all values of several querysets of one column each: `filter(pk__in=any_of(…))`."""
    return RawSQL(*_union_all(querysets, "*"))  # noqa: S611 (the values are parameters)


def _union_all(querysets, columns):
    parts = [part if isinstance(part, tuple) else part.query.sql_with_params() for part in querysets]
    selects = (
        f"SELECT {columns.format(number=number)} FROM ({sql}) AS part_{number}" for number, (sql, _) in enumerate(parts)
    )
    return " UNION ALL ".join(selects), [value for _, values in parts for value in values]
