"""The years, months and days above a list. They are reckoned from its first and last row, without reading the others.

So a month may be offered in which there is no row.
"""

import calendar
import datetime

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models.plausible_times import YEARS

from .values import is_id

PARTS = ["year", "month", "day"]
A_DAY = datetime.timedelta(days=1)


class ByDates:
    """A ChangeList that offers dates for its `date_hierarchy`."""

    def days(self):
        """The context for admin/date_hierarchy.html."""
        if not self.date_hierarchy:
            return {"show": False}
        chosen, ends = self._chosen(), self._ends()
        if ends and not chosen and ends[0].year == ends[1].year:
            chosen = [ends[0].year]
        choices = self._choices(chosen, *ends) if ends else []
        shows = bool(ends or chosen)
        return {"show": shows, "field_name": self.name_of_days, "back": self._back(chosen), "choices": choices}

    @property
    def name_of_days(self):
        """What the days tell of a row."""
        return self.model._meta.get_field(self.date_hierarchy).verbose_name

    def _ends(self):
        """The days of the first and the last row; None without rows."""
        name = self.date_hierarchy
        dated = self.model._default_manager.filter(**{f"{name}__isnull": False})
        first, last = (dated.order_by(order).values_list(name, flat=True)[:1] for order in (name, f"-{name}"))
        for ends in dated.order_by().values_list(Subquery(first), Subquery(last))[:1]:
            return [_day(end) for end in ends]
        return None

    def _chosen(self):
        """The chosen year, month and day, as far as given."""
        values = [self.params.get(name) for name in self._names()]
        chosen = values[: values.index(None)] if None in values else values
        if not all(map(is_id, chosen)):
            raise IncorrectLookupParameters
        return [int(one) for one in chosen]

    def _span(self):
        """The first and the last chosen day; (None, None) if no year is chosen."""
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

    def of_days(self, rows):
        """Those of `rows` whose time lies in the chosen days, by the clock of the desk."""
        first, last = self._span()
        if first is None:
            return rows
        ends = (datetime.datetime.combine(day, datetime.time()) for day in (first, last + A_DAY))
        begin, end = map(timezone.make_aware, ends)
        return rows.filter(**{f"{self.date_hierarchy}__gte": begin, f"{self.date_hierarchy}__lt": end})

    def _names(self):
        return [f"{self.date_hierarchy}__{part}" for part in PARTS]

    def _choices(self, chosen, first, last):
        match chosen:
            case []:
                return [self._choice(year) for year in range(first.year, last.year + 1)]
            case [year]:
                months = (datetime.date(year, month, 1) for month in range(1, 13))
                return [self._choice(year, one.month) for one in months if first.replace(day=1) <= one <= last]
            case [year, month]:
                return [self._choice(year, month, day) for day in self._days_of_month(year, month, first, last)]
            case _:
                return [{"title": title(*chosen)}]

    def _days_of_month(self, year, month, first, last):
        days = (datetime.date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1]))
        return [one.day for one in days if first <= one <= last]

    def _back(self, chosen):
        if not chosen:
            return None
        return {"link": self._link(*chosen[:-1]), "title": title(*chosen[:-1]) if chosen[1:] else _("All dates")}

    def _choice(self, *chosen):
        return {"link": self._link(*chosen), "title": title(*chosen)}

    def _link(self, *chosen):
        return self.get_query_string(dict(zip(self._names(), chosen, strict=False)), [f"{self.date_hierarchy}__"])


def _day(at):
    return timezone.localtime(at).date() if isinstance(at, datetime.datetime) else at


def title(year, month=None, day=None):
    if month is None:
        return str(year)
    name = "MONTH_DAY_FORMAT" if day else "YEAR_MONTH_FORMAT"
    return capfirst(date_format(datetime.date(year, month, day or 1), name))
