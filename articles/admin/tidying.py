"""What is to be mended at somebody's desk: the counts of the home, and the lists to which they lead.

Both ask here, so a list has exactly the rows that were counted. Each question is bounded: it looks at the newest.
"""

import datetime
from typing import NamedTuple

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.database.union import together
from articles.listings.at_desk import at_desk
from articles.models import Photo, Story
from articles.models.label import Label
from articles.models.photo import LACKING
from articles.models.story import State
from articles.publishing import A_WEEK, UNRELEASED

MOST = 101  # then "more than 100"
NEWEST = 500  # photos that lack something are looked at, whether a story uses them
TOO_LONG = datetime.timedelta(days=2)  # for which a story may stay unverified
OPEN = [*UNRELEASED, State.RELEASED]

PHOTOS = {
    "credit": lambda now: LACKING["credit"],
    "alt": lambda now: LACKING["alt"],
    "rights": lambda now: Q(rights_end_at__gt=now, rights_end_at__lte=now + A_WEEK),
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
    newest = together({kind: _newest(kind, now) for kind in kinds})
    every = {pk for found in newest.values() for pk in found}
    if not every:
        return Photos(newest, 0)
    used = _used(user, now)
    ways = [Q(lead_photo=OuterRef("pk")), Q(gallery__photo=OuterRef("pk")), Q(photos_in_text__uid=OuterRef("uid"))]
    lead, gallery, text = (Exists(used.filter(way)) for way in ways)
    parts = {"used": Photo.objects.filter(lead | gallery | text, pk__in=every).order_by().values("pk")}
    if ending := newest.get("rights"):
        uids = Photo.objects.filter(pk__in=ending).values("uid")
        ways = [Q(lead_photo__in=ending), Q(gallery__photo__in=ending), Q(photos_in_text__uid__in=uids)]
        parts |= {number: used.filter(way).values("pk").order_by()[:MOST] for number, way in enumerate(ways)}
    answers = together(parts)
    shown = set(answers.pop("used"))
    ids = {kind: [pk for pk in found if pk in shown] for kind, found in newest.items()}
    return Photos(ids, len({pk for found in answers.values() for pk in found}))


def _newest(kind, now):
    order = ["rights_end_at", "pk"] if kind == "rights" else ["-added_at", "-pk"]
    return Photo.objects.filter(PHOTOS[kind](now)).order_by(*order).values("pk")[:NEWEST]


def _used(user, now):
    """The stories that readers have or will have. They are found by a photo, then by their key at the desk. All that is
    told of them is told at that key: a state beside the photo would make SQLite read all stories of this state."""
    is_kept = Q(expires_at=None) | Q(expires_at__gt=now)
    return Story.objects.filter(Exists(permissions.stories(user).filter(is_kept, pk=OuterRef("pk"), state__in=OPEN)))


def unverified(user, now):
    """Ids of the stories that readers have had for long although they are not verified, and no later one settles. Only
    those which the user may correct.

    It begins with the label, of which there are few: of those, the newest are looked at.
    """
    if not permissions.somewhere(user, "correct"):
        return []
    rows = Story.objects.filter(_to_correct(user), label=Label.UNVERIFIED, live_from__lte=now - TOO_LONG)
    newest = rows.order_by("-live_from", "-pk").values_list("pk", "state", "verified_in")[:NEWEST]
    return [pk for pk, state, verified_in in newest if state == State.RELEASED and not verified_in][:MOST]


def _to_correct(user):
    """The user may correct the story; it is found by its key."""
    return Exists(permissions.stories(user, "correct").filter(pk=OuterRef("pk")))


def overdue(user, now):
    """Ids of the stories that are due and not released, and that the user may move on."""
    return at_desk(user, Q(state__in=UNRELEASED, publish_at__lte=now), ("publish_at", "pk"), MOST, "submit")
