"""Date filter of the story list: a story belongs to the day in its row, in the zone of its own edition."""

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
from articles.listings.at_desk import first_ids
from articles.models import Story
from articles.models.edition import Zone
from articles.models.plausible_times import YEARS

PARTS = ["year", "month", "day"]
A_DAY = datetime.timedelta(days=1)  # more than the difference between any two zones


def shown_on():
    """The day on which a story goes live, in its edition's zone."""
    zones = (When(edition__time_zone=zone.value, then=TruncDate("live_from", tzinfo=zone.info)) for zone in Zone)
    return Case(*zones, output_field=DateField())


class ByDays:
    """A ChangeList whose date hierarchy uses `shown_on`. Django's would use one zone for all rows."""

    def get_filters_params(self, params=None):
        """The parameters without those of the date, which this class handles."""
        names = self._names().values()
        return {name: value for name, value in super().get_filters_params(params).items() if name not in names}

    def get_queryset(self, request, exclude_parameters=None):
        stories, span = super().get_queryset(request, exclude_parameters), self._span()
        return self._nearby(stories).alias(shown_on=shown_on()).filter(shown_on__range=span) if span[0] else stories

    def _nearby(self, stories):
        """Those of the chosen days and of one day more at each end: indexed, unlike the day in each edition's zone."""
        first, last = self._span()
        if first is None:
            return stories
        ends = [datetime.datetime.combine(day, datetime.time()) for day in (first - A_DAY, last + 2 * A_DAY)]
        return stories.filter(live_from__range=tuple(map(make_aware, ends)))

    def _names(self):
        return {part: f"{self.date_hierarchy}__{part}" for part in PARTS}

    def _chosen(self):
        """The chosen year, month and day, as far as given. Raises IncorrectLookupParameters."""
        values = [self.params.get(name) for name in self._names().values()]
        chosen = values[: values.index(None)] if None in values else values
        if any(values[len(chosen) :]) or not all(map(is_id, chosen)):
            raise IncorrectLookupParameters
        return [int(one) for one in chosen]

    def _span(self):
        """The first and the last chosen day."""
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

    @property
    def chosen_day(self):
        """The chosen year, month or day in words; "" without one."""
        chosen = self._chosen()
        return _title(*chosen) if chosen else ""

    @property
    def without_day(self):
        return self._link()

    # The choices -----------------------------------------------------------------------

    def days(self):
        """The context for admin/date_hierarchy.html, from the first story to the last."""
        chosen = self._chosen()
        ends = self._ends()
        if ends and not chosen and ends[0].year == ends[1].year:
            chosen = [ends[0].year]
        choices = self._choices(chosen, *ends) if ends else []
        shows = bool(ends or chosen)
        return {"show": shows, "field_name": _("day"), "back": self._back(chosen), "choices": choices}

    def _ends(self):
        """The days of the first and the last listed story; of a list that was cut off, those of the desk."""
        if not self.multi_page:  # the rows are read already
            dated = sorted((story for story in self.result_list if story.live_from), key=lambda story: story.live_from)
            return [story.edition.day(story.live_from) for story in (dated[0], dated[-1])] if dated else []
        orders = [("live_from", "pk"), ("-live_from", "-pk")]
        if not self.is_cut:
            dated = Story.objects.filter(pk__in=self.ids, live_from__isnull=False)
            ends = [dated.order_by(*order).values_list("pk", flat=True)[:1] for order in orders]
        else:
            near = self._nearby(Story.objects.filter(live_from__isnull=False))
            ends = [first_ids(self.request.user, near, None, order, most=1) for order in orders]
        found = Story.objects.select_related("edition").only("live_from", "edition").in_bulk([*ends[0], *ends[1]])
        return [found[pk].edition.day(found[pk].live_from) for each in ends for pk in each]

    def _choices(self, chosen, first, last):
        match chosen:
            case []:
                return [self._choice(year) for year in range(first.year, last.year + 1)]
            case [year]:
                months = range(first.month if year == first.year else 1, (last.month if year == last.year else 12) + 1)
                return [self._choice(year, month) for month in months]
            case [year, month]:
                return [self._choice(year, month, day) for day in self._days_of_month(year, month, first, last)]
            case _:
                return [{"title": _title(*chosen)}]

    def _days_of_month(self, year, month, first, last):
        """The days with listed stories; of a month with more than the list holds, all days between the ends."""
        if self.is_cut:
            return range(first.day, last.day + 1)
        listed = Story.objects.filter(pk__in=self.ids).order_by().annotate(on=shown_on())
        return sorted(day.day for day in listed.values_list("on", flat=True).distinct())

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
