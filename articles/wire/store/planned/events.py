"""Events of the wire as assignments to confirm: new, updated while nobody has changed them, dropped when cancelled.

An EventArrival remembers what came and what it made of the assignment. As with stories, the same words change nothing,
an older version changes nothing, and what the desk has changed stays.
"""

import enum
from typing import NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from articles import audit
from articles.models import Assignment, EventArrival
from articles.models.audit_entry import Action
from articles.models.desk.assignment import Plan
from articles.publishing import told

from ...values import digests
from ...values.item import Item
from ..decisions import Outcome
from ..related_rows import RelatedRows

FIELDS = ["headline", "due_at", "place", "brief", "wants_photo", "section_id"]


class Do(enum.Enum):
    NOTHING = enum.auto()
    UPDATE = enum.auto()
    DROP = enum.auto()
    TELL = enum.auto()


class Decision(NamedTuple):
    outcome: Outcome
    why: list[str]
    do: Do = Do.NOTHING


class Taken(NamedTuple):
    """`assignment`: its primary key, None if there is none, or if nothing is stored."""

    outcome: Outcome
    why: list[str]
    assignment: int | None = None


def take_in(events, options):
    """A Taken for each event of a batch, in their order."""
    arrivals = EventArrival.objects.filter(uid__in=[event.uid for event in events])
    known = {one.uid: one for one in arrivals.select_related("assignment__section__edition")}
    fresh = [_as_item(event) for event in events if event.uid not in known and not event.is_cancelled]
    try:
        related = RelatedRows(fresh, options) if fresh else None
    except ValueError as error:  # there is no edition
        return [Taken(Outcome.REFUSED, [str(error)]) for _event in events]
    taken = [_take_in(event, related, known, options) for event in events]
    return [one._replace(assignment=None) for one in taken] if options.is_dry else taken


def _as_item(event):
    return Item(uri=event.uri, headline=event.headline, edition=event.edition, section=event.section)


def _take_in(event, related, known, options):
    arrival = known.get(event.uid)
    if event.is_cancelled and not arrival:
        return Taken(Outcome.KEPT, [_("Its source has cancelled it: it is not planned here.")])
    decided = arrival and _decide(event, arrival, arrival.assignment, options)
    if decided and decided.do is Do.NOTHING:
        return Taken(decided.outcome, decided.why, arrival.assignment_id)
    try:
        with transaction.atomic():
            return _again(event, arrival, options) if arrival else _new(event, related, known, options)
    except (IntegrityError, DataError, ValueError, OverflowError) as error:
        messages = [rule.violation_error_message for rule in Assignment._meta.constraints if rule.name in str(error)]
        return Taken(Outcome.REFUSED, [str(messages[0] if messages else error)])


def _new(event, related, known, options):
    item = _as_item(event)
    assignment = Assignment(
        **_fields(event),
        section=related.section(item),
        state=Plan.PLANNED,
        created_by=options.by,
        created_at=options.at,
    )
    assignment.save()
    audit.write(Action.ADDED, assignment, _name(options))
    known[event.uid] = EventArrival.objects.create(
        assignment=assignment, uid=event.uid, uri=event.uri[:1000], taken_at=options.at, **_version(event, assignment)
    )
    return Taken(Outcome.NEW, [*event.remarks, *related.remarks.get(event.uid, [])], assignment.pk)


def _again(event, arrival, options):
    """Decided once more under the lock."""
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("section__edition")
    assignment = arrival.assignment = locked.get(pk=arrival.assignment_id)
    outcome, why, do = _decide(event, arrival, assignment, options)
    if do is Do.UPDATE:
        for name, value in _fields(event).items():
            setattr(assignment, name, value)
        assignment.save()
        audit.write(Action.CHANGED, assignment, _name(options))
    elif do is Do.DROP:
        assignment.state, assignment.closed_at = Plan.DROPPED, options.at
        assignment.save()
        audit.write(Action.DROPPED, assignment, _name(options))
    elif do is Do.TELL:
        told.of_called_off(assignment, None, options.at)
    if do is not Do.NOTHING:
        came = _version(event, assignment) | ({"stored": arrival.stored} if do is Do.TELL else {})
        EventArrival.objects.filter(pk=arrival.pk).update(**came, taken_at=options.at)
        vars(arrival).update(came)
    return Taken(outcome, why, assignment.pk)


def _decide(event, arrival, assignment, options):
    if options.stays_within and assignment.section.edition_id != options.edition.pk:
        return Decision(Outcome.KEPT, [_("It belongs to another edition.")])
    if arrival.digest == event.digest:
        return Decision(Outcome.UNCHANGED, [])
    if event.version_at and arrival.version_at:
        came, is_here = (event.version_at, event.version), (arrival.version_at, arrival.version)
        if came == is_here:
            return Decision(Outcome.REFUSED, [_("It has other words than before under the same version.")])
        if came < is_here:
            return Decision(Outcome.OLDER, [])
    if assignment.closed_at:
        return Decision(Outcome.KEPT, [_("The desk has done or dropped it.")])
    if event.is_cancelled:
        return _cancelled(assignment)
    if arrival.stored != _stored(assignment):
        return Decision(Outcome.KEPT, [_("The desk has changed it since.")])
    return Decision(Outcome.UPDATED, event.remarks, Do.UPDATE)


def _cancelled(assignment):
    """What nobody has confirmed is dropped; of the rest whoever has it is told, once: they may be on their way."""
    if assignment.state == Plan.PLANNED and not assignment.story_id and not assignment.assignees.exists():
        return Decision(Outcome.WITHDRAWN, [], Do.DROP)
    why = _("Its source has cancelled it: drop the assignment. Whoever has it is told.")
    return Decision(Outcome.KEPT, [why], Do.TELL)


def _fields(event):
    return {
        "headline": event.headline,
        "due_at": event.begins_at,
        "place": event.place,
        "brief": event.brief,
        "wants_photo": event.wants_photo,
    }


def _version(event, assignment):
    version = {"version": event.version, "version_at": event.version_at, "digest": event.digest}
    return {**version, "stored": _stored(assignment)}


def _stored(assignment):
    """The hash of what the wire has written into the assignment; another one as soon as somebody changes that."""
    stored = Assignment.objects.filter(pk=assignment.pk).values_list(*FIELDS).get()
    return digests.of_source([str(value) for value in stored])


def _name(options):
    return options.by.get_username() if options.by else ""
