"""The budget of a day: what each section plans to have, by whom, how far it is, and whether a photo is wanted."""

import datetime
from typing import NamedTuple

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from articles.admin.story.agenda import entries
from articles.admin.story.columns import authors_of
from articles.listings import desk_rows
from articles.models.plausible_times import YEARS

A_DAY = datetime.timedelta(days=1)


class Line(NamedTuple):
    row: entries.Row
    people: str
    photo: str


def page(model_admin, request):
    now = timezone.now()
    zone = request.edition.zone if request.edition else timezone.get_current_timezone()
    today = timezone.localtime(now, zone).date()
    day = _asked(request) or today
    begin = timezone.make_aware(datetime.datetime.combine(day, datetime.time()), zone)
    rows = list(entries.between(request.user, now, begin, begin + A_DAY))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Budget of the day"),
        "opts": model_admin.opts,
        "day": day,
        "is_today": day == today,
        "before": day - A_DAY,
        "after": day + A_DAY,
        "groups": _groups(rows),
        "printed_at": timezone.localtime(now, zone),
    }
    return TemplateResponse(request, "admin/articles/assignment/budget.html", context)


def _groups(rows):
    """[(section, [Line])]; an assignment whose story stands there, too, is one line with it."""
    stories = {row.story.pk: row.story for row in rows if isinstance(row, entries.Entry)}
    desk_rows.with_credits(stories)
    groups = {}
    for row in entries.in_order(rows):
        if isinstance(row, entries.Planned):
            if row.assignment.story_id in stories:
                continue
            section, line = row.assignment.section, _of_assignment(row)
        else:
            section, line = row.story.section, _of_story(row)
            section.edition = row.edition  # the template names it
        groups.setdefault(section, []).append(line)
    return sorted(groups.items(), key=lambda group: (group[0].edition_id, group[0].order, group[0].pk))


def _of_assignment(row):
    return Line(row, row.people, _("photo wanted") if row.assignment.wants_photo else "")


def _of_story(row):
    return Line(row, ", ".join(authors_of(row.story)) or "–", "" if row.story.lead_photo else _("no photo"))


def _asked(request):
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if day and day.year in list(YEARS)[1:-1] else None
