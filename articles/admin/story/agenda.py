"""The agenda: stories that go live, leave embargo or expire, by day and edition, with whatever blocks them."""

import datetime
import itertools
from collections import Counter
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions, publishing
from articles.desk import timestamps
from articles.listings import desk_rows
from articles.listings.at_desk import at_desk
from articles.models import Photo, Story, WaitingChange
from articles.models.story import State

from .columns import chip, standing_chip

DAYS = 14
MOST = 200  # entries of each kind


class Entry(NamedTuple):
    at: datetime.datetime
    story: Story
    what: str
    warnings: list[str]
    is_late: bool = False
    is_running: bool = False  # readers have the story and keep it

    @property
    def day(self):
        """In the calendar of the story's own edition."""
        return self.story.edition.day(self.at)

    @property
    def chip(self):
        return standing_chip(self.story)

    @property
    def flag(self):
        """A chip for entries that need somebody now."""
        if self.is_late:
            return chip("missing", _("late"))
        if self.is_running:
            return chip("warn", _("soon"))
        return chip("missing", _("blocked")) if self.warnings else ""

    @property
    def timestamp(self):
        return timestamps.absolute(self.at, self.story.edition)

    @property
    def clock(self):
        return timestamps.clock(self.at, self.story.edition)


def agenda(model_admin, request):
    now = timezone.now()
    entries = sorted(_entries(request.user, now), key=lambda entry: (entry.day, entry.at, entry.story.pk))
    to_come = [entry for entry in entries if not entry.is_late]
    days = itertools.groupby(to_come, key=lambda entry: entry.day)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Agenda"),
        "opts": model_admin.opts,
        "pressing": [entry for entry in entries if entry.warnings],
        "days": [_day(day, list(of_day), now) for day, of_day in days],
        "last": now + datetime.timedelta(days=DAYS),
        "most": MOST if MOST in Counter(entry.what for entry in entries).values() else None,
    }
    return TemplateResponse(request, "admin/articles/story/agenda.html", context)


def _day(day, entries, now):
    return day, day == entries[0].story.edition.day(now), entries


def _entries(user, now):
    """The next MOST of each kind. Their stories are read at once, and so is what stands in their way."""
    end = now + datetime.timedelta(days=DAYS)
    soon, released = (now, end), Q(state=State.RELEASED)
    due = at_desk(user, Q(state__in=publishing.UNRELEASED, publish_at__lte=end), ("-publish_at", "-pk"), MOST)
    coming = at_desk(user, released & Q(live_from__range=soon), ("live_from", "pk"), MOST)
    expiring = at_desk(user, released & Q(expires_at__range=soon), ("expires_at", "pk"), MOST)
    is_theirs = Exists(permissions.stories(user).filter(pk=OuterRef("story_id")))
    waits = WaitingChange.objects.filter(is_theirs, goes_out_at__lte=end)[:MOST]
    stories = desk_rows.rows({*due, *expiring, *(waiting.story_id for waiting in waits)})
    judged = desk_rows.whole(coming)
    in_the_way = publishing.in_the_way_of(list(judged.values()))
    for waiting in waits:
        refused = list(filter(None, [waiting.refusal]))
        yield Entry(waiting.goes_out_at, stories[waiting.story_id], _("a change goes out"), refused)
    for story in map(stories.get, due):
        is_late = story.publish_at <= now
        late = [_("It is not released yet.")] if is_late else []
        yield Entry(story.publish_at, story, _("is due"), late, is_late)
    for story in judged.values():
        what = _("goes live") if story.live_from == story.publish_at else _("leaves its embargo")
        yield Entry(story.live_from, story, what, in_the_way[story.pk])
    for story in map(stories.get, expiring):
        yield Entry(story.expires_at, story, _("expires"), [])
    yield from _ending_rights(user, now)


def _ending_rights(user, now):
    """An entry for each live story and photo whose rights end within a week (rules.md I6)."""
    ending = Photo.objects.filter(rights_end_at__range=(now, now + publishing.A_WEEK)).order_by("rights_end_at", "pk")
    photos = {photo.uid: photo for photo in ending[:MOST]}
    uses = Story.objects.showing_any(photos.values()) if photos else []
    is_live = Exists(permissions.reachable(user, Story.objects.live(now)).filter(pk=OuterRef("pk")))  # by its key alone
    live = Story.objects.filter(is_live, pk__in={story for _uid, story in uses})
    stories = {story.pk: story for story in live.for_desk().newest()[:MOST]} if uses else {}
    for uid, photo in photos.items():
        warning = _("The rights to the photo “%(photo)s” end: renew them, or choose another.") % {"photo": photo}
        for pk in sorted(stories.keys() & {story for used, story in uses if used == uid}):
            yield Entry(photo.rights_end_at, stories[pk], _("loses a photo"), [warning], is_running=True)
