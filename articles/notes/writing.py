"""What people of the desk do with notes. A note is no part of a story: no act here touches its version or its text.

Whoever may see a story at the desk may write and resolve notes on it; they are deleted by who wrote them, or by a chief
editor.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles import audit, permissions
from articles.models import Note
from articles.models.audit_entry import Action
from articles.permissions.who import who_may
from articles.publishing import Refused, told
from articles.text import mentions, passages

LONGEST = 4_000  # characters of a note
MOST = 500  # notes on a story, answers among them


@transaction.atomic
def add(story, by, at, text, passage=None):
    """Write a note on a story, or on a `passages.Passage` of it. Raises PermissionDenied, Refused."""
    anchor = {}
    if passage and passages.plain(passage.quote):
        anchor = {
            "quote": passages.plain(passage.quote)[: passages.LONGEST],
            "before": passages.plain(passage.before)[-passages.AROUND :],
            "after": passages.plain(passage.after)[: passages.AROUND],
        }
    return _written(story, by, at, text, **anchor)


@transaction.atomic
def answer(note, by, at, text):
    """Answer a note; an answer to an answer stands below the same note. Raises PermissionDenied, Refused."""
    return _written(note.story, by, at, text, answers_to=note.answers_to or note)


def _written(story, by, at, text, **about):
    _ask(by, story)
    text = text.strip()
    if not text:
        raise Refused(_("Write the note."))
    if len(text) > LONGEST:
        raise Refused(_("A note has at most %(most)d characters.") % {"most": LONGEST})
    if Note.objects.filter(story=story).count() >= MOST:
        raise Refused(_("This story has too many notes: delete some first."))
    note = Note.objects.create(story=story, author=by, made_at=at, text=text, **about)
    named = mentions.named(note.text)
    of_desk = who_may("view", story).filter(username__in=named).values_list("pk", flat=True) if named else ()
    told.of_note(note, at, list(of_desk))
    return note


def resolve(note, by, at):
    """Raises PermissionDenied, Refused."""
    _ask(by, note.story)
    if note.answers_to_id or note.deleted_at:
        raise Refused(_("Only a note that stands can be resolved, with its answers."))
    Note.objects.filter(pk=note.pk, resolved_at=None).update(resolved_at=at, resolved_by=by)


def reopen(note, by):
    """Raises PermissionDenied."""
    _ask(by, note.story)
    Note.objects.filter(pk=note.pk).update(resolved_at=None, resolved_by=None)


@transaction.atomic
def delete(note, by, at, request=None):
    """Take the words of a note away; that there was one stays, with who deleted it. Raises PermissionDenied."""
    note = Note.objects.select_for_update(of=("self",)).select_related("story__edition").get(pk=note.pk)
    if note.deleted_at:
        return
    _ask(by, note.story)
    if note.author_id != by.pk and not permissions.may(by, "delete_note", note.story):
        raise PermissionDenied(_("A note is deleted by who wrote it, or by a chief editor."))
    note.text = note.quote = note.before = note.after = ""
    note.deleted_at, note.deleted_by = at, by
    note.save(update_fields=["text", "quote", "before", "after", "deleted_at", "deleted_by"])
    audit.write(Action.DELETED, note, by.get_username(), request)


def _ask(by, story):
    if not permissions.may(by, "view", story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
