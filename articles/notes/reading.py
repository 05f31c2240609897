"""The notes of a story as threads, in one query: each note with its answers, the newest note first."""

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
    is_gone: bool = False  # the passage does not stand in the text any more
    answers: list = []


class Talk(NamedTuple):
    open: list[Line]
    resolved: list[Line]

    @property
    def count(self):
        return len(self.open)


def of_story(story, user, may_delete_all=False):
    """The Talk on a stored story that this person may see."""
    rows = _rows(story=story.pk)
    text = passages.plain(body.text(story.body)) if any(note.quote for note in rows) else ""
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


def _line(note, user, may_delete_all, text="", answers=()):
    is_gone = bool(note.quote) and passages.find(text, passages.Passage(note.quote, note.before, note.after)) is None
    name = account_name(note.author) if note.author else note.outsider
    may_delete = not note.deleted_at and (may_delete_all or note.author_id == user.pk)
    return Line(note, name, may_delete, is_gone, list(answers))
