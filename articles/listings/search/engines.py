"""How each database is asked for a Question. Its index is database/search_index.py."""

from django.db import connection

STORIES = {
    "sqlite": "SELECT rowid FROM articles_search WHERE articles_search MATCH %s",
    "postgresql": "SELECT id FROM articles_story WHERE search @@ %s::tsquery",
}
NAMED = {  # of a table of database/fills.py's NAMED
    "sqlite": "SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s",
    "postgresql": "SELECT id FROM {table} WHERE search @@ %s::tsquery",
}


def stories(terms, without=()):
    """(SQL, values) of the ids of all stories that hold each of these terms and none of the others."""
    return STORIES[connection.vendor], [asked(terms, without)]


def named(table, terms):
    """The same of the rows of a table that is found by its names."""
    return NAMED[connection.vendor].format(table=table), [asked(terms)]


def asked(terms, without=()):
    return _SYNTAX[connection.vendor](terms, without)


def any_of(terms):
    """(SQL, values) of the same, but for rows that hold at least one of the terms: see `named`."""
    between = {"sqlite": " OR ", "postgresql": " | "}[connection.vendor]
    return between.join(f"({asked([term])})" for term in terms)


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
