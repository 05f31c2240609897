"""The pages of the agenda: the next two weeks as a list, one day by hours, one week by days."""

import datetime
import itertools
from collections import Counter
from typing import NamedTuple

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import permissions
from articles.models.plausible_times import YEARS

from . import entries

DAYS = 14
A_DAY = datetime.timedelta(days=1)
SPANS = {"day": 1, "week": 7}
WAKING = range(6, 24)  # hours of a day that are shown even if nothing stands in them


class Hour(NamedTuple):
    hour: int
    rows: list

    @property
    def clock(self):
        return f"{self.hour:02}.00"


class Day(NamedTuple):
    day: datetime.date
    is_today: bool
    rows: list
    hours: list[Hour]


def agenda(model_admin, request):
    view = request.GET.get("view", "")
    page = _span if view in SPANS else _list
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Agenda"),
        "opts": model_admin.opts,
        "view": view if view in SPANS else "",
        "may_place": permissions.allows_somewhere(request.user, "change", "slot"),
        **page(request, timezone.now()),
    }
    return TemplateResponse(request, "admin/articles/story/agenda.html", context)


def _list(request, now):
    last = now + datetime.timedelta(days=DAYS)
    rows = entries.in_order(entries.coming(request.user, now, last))
    to_come = [row for row in rows if not row.is_late]
    days = itertools.groupby(to_come, key=lambda row: row.day)
    counts = Counter(row.what for row in rows)
    return {
        "pressing": [row for row in rows if row.warnings],
        "days": [_day(day, list(of_day), now) for day, of_day in days],
        "last": last,
        "most": entries.MOST if entries.MOST in counts.values() else None,
        "tabs": _tabs("", _today(request, now)),
    }


def _day(day, rows, now):
    return day, day == rows[0].edition.day(now), rows


def _span(request, now):
    """One day or one week, by the clock of the desk's edition; each row stands on the day of its own edition."""
    view, today = request.GET["view"], _today(request, now)
    day = _asked(request) or today
    first = day - day.weekday() * A_DAY if view == "week" else day
    days = [first + number * A_DAY for number in range(SPANS[view])]
    zone, step = _zone(request), SPANS[view] * A_DAY
    midnights = (datetime.datetime.combine(one, datetime.time()) for one in (first, first + step))
    begin, end = (timezone.make_aware(midnight, zone) for midnight in midnights)
    rows = entries.in_order(entries.between(request.user, now, begin, end))
    by_day = {one: [] for one in days}
    for row in rows:
        by_day[min(max(row.day, days[0]), days[-1])].append(row)
    return {
        "days": [_by_hours(one, today, by_day[one], view) for one in days],
        "before": f"?view={view}&day={first - step}",
        "after": f"?view={view}&day={first + step}",
        "now_address": f"?view={view}",
        "first": first,
        "last": days[-1],
        "tabs": _tabs(view, day),
        "zone": request.edition.zone_label if request.edition else "",
    }


def _by_hours(day, today, rows, view):
    hours = sorted({*WAKING, *(row.hour for row in rows)}) if view == "day" else []
    return Day(day, day == today, rows, [Hour(hour, [row for row in rows if row.hour == hour]) for hour in hours])


def _tabs(view, day):
    """[(title, address, whether it is this one)]"""
    titles = {"": _("Two weeks"), "day": pgettext("agenda", "Day"), "week": pgettext("agenda", "Week")}
    for name, title in titles.items():
        yield title, f"?view={name}&day={day}" if name else "?", name == view


def _asked(request):
    """The day of the address; None if it names none, or one that no clock has."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if day and day.year in list(YEARS)[1:-1] else None


def _today(request, now):
    return timezone.localtime(now, _zone(request)).date()


def _zone(request):
    return request.edition.zone if request.edition else timezone.get_current_timezone()
