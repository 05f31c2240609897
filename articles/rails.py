"""The lists beside a story: latest, popular, recommended."""

import collections
import datetime

from django.db import connection
from django.db.models import OuterRef, Subquery, Sum, Value

from .models import ReadCount, Story, TaggedStory
from .models.story import Label

RAIL = 6
POPULAR_HOURS = 24
NEIGHBOURS = 40  # how many links of a tag are looked at
UNSETTLED = [Label.ADVERTORIAL, Label.UNVERIFIED]  # neither popular nor the lead of a page
SERIES = 0  # stands where a tag's id would, for stories of the same series


def latest(edition, at):
    """The newest of an edition, one query."""
    return Story.objects.live(at).filter(edition=edition).for_card().newest()[:RAIL]


def popular(edition, at, most=RAIL):
    """The `most` read of the last `POPULAR_HOURS`, one query; paid and unsettled stories never (rules.md D7)."""
    allowed = Story.objects.live(at).filter(edition=edition).exclude(label__in=UNSETTLED)
    counts = ReadCount.objects.filter(hour__gt=at - datetime.timedelta(hours=POPULAR_HOURS), hour__lte=at)
    sums = counts.values("story").annotate(total=Sum("reads"))
    top = sums.filter(story__in=allowed).order_by("-total", "-story").values("story")[:most]
    reads = Subquery(sums.filter(story=OuterRef("pk")).values("total"))
    return Story.objects.filter(pk__in=top).annotate(reads=reads).for_card().order_by("-reads", "-pk")


def recommended(story, at):
    """Ids of stories to read after this one, best first, one query; some may not be live any more.

    A story gains by each tag it shares, and by the series. A tag weighs the more the fewer stories carry it,
    and newer stories gain a little over older ones.
    """
    rows = _neighbours(story, at)
    sizes = collections.Counter(source for source, _ in rows)
    scores, place = collections.Counter(), collections.Counter()
    for source, story_id in rows:
        freshness = 1 - 0.5 * place[source] / sizes[source]
        place[source] += 1
        scores[story_id] += freshness / (1 if source == SERIES else sizes[source])
    del scores[story.pk]
    return [story_id for story_id, _ in scores.most_common(2 * RAIL)]


def _neighbours(story, at):
    """(tag id or SERIES, story id) of the newest stories of each tag and of the series of `story`.

    Each is one short index range. Put together in SQL since Django's union() takes no slices on SQLite.
    """
    tags = TaggedStory.objects.filter(edition=story.edition_id, live_from__lte=at).order_by("-live_from", "-pk")
    parts = [
        tags.filter(tag=link.tag_id).values_list("tag_id", "content_object_id")[:NEIGHBOURS]
        for link in story.tag_links.all()
    ]
    if story.series_id:
        series = Story.objects.live(at).filter(edition=story.edition_id, series=story.series_id).newest()
        parts.append(series.values_list(Value(SERIES), "pk")[:RAIL])
    if not parts:
        return []
    compiled = [part.query.sql_with_params() for part in parts]
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _) in enumerate(compiled))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in compiled for value in params])
        return cursor.fetchall()
