"""The list of stories by days: a story stands under the day that its row shows, in the zone of its own edition."""

import calendar
import datetime

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Case, DateField, When
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from articles.desk.values import is_id
from articles.models.edition import Zone
from articles.models.plausible_times import YEARS

PARTS = ["year", "month", "day"]
A_DAY = datetime.timedelta(days=1)  # more than any two of our zones are apart


def shown_on():
    """The day on which a story goes live, by the clock of its edition."""
    zones = (When(edition__time_zone=zone.value, then=TruncDate("live_from", tzinfo=zone.info)) for zone in Zone)
    return Case(*zones, output_field=DateField())


class ByDays:
    """A ChangeList whose date hierarchy goes by `shown_on`, where Django's goes by one zone for all rows."""

    def get_filters_params(self, params=None):
        """Without those of the date: they are ours."""
        names = self._names().values()
        return {name: value for name, value in super().get_filters_params(params).items() if name not in names}

    def get_queryset(self, request, exclude_parameters=None):
        stories = super().get_queryset(request, exclude_parameters)
        first, last = self._span()
        if first is None:
            return stories
        around = (
            make_aware(datetime.datetime.combine(day, datetime.time())) for day in (first - A_DAY, last + 2 * A_DAY)
        )
        within = stories.filter(live_from__range=tuple(around))  # an index has this, and not the day of each edition
        return within.alias(shown_on=shown_on()).filter(shown_on__range=(first, last))

    def _names(self):
        return {part: f"{self.date_hierarchy}__{part}" for part in PARTS}

    def _chosen(self):
        """The year, month and day that are asked for, as far as they are. Raises IncorrectLookupParameters."""
        given = [self.params.get(name) for name in self._names().values()]
        chosen = given[: given.index(None)] if None in given else given
        if any(given[len(chosen) :]) or not all(map(is_id, chosen)):
            raise IncorrectLookupParameters
        return [int(one) for one in chosen]

    def _span(self):
        """The first and the last day of what is asked for."""
        chosen = self._chosen()
        if not chosen:
            return None, None
        year, month, day = [*chosen, None, None][:3]
        try:
            if year not in YEARS:
                raise ValueError(year)
            last_day = day or calendar.monthrange(year, month or 12)[1]
            return datetime.date(year, month or 1, day or 1), datetime.date(year, month or 12, last_day)
        except (ValueError, OverflowError, calendar.IllegalMonthError) as error:
            raise IncorrectLookupParameters from error

    # What is offered --------------------------------------------------------------------

    def days(self):
        """What admin/date_hierarchy.html shows. Years and months are those from the first story to the last."""
        chosen = self._chosen()
        ends = self._ends()
        if ends and not chosen and ends[0].year == ends[1].year:
            chosen = [ends[0].year]
        choices = self._choices(chosen, *ends) if ends else []
        shows = bool(ends or chosen)
        return {"show": shows, "field_name": _("day"), "back": self._back(chosen), "choices": choices}

    def _ends(self):
        """The days of the first and of the last of the stories that are listed."""
        dated = self.queryset.filter(live_from__isnull=False)
        ends = [dated.order_by(order).select_related("edition").first() for order in ("live_from", "-live_from")]
        return [story.edition.day(story.live_from) for story in ends] if all(ends) else []

    def _choices(self, chosen, first, last):
        match chosen:
            case []:
                return [self._choice(year) for year in range(first.year, last.year + 1)]
            case [year]:
                months = range(first.month if year == first.year else 1, (last.month if year == last.year else 12) + 1)
                return [self._choice(year, month) for month in months]
            case [year, month]:
                days = self.queryset.order_by().annotate(on=shown_on()).values_list("on", flat=True).distinct()
                return [self._choice(year, month, day.day) for day in sorted(days)]
            case _:
                return [{"title": _title(*chosen)}]

    def _back(self, chosen):
        if not chosen:
            return None
        return {"link": self._link(*chosen[:-1]), "title": _title(*chosen[:-1]) if chosen[1:] else _("All dates")}

    def _choice(self, *chosen):
        return {"link": self._link(*chosen), "title": _title(*chosen)}

    def _link(self, *chosen):
        return self.get_query_string(
            dict(zip(self._names().values(), chosen, strict=False)), [f"{self.date_hierarchy}__"]
        )


def _title(year, month=None, day=None):
    if month is None:
        return str(year)
    return capfirst(
        date_format(datetime.date(year, month, day or 1), "MONTH_DAY_FORMAT" if day else "YEAR_MONTH_FORMAT")
    )
