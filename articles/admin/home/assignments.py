"""The assignments that a home shows: to those who write, their own; to those who plan, also what is overdue and what
nobody has; to photo editors, also those that want a photo."""

import datetime
import functools
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import permissions
from articles.admin.assignment.columns import act, overdue_chip, proposer, standing_chip
from articles.admin.assignment.listing import assignees_of
from articles.admin.story.columns import chip
from articles.database.compiled import CompiledQuery
from articles.desk import addresses, timestamps
from articles.models import Assignee, Assignment, Story
from articles.models.desk.assignment import Plan
from articles.permissions.assigned import given_to, within_any
from articles.permissions.assigned import reaches as reaches_of
from articles.permissions.compiled import REACHES
from articles.permissions.reach import any_of

from . import moves
from .roles import Home

MOST = 8
AHEAD = datetime.timedelta(days=7)


class Row(NamedTuple):
    """`facts`: who has it, when it is due, where."""

    assignment: Assignment
    chips: list[str]
    facts: list[str]
    buttons: list[moves.Button]

    @property
    def address(self):
        return addresses.of_row("articles_assignment_change", self.assignment.pk)


def found(user, home, now):
    """One row more than is shown, those that are due first. An idea waits for its answer, whenever it is due."""
    return _shown(home, reaches_of(user), permissions.ranges(user, "view"))(user=user.pk, now=now, soon=now + AHEAD)


@functools.lru_cache(REACHES)
def _shown(home, reaches, ranges):
    return CompiledQuery(lambda user, now, soon: _of_home(home, reaches, ranges, user, now, soon))


def _of_home(home, reaches, ranges, user, now, soon):
    """Rows of these Reaches, with whether their story lies in one of the Ranges."""
    given = Exists(Assignee.objects.filter(assignment=OuterRef("pk")))
    mine = Q(pk__in=given_to(user))
    shown = within_any(user, reaches).open()
    match home:
        case Home.EDITOR:
            shown = shown.filter(Q(due_at__lt=now) | ~given | mine)
        case Home.PHOTO:
            shown = shown.filter(Q(wants_photo=True) | mine)
        case _:
            shown = shown.filter(mine | Q(proposed_by=user, state=Plan.PROPOSED))
    if home in (Home.EDITOR, Home.PHOTO):
        shown = shown.filter(Q(due_at__lt=soon) | Q(state=Plan.PROPOSED))
    is_seen = Exists(Story.objects.filter(any_of(user, ranges), pk=OuterRef("story_id")))
    shown = shown.annotate(story_is_seen=is_seen).select_related("section__edition", "proposed_by__person")
    return shown.order_by("due_at", "pk")[: MOST + 1]


def rows(assignments, user, now, several_editions):
    having = assignees_of(assignments)
    return [_row(one, having.get(one.pk, []), user, now, several_editions) for one in assignments]


def _row(assignment, having, user, now, several_editions):
    edition = assignment.section.edition
    chips = [overdue_chip(assignment, now) or standing_chip(assignment)]
    is_idea = assignment.state == Plan.PROPOSED
    chips += [chip("warn", _("nobody yet"))] if not having and not is_idea else []
    chips += [chip("warn", _("photo"))] if assignment.wants_photo else []
    facts = [
        edition.name if several_editions else "",
        assignment.section.name,
        ", ".join(one.name for one in having if one.account != user),
        proposer(assignment) if is_idea and assignment.proposed_by != user else "",
        _("due %(time)s") % {"time": timestamps.absolute(assignment.due_at, edition)},
        assignment.place,
    ]
    return Row(assignment, chips, [fact for fact in facts if fact], list(_buttons(assignment, having, user)))


def _buttons(assignment, having, user):
    if assignment.story_is_seen:
        yield moves.Button(_("Go on"), addresses.of_row("articles_story_change", assignment.story_id))
    elif assignment.state == Plan.PROPOSED:
        if assignment.proposed_by != user:
            address = addresses.of_row("articles_assignment_change", assignment.pk)
            yield moves.Button(pgettext("button", "Answer it"), address)
    elif any(one.account == user for one in having) and not assignment.story_id:
        if permissions.allows(user, "add", "story", assignment.section.edition_id):
            yield moves.Button(pgettext("button", "Start writing"), act(assignment, "start"), is_move=True)
    elif not having:
        address = addresses.of_row("articles_assignment_change", assignment.pk)
        yield moves.Button(pgettext("button", "Give it to somebody"), f"{address}#id_people")
