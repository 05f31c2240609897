"""The list of assignments: its tabs, and what the rows of a page show, read in three queries."""

from typing import NamedTuple

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import permissions
from articles.database.compiled import CompiledQuery
from articles.desk import labels
from articles.desk.bounded import BoundedList
from articles.models import Assignee
from articles.models.desk.assignment import Plan

MOST = 1_000  # as many are counted as the list shows
TABS = {
    "mine": gettext_lazy("Mine"),
    "open": pgettext_lazy("assignments", "Open"),
    "overdue": pgettext_lazy("assignments", "Overdue"),
    "ideas": pgettext_lazy("assignments", "Ideas"),
}


class TabFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("view"), "tab"
    is_tabs = True

    def lookups(self, request, model_admin):
        return TABS.items()

    def queryset(self, request, rows):
        return of_tab(self.value(), rows, request.user, timezone.now()) if self.value() in TABS else rows


def of_tab(tab, rows, user, now):
    """Those of `rows` that a tab shows: none of them is done or dropped."""
    match tab:
        case "mine":
            return rows.open().filter(Q(pk__in=permissions.given_to(user)) | Q(proposed_by=user, state=Plan.PROPOSED))
        case "ideas":
            return rows.filter(state=Plan.PROPOSED)
        case "overdue":
            return rows.open().filter(due_at__lt=now)
    return rows.open()


def counts(user, now):
    """{tab: number}: what is overdue, and the ideas that wait."""
    seen = permissions.assignments(user)
    rows = {tab: of_tab(tab, seen, user, now).order_by() for tab in ("overdue", "ideas")}
    return {tab: found[: MOST + 1].count() for tab, found in rows.items()}


class Having(NamedTuple):
    """Somebody who has an assignment: an account, or a person who has none and so is told nothing."""

    name: str
    account: object = None


def assignees_of(assignments):
    """{assignment: [Having]}, in one query."""
    having = {}
    ids = [assignment.pk for assignment in assignments]
    for row in _ASSIGNEES(ids=ids) if ids else []:
        having.setdefault(row.assignment_id, []).append(_having(row))
    return having


_ASSIGNEES = CompiledQuery(
    lambda ids=(): (
        Assignee.objects.filter(assignment__in=ids).select_related("user__person", "person__user").order_by("pk")
    )
)


def _having(row):
    account = row.user or row.person.user
    name = labels.of_account(account) if account else _("%(name)s (no account)") % {"name": row.person.name}
    return Having(name, account)


class AssignmentList(BoundedList):
    """What is open stands in the order in which it is due; without a tab, the latest stand first."""

    def get_ordering(self, request, rows):
        ordering = super().get_ordering(request, rows)
        is_asked = "o" in self.params
        return ["due_at", "pk"] if self.params.get("tab") in TABS and not is_asked else ordering

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        look_at(self.result_list, request.user)


def look_at(assignments, user):
    """Add to the rows of a page who has them, and what the user may do with them: what is theirs is begun by a press,
    what nobody has is taken."""
    ids = [assignment.pk for assignment in assignments]
    accounts = assignees_of(assignments)
    stories = {assignment.story_id for assignment in assignments} - {None}
    seen = set(permissions.stories(user).filter(pk__in=stories).values_list("pk", flat=True)) if stories else set()
    takes = permissions.assignments(user, "take").filter(pk__in=ids)
    taken = set(takes.values_list("pk", flat=True)) if len(accounts) < len(ids) else set()
    for row in assignments:
        having = accounts.get(row.pk, [])
        row.people = [one.name for one in having]
        row.story_is_seen = row.story_id in seen
        is_idle = row.closed_at is None and row.story_id is None and row.state != Plan.PROPOSED
        may_write = permissions.allows(user, "add", "story", row.section.edition_id)
        row.may_start = is_idle and any(one.account == user for one in having) and may_write
        row.may_take = is_idle and not having and row.pk in taken


def story_of(assignment, user):
    """The story of an assignment, if the user may see it."""
    if not assignment.story_id:
        return None
    return permissions.stories(user).filter(pk=assignment.story_id).first()
