"""The tabs above the list of stories: the same questions that editors ask all day."""

import datetime

from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import permissions, publishing
from articles.models.story import State
from articles.permissions.compiled import ReachedQuery
from articles.permissions.reach import own_ids

MOST = 1_000  # as many are counted as the list shows
TABS = {
    "mine": _("Mine"),
    "waiting": _("Waiting"),
    "late": _("Late"),
    "today": _("Live today"),
}


class TabFilter(admin.SimpleListFilter):
    title, parameter_name = _("view"), "tab"
    is_tabs = True

    def lookups(self, request, model_admin):
        return TABS.items()

    def queryset(self, request, stories):
        return stories.filter(condition(self.value(), request)) if self.value() in TABS else stories


def condition(tab, request):
    """The stories of a tab, among those that the user may see."""
    now = timezone.now()
    match tab:
        case "mine":
            return own_ids(request.user)
        case "waiting":
            return Q(state__in=waiting_states(request.user))
        case "late":
            return Q(state__in=publishing.UNRELEASED, publish_at__lte=now)
        case "today":
            return Q(state=State.RELEASED, live_from__range=today(request, now))


def waiting_states(user):
    """For those who approve, what was submitted or approved; for writers, what was returned."""
    decides = permissions.somewhere(user, "approve")
    return [State.SUBMITTED, State.APPROVED] if decides else [State.RETURNED]


def today(request, now):
    """The first and the last moment of the day, by the calendar of the desk's edition."""
    zone = request.edition.zone if getattr(request, "edition", None) else timezone.get_current_timezone()
    local = timezone.localtime(now, zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, midnight + datetime.timedelta(days=1) - datetime.timedelta(microseconds=1)


def counts(request):
    """{tab: number} and {state: number} of the stories that are not released yet, in one query."""
    rows = _open.rows(request.user, permissions.ranges(request.user, "view"), now=timezone.now())
    of_states = {state: number for state, number, _late in rows}
    waiting = sum(of_states.get(state, 0) for state in waiting_states(request.user))
    return {"waiting": waiting, "late": sum(late for _state, _number, late in rows)}, of_states


@ReachedQuery
def _open(reached, now):
    rows = reached.filter(state__in=publishing.UNRELEASED).order_by().values_list("state")
    return rows.annotate(all=Count("pk"), late=Count("pk", filter=Q(publish_at__lte=now)))
