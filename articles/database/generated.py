"""Triggers and the rows they fill are compared with those of this release; if they differ, they are made anew.

`install` takes the SQL that makes them on a new database. The installed ones are read from the database's catalogue:
the text of a trigger (SQLite), of a function (PostgreSQL), the expression of a generated column. PostgreSQL does not
keep the text of a trigger, so a comment on it holds its digest.

Each kind of rows that triggers keep for stories has a `Fill`. Its version is the digest of all SQL that writes them,
kept in `articles_generated` with the last story that is filled: an interrupted fill goes on from there with the next
`migrate`. A migration that writes rows runs without triggers, so after it everything is filled anew. A digest of all
triggers stands there, too: a worker of an earlier release compares them with it (triggers.are_stale).
"""

import hashlib
import re
import sys
from typing import NamedTuple

from django.db import transaction
from django.db.migrations import RunPython, RunSQL
from django.utils.translation import gettext as _

from .invalidation import WAITS

AT_ONCE = 500  # stories in one transaction
MADE = re.compile(r"\s*CREATE (?:OR REPLACE |CONSTRAINT )?(FUNCTION|TRIGGER) (\w+)")
SEARCH = re.compile(r"\s*(?:CREATE VIRTUAL TABLE|ALTER TABLE \w+ ADD COLUMN search)\b")
VERSIONS = """CREATE TABLE IF NOT EXISTS articles_generated
              (name varchar(30) NOT NULL PRIMARY KEY, version varchar(32) NOT NULL, filled_to bigint)"""
ALL = "triggers"  # the row that holds the digest of all triggers, as the last `install` left them
NEXT = "SELECT max(id) FROM (SELECT id FROM articles_story WHERE id > %s ORDER BY id LIMIT %s) AS stories"


class Fill(NamedTuple):
    """Rows that triggers keep for stories, and how they are filled.

    `triggers`: names of the triggers that keep them. `empty`: SQL that deletes all of them. `statements`: SQL that
    fills them for the stories with %(first)s < id <= %(last)s, run in this order; it may be run again.
    """

    name: str
    triggers: set[str]
    empty: list[str]
    statements: list[str]


def install(connection, statements, fills, report):
    """Make what differs and fill it. `report` is called with a sentence for each step that takes long."""
    with connection.cursor() as cursor:
        ours = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor](cursor, report)
        with transaction.atomic(connection.alias):
            cursor.execute(VERSIONS)
            kinds = _by_kind(statements)
            for statement in kinds["search"]:
                ours.bring_search(statement)
            for statement in kinds["other"]:
                cursor.execute(statement)
            wanted = _by_name(kinds["made"])
            ours.bring(wanted)
            _begin(cursor, [(fill, _version(fill, wanted)) for fill in fills])
            _note(cursor, ALL, ours.digest())
        for fill in fills:
            _go_on(connection, cursor, fill, report)


def differing(connection, statements):
    """The names of the triggers and functions that `install` would make or drop."""
    with connection.cursor() as cursor:
        ours = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor](cursor, None)
        return ours.differing(_by_name(_by_kind(statements)["made"]))


def are_as_made(connection):
    """Whether the triggers are as the last `install` left them, be it that of another release."""
    with connection.cursor() as cursor:
        ours = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor](cursor, None)
        cursor.execute("SELECT version FROM articles_generated WHERE name = %s", [ALL])
        noted = cursor.fetchone()
        return noted == (ours.digest(),)


def make(connection, statements):
    """Make the triggers and functions among these statements, whatever is installed of them."""
    with connection.cursor() as cursor:
        ours = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor](cursor, None)
        for (kind, name), sql in sorted(_by_name(_by_kind(statements)["made"]).items()):
            ours.make(kind, name, sql)


def reporter(verbosity, out):
    """A function that writes a sentence to the output of `migrate`."""
    return lambda sentence: (out or sys.stdout).write(f"  {sentence}\n") if verbosity else None


def forget(connection, plan):
    """Called before migrations: if one writes rows or goes backwards, everything is to be filled anew afterwards."""
    writes = any(isinstance(each, RunPython | RunSQL) for migration, _back in plan for each in migration.operations)
    if writes or any(is_back for _migration, is_back in plan):
        with connection.cursor() as cursor:
            cursor.execute(VERSIONS)
            cursor.execute("DELETE FROM articles_generated")


def _by_kind(statements):
    """Statements by kind, without DROP TRIGGER: a trigger that differs is dropped by `bring`."""
    kinds = {"search": [], "other": [], "made": []}
    for statement in statements:
        if not statement.lstrip().startswith("DROP TRIGGER"):
            kind = "made" if MADE.match(statement) else "search" if SEARCH.match(statement) else "other"
            kinds[kind].append(statement)
    return kinds


def _by_name(made):
    """{(kind, name): the SQL that makes it}."""
    return {MADE.match(statement).groups(): statement for statement in made}


def _version(fill, wanted):
    waits = f" WHEN NOT {WAITS}()"  # changes when rows are written, and not which
    triggers = [sql.replace(waits, "") for (_kind, name), sql in sorted(wanted.items()) if name in fill.triggers]
    return digest("\n".join([*fill.empty, *fill.statements, *triggers]))


def digest(text):
    return hashlib.md5(" ".join(text.split()).encode(), usedforsecurity=False).hexdigest()


def _begin(cursor, versions):
    """Empty each Fill that has another version, and note that it is to be filled from the first story on."""
    cursor.execute("SELECT name, version FROM articles_generated")
    installed = dict(cursor.fetchall())
    for fill, version in versions:
        if installed.get(fill.name) != version:
            for statement in fill.empty:
                cursor.execute(statement)
            _note(cursor, fill.name, version, 0 if fill.statements else None)


def _note(cursor, name, version, begins_at=None):
    cursor.execute("DELETE FROM articles_generated WHERE name = %s", [name])
    cursor.execute("INSERT INTO articles_generated VALUES (%s, %s, %s)", [name, version, begins_at])


def _go_on(connection, cursor, fill, report):
    cursor.execute("SELECT filled_to FROM articles_generated WHERE name = %s", [fill.name])
    (filled_to,) = cursor.fetchone()
    while filled_to is not None:
        with transaction.atomic(connection.alias):
            cursor.execute(NEXT, [filled_to, AT_ONCE])
            (last,) = cursor.fetchone()
            for statement in fill.statements if last else ():
                cursor.execute(statement, {"first": filled_to, "last": last})
            cursor.execute("UPDATE articles_generated SET filled_to = %s WHERE name = %s", [last, fill.name])
        if last:
            report(_("%(name)s: filled up to story %(last)s") % {"name": fill.name, "last": last})
        filled_to = last


class Installed:
    """The triggers that are installed."""

    def __init__(self, cursor, report):
        self.cursor, self.report = cursor, report

    def digest(self):
        return digest(repr(sorted(self._installed().items())))


class Sqlite(Installed):
    def bring(self, wanted):
        installed, differing = self._installed(), self.differing(wanted)
        for name in installed.keys() & differing:
            self.cursor.execute(f"DROP TRIGGER {name}")
        for (kind, name), sql in wanted.items():
            if name in differing:
                self.make(kind, name, sql)

    def make(self, kind, name, sql):
        self.cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        self.cursor.execute(sql)

    def differing(self, wanted):
        installed, wanted = self._installed(), {name: sql for (_kind, name), sql in wanted.items()}
        return {name for name in installed.keys() | wanted.keys() if installed.get(name) != wanted.get(name)}

    def _installed(self):
        """{name: SQL}."""
        self.cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'articles_*'")
        return dict(self.cursor.fetchall())

    def bring_search(self, sql):
        """If the table of the index differs, forget its version, so that its Fill makes it anew."""
        self.cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'articles_search'")
        installed = self.cursor.fetchone()
        if installed is None or digest(installed[0].replace("IF NOT EXISTS ", "")) != digest(sql):
            self.cursor.execute("DELETE FROM articles_generated WHERE name = 'search'")


class Postgresql(Installed):
    def bring(self, wanted):
        """Functions first: triggers call them."""
        installed, versions = self._installed(), self._versions(wanted)
        for key in sorted(installed.keys() - versions.keys(), reverse=True):
            table, _version = installed[key]
            self.cursor.execute(f"DROP TRIGGER {key[1]} ON {table}" if table else f"DROP FUNCTION {key[1]}()")
        for (kind, name), sql in sorted(wanted.items()):
            _table, version = installed.get((kind, name), ("", None))
            if version != versions[kind, name]:
                self.make(kind, name, sql)

    def make(self, kind, name, sql):
        if kind == "FUNCTION":
            self.cursor.execute(sql)
            return
        table = re.search(r"\bON (\w+)", sql)[1]
        self.cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        self.cursor.execute(sql)
        self.cursor.execute(f"COMMENT ON TRIGGER {name} ON {table} IS '{digest(sql)}'")

    def differing(self, wanted):
        versions = self._versions(wanted)
        installed = {key: version for key, (_table, version) in self._installed().items()}
        keys = installed.keys() | versions.keys()
        return {name for kind, name in keys if installed.get((kind, name)) != versions.get((kind, name))}

    def _versions(self, wanted):
        return {key: sql.split("$$")[1] if key[0] == "FUNCTION" else digest(sql) for key, sql in wanted.items()}

    def _installed(self):
        """{(kind, name): (table of a trigger, version)}."""
        self.cursor.execute(r"""
            SELECT 'TRIGGER', tgname, tgrelid::regclass::text, obj_description(oid, 'pg_trigger') FROM pg_trigger
                WHERE NOT tgisinternal AND tgname LIKE 'articles\_%'
            UNION ALL SELECT 'FUNCTION', proname, '', prosrc FROM pg_proc
                WHERE prorettype = 'trigger'::regtype AND proname LIKE 'articles\_%'
                AND pronamespace = current_schema()::regnamespace""")
        return {(kind, name): (table, version) for kind, name, table, version in self.cursor.fetchall()}

    def bring_search(self, sql):
        """Make the column that is generated from the texts, if it differs; PostgreSQL fills it by itself."""
        table = re.search(r"ALTER TABLE (\w+)", sql)[1]
        installed = self._expression(table)
        wanted = self._expression_of(sql, table)
        if installed != wanted:
            if installed is not None:
                self.report(_("search: PostgreSQL makes the index of %(table)s anew") % {"table": table})
                self.cursor.execute(f"ALTER TABLE {table} DROP COLUMN search")
            self.cursor.execute(sql)

    def _expression_of(self, sql, table):
        """The expression as PostgreSQL writes it, read from a temporary table with the same columns."""
        self.cursor.execute(f"CREATE TEMPORARY TABLE wanted_search (LIKE {table})")
        self.cursor.execute("ALTER TABLE wanted_search DROP COLUMN IF EXISTS search")
        self.cursor.execute(sql.replace(table, "wanted_search"))
        expression = self._expression("wanted_search")
        self.cursor.execute("DROP TABLE wanted_search")
        return expression

    def _expression(self, table):
        self.cursor.execute(
            """SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute
               ON attrelid = adrelid AND attnum = adnum WHERE adrelid = %s::regclass AND attname = 'search'""",
            [table],
        )
        return (self.cursor.fetchone() or [None])[0]
