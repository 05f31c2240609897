"""Stories that lack words of a question, but have them beside their text: tags, people, running stories, captions.

The names are looked up in their own small indexes, and lead to stories by the indexes of the links. So a tag that is
renamed writes no story anew.
"""

from typing import NamedTuple

from django.db import connection

from articles.database import fills
from articles.database.union import merging, rows_together, together
from articles.models import Credit, Photo, PhotoInText, Story, TaggedStory
from articles.text import stems

from . import engines
from .scanning import Scanner

MOST_ROWS = 200  # of a table that hold one of the words: the newest
MOST_GROUPS = 6
MOST_OF_GROUP = 20  # rows, each of which is a range of an index
MOST_STORIES = 2_000
_NOT_SHOWN = {"keywords"}  # readers do not see them


class Group(NamedTuple):
    """Rows of a table that have the same terms of a question, by their numbers."""

    table: str
    has: frozenset[int]
    ids: list[int]


def groups(terms, least=1):
    """The Groups that have at least so many of the terms, those with most of them first."""
    found, rows = {}, _named(terms)
    for number, (its, _is_row) in Scanner(terms).scan([text for _table, _pk, text in rows]).items():
        if len(its) >= least:
            table, pk, _text = rows[number]
            found.setdefault((table, frozenset(its)), []).append(pk)
    every = [Group(table, has, ids) for (table, has), ids in found.items()]
    return sorted(every, key=lambda group: -len(group.has))[:MOST_GROUPS]


def _stem(term):
    """With the words that begin like the one that was typed, these are the forms that names have."""
    return [(stem,)] if len(term.exact) == 1 and (stem := stems.stem(term.exact[0])) != term.exact[0] else []


def _named(terms):
    """(Table, id, names) of the rows that may hold one of the terms, in one query."""
    short = [term._replace(phrases=(term.exact, *_stem(term)), is_begun=len(term.exact) == 1) for term in terms]
    parts, every = [], []
    for number, table in enumerate(fills.NAMED):
        text = " || ' ' || ".join(name for name in fills.NAMED[table] if name not in _NOT_SHOWN)
        sql, values = engines.newest_named(table, short, MOST_ROWS)
        newest = f"SELECT id, {text} AS text FROM {table} WHERE id IN ({sql}) ORDER BY id DESC"  # noqa: S608
        parts.append(f"SELECT '{table}', part_{number}.* FROM ({newest}) AS part_{number}")  # noqa: S608
        every += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), every)
        return cursor.fetchall()


def newest(groups, editions, until):
    """{number of a group: {id: time}} of its newest stories, live or not."""
    rows = rows_together({number: _newest(group, editions, until) for number, group in enumerate(groups)})
    return {number: {pk: at for at, pk in its} for number, its in rows.items()}


def stories(groups, found, asked):
    """{id: numbers of the terms that rows beside it have} of the stories of these groups, as `newest` gave them, that
    hold the other terms of the question in their text, and none of those that are not wanted."""
    held = together(dict(_texts(groups, found, asked)))
    when, has = {}, {}
    for number, group in enumerate(groups):
        rest = any(at not in group.has for at in range(len(asked.terms)))
        lacking, unwanted = held.get((number, "has"), ()), {*held.get((number, "without"), ())}
        for pk in lacking if rest else found[number]:
            if pk not in unwanted:
                when[pk], has[pk] = found[number][pk], has.get(pk, frozenset()) | group.has
    return {pk: has[pk] for pk in sorted(when, key=when.get, reverse=True)[:MOST_STORIES]}


def _newest(group, editions, until):
    """The query for (time, id) of its newest stories, by the indexes of its links."""
    selects = [rows.query.sql_with_params() for rows in _OF[group.table](group.ids[:MOST_OF_GROUP], editions, until)]
    (question,) = merging(selects, [1], is_backwards=True, most=MOST_STORIES)
    return question


def _texts(groups, found, asked):
    """((Number of a group, what is asked), question) for the texts of the stories of each group."""
    for number, group in enumerate(groups):
        rest = [term for at, term in enumerate(asked.terms) if at not in group.has]
        if found[number] and rest:
            yield (number, "has"), engines.among(engines.stories(rest, asked.without), found[number])
        elif found[number] and asked.without:
            yield (number, "without"), engines.among(engines.holding_any(asked.without), found[number])


def _tagged(ids, editions, until):
    for tag in ids:
        links = TaggedStory.objects.filter(tag=tag, edition__in=editions, live_from__lte=until)
        yield links.order_by().values_list("live_from", "content_object")


def _credited(ids, _editions, until):
    for person in ids:
        links = Credit.objects.filter(person=person, live_from__lte=until)
        yield links.order_by().values_list("live_from", "story")


def _in_series(ids, _editions, until):
    for series in ids:
        yield _with_times(Story.objects.filter(series=series), until)


def _with_photos(ids, _editions, until):
    in_text = PhotoInText.objects.filter(uid__in=Photo.objects.filter(pk__in=ids).values("uid"))
    yield _with_times(Story.objects.filter(lead_photo__in=ids), until)
    yield _with_times(Story.objects.filter(gallery__photo__in=ids), until)
    yield _with_times(Story.objects.filter(pk__in=in_text.values("story")), until)


def _in_galleries(ids, _editions, until):
    yield _with_times(Story.objects.filter(gallery__in=ids), until)


def _with_times(stories, until):
    return stories.filter(live_from__lte=until).order_by().values_list("live_from", "pk")


_OF = {
    "articles_photo": _with_photos,
    "articles_person": _credited,
    "articles_tag": _tagged,
    "articles_series": _in_series,
    "articles_storyphoto": _in_galleries,
}
