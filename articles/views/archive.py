"""Every story of a day and of a month, by the days in their addresses."""

import calendar
import datetime

from django.http import Http404
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from articles.delivery import printing
from articles.delivery.printing import held
from articles.ranges import together

from .lists import listing, live


@held("page")
def month(request, year, month):
    first = _date(request, year, month, "01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    stories = live(request).filter(day__range=(first, last))
    head = {"title": dateformat.format(first, "F Y"), "note": _("Archive")}
    head |= _neighbours(request, first, last)
    head["days"] = list(stories.order_by("day").values_list("day", flat=True).distinct())
    return listing(request, stories, **head)


@held("page")
def day(request, year, month, day):
    date = _date(request, year, month, day)
    head = {"title": dateformat.format(date, "l, j F Y"), "note": _("Archive"), "month": date}
    head |= _neighbours(request, date, date)
    return listing(request, live(request).filter(day=date), **head)


def _date(request, year, month, day):
    """404 for dates that do not exist or have not come."""
    printing.lists(request.edition)
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    if date > request.edition.day(timezone.now()):
        raise Http404
    return date


def _neighbours(request, first, last):
    """The nearest days with stories before `first` and after `last`."""
    stories = live(request)
    before = stories.filter(day__lt=first).order_by("-day").values("day")[:1]
    after = stories.filter(day__gt=last).order_by("day").values("day")[:1]
    found = together({"earlier": before, "later": after})
    return {name: datetime.date.fromisoformat(str(days[0])) if days else None for name, days in found.items()}
