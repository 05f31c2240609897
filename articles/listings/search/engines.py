"""How each database is asked for a Question. Its index is database/search_index.py."""

import json
import re

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from articles.database.search_index import BLOCK

STORIES = {
    "sqlite": "SELECT rowid FROM articles_search WHERE articles_search MATCH %s",
    # A value that the planner does not know keeps it to the index: it takes a look at the words of a text for cheap.
    "postgresql": "SELECT id FROM articles_story WHERE search @@ (SELECT %s::tsquery)",
}
NAMED = {  # of a table of database/fills.py's NAMED
    "sqlite": "SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s",
    "postgresql": "SELECT id FROM {table} WHERE search @@ %s::tsquery",
}
_NEWEST = {"sqlite": " ORDER BY rowid DESC LIMIT {most}", "postgresql": " ORDER BY id DESC LIMIT {most}"}

NEAR = 4  # so many times as many of the newest stories are looked through first

ONE_BY_ONE = 500  # ids that are asked for; of more, all near them
SAMPLE = 1_024  # of the newest stories, of which is asked how many hold the words
MET = 200  # stories that hold a word, of which is asked whether readers have them

_WORDS = """SELECT value FROM json_each(%s)
            WHERE EXISTS (SELECT 1 FROM temp.known_words WHERE known_words.term = json_each.value)"""
# A family of forms is asked for where some word begins as they all do.
_KNOWN = """SELECT form.value
            FROM (SELECT value FROM json_each(%s) AS family
                  WHERE (SELECT term FROM temp.known_words WHERE term >= family.value ->> 0 LIMIT 1)
                        < (family.value ->> 0) || '{'
                  LIMIT -1 OFFSET 0) AS family CROSS JOIN json_each(family.value, '$[1]') AS form
            WHERE EXISTS (SELECT 1 FROM temp.known_words WHERE known_words.term = form.value)"""
_FORMS = """SELECT string_agg(form, ' | ')::tsquery FROM unnest(%s::text[]) AS form
            WHERE EXISTS (SELECT FROM {table} WHERE search @@ form::tsquery OFFSET 0)"""
# The blocks of PostgreSQL's index that hold the newest SAMPLE stories.
_NEWEST_BLOCKS = f"{BLOCK} && (SELECT ARRAY[max(id) >> 10, (max(id) >> 10) - 1]::int[] FROM articles_story)"  # noqa: S608
_HOLDS = "SELECT FROM articles_story WHERE search @@ form::tsquery"
# A frequent form is met among the newest stories, and the list of a seldom one is short.
_THERE = f"""SELECT form FROM unnest(%s::text[]) AS form
             WHERE EXISTS ({_HOLDS} AND {_NEWEST_BLOCKS} OFFSET 0) OR EXISTS ({_HOLDS} OFFSET 0)"""  # noqa: S608 (ours)
_KEY = {"sqlite": "rowid", "postgresql": "id"}
_LISTED = {"sqlite": "SELECT value FROM json_each(%s)", "postgresql": "SELECT unnest(%s::bigint[])"}
_BETWEEN = {"sqlite": " OR ", "postgresql": " | "}  # two terms, of which one will do


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
    """The terms without forms that no story has: a word has a hundred forms, and each that is asked for costs time at
    each story. What was typed stays."""
    forms = sorted({phrase[0] for term in terms for phrase in term.phrases if len(phrase) == 1})
    there = (
        {*there_are(forms)} if connection.vendor == "postgresql" else {*read(_KNOWN, [json.dumps(_families(forms))])}
    )
    return tuple(
        term._replace(phrases=tuple(p for p in term.phrases if p == term.exact or len(p) > 1 or p[0] in there))
        for term in terms
    )


def there_are(words):
    """Those of these words that some story has, live or not."""
    if connection.vendor == "sqlite":
        return read(_WORDS, [json.dumps(words)])
    return [word.strip("'") for word in read(_THERE, [[f"'{word}'" for word in words]])]


def _families(forms):
    """[[word, the forms that begin with it]] of sorted forms: gubernur, gubernurnya; digubernurkan … Most of a hundred
    forms are no words, and a family of which there is none is done with by one look."""
    families = []
    for form in forms:
        if not families or not form.startswith(families[-1][0]):
            families.append((form, []))
        families[-1][1].append(form)
    return families


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
    return read(f"{sql} LIMIT {int(most)}", values)


def read(sql, values):
    """The ids of such a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]


def are_few(terms, without, most):
    """Whether no more stories than `most` hold the terms, as far as PostgreSQL's statistics tell: it would read the
    texts of thousands to count them. SQLite counts them in no time."""
    asks = asked(terms, without)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT count(*) FROM ({STORIES['sqlite']} LIMIT {most + 1:d})", [asks])  # noqa: S608
            return cursor.fetchone()[0] <= most
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM articles_story WHERE search @@ %s::tsquery", [asks])
        return cursor.fetchone()[0][0]["Plan"]["Plan Rows"] <= most


def share(terms, without):
    """How many of the newest SAMPLE stories hold the terms."""
    sql, values = stories(terms, without)
    newest = f"{_KEY[connection.vendor]} > (SELECT max(id) FROM articles_story) - {SAMPLE}"  # noqa: S608
    if connection.vendor == "postgresql":
        newest = f"{newest} AND {_NEWEST_BLOCKS}"
    [count] = read(f"SELECT count(*) FROM ({sql} AND {newest}) AS held", values)  # noqa: S608 (conditions of ours)
    return count


def held(terms, without, ids):
    """Those of these ids, and perhaps others near them, of which the stories hold the terms."""
    if not ids:
        return []
    sql, values = stories(terms, without)
    if len(ids) <= ONE_BY_ONE:
        return read(*among((sql, values), ids))
    if connection.vendor == "sqlite":
        return read(f"{sql} AND rowid BETWEEN %s AND %s", [*values, min(ids), max(ids)])
    return read(f"{sql} AND {BLOCK} && %s::int[]", [*values, sorted({pk >> 10 for pk in ids})])


def condition(terms, without):
    """The condition that a story holds the terms."""
    if connection.vendor == "sqlite":
        return Q(pk__in=RawSQL(*stories(terms, without)))  # noqa: S611 (words are parameters)
    return RawSQL("articles_story.search @@ (SELECT %s::tsquery)", [asked(terms, without)], BooleanField())


def in_head(terms, least, most):
    """The ids from one to another of the stories of which headline or standfirst hold one of the terms; None if the
    database does not tell."""
    if connection.vendor != "sqlite":
        return None
    words = " OR ".join(asked([term]) for term in terms)
    return read(
        f"{STORIES['sqlite']} AND rowid BETWEEN %s AND %s", [f"{{headline standfirst}} : ({words})", least, most]
    )


def listed(ids):
    """Ids as one value, for `is_listed`."""
    listed = ",".join(map(str, ids))
    return f"[{listed}]" if connection.vendor == "sqlite" else f"{{{listed}}}"


def is_listed(ids):
    """The condition that a story is one of `listed` ids."""
    return RawSQL(f'"articles_story"."id" IN ({_LISTED[connection.vendor]})', [ids], BooleanField())  # noqa: S611


def in_seconds(sql):
    """A query for (pk, live_from), with seconds since 1970: making times of thousands of rows takes longer than to rank
    them."""
    seconds = {"sqlite": "unixepoch(live_from)", "postgresql": "floor(extract(epoch FROM live_from))::bigint"}
    return f"SELECT pk, {seconds[connection.vendor]} FROM ({sql}) AS found"  # noqa: S608 (a query of ours)


def by_key(sql):
    """The same query, by the index that has state and edition, too: SQLite would read the rows of all of them."""
    if connection.vendor != "sqlite":
        return sql
    return re.sub(r'FROM "articles_story"', 'FROM "articles_story" INDEXED BY "story_by_key"', sql, count=1)


def some(question, most):
    """The same of any so many of the ids of stories, which PostgreSQL then looks for once, wherever the query stands,
    and first among the newest."""
    sql, values = question
    if connection.vendor == "sqlite":
        return f"{sql} LIMIT {int(most)}", values
    both = f"({sql} AND {_NEWEST_BLOCKS}) UNION ALL ({sql}) LIMIT {int(most)}"
    return f"SELECT unnest(ARRAY({both}))", [*values, *values]


def among(question, ids):
    """The same of those that are among these ids, of which there is at least one."""
    sql, values = question
    column = {"sqlite": "+rowid", "postgresql": "id"}[connection.vendor]  # + : one search, and not one for each id
    return f"{sql} AND {column} IN ({','.join(map(str, map(int, ids)))})", values


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
