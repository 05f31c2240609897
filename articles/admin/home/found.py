"""The ids of the stories that a home is about. Each question reads one index and is bounded."""

import datetime
from typing import NamedTuple

from django.db.models import Q

from articles import publishing
from articles.admin import tidying
from articles.database.compiled import Parameter
from articles.listings.at_desk import Listed, of_each
from articles.models.story import State
from articles.permissions import reach
from articles.permissions.compiled import USER

from .roles import Home

MOST = tidying.MOST
SHOWN = {"late": 6, "submitted": 10, "returned": 6, "own": 8, "without_photo": 8, "coming": 24, "live": 6}
A_DAY = datetime.timedelta(days=1)
_BY_CHANGE = ("-changed_at", "-pk")
_NOW = Parameter("now")
_SAVED = Q(changed_at__lte=_NOW)


def _own(*states):
    return Listed(_SAVED & reach.own(USER, of_few=True) & Q(state__in=states), _BY_CHANGE, MOST)


_COMING = Listed(
    Q(state__in=[*publishing.UNRELEASED, State.RELEASED], live_from__gt=_NOW, live_from__lte=Parameter("soon")),
    *(("live_from", "pk"), SHOWN["coming"]),
)
_SUBMITTED = Listed(_SAVED & Q(state=State.SUBMITTED), ("changed_at", "pk"), MOST, "approve")
_RETURNED, _DRAFTS = _own(State.RETURNED), _own(State.DRAFT)
_IN_HAND = _own(State.DRAFT, State.SUBMITTED, State.APPROVED)
_LIVE = Listed(Q(state=State.RELEASED, live_from__lte=_NOW), ("-live_from", "-pk"), SHOWN["live"])
_WITHOUT_PHOTO = Listed(_SAVED & Q(state__in=publishing.UNRELEASED, lead_photo=None), _BY_CHANGE, MOST)


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
    """All lists of this home in one query."""
    lists = {"late": tidying.OVERDUE, "coming": _COMING, "submitted": _SUBMITTED, "live": _LIVE}
    if home is Home.PHOTO:
        lists |= {"without_photo": _WITHOUT_PHOTO}
    else:
        lists |= {"returned": _RETURNED, "own": _IN_HAND if home is Home.REPORTER else _DRAFTS}
    found = of_each(user, lists, now=now, soon=now + A_DAY)
    return Found(**{name: found.get(name, []) for name in Found._fields})
