"""The entries of the agenda, by the calendar of each row's own edition."""

import dataclasses
import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions, publishing
from articles.admin.assignment.columns import overdue_chip
from articles.admin.assignment.columns import standing_chip as standing_of_assignment
from articles.admin.assignment.listing import assignees_of
from articles.database.compiled import Parameter
from articles.database.union import together
from articles.desk import addresses, timestamps
from articles.listings import desk_rows
from articles.listings.at_desk import Listed, of_each
from articles.models import Assignment, Photo, Story, WaitingChange
from articles.models.plausible_times import PLAUSIBLE_TIMES
from articles.models.story import State

from ..columns import chip, standing_chip

MOST = 200  # entries of each kind
_FIRST, _LAST = Parameter("first"), Parameter("last")
_DUE = Listed(
    Q(state__in=publishing.UNRELEASED, publish_at__gte=Parameter("due_from"), publish_at__lte=_LAST),
    *(("-publish_at", "-pk"), MOST),
)
_LIVE = Listed(Q(state=State.RELEASED, live_from__range=(_FIRST, _LAST)), ("live_from", "pk"), MOST, is_short=True)
_EXPIRING = Listed(
    Q(state=State.RELEASED, expires_at__range=(_FIRST, _LAST)), ("expires_at", "pk"), MOST, index="story_by_end"
)


@dataclasses.dataclass(frozen=True)
class Row:
    """`warnings`: what blocks it, or is wrong with it. `mover`: the address that gives it another time, or ""."""

    at: datetime.datetime
    what: str
    warnings: list[str]
    mover: str = dataclasses.field(default="", kw_only=True)

    @property
    def day(self):
        """In the calendar of the row's own edition."""
        return self.edition.day(self.at)

    @property
    def hour(self):
        return timezone.localtime(self.at, self.edition.zone).hour

    @property
    def timestamp(self):
        return timestamps.absolute(self.at, self.edition)

    @property
    def clock(self):
        return timestamps.clock(self.at, self.edition)


@dataclasses.dataclass(frozen=True)
class Entry(Row):
    story: Story
    is_late: bool = False
    is_running: bool = False  # readers have the story and keep it

    @property
    def edition(self):
        return self.story.edition

    @property
    def headline(self):
        return self.story.headline

    @property
    def address(self):
        return addresses.of_row("articles_story_change", self.story.pk)

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


@dataclasses.dataclass(frozen=True)
class Planned(Row):
    """An assignment at the time when it is due."""

    assignment: Assignment
    people: str  # the names of those who have it
    is_late: bool = False

    @property
    def edition(self):
        return self.assignment.section.edition

    @property
    def headline(self):
        return self.assignment.headline

    @property
    def address(self):
        return addresses.of_row("articles_assignment_change", self.assignment.pk)

    @property
    def chip(self):
        return standing_of_assignment(self.assignment)

    @property
    def flag(self):
        return overdue_chip(self.assignment, timezone.now())


def in_order(rows):
    return sorted(rows, key=lambda row: (row.day, row.at, row.headline))


def coming(user, now, end):
    """What is late, and what comes until `end`."""
    yield from _of_stories(user, now, (now, end), due_from=PLAUSIBLE_TIMES[0])
    yield from _ending_rights(user, now)
    yield from _assignments(user, now, Q(due_at__gte=now, due_at__lte=end, closed_at__isnull=True))


def between(user, now, begin, end):
    """All that has or had its time from `begin` until before `end`. What is due is judged, too."""
    last = end - datetime.timedelta(microseconds=1)
    yield from _of_stories(user, now, (begin, last), due_from=begin, judges_due=True)
    yield from _assignments(user, now, Q(due_at__gte=begin, due_at__lt=end) & ~Q(state="dropped"))


def _of_stories(user, now, span, due_from, judges_due=False):
    """The next MOST of each kind. Their stories are read at once, and so is what stands in their way."""
    lists = {"due": _DUE, "live": _LIVE, "expiring": _EXPIRING}
    found = of_each(user, lists, due_from=due_from, first=span[0], last=span[1])
    due, live, expiring = (found.get(name, []) for name in lists)
    is_theirs = Exists(permissions.stories(user).filter(pk=OuterRef("story_id")))
    waits = WaitingChange.objects.filter(
        is_theirs, goes_out_at__gte=span[0] if judges_due else now, goes_out_at__lte=span[1]
    )
    waits = waits[:MOST]
    judged = desk_rows.whole(dict.fromkeys([*live, *(due if judges_due else ())]))
    stories = judged | desk_rows.rows({*due, *expiring, *(one.story_id for one in waits)} - judged.keys())
    to_come = [story for pk, story in judged.items() if pk in live and story.live_from > now]
    in_the_way = publishing.in_the_way_of(to_come)
    approver = publishing.approver(user, permissions.somewhere(user, "approve"))
    blocking = publishing.blockers_of([judged[pk] for pk in due if pk in judged], by=approver) if judges_due else {}
    may = _movable(user, due, [story.pk for story in to_come])
    for waiting in waits:
        refused = list(filter(None, [waiting.refusal]))
        yield Entry(waiting.goes_out_at, _("a change goes out"), refused, stories[waiting.story_id])
    for story in map(stories.get, due):
        is_late = story.publish_at <= now
        late = [_("It is not released yet.")] if is_late else []
        warnings = [*late, *blocking.get(story.pk, [])]
        yield Entry(story.publish_at, _("is due"), warnings, story, is_late, mover=may.get(story.pk, ""))
    for story in map(stories.get, live):
        yield _live(story, now, in_the_way.get(story.pk, []), may)
    for story in map(stories.get, expiring):
        yield Entry(story.expires_at, _("expires"), [], story)


def _live(story, now, warnings, may):
    if story.live_from <= now:
        return Entry(story.live_from, _("went live"), [], story)
    if story.live_from == story.publish_at:
        return Entry(story.live_from, _("goes live"), warnings, story, mover=may.get(story.pk, ""))
    return Entry(story.live_from, _("leaves its embargo"), warnings, story)


def _movable(user, due, scheduled):
    """{story: address} of those to which the user may give another time (moving.py), in one query."""
    asked = {"change": due, "release": scheduled}
    allowed = {
        action: permissions.stories(user, action).filter(pk__in=ids).order_by().values("pk")
        for action, ids in asked.items()
        if ids and permissions.somewhere(user, action)
    }
    ids = {pk for found in together(allowed).values() for pk in found}
    return {pk: addresses.of_row("articles_story_agenda_move", pk, "story") for pk in ids}


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
            yield Entry(photo.rights_end_at, _("loses a photo"), [warning], stories[pk], is_running=True)


def _assignments(user, now, condition):
    plans = Exists(permissions.assignments(user, "plan").filter(pk=OuterRef("pk")))
    found = permissions.assignments(user).filter(condition).annotate(is_theirs_to_plan=plans)
    found = list(found.select_related("section__edition").order_by("due_at", "pk")[:MOST])
    accounts = assignees_of(found)
    for one in found:
        people = ", ".join(having.name for having in accounts.get(one.pk, [])) or _("nobody yet")
        may_move = one.is_theirs_to_plan and one.closed_at is None
        mover = addresses.of_row("articles_story_agenda_move", one.pk, "assignment") if may_move else ""
        what = _("assignment: %(people)s") % {"people": people}
        yield Planned(one.due_at, what, [], one, people, one.is_overdue(now), mover=mover)
