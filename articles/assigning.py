"""The acts by which an assignment goes on: proposed, planned, given, taken, begun, done, dropped, opened again.

Each is one transaction that locks the assignment and asks permissions/. They raise PermissionDenied, and Refused with
sentences for the person who tried. Each writes an entry of the audit log, by which a home notices that it is old.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import audit, permissions, publishing
from articles.models import Assignee, Assignment, Credit, Membership, Person, Story
from articles.models.audit_entry import Action
from articles.models.desk.assignment import Plan
from articles.models.membership import DeskRole
from articles.models.person import Role
from articles.publishing import Refused, told

FIELDS = ["section", "headline", "kicker", "due_at", "place", "brief", "wants_photo", "state"]


@transaction.atomic
def plan(assignment, people, by, at, outside=()):
    """Store a new assignment, or one that was changed in a form, and give it to `people`, and to the persons `outside`
    who have no account. An idea that is given to somebody is taken up by that."""
    if not permissions.plans_for(by).filter(pk=assignment.section_id).exists():
        raise PermissionDenied(_("You plan no assignments for this section."))
    _store("plan", assignment, by, at)
    _give(assignment, people, by, at, outside)
    if assignment.state == Plan.PROPOSED and (people or outside):
        _taken_up(assignment, by, at)
    return assignment


@transaction.atomic
def propose(assignment, by, at):
    """Store an idea, new or changed in a form. Nobody has it until the desk of its section has answered."""
    if not permissions.proposes_for(by).filter(pk=assignment.section_id).exists():
        raise PermissionDenied(_("You propose nothing to this section."))
    is_new = assignment.pk is None
    assignment.state, assignment.proposed_by = Plan.PROPOSED, by
    _store("propose", assignment, by, at)
    if is_new:
        told.of_proposed(assignment, by, at)
    return assignment


@transaction.atomic
def take_up(assignment, by, at):
    """Answer an idea with yes: whoever proposed it has it, if nobody else was given it."""
    assignment = _begin("plan", assignment, by, is_idea=True)
    proposer = assignment.proposed_by
    here = permissions.assignable(permissions.plans_for(None).filter(pk=assignment.section_id))
    if proposer and not assignment.assignees.exists() and here.filter(pk=proposer.pk).exists():
        _give(assignment, [proposer], by, at)
    return _taken_up(assignment, by, at)


@transaction.atomic
def decline(assignment, by, at, answer):
    """Answer an idea with no, in some words for whoever proposed it."""
    assignment = _begin("plan", assignment, by, is_idea=True)
    assignment.answer = answer.strip()
    if not assignment.answer:
        raise Refused(_("Write in a word why: whoever proposed it reads it."))
    assignment.save(update_fields=["answer"])
    told.of_answered(assignment, False, by, at)
    return _end(assignment, Plan.DROPPED, at, by, Action.DROPPED)


@transaction.atomic
def withdraw(assignment, by, at):
    """Take an idea of one's own back."""
    return _end(_begin("propose", assignment, by, is_idea=True), Plan.DROPPED, at, by, Action.DROPPED)


@transaction.atomic
def give(assignment, people, by, at):
    """Give it to these people, and to nobody else."""
    assignment = _begin("plan", assignment, by, is_open=True)
    _give(assignment, people, by, at)
    return assignment


@transaction.atomic
def confirm(assignment, by, at):
    assignment = _begin("plan", assignment, by, is_open=True)
    return _end(assignment, Plan.CONFIRMED, None, by)


@transaction.atomic
def take(assignment, by, at):
    """Take one that nobody has."""
    assignment = _begin("take", assignment, by, is_open=True)
    _give(assignment, [by], by, at)
    return _end(assignment, Plan.CONFIRMED, None, by)


@transaction.atomic
def start(assignment, by, at):
    """The story of the assignment: made now, or the one that is begun already, so that two presses make one story."""
    assignment = _begin("start", assignment, by, is_open=True)
    if assignment.story_id:
        return assignment.story
    section = assignment.section
    if not permissions.editions(by, "add", "story").filter(pk=section.edition_id).exists():
        raise PermissionDenied(_("You write no stories in this edition."))
    assignment.story = Story.objects.create(
        edition=section.edition,
        section=section,
        headline=assignment.headline,
        kicker=assignment.kicker,
        place=assignment.place,
        changed_at=at,
    )
    Credit.objects.bulk_create(_credits(assignment, by))
    assignment.state = Plan.CONFIRMED
    assignment.save(update_fields=["story", "state"])
    audit.write(Action.CHANGED, assignment, _name(by), fields=["story"])
    return publishing.record(assignment.story, by, at).story


@transaction.atomic
def finish(assignment, by, at):
    """Done without a story of its own, as one that wanted only a photo. With a story, its release does it."""
    assignment = _begin("finish", assignment, by, is_open=True)
    return _end(assignment, Plan.DONE, at, by)


@transaction.atomic
def drop(assignment, by, at):
    """Nobody has to do it any more, and those who have it are told. A story that is begun stays."""
    assignment = _begin("plan", assignment, by, is_open=True)
    told.of_called_off(assignment, by, at)
    return _end(assignment, Plan.DROPPED, at, by, Action.DROPPED)


@transaction.atomic
def reopen(assignment, by, at):
    assignment = _begin("plan", assignment, by)
    Assignment.objects.filter(pk=assignment.pk).update(answer="")
    return _end(assignment, Plan.CONFIRMED, None, by)


@transaction.atomic
def postpone(assignment, by, at, due_at):
    """Set another time by which it is due."""
    assignment = _begin("plan", assignment, by, is_open=True, is_idea=None)
    assignment.due_at = due_at
    assignment.save(update_fields=["due_at"])
    audit.write(Action.CHANGED, assignment, _name(by), fields=["due_at"])
    return assignment


ACTS = {  # those that one press makes, and the action in permissions/ that each needs
    "take_up": (take_up, "plan"),
    "withdraw": (withdraw, "propose"),
    "start": (start, "start"),
    "take": (take, "take"),
    "confirm": (confirm, "plan"),
    "finish": (finish, "finish"),
    "drop": (drop, "plan"),
    "reopen": (reopen, "plan"),
}


def _store(action, assignment, by, at):
    """A new one, or what a form changed of one."""
    if assignment.pk is None:
        assignment.created_by, assignment.created_at = by, at
        assignment.save()
        audit.write(Action.ADDED, assignment, _name(by))
        return
    before = _begin(action, assignment, by, is_open=True, is_idea=None)
    assignment.save(update_fields=FIELDS)
    if changed := [name for name in FIELDS if getattr(before, name) != getattr(assignment, name)]:
        audit.write(Action.CHANGED, assignment, _name(by), fields=changed)


def _begin(action, assignment, by, is_open=False, is_idea=False):
    """The assignment as it is stored, locked. `is_idea`: whether it must be an idea that waits; None: either."""
    stored = Assignment.objects.select_for_update(of=("self",)).select_related("section__edition")
    stored = stored.get(pk=assignment.pk)
    if (is_open or is_idea) and stored.closed_at:
        raise Refused(_("This assignment is %(state)s already.") % {"state": stored.get_state_display()})
    if is_idea is False and stored.state == Plan.PROPOSED:
        raise Refused(_("It is an idea that waits for an answer: take it up or decline it first."))
    if is_idea and stored.state != Plan.PROPOSED:
        raise Refused(_("This idea has its answer already."))
    if action == "take" and stored.assignees.exists():
        raise Refused(_("Somebody has taken this assignment already."))
    if not permissions.may_with(by, action, stored):
        raise PermissionDenied(_("Your role does not allow this with this assignment."))
    return stored


def _end(assignment, state, closed_at, by, action=Action.CHANGED):
    assignment.state, assignment.closed_at = state, closed_at
    assignment.save(update_fields=["state", "closed_at"])
    audit.write(action, assignment, _name(by), fields=["state"])
    return assignment


def _taken_up(assignment, by, at):
    told.of_answered(assignment, True, by, at)
    return _end(assignment, Plan.CONFIRMED, None, by)


def _give(assignment, people, by, at, outside=None):
    """Only accounts with a role in the edition of its section; those who have it keep their row. Who is new is told.
    `outside`: persons without an account; None: as before."""
    wanted = {person.pk for person in people}
    had = set(assignment.assignees.filter(user__isnull=False).values_list("user", flat=True))
    here = permissions.assignable(permissions.plans_for(None).filter(pk=assignment.section_id))
    if wanted - set(here.filter(pk__in=wanted).values_list("pk", flat=True)) - {by.pk if by else None}:
        raise Refused(_("Give it to people who work at this edition."))
    assignment.assignees.filter(user__in=had - wanted).delete()
    Assignee.objects.bulk_create(Assignee(assignment=assignment, user_id=pk) for pk in sorted(wanted - had))
    has_changed = _give_outside(assignment, outside) if outside is not None else False
    if had != wanted or has_changed:
        audit.write(Action.ASSIGNED, assignment, _name(by))
        told.of_assigned(assignment, wanted - had, by, at)


def _give_outside(assignment, persons):
    """Whether that changed anything. Who got an account since then keeps the assignment by it."""
    wanted = {person.pk for person in persons}
    had = set(assignment.assignees.filter(person__isnull=False).values_list("person", flat=True))
    if Person.objects.filter(pk__in=wanted - had, user__isnull=False).exists():
        raise Refused(_("Choose people with an account above."))
    assignment.assignees.filter(person__in=had - wanted).delete()
    Assignee.objects.bulk_create(Assignee(assignment=assignment, person_id=pk) for pk in sorted(wanted - had))
    return had != wanted


def _credits(assignment, by):
    """Those who have the assignment; whoever begins it, if nobody has it. Who only takes photos is credited so."""
    given = list(assignment.assignees.values_list("user", "person"))
    users = [user for user, _person in given if user] if given else [by.pk] if by else []
    roles = {}
    for user, role in Membership.objects.filter(user__in=users).values_list("user", "role"):
        roles.setdefault(user, set()).add(role)
    outside = [person for _user, person in given if person]
    people = Person.objects.filter(Q(user__in=users) | Q(pk__in=outside)).order_by("pk")
    for order, person in enumerate(people):
        is_photographer = roles.get(person.user_id) == {DeskRole.PHOTO}
        role = Role.PHOTOGRAPHER if is_photographer else Role.AUTHOR
        yield Credit(story=assignment.story, person=person, role=role, order=order)


def _name(by):
    return by.get_username() if by else ""
