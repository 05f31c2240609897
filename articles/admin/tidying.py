"""What is to be mended at somebody's desk: the counts of the home, and the lists to which they lead.

Both ask here, so a list has exactly the rows that were counted. Each question is bounded: it looks at the newest.
"""

import datetime
from typing import NamedTuple

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.database.compiled import CompiledQuery, Parameter
from articles.database.union import together
from articles.listings.at_desk import Listed
from articles.models import Photo, Story
from articles.models.label import Label
from articles.models.photo import LACKING
from articles.models.story import State
from articles.permissions.compiled import ReachedQuery
from articles.photos.showing import in_any
from articles.publishing import A_WEEK, UNRELEASED

MOST = 101  # then "more than 100"
NEWEST = 200  # photos that lack something are looked at, whether a story uses them
TOO_LONG = datetime.timedelta(days=2)  # for which a story may stay unverified
OPEN = [*UNRELEASED, State.RELEASED]

PHOTOS = {
    "credit": lambda now, soon: LACKING["credit"],
    "alt": lambda now, soon: LACKING["alt"],
    "rights": lambda now, soon: Q(rights_end_at__gt=now, rights_end_at__lte=soon),
}


class TidyFilter(admin.SimpleListFilter):
    """A list with what the home of this user counts as to be mended. Only the home leads there, so a list shows the
    filter while it is chosen and does not offer it."""

    title, parameter_name = _("to be mended"), "tidy"

    def has_output(self):
        return bool(self.value())


class Photos(NamedTuple):
    """`ids`: {kind: photos}. `using`: how many stories at the user's desk show those whose rights end."""

    ids: dict[str, list[int]]
    using: int


def photos(user, now, kinds=tuple(PHOTOS)):
    """The Photos that lack a credit or an alternative text, or whose rights end within a week, and that a story at the
    user's desk uses that readers have or will have. Two queries for all kinds."""
    newest = together({kind: _NEWEST[kind].sql(now=now, soon=now + A_WEEK) for kind in kinds})
    every = {pk for found in newest.values() for pk in found}
    ranges = permissions.ranges(user, "view")
    if not (every and ranges):
        return Photos({kind: [] for kind in kinds}, 0)
    parts = {"used": _USED.sql(user, ranges, now=now, every=every)}
    if ending := newest.get("rights"):
        parts |= {way: query.sql(user, ranges, now=now, ending=ending) for way, query in _USING.items()}
    answers = together(parts)
    shown = set(answers.pop("used"))
    ids = {kind: [pk for pk in found if pk in shown] for kind, found in newest.items()}
    return Photos(ids, len({pk for found in answers.values() for pk in found}))


def _newest(kind):
    order = ["rights_end_at", "pk"] if kind == "rights" else ["-added_at", "-pk"]
    return CompiledQuery(
        lambda now, soon: Photo.objects.filter(PHOTOS[kind](now, soon)).order_by(*order).values("pk")[:NEWEST]
    )


def _used(reached, now):
    """The stories that readers have or will have. They are found by a photo, then by their key at the desk. All that is
    told of them is told at that key: a state beside the photo would make SQLite read all stories of this state."""
    is_kept = Q(expires_at=None) | Q(expires_at__gt=now)
    return Story.objects.filter(Exists(reached.filter(is_kept, pk=OuterRef("pk"), state__in=OPEN)))


def _photos_used(reached, now, every=()):
    return Photo.objects.filter(in_any(_used(reached, now)), pk__in=every).order_by().values("pk")


def _using(way):
    """The stories that use photos in this way; `way` makes a condition of the ids of photos."""
    return ReachedQuery(
        lambda reached, now, ending=(): _used(reached, now).filter(way(ending)).values("pk").order_by()[:MOST]
    )


_NEWEST = {kind: _newest(kind) for kind in PHOTOS}
_USED = ReachedQuery(_photos_used)
_USING = {
    "lead": _using(lambda photos: Q(lead_photo__in=photos)),
    "gallery": _using(lambda photos: Q(gallery__photo__in=photos)),
    "text": _using(lambda photos: Q(photos_in_text__uid__in=Photo.objects.filter(pk__in=photos).values("uid"))),
}


def unverified(user, now):
    """Ids of the stories that readers have had for long although they are not verified, and no later one settles. Only
    those which the user may correct.

    It begins with the label, of which there are few: of those, the newest are looked at.
    """
    rows = _UNVERIFIED.rows(user, permissions.ranges(user, "correct"), before=now - TOO_LONG)
    return [pk for pk, state, verified_in in rows if state == State.RELEASED and not verified_in][:MOST]


def _unverified(reached, before):
    """Whether the user may correct a story is found by its key."""
    may_be_corrected = Exists(reached.filter(pk=OuterRef("pk")))
    rows = Story.objects.filter(may_be_corrected, label=Label.UNVERIFIED, live_from__lte=before)
    return rows.order_by("-live_from", "-pk").values_list("pk", "state", "verified_in")[:NEWEST]


_UNVERIFIED = ReachedQuery(_unverified)
OVERDUE = Listed(Q(state__in=UNRELEASED, publish_at__lte=Parameter("now")), ("publish_at", "pk"), MOST, "submit")


def overdue(user, now):
    """Ids of the stories that are due and not released, and that the user may move on."""
    return OVERDUE.ids(user, now=now)
