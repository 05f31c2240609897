"""How each database is asked for a Question. Its index is database/search_index.py."""

import json

from django.db import connection
from django.db.models import Func, IntegerField
from django.db.models.expressions import RawSQL

STORIES = {
    "sqlite": "SELECT rowid FROM articles_search WHERE articles_search MATCH %s",
    "postgresql": "SELECT id FROM articles_story WHERE search @@ %s::tsquery",
}
NAMED = {  # of a table of database/fills.py's NAMED
    "sqlite": "SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s",
    "postgresql": "SELECT id FROM {table} WHERE search @@ %s::tsquery",
}
_NEWEST = {"sqlite": " ORDER BY rowid DESC LIMIT {most}", "postgresql": " ORDER BY id DESC LIMIT {most}"}

NEAR = 4  # so many times as many of the newest stories are looked through first

LOOKED_AT, FREQUENT = 300, 0.2  # stories, and which part of them holds what is frequent
_NEWEST_WORDS = f"SELECT search FROM articles_story ORDER BY id DESC LIMIT {LOOKED_AT}"  # noqa: S608 (a number)

_KNOWN = """SELECT value FROM json_each(%s)
            WHERE EXISTS (SELECT 1 FROM temp.known_words WHERE known_words.term = json_each.value)"""
_FORMS = """SELECT string_agg(form, ' | ')::tsquery FROM unnest(%s::text[]) AS form
            WHERE EXISTS (SELECT FROM {table} WHERE search @@ form::tsquery OFFSET 0)"""
_BETWEEN = {"sqlite": " OR ", "postgresql": " | "}  # two terms, of which one will do


class Seconds(Func):
    """A time as whole seconds since 1970."""

    template, arity, output_field = "floor(extract(epoch FROM %(expressions)s))::bigint", 1, IntegerField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **extra
        )


def stories(terms, without=()):
    """(SQL, values) of the ids of all stories that hold each of these terms and none of the others."""
    return STORIES[connection.vendor], [asked(terms, without)]


class Holding(RawSQL):
    """The ids of all stories that hold each of these terms and none of the others, as a subquery."""

    def __init__(self, terms, without=()):
        super().__init__(*stories(terms, without))
        self.terms, self.without = terms, without

    def newest(self, most):
        """(SQL, values) of so many of the ids, the highest first."""
        if connection.vendor == "sqlite":
            return _first_sqlite(self.sql, most), self.params
        return _newest_postgresql("articles_story", self.terms, self.without, most)


def named(table, terms, any_will_do=False):
    """The same of the rows of a table that is found by its names; `any_will_do`: rows that hold one of the terms."""
    words = _BETWEEN[connection.vendor].join(asked([term]) for term in terms) if any_will_do else asked(terms)
    return NAMED[connection.vendor].format(table=table), [words]


def newest_named(table, terms, most):
    """The same of the newest so many rows that hold one of the terms."""
    sql, values = named(table, terms, any_will_do=True)
    return sql + _NEWEST[connection.vendor].format(most=most), values


def newest_with_name(table, terms, most):
    """The same of the newest so many rows that hold each of the terms. PostgreSQL compares the words of the newest rows
    first: these are few, so that it is faster than the index where many rows hold them."""
    if connection.vendor == "sqlite":
        sql, values = named(table, terms)
        return _first_sqlite(sql, most), values
    words, values = _of_known_forms(table, terms, ())
    in_order = f"ORDER BY id DESC LIMIT {most:d}"
    looked_at = f"SELECT id, search FROM {table} ORDER BY id DESC LIMIT {NEAR * most:d}"  # noqa: S608 (a name of ours)
    held = "search @@ (SELECT words FROM asked)"
    near = f"(SELECT id FROM ({looked_at}) AS near WHERE {held} {in_order})"  # noqa: S608
    border = f"(SELECT min(id) FROM ({looked_at}) AS near)"  # noqa: S608
    far = f"(SELECT id FROM {table} WHERE {held} AND id + 0 < {border} {in_order})"  # noqa: S608
    return f"WITH asked (words) AS MATERIALIZED ({words}) {near} UNION ALL {far} LIMIT {most:d}", values


def _first_sqlite(sql, most):
    return f"{sql} ORDER BY 1 DESC LIMIT {most:d}"


def _newest_postgresql(table, terms, without, most):
    """PostgreSQL would read the words of every row where it knows that many hold them, which takes longer than the
    index of words; a value that it does not know yet keeps it to that. It looks through the newest rows first."""
    words, values = _of_known_forms(table, terms, without)
    holding = f"SELECT id FROM {table} WHERE search @@ (SELECT words FROM asked)"  # noqa: S608 (a name of ours)
    border = f"(SELECT max(id) FROM {table}) - {NEAR * most:d}"  # noqa: S608
    in_order = f"ORDER BY id DESC LIMIT {most:d}"
    near, far = (f"({holding} AND {where} {border} {in_order})" for where in ("id >", "id + 0 <="))
    return f"WITH asked (words) AS MATERIALIZED ({words}) {near} UNION ALL {far} LIMIT {most:d}", values


def known(terms):
    """The terms without forms that no story has: SQLite takes a tenth of a millisecond for each word that is asked for.

    What was typed stays. PostgreSQL looks words up faster than it could tell which there are.
    """
    if connection.vendor != "sqlite":
        return terms
    forms = sorted({phrase[0] for term in terms for phrase in term.phrases if len(phrase) == 1})
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [json.dumps(forms)])
        there = {word for (word,) in cursor.fetchall()}
    return tuple(
        term._replace(phrases=tuple(p for p in term.phrases if p == term.exact or len(p) > 1 or p[0] in there))
        for term in terms
    )


def asked(terms, without=()):
    return _SYNTAX[connection.vendor](terms, without)


def _of_known_forms(table, terms, without):
    """(SQL, values) of the question on PostgreSQL, without forms that no row has: a word has a hundred, and each of
    them is compared at each row that has one."""
    parts, values, known_forms = [], [], _FORMS.format(table=table)
    for term in terms:
        forms = [f"'{phrase[0]}'" for phrase in term.phrases if len(phrase) == 1 and phrase != term.exact]
        typed = term._replace(phrases=tuple(each for each in term.phrases if len(each) > 1 or each == term.exact))
        parts.append(f"(%s::tsquery || COALESCE(({known_forms}), ''))")
        values += [_postgresql_term(typed), forms]
    for term in without:
        parts.append("!! %s::tsquery")
        values.append(_postgresql_term(term))
    return f"SELECT {' && '.join(parts)}", values


def holding_any(terms):
    """The same of the ids of stories that hold at least one of the terms."""
    return STORIES[connection.vendor], [_BETWEEN[connection.vendor].join(asked([term]) for term in terms)]


def first(sql, values, most):
    """At most so many ids of such a query."""
    return read(*some((sql, values), most))


def read(sql, values):
    """The ids of such a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]


def is_frequent(terms, without=()):
    """Whether so many stories meet it that to find a few thousand of them is lost labour, as far as the newest tell.

    PostgreSQL reads the words of each of the thousands; SQLite reads them all from its index in no time.
    """
    if connection.vendor == "sqlite":
        return False
    sql = f"SELECT count(*) FROM ({_NEWEST_WORDS}) AS story WHERE search @@ %s::tsquery"  # noqa: S608 (no words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked(terms, without)])
        return cursor.fetchone()[0] >= LOOKED_AT * FREQUENT


def some(question, most):
    """The same of any so many of the ids, which PostgreSQL then looks for once, wherever the query stands."""
    sql, values = question
    whole = {"sqlite": "{sql}", "postgresql": "SELECT unnest(ARRAY({sql}))"}[connection.vendor]
    return whole.format(sql=f"{sql} LIMIT {int(most)}"), values


def among(question, ids):
    """The same of those that are among these ids, of which there is at least one."""
    sql, values = question
    column = {"sqlite": "+rowid", "postgresql": "id"}[connection.vendor]  # + : one search, and not one for each id
    return f"{sql} AND {column} IN ({','.join(str(int(pk)) for pk in ids)})", values


def _sqlite(terms, without):
    every = " AND ".join(_sqlite_term(term) for term in terms)
    return f"({every}) NOT ({' OR '.join(_sqlite_term(term) for term in without)})" if without else every


def _sqlite_term(term):
    """Words are letters and digits (text/words.py), so that quotation marks hold them."""
    phrases = [f'"{" ".join(phrase)}"' for phrase in term.phrases]
    begun = [f'"{term.exact[0]}"*'] * term.is_begun
    return f"({' OR '.join([*phrases, *begun])})"


def _postgresql(terms, without):
    return " & ".join([*map(_postgresql_term, terms), *(f"!{_postgresql_term(term)}" for term in without)])


def _postgresql_term(term):
    phrases = [f"({' <-> '.join(f"'{word}'" for word in phrase)})" for phrase in term.phrases]
    begun = [f"'{term.exact[0]}':*"] * term.is_begun
    return f"({' | '.join([*phrases, *begun])})"


_SYNTAX = {"sqlite": _sqlite, "postgresql": _postgresql}
