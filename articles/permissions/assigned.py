"""Who may do what with which assignment: a table beside that of stories, because other rows of them are one's own."""

import enum
import functools
import operator

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from articles.models import Assignee, Assignment
from articles.models.membership import DeskRole

from .held import families_of, is_free, memberships, sections_of
from .reach import NOTHING


class Of(enum.Enum):
    """With which assignments of an edition something may be done."""

    ALL = "all of the role's section"
    OWN = "those given to them, in any section of the edition"
    FREE = "open ones of the section that nobody has"
    PICTURED = "those of the section that want a photo"


_WRITES = {
    "view": (Of.OWN, Of.FREE),
    "take": (Of.FREE,),
    "start": (Of.OWN,),
    "finish": (Of.OWN,),
}
_PLANS = dict.fromkeys(["view", "plan", "take", "start", "finish"], (Of.ALL, Of.OWN))
# role → {action: which}. "plan": make, change, confirm, give, drop and reopen. "start": begin its story.
ASSIGNMENTS = {
    DeskRole.REPORTER: _WRITES,
    DeskRole.EDITOR: {**_PLANS, "plan": (Of.ALL,), "take": (Of.ALL,)},
    DeskRole.PHOTO: {"view": (Of.OWN, Of.PICTURED), "finish": (Of.OWN,)},
    DeskRole.CHIEF: {**_PLANS, "plan": (Of.ALL,), "take": (Of.ALL,)},
}


def assignments(user, action="view"):
    """The assignments with which somebody may do `action`."""
    if is_free(user):
        return Assignment.objects.all()
    ranges = [_within(user, m, of) for m in memberships(user) for of in ASSIGNMENTS[m.role].get(action, ())]
    return Assignment.objects.filter(functools.reduce(operator.or_, ranges, NOTHING))


def may_with(user, action, assignment):
    """Whether somebody may do `action` with this assignment as it is stored."""
    return is_free(user) or assignments(user, action).filter(pk=assignment.pk).exists()


def plans_for(user):
    """The sections for which somebody may plan assignments."""
    return sections_of(user, lambda membership: "plan" in ASSIGNMENTS[membership.role])


def assignable(sections):
    """The accounts to whom an assignment of one of these sections may be given: who has a role in its edition."""
    everybody = get_user_model().objects.filter(is_active=True)
    here = Q(memberships__edition__in=sections.order_by().values("edition")) | Q(memberships__edition__isnull=True)
    return everybody.filter(here, memberships__isnull=False).distinct()


def _within(user, membership, of):
    """A condition: the assignment is one of those to which the membership gives the right."""
    where = Q(section__edition=membership.edition_id) if membership.edition_id else Q(pk__isnull=False)
    if membership.section_id and of is not Of.OWN:
        where &= Q(section__in=sorted(families_of(user)[membership.section_id]))
    given = Assignee.objects.filter(assignment=OuterRef("pk"))
    match of:
        case Of.OWN:
            return where & Q(Exists(given.filter(user=user)))
        case Of.FREE:
            return where & Q(~Exists(given), closed_at__isnull=True, story__isnull=True)
        case Of.PICTURED:
            return where & Q(wants_photo=True)
    return where
