"""The lists beside a page: latest, popular, recommended. Each is asked for as ids; the page then reads all its cards
at once (`cards`)."""

import datetime
from typing import NamedTuple

from django.db.models import Q, Sum

from .models import ReadCount, Story, TaggedStory
from .models.story import Label
from .ranges import together

RAIL = 6
POPULAR_HOURS = 24
NEIGHBOURS = 40  # how many links of a tag are looked at
UNSETTLED = [Label.ADVERTORIAL, Label.UNVERIFIED]  # neither popular nor the lead of a page


class Beside(NamedTuple):
    """What stands beside a story, as ids, best first. `recommended` holds more than a rail shows."""

    latest: list[int]
    popular: list[int]
    recommended: list[int]
    previous: int | None  # installment of its series
    next: int | None
    verifies: list[int]  # unverified stories that this one settles


def latest(edition, at):
    return Story.objects.live(at).filter(edition=edition).newest().values("pk")[:RAIL]


def popular(edition, at, most=RAIL):
    """The `most` read of the last `POPULAR_HOURS`; never what is paid, unsettled or on suicide (rules.md D7, D10)."""
    unfit = Q(label__in=UNSETTLED) | Q(is_about_suicide=True)
    allowed = Story.objects.live(at).filter(edition=edition).exclude(unfit)
    counts = ReadCount.objects.filter(hour__gt=at - datetime.timedelta(hours=POPULAR_HOURS), hour__lte=at)
    sums = counts.values("story").annotate(total=Sum("reads")).filter(story__in=allowed)
    return sums.order_by("-total", "-story").values("story")[:most]


def beside(story, at):
    """Everything that stands beside `story`, in one query."""
    tags = [link.tag_id for link in story.tag_links.all()]
    found = together(
        {
            "latest": latest(story.edition, at),
            "popular": popular(story.edition, at),
            "verifies": Story.objects.live(at).filter(verified_in=story).newest().values("pk")[:RAIL],
            **_installments(story, at),
            **{tag: _tagged(story.edition_id, tag, at) for tag in tags},
        }
    )
    return Beside(
        latest=found["latest"],
        popular=found["popular"],
        recommended=_recommended(story, [found[tag] for tag in tags], found.get("series", [])),
        previous=next(iter(found.get("previous", [])), None),
        next=next(iter(found.get("next", [])), None),
        verifies=found["verifies"],
    )


def _installments(story, at):
    """The stories of the same series: the newest, the one before this, the one after it."""
    if not story.series_id:
        return {}
    series = Story.objects.live(at).filter(edition=story.edition_id, series=story.series_id)
    parts = {"series": series.newest().values("pk")[:RAIL]}
    if story.live_from:
        same_moment = Q(live_from=story.live_from)
        before = series.filter(Q(live_from__lt=story.live_from) | same_moment & Q(pk__lt=story.pk))
        after = series.filter(Q(live_from__gt=story.live_from) | same_moment & Q(pk__gt=story.pk))
        parts["previous"] = before.newest().values("pk")[:1]
        parts["next"] = after.order_by("live_from", "pk").values("pk")[:1]
    return parts


def _tagged(edition_id, tag_id, at):
    links = TaggedStory.objects.filter(edition=edition_id, tag=tag_id, live_from__lte=at)
    return links.order_by("-live_from", "-pk").values("content_object")[:NEIGHBOURS]


def _recommended(story, by_tag, in_series):
    """Ids of stories to read after this one, best first; some may not be live any more.

    A story gains by each tag it shares, and by the series. A tag weighs the more the fewer stories carry it,
    and newer stories gain a little over older ones.
    """
    scores = {}
    for ids, weight in [*((ids, 1 / len(ids)) for ids in by_tag if ids), (in_series, 1)]:
        for place, pk in enumerate(ids):
            scores[pk] = scores.get(pk, 0) + weight * (1 - 0.5 * place / len(ids))
    scores.pop(story.pk, None)
    return sorted(scores, key=scores.get, reverse=True)[: 2 * RAIL]


def cards(at, ids=(), uids=()):
    """The live ones of these stories as cards, {id: story}, in one query."""
    stories = Story.objects.live(at).for_card().filter(Q(pk__in=ids) | Q(uid__in=uids))
    return {story.pk: story for story in stories}


def pick(cards, ids, most=RAIL):
    """Those of `cards` in the order of `ids`, each once."""
    return [cards[pk] for pk in dict.fromkeys(ids) if pk in cards][:most]
