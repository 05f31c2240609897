"""A scheduled change to a released story: readers keep the old text until its time, then the whole change goes out.

The first request after that time applies it (middleware.py), so no background process is needed.
"""

import contextlib
import functools
import logging

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import metrics, permissions
from articles.field_uses import Use
from articles.models import Story, WaitingChange
from articles.models.revision import Move
from articles.models.story import State
from articles.models.story_uses import TIMES

from . import told
from .checks import blockers
from .references import POINTING, References, keys_in
from .snapshots import PARTS, as_stored, begin, part_label, record, restore, snapshot
from .transitions import Refused, address_taken, changed

logger = logging.getLogger(__name__)

PATIENCE = 200  # milliseconds that a reader's request waits for the database
PICTURE = {"lead_photo", "lead_caption"}


@transaction.atomic
def schedule_change(story, by, at, target, goes_out_at, is_minor=False):
    """Change the story to the snapshot `target` at `goes_out_at`. Replaces an earlier scheduled change.

    Only differences from the present story are stored, so that later edits of other parts survive. If the same part is
    edited meanwhile, the change is not applied. Raises PermissionDenied, Refused.
    """
    story = Story.objects.select_for_update(of=("self",)).for_page().get(pk=story.pk)
    if not permissions.may(by, "release", story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    if story.state != State.RELEASED:
        raise Refused(_("Only a released story can have a change that waits."))
    if goes_out_at <= at:
        raise Refused(_("This time has passed."))
    base, changes = _compared(story, target)
    begin(story, at)
    fields = {
        "base": base,
        "changes": changes,
        "goes_out_at": goes_out_at,
        "is_minor": is_minor,
        "by": by,
        "made_at": at,
        "refusal": "",
    }
    waiting, _is_new = WaitingChange.objects.update_or_create(story=story, defaults=fields)
    local = timezone.localtime(goes_out_at, story.edition.zone)
    time = f"{date_format(local, 'j M Y, H.i')} {story.edition.zone_label}"
    record(story, by, at, Move.PREPARED, _("goes out at %(time)s") % {"time": time})
    return waiting


def _compared(story, target):
    """(base, changes): the differing parts as the story has them, and as `target` has them. Raises Refused."""
    references = References(target)
    if references.missing:
        raise Refused(*references.missing)
    now, target = as_stored(snapshot(story)), as_stored(references.snapshot)
    changes = {name: target[name] for name in _scheduled() if target[name] != now[name]}
    if not changes:
        raise Refused(_("Nothing was changed."))
    if changes.keys() & PICTURE:  # photo and caption belong together, so both go out or neither
        changes |= {name: target[name] for name in PICTURE}
    if any(target[name] != now[name] for name in TIMES):
        raise Refused(_("Times are changed at once, not by a change that waits."))
    return {name: now[name] for name in changes}, changes | _names_in(changes, references)


@transaction.atomic
def cancel_change(story, by, at):
    """Cancel the scheduled change; its words stay in the log. Raises PermissionDenied, Refused."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not permissions.may(by, "release", story):
        raise PermissionDenied(_("Your role does not allow this move with this story."))
    waiting = WaitingChange.objects.filter(story=story).first()
    if waiting is None:
        raise Refused(_("No change waits."))
    waiting.delete()
    begin(story, at)
    record(story, by, at, Move.CALLED_OFF, _legible(waiting.changes))


def due(at):
    return WaitingChange.objects.filter(goes_out_at__lte=at, refusal="")


def apply_due(at):
    """Apply every change that is due. A change that fails stores the reason and waits for a person.

    Readers do not wait: if the database is busy or read-only, they get the old text and the next request tries again.
    """
    for pk in list(due(at).order_by("goes_out_at").values_list("pk", flat=True)):
        try:
            with _impatient():
                _apply(pk, at)
        except Refused as refused:
            _refuse(pk, at, str(refused))
        except OperationalError:
            logger.warning("Waiting change %s could not go out now", pk, exc_info=True)
            return
        except Exception:
            logger.exception("Waiting change %s cannot go out", pk)
            _refuse(pk, at, _("It could not be applied: call it off and prepare it again."))


def _refuse(pk, at, why):
    with contextlib.suppress(DatabaseError), transaction.atomic():
        WaitingChange.objects.filter(pk=pk).update(refusal=why)
        if waiting := WaitingChange.objects.select_related("story").filter(pk=pk).first():
            told.of_change_refused(waiting, at)


@contextlib.contextmanager
def _impatient():
    """On SQLite, wait only PATIENCE for the write lock."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


@transaction.atomic
def _apply(pk, at):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
    Story.objects.select_for_update(of=("self",)).filter(waiting_change=pk).first()  # lock it first, as transitions do
    waiting = due(at).select_related("by").filter(pk=pk).first()
    if waiting is None:  # another request was faster
        return
    if waiting.by and not (waiting.by.is_active and permissions.may(waiting.by, "release", waiting.story)):
        raise Refused(_("Whoever prepared it may not publish it any more."))
    story = as_it_will_be(waiting)
    if reasons := blockers(story):
        raise Refused(*reasons)
    record(story, waiting.by, at, Move.WENT_OUT)
    late = (at - waiting.goes_out_at).total_seconds()
    transaction.on_commit(lambda: metrics.lateness.observe(late))
    waiting.delete()


def as_it_will_be(waiting):
    """Apply and save the scheduled change. A caller that only previews must roll back. Raises Refused."""
    before = Story.objects.select_for_update().get(pk=waiting.story_id)
    story = Story.objects.for_page().get(pk=waiting.story_id)
    if story.state != State.RELEASED:
        raise Refused(_("The story is not released any more."))
    changes, base = (References(part, story.edition.slug) for part in (waiting.changes, waiting.base))
    if changes.missing:
        raise Refused(*changes.missing, _("Call the change off, or go on with it without that."))
    now = as_stored(snapshot(story))
    if any(now[name] != base.snapshot[name] for name in _scheduled() if name in base.snapshot):
        raise Refused(_("The same words were changed meanwhile: look at both and prepare the change again."))
    story.slug = waiting.changes.get("slug", story.slug)
    if address_taken(story):
        raise Refused(_("Another story of that day has this address: choose another slug."))
    begin(before, waiting.made_at)
    restore(story, References({**now, **changes.snapshot}), Use.SCHEDULED)
    changed(story, before, waiting.goes_out_at, waiting.is_minor)
    story.save()
    return Story.objects.for_page().get(pk=story.pk)


def _scheduled():
    """The parts of a snapshot that a scheduled change may change."""
    return [*Story.field_uses.names(Use.SCHEDULED), *PARTS]


def _names_in(changes, references):
    """Names of the rows to which the changes point, in case a row is deleted before then."""
    keys = [key for name in POINTING.keys() & changes.keys() for key in keys_in(name, changes[name])]
    names = {key: references.names[key] for key in sorted(keys) if key in references.names}
    return {"names": names} if names else {}


def _legible(changes):
    """For the log: a line for each part, with its label, and with names instead of ids."""
    names = changes.get("names", {})
    lines = [f"{part_label(name)}: {value}" for name, value in changes.items() if name != "names"]
    return functools.reduce(lambda text, key: text.replace(key, names[key]), names, "\n".join(lines))
