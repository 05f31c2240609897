"""Who writes what now: whose form is open, who has typed within the last hours, whose assignment is begun.

Nobody is told the name of a story that they may not see.
"""

import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Value
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles import permissions
from articles.database.union import merged
from articles.desk import addresses, timestamps
from articles.desk.writing.presence import LASTS, NAMES
from articles.models import Assignee, Presence, WorkingCopy
from articles.models.person import known_as
from articles.models.story import State
from articles.permissions.compiled import USER, ReachedQuery

MOST, READ = 8, 40
LATELY = datetime.timedelta(hours=2)
OPEN, TYPED, BEGUN = 3, 2, 1  # what is told of somebody who does several


class Writer(NamedTuple):
    name: str
    story_id: int
    headline: str
    told: str

    @property
    def address(self):
        return addresses.of_row("articles_story_change", self.story_id)


def now_writing(user, now):
    """[Writer], who was there last first, in one query."""
    found = {}
    ranges = permissions.ranges(user, "view")
    since = {"typed_since": now - LATELY, "there_since": now - LASTS}
    selects = [part.sql(user, ranges, **since) for part in _PARTS] if ranges else []
    for at, kind, story_id, headline, account, *names in merged(selects, [1], True, READ) if selects else []:
        key = account, story_id
        if key not in found or found[key][1] < kind:
            found[key] = at, kind, headline, names
    newest = sorted(found.items(), key=lambda one: (-one[1][1], one[0]))[:MOST]
    return [_writer(story_id, told, now) for (_account, story_id), told in newest]


def _typing(reached, typed_since, there_since):
    seen = Exists(reached.filter(pk=OuterRef("story_id")))
    copies = WorkingCopy.objects.filter(seen, changed_at__gt=typed_since, dropped_at=None).exclude(owner=USER)
    return _columns(copies, "changed_at", TYPED, "story", "owner")


def _there(reached, typed_since, there_since):
    seen = Exists(reached.filter(pk=OuterRef("story_id")))
    there = Presence.objects.filter(seen, seen_at__gt=there_since).exclude(user=USER)
    return _columns(there, "seen_at", OPEN, "story", "user")


def _begun(reached, typed_since, there_since):
    of_assignment = Exists(reached.filter(pk=OuterRef("assignment__story_id")))
    in_hand = (State.DRAFT, State.RETURNED)
    begun = Assignee.objects.filter(
        of_assignment, user__isnull=False, assignment__closed_at__isnull=True, assignment__story__state__in=in_hand
    )
    return _columns(begun.exclude(user=USER), "assignment__story__changed_at", BEGUN, "assignment__story", "user")


def _columns(rows, at, kind, story, account):
    names = [f"{account}__{name}" for name in NAMES]
    rows = rows.annotate(kind=Value(kind)).order_by()
    return rows.values_list(at, "kind", story, f"{story}__headline", account, *names)


_PARTS = [ReachedQuery(part) for part in (_typing, _there, _begun)]


def _writer(story_id, told, now):
    at, kind, headline, (person, first, last, sign_in) = told
    at = at if isinstance(at, datetime.datetime) else parse_datetime(at)
    at = at if at.tzinfo else at.replace(tzinfo=datetime.UTC)  # as SQLite gives it
    words = {
        OPEN: lambda: _("has it open"),
        TYPED: lambda: _("typed %(age)s") % {"age": timestamps.relative(at, now)},
        BEGUN: lambda: _("has the assignment"),
    }
    return Writer(known_as(person, f"{first} {last}".strip(), sign_in), story_id, headline, words[kind]())
