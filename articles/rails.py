"""The lists beside a page: latest, popular, recommended. Each is asked for as ids; the page then reads all its cards
at once (`cards`)."""

import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Sum

from .delivery import printing
from .models import ReadCount, Story, TaggedStory
from .models.story import Label
from .ranges import together

RAIL = 6
POPULAR_HOURS = 24
NEIGHBOURS = 40  # how many links of a tag are looked at
UNSETTLED = [Label.ADVERTORIAL, Label.UNVERIFIED]  # neither popular nor the lead of a page


class Beside(NamedTuple):
    """What stands beside a story, as ids, best first. `recommended` holds more than a rail shows."""

    recommended: list[int]
    previous: int | None  # installment of its series
    next: int | None
    verifies: list[int]  # unverified stories that this one settles


def latest(edition, at):
    return Story.objects.live(at).filter(edition=edition).newest().values("pk")[:RAIL]


def next_count(at):
    """When the popular are counted again: reads come all the time, and the list is worth a look a minute."""
    return at.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)


def popular(edition, at, most=RAIL):
    """The `most` read of the last `POPULAR_HOURS`; never what is paid, unsettled or on suicide (rules.md D7, D10)."""
    unfit = Q(label__in=UNSETTLED) | Q(is_about_suicide=True)
    allowed = Story.objects.live(at).filter(edition=edition, pk=OuterRef("story")).exclude(unfit)
    counts = ReadCount.objects.filter(hour__gt=at - datetime.timedelta(hours=POPULAR_HOURS), hour__lte=at)
    sums = counts.values("story").annotate(total=Sum("reads")).filter(Exists(allowed))
    return sums.order_by("-total", "-story").values("story")[:most]


def beside(story, at):
    """What stands beside `story` and nowhere else, in one query.

    What is recommended is chosen as of the full hour: else every new story would change the page of every other.
    """
    as_of = at.replace(minute=0, second=0, microsecond=0)
    printing.until(as_of + datetime.timedelta(hours=1))
    tags = [link.tag_id for link in story.tag_links.all()]
    found = together(
        {
            "verifies": Story.objects.live(at).filter(verified_in=story).newest().values("pk")[:RAIL],
            **_installments(story, at, as_of),
            "section": Story.objects.live(as_of).filter(section=story.section_id).newest().values("pk")[: 2 * RAIL],
            **{tag: _tagged(story.edition_id, tag, as_of) for tag in tags},
        }
    )
    return Beside(
        recommended=_recommended(story, [found[tag] for tag in tags], found.get("series", []), found["section"]),
        previous=next(iter(found.get("previous", [])), None),
        next=next(iter(found.get("next", [])), None),
        verifies=found["verifies"],
    )


def _installments(story, at, as_of):
    """The stories of the same series: the newest of this hour, the one before this, the one after it."""
    if not story.series_id:
        return {}
    series = Story.objects.live(at).filter(edition=story.edition_id, series=story.series_id)
    printing.lists(story.series)
    parts = {"series": series.filter(live_from__lte=as_of).newest().values("pk")[:RAIL]}
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


def _recommended(story, by_tag, in_series, in_section):
    """Ids of stories to read after this one, best first; some may not be live any more.

    A story gains by each tag it shares, by the series, and a little by the section. A tag weighs the more the fewer
    stories carry it, and newer stories gain a little over older ones.
    """
    scores = {}
    for ids, weight in [*((ids, 1 / len(ids)) for ids in by_tag if ids), (in_series, 1), (in_section, 0.001)]:
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
