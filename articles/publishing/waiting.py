"""A change to a released story that waits for its time while the old text stays up, and goes out whole.

Whatever request comes first after that time lets it out (middleware.py): nothing has to run.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import access
from articles.models import Story, WaitingChange
from articles.models.revision import Move
from articles.models.story import State

from .checks import unready
from .moves import Refused, address_taken, changed
from .record import KEPT, TIMES, record, restore, snapshot

NOT_WORDS = {*KEPT, *TIMES, "edition"}


@transaction.atomic
def prepare(story, by, at, wanted, goes_out_at, is_minor=False):
    """Let the story become what the snapshot `wanted` tells, at `goes_out_at`. Takes the place of one that waits.

    Only what differs from the story as it stands is kept, so that what is mended meanwhile stays mended.
    Raises PermissionDenied, Refused.
    """
    story = Story.objects.select_for_update(of=("self",)).for_page().get(pk=story.pk)
    if not access.may(by, "release", story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    if story.state != State.RELEASED:
        raise Refused(_("Only a released story can have a change that waits."))
    if goes_out_at <= at:
        raise Refused(_("This time has passed."))
    now = snapshot(story)
    changes = {name: value for name, value in wanted.items() if name not in NOT_WORDS and value != now[name]}
    if not changes:
        raise Refused(_("Nothing was changed."))
    fields = {"changes": changes, "goes_out_at": goes_out_at, "is_minor": is_minor, "by": by, "made_at": at}
    waiting, _is_new = WaitingChange.objects.update_or_create(story=story, defaults={**fields, "refusal": ""})
    local = timezone.localtime(goes_out_at, story.edition.zone)
    time = f"{date_format(local, 'j M Y, H.i')} {story.edition.zone_label}"
    record(story, by, at, Move.PREPARED, _("goes out at %(time)s") % {"time": time})
    return waiting


@transaction.atomic
def call_off(story, by, at):
    """Let a change that waits go nowhere; its words stay in the log. Raises PermissionDenied, Refused."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not access.may(by, "release", story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    waiting = WaitingChange.objects.filter(story=story).first()
    if waiting is None:
        raise Refused(_("No change waits."))
    waiting.delete()
    record(story, by, at, Move.CALLED_OFF, "\n".join(f"{name}: {value}" for name, value in waiting.changes.items()))


def due(at):
    return WaitingChange.objects.filter(goes_out_at__lte=at, refusal="")


def let_out(at):
    """Apply every change whose time has come; one that cannot go out says why, and waits for a person."""
    for waiting in due(at).order_by("goes_out_at"):
        try:
            _go_out(waiting.pk, at)
        except Refused as refused:
            WaitingChange.objects.filter(pk=waiting.pk).update(refusal=str(refused))


@transaction.atomic
def _go_out(pk, at):
    Story.objects.select_for_update(of=("self",)).filter(waiting_change=pk).first()  # locked first, as by every move
    waiting = due(at).filter(pk=pk).first()
    if waiting is None:  # another request was faster
        return
    story = as_it_will_be(waiting)
    if reasons := unready(story):
        raise Refused(*reasons)
    record(story, waiting.by, at, Move.WENT_OUT)
    waiting.delete()


def as_it_will_be(waiting):
    """The story with the change that waits, saved: whoever only wants to look rolls back. Raises Refused."""
    before = Story.objects.select_for_update().get(pk=waiting.story_id)
    story = Story.objects.for_page().get(pk=waiting.story_id)
    if story.state != State.RELEASED:
        raise Refused(_("The story is not released any more."))
    story.slug = waiting.changes.get("slug", story.slug)
    if address_taken(story):
        raise Refused(_("Another story of that day has this address: choose another slug."))
    restore(story, {**snapshot(story), **waiting.changes}, keep=TIMES)
    changed(story, before, waiting.goes_out_at, waiting.is_minor)
    story.save()
    return Story.objects.for_page().get(pk=story.pk)
