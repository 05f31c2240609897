"""On which days an edition has stories, by the days in their addresses. Each question is one entry of an index
(`story_by_day`), at any number of stories; several are asked at once."""

import calendar
import datetime

from articles.database.compiled import CompiledQuery
from articles.database.union import together
from articles.models import Story

AT_ONCE = 200  # spans in one query: SQLite takes 500 parts


def month_of(date):
    """(first day, last day) of its month."""
    return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])


def with_stories(edition, at, spans):
    """Those of `spans`, (first day, last day), in which readers have stories at the moment `at`."""
    found = []
    for start in range(0, len(spans), AT_ONCE):
        some = spans[start : start + AT_ONCE]
        asked = {span: _within.sql(at=at, edition=edition.pk, first=span[0], last=span[1]) for span in some}
        has = together(asked)
        found += [span for span in some if has[span]]
    return found


def around(edition, at, first, last):
    """(the nearest day with stories before `first`, the nearest after `last`); None where there is none."""
    given = {"at": at, "edition": edition.pk}
    found = together({"before": _before.sql(day=first, **given), "after": _after.sql(day=last, **given)})
    return tuple(datetime.date.fromisoformat(str(days[0])) if days else None for days in found.values())


@CompiledQuery
def _within(at, edition, first, last):
    return Story.objects.live(at).filter(edition=edition, day__range=(first, last)).order_by("-day").values("pk")[:1]


@CompiledQuery
def _before(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day__lt=day).order_by("-day").values("day")[:1]


@CompiledQuery
def _after(at, edition, day):
    return Story.objects.live(at).filter(edition=edition, day__gt=day).order_by("day").values("day")[:1]
