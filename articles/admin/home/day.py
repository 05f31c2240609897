"""The day as a line: what readers got and will get today, by the clock of each story's own edition."""

from typing import NamedTuple

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from articles.admin.story.columns import chip, standing_chip
from articles.models import Story
from articles.models.story import State

from . import moves

BEFORE, AFTER = 4, 10  # entries on either side of now


class Entry(NamedTuple):
    clock: str
    zone: str
    story: Story
    chip: str

    @property
    def address(self):
        return moves.change(self.story)


class Day(NamedTuple):
    past: list[Entry]
    coming: list[Entry]
    now: str
    zone: str


def of(found, known, edition, now):
    """`edition`: that of the desk's host, whose clock "now" shows, or None."""
    past = [story for story in known.of([*found.live, *found.late]) if _is_today(story, now)]
    past.sort(key=lambda story: _time(story))
    coming = [story for story in known.of(found.coming) if _is_today(story, now)]
    zone = edition.zone if edition else timezone.get_current_timezone()
    return Day(
        past=[_entry(story, known, now) for story in past[-BEFORE:]],
        coming=[_entry(story, known, now) for story in coming[:AFTER]],
        now=dateformat.format(timezone.localtime(now, zone), "H.i"),
        zone=edition.zone_label if edition else "",
    )


def _time(story):
    return story.live_from or story.publish_at


def _is_today(story, now):
    return story.edition.day(_time(story)) == story.edition.day(now)


def _entry(story, known, now):
    clock = dateformat.format(timezone.localtime(_time(story), story.edition.zone), "H.i")
    return Entry(clock, story.edition.zone_label, story, _chip(story, known, now))


def _chip(story, known, now):
    if story.state != State.RELEASED and _time(story) <= now:
        return chip("missing", _("late"))
    if _time(story) > now and known.blockers.get(story.pk):
        return chip("missing", _("blocked"))
    if story.embargo_until and story.embargo_until > now:
        return chip("embargoed", _("embargo"))
    return standing_chip(story)
