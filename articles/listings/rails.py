"""The lists beside a page: latest, popular, recommended. Queries give ids; one more query reads the cards
that are not in memory (`cards`)."""

import datetime
import functools
import uuid
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import ngettext

from articles import tracking
from articles.cache import cached_rows
from articles.database.compiled import CompiledQuery
from articles.database.union import any_of, together
from articles.models import ReadCount, Slot, Story, TaggedStory
from articles.models.edition import Place
from articles.models.label import Label

RAIL = 6
SPARE = 20  # stories of a rail that leaves out what stands elsewhere on the page
RECOMMENDED = 24  # stories, of which a page sends a dozen
POPULAR_HOURS = 24
MOST_POPULAR = 20
HOURLY = "what is recommended is chosen as of the full hour"
KEY_EVENTS = 5
NEIGHBOURS = 40  # links of a tag that are read
UNSETTLED = [Label.ADVERTORIAL, Label.UNVERIFIED]  # neither popular nor the lead of a page


class Beside(NamedTuple):
    """Ids of the stories beside a story, best first. `recommended` has four times what a rail shows.
    `tags` names the tags of this story that each of them has."""

    recommended: list[int]
    previous: int | None  # installment of its series
    next: int | None
    verifies: list[int]  # unverified stories that this one settles
    key_events: list[int]  # of its series
    tags: dict[int, list[str]]


def latest(edition, at):
    return _latest.sql(at=at, edition=edition.pk)


def next_count(at):
    """The time when popular stories are counted again: once a minute is enough."""
    return at.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)


def popular(edition, at):
    """The most read of `POPULAR_HOURS`; never a story that is paid, unverified or on suicide (rules.md D7, D10)."""
    tracking.valid_until(next_count(at))
    return _popular.sql(at=at, since=at - datetime.timedelta(hours=POPULAR_HOURS), edition=edition.pk)


def breaking(edition, at):
    """The story to which the breaking line leads; none if readers do not have it."""
    tracking.depends_on(key_of_slots(edition))
    return _breaking.sql(at=at, edition=edition.pk)


def key_of_slots(edition):
    """The key of what editors hold of an edition's front page (database/invalidation.py)."""
    return f"h{edition.pk}"


def live_slots(at, edition):
    """Slots whose story readers have, in the edition itself; what is paid or unverified neither leads nor breaks."""
    live = Story.objects.live(at).filter(edition=edition, pk=OuterRef("story"))
    told_first = Q(place__in=[Place.BREAKING, Place.LEAD])
    return Slot.objects.held(at).filter(
        Exists(live), ~told_first | Exists(live.exclude(label__in=UNSETTLED)), edition=edition
    )


def popular_note():
    """The period of the popular list, in words."""
    params = {"count": POPULAR_HOURS}
    return ngettext("the last hour", "the last %(count)s hours", POPULAR_HOURS) % params


def beside(story, at):
    """The Beside of `story`, in one query.

    Recommended stories are chosen as of the full hour, because otherwise each new story would change all other pages.
    """
    as_of = at.replace(minute=0, second=0, microsecond=0)
    tracking.valid_until(as_of + datetime.timedelta(hours=1))
    tags = [link.tag_id for link in story.tag_links.all()]
    ids = together(
        {
            "verifies": _verifies.sql(at=at, story=story.pk),
            **_installments(story, at, as_of),
            "section": _of_section.sql(at=as_of, section=story.section_id),
            **{tag: _tagged.sql(at=as_of, edition=story.edition_id, tag=tag) for tag in tags},
        }
    )
    return Beside(
        recommended=_recommended(story, [ids[tag] for tag in tags], ids.get("series", []), ids["section"]),
        previous=next(iter(ids.get("previous", [])), None),
        next=next(iter(ids.get("next", [])), None),
        verifies=ids["verifies"],
        key_events=ids.get("key_events", []),
        tags=_shared(story, ids),
    )


def key_events(edition, series, at):
    """Cards of the newest key events of a series."""
    ids = together({"key_events": _key_events.sql(at=at, edition=edition.pk, series=series.pk)})["key_events"]
    return pick(cards(at, ids), ids, most=KEY_EVENTS)


def _installments(story, at, as_of):
    """Queries for the stories of the same series: newest of this hour, key events, the previous and the next one."""
    if not story.series_id:
        return {}
    series = {"edition": story.edition_id, "series": story.series_id}
    parts = {"series": _of_series.sql(at=at, as_of=as_of, **series), "key_events": _key_events.sql(at=at, **series)}
    if story.live_from:
        here = {"moment": story.live_from, "story": story.pk, **series}
        parts |= {"previous": _before.sql(at=at, **here), "next": _after.sql(at=at, **here)}
    return parts


def _shared(story, ids):
    """{id of a story: names of its tags that `story` has, too}, of the links that were read."""
    names = {}
    for link in story.tag_links.all():
        for pk in ids[link.tag_id]:
            names.setdefault(pk, []).append(link.tag.name)
    return names


def topics(story, tags):
    """What a story is about, for the order that a reader's own device makes: a line of names.

    A story that is only typed yet may have no section.
    """
    section = [story.section.name] if story.section_id else []
    return "|".join([*section, *([story.series.kicker] if story.series else []), *tags])


def _recommended(story, by_tag, in_series, in_section):
    """Ids of stories to read after this one, best first; some may not be live any more.

    A story scores for each shared tag, for the series, and a little for the section. A tag of fewer stories weighs
    more, and newer stories score a little more than older ones.
    """
    scores = {}
    for ids, weight in [*((ids, 1 / len(ids)) for ids in by_tag if ids), (in_series, 1), (in_section, 0.001)]:
        for place, pk in enumerate(ids):
            scores[pk] = scores.get(pk, 0) + weight * (1 - 0.5 * place / len(ids))
    scores.pop(story.pk, None)
    return sorted(scores, key=scores.get, reverse=True)[:RECOMMENDED]


def cards(at, ids=(), uids=()):
    """{id or uid: story} of those of these stories that are live, as cards, in one query at most."""
    return cached_rows.rows([*ids, *uids], functools.partial(_read_cards, at), _described)


def offered(edition, at):
    """The newest stories, for a page that has no stories of its own. Always two queries."""
    ids = together({"latest": latest(edition, at)})["latest"]
    return pick(cards(at, ids), ids)


def pick(cards, ids, most=RAIL):
    """The stories of `cards` in the order of `ids`, each once."""
    return [cards[pk] for pk in dict.fromkeys(ids) if pk in cards][:most]


def _read_cards(at, names):
    ids = [name for name in names if isinstance(name, int)]
    uids = [uuid.UUID(name) for name in names if not isinstance(name, int)]
    return _cards(at=at, ids=ids, uids=uids)


def _described(story):
    rows = (story, story.edition, story.section, story.series, story.lead_photo)
    return (story.pk, str(story.uid)), [row.dependency_key for row in rows if row]


# Queries, compiled once -----------------------------------------------------------------------------------------------


def _in_series(at, edition, series):
    return Story.objects.live(at).filter(edition=edition, series=series)


@CompiledQuery
def _cards(at, ids=(), uids=()):
    return Story.objects.live(at, are_named=True).for_card().filter(_named(ids, uids)).order_by()


def _named(ids, uids):
    """PostgreSQL joins two indexes; SQLite, which has no statistics, takes it for cheaper to read all stories."""
    if connection.vendor == "postgresql":
        return Q(pk__in=ids) | Q(uid__in=uids)
    either = (Story.objects.filter(pk__in=ids), Story.objects.filter(uid__in=uids))
    return Q(pk__in=any_of(stories.order_by().values("pk") for stories in either))


@CompiledQuery
def _latest(at, edition):
    return Story.objects.live(at).filter(edition=edition).newest().values("pk")[:SPARE]


@CompiledQuery
def _breaking(at, edition):
    return live_slots(at, edition).filter(place=Place.BREAKING).order_by().values("story")


@CompiledQuery
def _popular(at, since, edition):
    unfit = Q(label__in=UNSETTLED) | Q(is_about_suicide=True)
    allowed = Story.objects.live(at).filter(edition=edition, pk=OuterRef("story")).exclude(unfit)
    sums = ReadCount.objects.filter(hour__gt=since, hour__lte=at).values("story").annotate(total=Sum("reads"))
    return sums.filter(Exists(allowed)).order_by("-total", "-story").values("story")[:MOST_POPULAR]


@CompiledQuery
def _verifies(at, story):
    settled = Story.objects.untracked("what a story settles touches that story's own key")
    return settled.live(at).filter(verified_in=story).newest().values("pk")[:RAIL]


@CompiledQuery
def _of_section(at, section):
    return Story.objects.untracked(HOURLY).live(at).filter(section=section).newest().values("pk")[:RECOMMENDED]


@CompiledQuery
def _tagged(at, edition, tag):
    links = TaggedStory.objects.untracked(HOURLY).filter(edition=edition, tag=tag, live_from__lte=at)
    return links.order_by("-live_from", "-pk").values("content_object")[:NEIGHBOURS]


@CompiledQuery
def _of_series(at, as_of, edition, series):
    return _in_series(at, edition, series).filter(live_from__lte=as_of).newest().values("pk")[:RAIL]


@CompiledQuery
def _key_events(at, edition, series):
    """What is paid for or not verified yet is not told as something that happened."""
    return _in_series(at, edition, series).exclude(label__in=UNSETTLED).key_events().newest().values("pk")[:KEY_EVENTS]


@CompiledQuery
def _before(at, edition, series, moment, story):
    earlier = Q(live_from__lt=moment) | Q(live_from=moment, pk__lt=story)
    return _in_series(at, edition, series).filter(earlier).newest().values("pk")[:1]


@CompiledQuery
def _after(at, edition, series, moment, story):
    later = Q(live_from__gt=moment) | Q(live_from=moment, pk__gt=story)
    return _in_series(at, edition, series).filter(later).order_by("live_from", "pk").values("pk")[:1]
