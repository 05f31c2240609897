"""Whom an act concerns. This is the one home of the rule: transitions, notes and changes that wait ask here."""

from django.db.models import Q

from articles.models import Credit, Note, Revision
from articles.models.desk.notice import Told
from articles.models.person import Role
from articles.models.revision import Move
from articles.permissions.assigned import planners
from articles.permissions.who import who_may

from .notices import tell

OF_MOVES = {Move.SUBMITTED: Told.SUBMITTED, Move.RETURNED: Told.RETURNED, Move.APPROVED: Told.APPROVED}


def of_move(story, by, at, move):
    """A story that is handed over concerns those who may approve it; what becomes of it, those who wrote it."""
    kind = OF_MOVES.get(move)
    if kind:
        tell(kind, _editors(story) if kind is Told.SUBMITTED else _writers(story), by, at, story=story)


def of_change_refused(waiting, at):
    """A change that waited did not go out: it concerns who prepared it, and the writers. Nobody did it."""
    tell(Told.BLOCKED, {waiting.by_id, *_writers(waiting.story)}, None, at, story=waiting.story)


def of_assigned(assignment, people, by, at):
    """`people`: the ids of those who did not have it before."""
    tell(Told.ASSIGNED, people, by, at, assignment=assignment)


def of_called_off(assignment, by, at):
    """It concerns those who have it: they may be on their way. Without `by`, the source of an event did it."""
    having = assignment.assignees.filter(user__isnull=False).order_by("pk").values_list("user", flat=True)
    tell(Told.CALLED_OFF, having, by, at, assignment=assignment)


def of_proposed(assignment, by, at):
    """An idea concerns those who plan for its section."""
    tell(Told.PROPOSED, planners(assignment.section).values_list("pk", flat=True), by, at, assignment=assignment)


def of_answered(assignment, is_taken_up, by, at):
    """The answer concerns whoever proposed it. Who has it is told that already."""
    kind = Told.TAKEN_UP if is_taken_up else Told.DECLINED
    having = assignment.assignees.values_list("user", flat=True) if is_taken_up else ()
    tell(kind, {assignment.proposed_by_id} - {*having}, by, at, assignment=assignment)


def of_words_lost(story, whose, by, at):
    """Of two who wrote the same words, `by` chose others than those of `whose`."""
    tell(Told.CONFLICT, {whose.pk} if whose else (), by, at, story=story)


def of_note(note, at, named=(), also=()):
    """A note concerns the writers, and whoever wrote a note on this story; those whom it names are told so.

    `named`: ids of accounts that may see the story. `also`: of others whom it concerns.
    """
    wrote = Note.objects.filter(story=note.story_id, author__isnull=False).order_by()
    concerned = {*also, *_writers(note.story), *wrote.values_list("author", flat=True).distinct()}
    tell(Told.MENTIONED, named, note.author, at, story=note.story)
    tell(Told.NOTED, concerned - {*named}, note.author, at, story=note.story)


def _editors(story):
    return who_may("approve", story).values_list("pk", flat=True)


def _writers(story):
    """The ids of the accounts that are credited as authors, or have handed the story over."""
    credited = Credit.objects.filter(story=story, role=Role.AUTHOR, person__user__isnull=False).order_by()
    handed = Revision.objects.filter(Q(move=Move.SUBMITTED), story=story, by__isnull=False).order_by()
    return set(credited.values_list("person__user", flat=True).union(handed.values_list("by", flat=True)).order_by())
