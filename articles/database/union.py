"""Several short index ranges in one query. Django's union() cannot do this, because on SQLite it takes no slices."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

AT_ONCE = 400  # SELECTs in one query: SQLite takes 500


def together(parts):
    """The values of several querysets of one column each, {name: queryset}: {name: [value, …]}, in one query.

    A part may also be (SQL, values) instead of a queryset (compiled.py).
    """
    return {name: [value for (value,) in rows] for name, rows in rows_together(parts).items()}


def rows_together(parts):
    """The same of querysets of several columns, each as many: {name: [row, …]}."""
    result = {name: [] for name in parts}
    if parts:
        names = list(parts)
        sql, values = _union_all(parts.values(), "{number}, part_{number}.*")
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            for number, *row in cursor.fetchall():
                result[names[number]].append(row)
    return result


def merged(selects, order, is_backwards, most):
    """The first `most` rows of several SELECTs, (SQL, values), in the order of the columns with these numbers.

    Where each SELECT reads an index in this order, the database merges them and reads no more rows than it gives.
    """
    return read(merging(selects, order, is_backwards, most), order, is_backwards, most)


def merging(selects, order, is_backwards, most):
    """[(SQL, values)] of the queries that `read` asks. How many rows are wanted stands in the SQL itself: PostgreSQL,
    which plans a query once for all values, would take a value for a tenth of the rows."""
    selects, batches = list(selects), []
    ordered = ", ".join(f"{number} DESC" if is_backwards else str(number) for number in order)
    # SQLite orders each SELECT by itself, and takes no order there; PostgreSQL orders only what is told to be.
    ordering = "{sql}" if connection.vendor == "sqlite" else f"({{sql}} ORDER BY {ordered} LIMIT {most:d})"
    for start in range(0, len(selects), AT_ONCE):
        batch = selects[start : start + AT_ONCE]
        part = ordering if len(batch) > 1 else "{sql}"
        union = " UNION ALL ".join(part.format(sql=sql) for sql, _values in batch)
        values = [value for _sql, values in batch for value in values]
        batches.append((f"{union} ORDER BY {ordered} LIMIT {most:d}", values))
    return batches


def read(batches, order, is_backwards, most):
    """The rows of `merged`, from what `merging` gave."""
    rows = []
    for sql, values in batches:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows += cursor.fetchall()
    if len(batches) > 1:
        rows.sort(key=lambda row: [row[number - 1] for number in order], reverse=is_backwards)
    return rows[:most]


def first_column(sql):
    """The ids alone of a query that `merging` gave, in their order, as a part for `together`."""
    return f"WITH found (pk, at) AS ({sql}) SELECT pk FROM found"


def any_of(querysets):
    """A subquery of all values of several querysets of one column each: `filter(pk__in=any_of(…))`."""
    return RawSQL(*_union_all(querysets, "*"))  # noqa: S611 (the values are parameters)


def _union_all(querysets, columns):
    parts = [part if isinstance(part, tuple) else _asked(part) for part in querysets]
    selects = (
        f"SELECT {columns.format(number=number)} FROM ({sql}) AS part_{number}" for number, (sql, _) in enumerate(parts)
    )
    return " UNION ALL ".join(selects), [value for _, values in parts for value in values]


def _asked(queryset):
    """Its (SQL, values); of one that Django would not ask, because it has no rows, a query without rows."""
    try:
        return queryset.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0 WHERE 1 = 0", ()
