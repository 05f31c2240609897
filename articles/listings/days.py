"""Days on which an edition has stories, by the days in their addresses. Each question reads one entry of an index
(`story_by_day`), at any number of stories; one query asks several."""

import calendar
import datetime
import itertools
from typing import NamedTuple

from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.models import Story

MOST_COUNTED = 99  # stories of a day that are counted; where there are more, the calendar says "99+"
AT_ONCE = 200  # spans in one query: SQLite takes 500 parts


def month_of(date):
    """(first day, last day) of its month."""
    return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])


class Day(NamedTuple):
    """A day of a calendar, with its number of live stories, of which `MOST_COUNTED` are counted."""

    date: datetime.date
    stories: int

    @property
    def has_more(self):
        return self.stories > MOST_COUNTED

    @property
    def counted(self):
        return min(self.stories, MOST_COUNTED)


def of_month(date, edition, at):
    """The days of its month, each a Day, in one query."""
    first, last = month_of(date)
    every = [first + datetime.timedelta(days=number) for number in range(last.day)]
    found = together({day: _on.sql(at=at, edition=edition.pk, day=day) for day in every})
    return [Day(day, len(found[day])) for day in every]


def weeks(days):
    """The days of a month in weeks that begin on Monday; None stands for a day of the month beside it."""
    row = [None] * days[0].date.weekday() + days
    row += [None] * (-len(row) % 7)
    return [row[start : start + 7] for start in range(0, len(row), 7)]


def with_stories(edition, at, spans):
    """Those of `spans`, (first day, last day), in which readers have stories at the moment `at`."""
    result = []
    for start in range(0, len(spans), AT_ONCE):
        batch = spans[start : start + AT_ONCE]
        stories = together(
            {span: _within.sql(at=at, edition=edition.pk, first=span[0], last=span[1]) for span in batch}
        )
        result += [span for span in batch if stories[span]]
    return result


def crowded(edition, spans, most):
    """Those of `spans` that may hold more than `most` stories. An index alone is read, so all states are counted."""
    result = []
    for batch in itertools.batched(spans, AT_ONCE):
        days = {span: Story.objects.filter(edition=edition, day__range=span).order_by("-day") for span in batch}
        beyond = together({span: stories.values("day")[most : most + 1] for span, stories in days.items()})
        result += [span for span in batch if beyond[span]]
    return result


def nearest(edition, at, first, last):
    """(the nearest day with stories before `first`, the nearest after `last`); None if there is none."""
    params = {"at": at, "edition": edition.pk}
    days = together({"before": _before.sql(day=first, **params), "after": _after.sql(day=last, **params)})
    return tuple(datetime.date.fromisoformat(str(each[0])) if each else None for each in days.values())


@CompiledQuery
def _on(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day=day).order_by().values("pk")[: MOST_COUNTED + 1]


@CompiledQuery
def _within(at, edition, first, last):
    return Story.objects.live(at).filter(edition=edition, day__range=(first, last)).order_by("-day").values("pk")[:1]


@CompiledQuery
def _before(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day__lt=day).order_by("-day").values("day")[:1]


@CompiledQuery
def _after(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day__gt=day).order_by("day").values("day")[:1]
