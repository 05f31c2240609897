"""Stories that lack words of a question, but have them beside their text: tags, people, running stories, captions.

The names are looked up in their own small indexes, and lead to stories by the indexes of the links. So a tag that is
renamed writes no story anew.
"""

import itertools
from typing import NamedTuple

from django.db import connection

from articles.database import fills
from articles.database.union import together
from articles.models import Credit, Photo, PhotoInText, Story, StoryPhoto, TaggedStory
from articles.text import stems, words

from . import engines
from .matching import match

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
    found = {}
    for table, pk, text in _named(terms):
        its_words = words.split(text)
        has = frozenset(number for number, term in enumerate(terms) if match(term, its_words))
        if len(has) >= least:
            found.setdefault((table, has), []).append(pk)
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
        sql, values = engines.named(table, short, any_will_do=True)
        newest = f"SELECT id, {text} AS text FROM {table} WHERE id IN ({sql}) ORDER BY id DESC LIMIT {MOST_ROWS}"  # noqa: S608
        parts.append(f"SELECT '{table}', part_{number}.* FROM ({newest}) AS part_{number}")  # noqa: S608
        every += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), every)
        return cursor.fetchall()


def stories_of(group, editions, at):
    """Ids of the newest stories of the rows of a group, live or not, of each row so many."""
    ranges = [
        each.values(column)[:MOST_STORIES] for column, each in _OF[group.table](group.ids[:MOST_OF_GROUP], editions, at)
    ]
    found = together(dict(enumerate(ranges)))
    return {pk for ids in found.values() for pk in ids}


def _tagged(ids, editions, at):
    for tag, edition in itertools.product(ids, editions):
        links = TaggedStory.objects.filter(tag=tag, edition=edition, live_from__lte=at)
        yield "content_object", links.order_by("-live_from", "-pk")


def _credited(ids, _editions, at):
    for person in ids:
        yield "story", Credit.objects.filter(person=person, live_from__lte=at).order_by("-live_from", "-pk")


def _in_series(ids, _editions, at):
    for series in ids:
        yield "pk", Story.objects.filter(series=series, live_from__lte=at).newest()


def _with_photos(ids, _editions, _at):
    uids = list(Photo.objects.filter(pk__in=ids).values_list("uid", flat=True))
    yield "pk", Story.objects.filter(lead_photo__in=ids).order_by("-pk")
    yield "story", StoryPhoto.objects.filter(photo__in=ids).order_by("-story")
    yield "story", PhotoInText.objects.filter(uid__in=uids).order_by("-story")


def _in_galleries(ids, _editions, _at):
    yield "story", StoryPhoto.objects.filter(pk__in=ids).order_by("-story")


_OF = {
    "articles_photo": _with_photos,
    "articles_person": _credited,
    "articles_tag": _tagged,
    "articles_series": _in_series,
    "articles_storyphoto": _in_galleries,
}
