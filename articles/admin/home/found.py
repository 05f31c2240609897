"""The ids of the stories that a home is about. Each question reads one index and is bounded."""

import datetime
from typing import NamedTuple

from django.db.models import Q

from articles import publishing
from articles.admin import tidying
from articles.listings.at_desk import at_desk, first_ids
from articles.models import Story
from articles.models.story import State
from articles.permissions import reach

from .roles import Home

MOST = tidying.MOST
SHOWN = {"late": 6, "submitted": 10, "returned": 6, "own": 8, "without_photo": 8, "coming": 24, "live": 6}
A_DAY = datetime.timedelta(days=1)


class Found(NamedTuple):
    """Ids, in the order in which they are shown.

    `late`: due and not released. `coming`: readers get it within a day, or would. `returned` and `own`: begun by the
    user or credited to them; `own` has drafts, and for those who only write also what others have in hand.
    """

    late: list[int]
    coming: list[int]
    submitted: list[int]
    returned: list[int]
    own: list[int]
    live: list[int]
    without_photo: list[int]

    def shown(self, *names):
        """The ids of which rows are shown."""
        return {pk for name in names or self._fields for pk in getattr(self, name)[: SHOWN[name]]}


def find(user, home, now):
    is_photo, is_reporter = home is Home.PHOTO, home is Home.REPORTER
    own = [State.DRAFT, State.SUBMITTED, State.APPROVED] if is_reporter else [State.DRAFT]
    comes = Q(state__in=[*publishing.UNRELEASED, State.RELEASED], live_from__gt=now, live_from__lte=now + A_DAY)
    has_begun = Q(state=State.RELEASED, live_from__lte=now)
    by_change = ("-changed_at", "-pk")
    saved = Story.objects.filter(changed_at__lte=now)

    def own_in(states):
        stories = saved.filter(reach.own(user), state__in=states)
        return first_ids(user, stories, None, by_change, MOST) if not is_photo else []

    submitted = Q(state=State.SUBMITTED, changed_at__lte=now)
    bare = saved.filter(state__in=publishing.UNRELEASED, lead_photo=None)
    return Found(
        late=tidying.overdue(user, now),
        coming=at_desk(user, comes, ("live_from", "pk"), SHOWN["coming"]),
        submitted=at_desk(user, submitted, ("changed_at", "pk"), MOST, "approve"),
        returned=own_in([State.RETURNED]),
        own=own_in(own),
        live=at_desk(user, has_begun, ("-live_from", "-pk"), SHOWN["live"]),
        without_photo=first_ids(user, bare, None, by_change, MOST) if is_photo else [],
    )
