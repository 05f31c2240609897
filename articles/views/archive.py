"""Every story of a day and of a month, by the days in their addresses."""

import calendar
import datetime

from django.http import Http404
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from articles.delivery import printing
from articles.delivery.printing import held
from articles.models import Story
from articles.prepared import Prepared
from articles.ranges import together

from .lists import listing, live


@held("page")
def month(request, year, month):
    first = _date(request, year, month, "01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    head = {"title": dateformat.format(first, "F Y"), "note": _("Archive")}
    head |= _neighbours(request, first, last)
    head["days"] = _days(request, first, last)
    return listing(request, _by_day(request, day__range=(first, last)), **head)


@held("page")
def day(request, year, month, day):
    date = _date(request, year, month, day)
    head = {"title": dateformat.format(date, "l, j F Y"), "note": _("Archive"), "month": date}
    head |= _neighbours(request, date, date)
    return listing(request, _by_day(request, day=date), **head)


def _by_day(request, **span):
    """By days first, as their index has them: in order of time alone, the database would read the whole edition."""
    return live(request).filter(**span).order_by("-day", "-live_from", "-pk")


def _days(request, first, last):
    """Those with stories, each asked for by itself: to look through a whole month takes longer."""
    dates = [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]
    given = {"at": timezone.now(), "edition": request.edition.pk}
    found = together({date: _of_day.sql(day=date, **given) for date in dates})
    return [date for date in dates if found[date]]


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
    given = {"at": timezone.now(), "edition": request.edition.pk}
    found = together({"earlier": _day_before.sql(day=first, **given), "later": _day_after.sql(day=last, **given)})
    return {name: datetime.date.fromisoformat(str(days[0])) if days else None for name, days in found.items()}


@Prepared
def _of_day(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day=day).order_by().values("pk")[:1]


@Prepared
def _day_before(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day__lt=day).order_by("-day").values("day")[:1]


@Prepared
def _day_after(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day__gt=day).order_by("day").values("day")[:1]
