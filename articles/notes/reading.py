"""The notes of a story as threads, in one query: each note with its answers, the newest note first."""

import functools
from typing import NamedTuple

from articles.database.compiled import CompiledQuery
from articles.models import Note
from articles.models.person import account_name
from articles.text import body, passages

MOST = 200  # of the newest notes and answers that a page shows


class Line(NamedTuple):
    """A note or an answer, as one person sees it."""

    note: Note
    name: str
    may_delete: bool
    is_changed: bool = False  # the passage stands in the text in other words
    is_gone: bool = False  # it does not stand there any more
    answers: list = []


class Talk(NamedTuple):
    open: list[Line]
    resolved: list[Line]

    @property
    def count(self):
        return len(self.open)


class _Text:
    """A text in which the passages of many notes are sought. Words are counted only if one of them has changed."""

    def __init__(self, text):
        self.plain = passages.plain(text)

    @functools.cached_property
    def indexed(self):
        return passages.Indexed(self.plain)


def of_story(story, user, may_delete_all=False):
    """The Talk on a stored story that this person may see."""
    rows = _rows(story=story.pk)
    text = _Text(body.text(story.body) if any(note.quote for note in rows) else "")
    answers = {}
    for note in reversed(rows):
        if note.answers_to_id:
            answers.setdefault(note.answers_to_id, []).append(_line(note, user, may_delete_all))
    lines = [
        _line(note, user, may_delete_all, text, answers.get(note.pk, [])) for note in rows if not note.answers_to_id
    ]

    return Talk(
        [line for line in lines if not line.note.resolved_at], [line for line in lines if line.note.resolved_at]
    )


@CompiledQuery
def _rows(story):
    people = ("author__person", "resolved_by__person", "deleted_by__person")
    return Note.objects.filter(story=story).select_related(*people).order_by("-made_at", "-pk")[:MOST]


def _line(note, user, may_delete_all, text=None, answers=()):
    passage = passages.Passage(note.quote, note.before, note.after)
    is_lacking = bool(text and note.quote) and passages.find(text.plain, passage) is None
    is_changed = is_lacking and passages.find_changed(text.indexed, passage) is not None
    name = account_name(note.author) if note.author else note.outsider
    may_delete = not note.deleted_at and (may_delete_all or note.author_id == user.pk)
    return Line(note, name, may_delete, is_changed, is_lacking and not is_changed, list(answers))
