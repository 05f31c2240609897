"""The agenda: stories that go live, leave embargo or expire, by day and edition, with whatever blocks them."""

import datetime
import itertools
from typing import NamedTuple

from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions, publishing
from articles.desk import timestamps
from articles.models import Photo, Story, WaitingChange
from articles.models.story import State

from .columns import chip, standing_chip

DAYS = 14
MOST = 400


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
    }
    return TemplateResponse(request, "admin/articles/story/agenda.html", context)


def _day(day, entries, now):
    return day, day == entries[0].story.edition.day(now), entries


def _entries(user, now):
    end = now + datetime.timedelta(days=DAYS)
    soon = (now, end)
    released = permissions.stories(user).filter(state=State.RELEASED)
    coming = Q(live_from__range=soon) | Q(expires_at__range=soon) | Q(publish_at__range=soon)
    due = permissions.stories(user).filter(state__in=publishing.UNRELEASED, publish_at__lte=end)
    waits = WaitingChange.objects.filter(story__in=permissions.stories(user), goes_out_at__lte=end)[:MOST]
    changing = Story.objects.for_desk().in_bulk([waiting.story_id for waiting in waits])
    for waiting in waits:
        refused = list(filter(None, [waiting.refusal]))
        yield Entry(waiting.goes_out_at, changing[waiting.story_id], _("a change goes out"), refused)
    for story in [*released.filter(coming).for_desk()[:MOST], *due.for_desk()[:MOST]]:
        if story.state != State.RELEASED:
            is_late = story.publish_at <= now
            late = [_("It is not released yet.")] if is_late else []
            yield Entry(story.publish_at, story, _("is due"), late, is_late)
            continue
        if now < story.live_from <= end:
            what = _("goes live") if story.live_from == story.publish_at else _("leaves its embargo")
            yield Entry(story.live_from, story, what, _in_the_way(story))
        if story.expires_at and now < story.expires_at <= end:
            yield Entry(story.expires_at, story, _("expires"), [])
    yield from _ending_rights(released, now)


def _ending_rights(released, now):
    """An entry for each live story and photo whose rights end within a week (rules.md I6)."""
    ending = Photo.objects.filter(rights_end_at__range=(now, now + publishing.A_WEEK))
    for photo in ending.order_by("rights_end_at")[:MOST]:
        warning = _("The rights to the photo “%(photo)s” end: renew them, or choose another.") % {"photo": photo}
        for story in released.live(now).showing(photo).for_desk()[:MOST]:
            yield Entry(photo.rights_end_at, story, _("loses a photo"), [warning], is_running=True)


def _in_the_way(story):
    """Blockers and ending photo rights of a released story before its time."""
    warnings = list(
        publishing.blockers(Story.objects.select_related("edition", "section", "lead_photo").get(pk=story.pk))
    )
    return [*warnings, *(doubt.message for doubt in publishing.ending_rights(story, story.live_from))]
