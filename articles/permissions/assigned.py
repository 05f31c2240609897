"""Who may do what with which assignment: a table beside that of stories, because other rows of them are one's own."""

import enum
import functools
import operator
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from articles.models import Assignee, Assignment, Membership
from articles.models.desk.assignment import Plan
from articles.models.membership import DeskRole

from .held import families_of, is_free, memberships, sections_of
from .reach import NOTHING


class Of(enum.Enum):
    """With which assignments of an edition something may be done."""

    ALL = "all of the role's section"
    OWN = "those given to them, in any section of the edition"
    PROPOSED = "those that they proposed, in any section of the edition"
    WAITING = "those that they proposed and nobody has answered"
    FREE = "planned ones of the section that nobody has"
    PICTURED = "planned ones of the section that want a photo"


OF_ONESELF = {Of.OWN, Of.PROPOSED, Of.WAITING}
IS_PLANNED = ~Q(state=Plan.PROPOSED) & Q(answer="")  # no idea that waits, and none that was declined
_PROPOSES = {"propose": (Of.WAITING,)}
_WRITES = {
    **_PROPOSES,
    "view": (Of.OWN, Of.FREE, Of.PROPOSED),
    "take": (Of.FREE,),
    "start": (Of.OWN,),
    "finish": (Of.OWN,),
}
_PLANS = dict.fromkeys(["view", "plan", "take", "start", "finish"], (Of.ALL, Of.OWN))
# role → {action: which}. "plan": make, change, confirm, give, answer, drop and reopen. "propose": change an idea and
# take it back. "start": begin its story.
ASSIGNMENTS = {
    DeskRole.REPORTER: _WRITES,
    DeskRole.EDITOR: {**_PLANS, "plan": (Of.ALL,), "take": (Of.ALL,)},
    DeskRole.PHOTO: {**_PROPOSES, "view": (Of.OWN, Of.PICTURED, Of.PROPOSED), "finish": (Of.OWN,)},
    DeskRole.CHIEF: {**_PLANS, "plan": (Of.ALL,), "take": (Of.ALL,)},
}


class Reach(NamedTuple):
    """Assignments of an edition (None: of every one) and of some of its sections (empty: of all)."""

    edition_id: int | None
    section_ids: frozenset[int]
    of: Of


def assignments(user, action="view"):
    """The assignments with which somebody may do `action`."""
    return within_any(user, reaches(user, action))


def reaches(user, action="view"):
    """The same as Reaches: people with the same role at the same desk have the same."""
    if is_free(user):
        return (Reach(None, frozenset(), Of.ALL),)
    return tuple(_reach(user, m, of) for m in memberships(user) for of in ASSIGNMENTS[m.role].get(action, ()))


def _reach(user, membership, of):
    is_of_sections = membership.section_id and of not in OF_ONESELF
    return Reach(membership.edition_id, families_of(user)[membership.section_id] if is_of_sections else frozenset(), of)


def within_any(user, of_user):
    """The assignments in one of these Reaches. The user may be a Parameter, or an account."""
    return Assignment.objects.filter(functools.reduce(operator.or_, (_within(user, one) for one in of_user), NOTHING))


def may_with(user, action, assignment):
    """Whether somebody may do `action` with this assignment as it is stored."""
    return is_free(user) or assignments(user, action).filter(pk=assignment.pk).exists()


def plans_for(user):
    """The sections for which somebody may plan assignments."""
    return _sections(user, "plan")


def proposes_for(user):
    """The sections to whose desk somebody may propose an idea: those of their own desk. Who plans proposes nothing."""
    return _sections(user, "propose").exclude(pk__in=plans_for(user).values("pk"))


def given_to(user):
    """The ids of the assignments that an account has, also those that it was given before it was an account."""
    own, of_person = Assignee.objects.filter(user=user), Assignee.objects.filter(person__user=user)
    return own.values("assignment").union(of_person.values("assignment"))  # each of them reads an index


def planners(section):
    """The accounts with a role that plans for this section. Superusers without a role are not among them."""
    near = [key for key in (section.pk, section.parent_id) if key]
    here = Membership.objects.filter(
        Q(edition=None) | Q(edition=section.edition_id),
        Q(section=None) | Q(section__in=near),
        role__in=[role for role, acts in ASSIGNMENTS.items() if "plan" in acts],
        user=OuterRef("pk"),
    )
    return get_user_model().objects.filter(Exists(here), is_active=True, is_staff=True)


def _sections(user, action):
    return sections_of(user, lambda membership: action in ASSIGNMENTS[membership.role])


def assignable(sections):
    """The accounts to whom an assignment of one of these sections may be given: who has a role in its edition."""
    everybody = get_user_model().objects.filter(is_active=True)
    here = Q(memberships__edition__in=sections.order_by().values("edition")) | Q(memberships__edition__isnull=True)
    return everybody.filter(here, memberships__isnull=False).distinct()


def _within(user, reach):
    """A condition: the assignment is one of those that the Reach holds."""
    where = Q(section__edition=reach.edition_id) if reach.edition_id else Q(pk__isnull=False)
    if reach.section_ids:
        where &= Q(section__in=sorted(reach.section_ids))
    given = Assignee.objects.filter(assignment=OuterRef("pk"))
    match reach.of:
        case Of.OWN:
            return where & Q(pk__in=given_to(user))
        case Of.PROPOSED:
            return where & Q(proposed_by=user)
        case Of.WAITING:
            return where & Q(proposed_by=user, state=Plan.PROPOSED)
        case Of.FREE:
            return where & Q(~Exists(given), IS_PLANNED, closed_at__isnull=True, story__isnull=True)
        case Of.PICTURED:
            return where & Q(IS_PLANNED, wants_photo=True)
    return where
