"""The tables of a database, as it describes them itself: to compare two databases that were made in different ways."""

import re

from django.db import connection

POSTGRESQL = {
    "columns": """SELECT table_name, column_name || data_type || is_nullable || is_identity,
                         coalesce(character_maximum_length::text, generation_expression, column_default, '')
                  FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid) FROM pg_constraint
                      WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, '', regexp_replace(indexdef, 'INDEX \\S+', 'INDEX') FROM pg_indexes",
    "triggers": """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
                   WHERE NOT tgisinternal""",
}
SAME = re.compile(r"::(character varying|text|bigint)(\[\])?|[() ]|[0-9]+(?=_fk|_uniq)")  # written or not by PostgreSQL


def structure():
    """{(table, what of it, its definition)} of the tables of this newsroom: columns, constraints, indexes, triggers.

    In which order columns stand, and names that Django makes, are left out.
    """
    found = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]()
    return {row for row in found if row[0].startswith(("articles_", "taggit_"))}


def _sqlite():
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        for kind, table, sql in cursor.fetchall():
            parts = _clauses(sql) if kind == "table" and "VIRTUAL" not in sql else [sql]
            yield from ((table, kind, " ".join(part.split())) for part in parts)


def _clauses(sql):
    """What a CREATE TABLE lists between its outermost brackets."""
    depth, clause = 0, ""
    for token in re.findall(r"'[^']*'|\"[^\"]*\"|.", sql[sql.index("(") + 1 : sql.rindex(")")], re.DOTALL):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "," and not depth:
            yield clause
            clause = ""
        else:
            clause += token
    yield clause


def _postgresql():
    with connection.cursor() as cursor:
        for kind, query in POSTGRESQL.items():
            cursor.execute(query)
            yield from (
                (table, f"{kind} {of}", SAME.sub("", definition)) for table, of, definition in cursor.fetchall()
            )
