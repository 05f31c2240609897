"""Reads: of stories that readers just got, and the most read, with their hours as a small chart."""

import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from articles import permissions
from articles.database.compiled import CompiledQuery
from articles.models import Correction, ReadCount
from articles.models.correction import Kind
from articles.permissions.compiled import ReachedQuery

AN_HOUR = datetime.timedelta(hours=1)
LATELY = 2  # full hours before this one
MOST, HOURS = 5, 12
BAR, GAP, HEIGHT = 5, 2, 24  # of the chart, in its own units


class Bar(NamedTuple):
    x: int
    y: int
    height: int


class Chart(NamedTuple):
    bars: list[Bar]
    told: str  # in words, for those who do not see it


def may_see(user, story):
    return permissions.allows(user, "view", "readcount", story.edition_id)


def with_reads(stories):
    """The stories with `reads`, or None where there are none, and `is_corrected`."""
    reads = ReadCount.objects.filter(story=OuterRef("pk")).order_by().values("story").annotate(total=Sum("reads"))
    corrections = Correction.objects.filter(story=OuterRef("pk")).exclude(kind=Kind.WITHDRAWAL)
    return stories.annotate(reads=Subquery(reads.values("total")), is_corrected=Exists(corrections))


def since(now):
    """A full hour, because reads are counted by hours of the clock."""
    return now.replace(minute=0, second=0, microsecond=0) - LATELY * AN_HOUR


def most_read(user, now):
    """[(story, its reads)] since `since(now)`, of the stories at the user's desk; then {story: {hour: reads}}."""
    top = _TOP.rows(user, _ranges(user), since=since(now))
    hours = {}
    rows = _hours_of(stories=[pk for pk, _total in top], since=now - HOURS * AN_HOUR) if top else []
    for pk, hour, reads in rows:
        hours.setdefault(pk, {})[hour] = reads
    return top, hours


def _ranges(user):
    """The Ranges of the user's desk, in the editions whose reads they may see."""
    found = permissions.ranges(user, "view")
    if permissions.allows(user, "view", "readcount", None):
        return found
    editions = {m.edition_id for m in permissions.memberships(user)}
    told = sorted(pk for pk in editions if permissions.allows(user, "view", "readcount", pk))
    return [one._replace(edition_id=pk) for one in found for pk in told if one.edition_id in (None, pk)]


def _top(reached, since):
    """A story beside its counts would make SQLite read a whole edition. Grouped by the column itself, it would read all
    counts in its order, not only those of these hours."""
    counted = ReadCount.objects.filter(Exists(reached.filter(pk=OuterRef("story"))), hour__gte=since).order_by()
    sums = counted.values(of=Coalesce("story", 0)).annotate(total=Sum("reads")).order_by("-total", "-of")
    return sums.values_list("of", "total")[:MOST]


_TOP = ReachedQuery(_top)
_hours_of = CompiledQuery(
    lambda since, stories=(): (
        ReadCount.objects.filter(story__in=stories, hour__gt=since).values_list("story", "hour", "reads").order_by()
    )
)


def chart(hours, now):
    """The Chart of the last `HOURS` hours of one story. `hours`: {hour: reads}."""
    first = now.replace(minute=0, second=0, microsecond=0) - (HOURS - 1) * AN_HOUR
    counts = [hours.get(first + number * AN_HOUR, 0) for number in range(HOURS)]
    told = ngettext("Reads in the last hour: %(reads)s", "Reads in the last %(count)d hours: %(reads)s", HOURS)
    return Chart(list(_bars(counts)), told % {"count": HOURS, "reads": ", ".join(map(str, counts))})


def _bars(reads):
    tallest = max([*reads, 1])
    for number, count in enumerate(reads):
        height = max(1, round(HEIGHT * count / tallest)) if count else 0
        yield Bar(number * (BAR + GAP), HEIGHT - height, height)
