"""The note of somebody outside the newsroom, who read a story by a preview link: a comment, or that they agree.

It is a note and nothing else: no move of the story, and no second pair of eyes. It is bound to the revision that was
shown, whose number travels signed with the page.
"""

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from articles import audit
from articles.limits import Limit
from articles.models import Note
from articles.models.audit_entry import Action
from articles.publishing import Refused, told

from .writing import LONGEST, MOST

NOTES_A_LINK = Limit("preview note", free=10, longest=3_600)
_revisions = signing.Signer(salt="articles.notes.outside", sep=".")


def shown_by(link, revision):
    """What a page must send back to say which revision it showed."""
    return _revisions.sign(f"{link.uid.hex}-{revision.number if revision else 0}")


def number_of(link, signed):
    """The number of the revision that a page showed. Raises Refused if it is no page of this link."""
    try:
        uid, _sign, number = _revisions.unsign(signed).partition("-")
    except signing.BadSignature:
        uid, number = "", 0
    if uid != link.uid.hex:
        raise Refused(_("Open the story again, then write."))
    return int(number)


@transaction.atomic
def write(link, at, name, text, agrees, revision_number, request=None):
    """Write the note that somebody typed, under the name that they typed. Raises Refused."""
    name, text = name.strip(), text.strip()
    if not name:
        raise Refused(_("Write your name."))
    if len(name) > 80 or len(text) > LONGEST:
        raise Refused(_("A note has at most %(most)d characters.") % {"most": LONGEST})
    if not text and not agrees:
        raise Refused(_("Write what you think, or say that you agree."))
    if NOTES_A_LINK.take(link.pk) or Note.objects.filter(story=link.story_id).count() >= MOST:
        raise Refused(_("That is enough for now: ask the newsroom."))
    note = Note.objects.create(
        story=link.story, outsider=name, text=text, agrees=agrees, revision_number=revision_number, made_at=at
    )
    audit.write(Action.AGREED if agrees else Action.COMMENTED, link.story, "", request, into=link)
    told.of_note(note, at, also=[link.made_by_id])
    return note
