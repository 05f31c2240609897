"""The assignments that a home shows: to those who write, their own; to those who plan, also what is overdue and what
nobody has; to photo editors, also those that want a photo."""

import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import permissions
from articles.admin.assignment.columns import act, overdue_chip, standing_chip
from articles.admin.assignment.listing import assignees_of
from articles.admin.story.columns import chip
from articles.desk import addresses, labels, timestamps
from articles.models import Assignee, Assignment

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
    """One row more than is shown, those that are due first."""
    given = Assignee.objects.filter(assignment=OuterRef("pk"))
    mine = given.filter(user=user)
    shown = permissions.assignments(user).open().filter(due_at__lt=now + AHEAD)
    match home:
        case Home.EDITOR:
            shown = shown.filter(Q(due_at__lt=now) | ~Exists(given) | Exists(mine))
        case Home.PHOTO:
            shown = shown.filter(Q(wants_photo=True) | Exists(mine))
        case _:
            own = Assignee.objects.filter(user=user).values("assignment")
            shown = permissions.assignments(user).open().filter(pk__in=own)
    is_seen = Exists(permissions.stories(user).filter(pk=OuterRef("story_id")))
    shown = shown.annotate(story_is_seen=is_seen).select_related("section__edition")
    return list(shown.order_by("due_at", "pk")[: MOST + 1])


def rows(assignments, user, now, several_editions):
    having = assignees_of(assignments)
    return [_row(one, having.get(one.pk, []), user, now, several_editions) for one in assignments]


def _row(assignment, having, user, now, several_editions):
    edition = assignment.section.edition
    chips = [overdue_chip(assignment, now) or standing_chip(assignment)]
    chips += [chip("warn", _("nobody yet"))] if not having else []
    chips += [chip("warn", _("photo"))] if assignment.wants_photo else []
    facts = [
        edition.name if several_editions else "",
        assignment.section.name,
        ", ".join(labels.of_account(account) for account in having if account != user),
        _("due %(time)s") % {"time": timestamps.absolute(assignment.due_at, edition)},
        assignment.place,
    ]
    return Row(assignment, chips, [fact for fact in facts if fact], list(_buttons(assignment, having, user)))


def _buttons(assignment, having, user):
    if assignment.story_is_seen:
        yield moves.Button(_("Go on"), addresses.of_row("articles_story_change", assignment.story_id))
    elif user in having and not assignment.story_id:
        if permissions.allows(user, "add", "story", assignment.section.edition_id):
            yield moves.Button(pgettext("button", "Start writing"), act(assignment, "start"), is_move=True)
    elif not having:
        address = addresses.of_row("articles_assignment_change", assignment.pk)
        yield moves.Button(pgettext("button", "Give it to somebody"), f"{address}#id_people")
