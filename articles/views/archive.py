"""Every story of a day and of a month, by the days in their addresses."""

import datetime

from django.http import Http404
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from articles.listings import days
from articles.tracking import cacheable

from .lists import listing, live


@cacheable("page", "view")
def month(request, year, month):
    first, last = days.month_of(_date(request, year, month, "01"))
    head = {"title": dateformat.format(first, "F Y"), "note": _("Archive")}
    head |= _neighbours(request, first, last)
    every = days.of_month(first, request.edition, timezone.now())
    head |= {"calendar": days.weeks(every), "days": [day for day in every if day.stories]}
    return listing(request, _by_day(request, day__range=(first, last)), face="archive", **head)


@cacheable("page", "view")
def day(request, year, month, day):
    date = _date(request, year, month, day)
    head = {"title": dateformat.format(date, "l, j F Y"), "note": _("Archive"), "month": date, "day": date}
    head |= _neighbours(request, date, date)
    head["calendar"] = days.weeks(days.of_month(date, request.edition, timezone.now()))
    return listing(request, _by_day(request, day=date), face="archive", **head)


def _by_day(request, **span):
    """Ordered by day first, like the index: ordered by time alone, the database would read the whole edition."""
    return live(request).filter(**span).order_by("-day", "-live_from", "-pk")


def _date(request, year, month, day):
    """404 for dates that do not exist or have not come."""
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    if date > request.edition.day(timezone.now()):
        raise Http404
    return date


def _neighbours(request, first, last):
    """The nearest days with stories before `first` and after `last`."""
    earlier, later = days.nearest(request.edition, timezone.now(), first, last)
    return {"earlier": earlier, "later": later}
