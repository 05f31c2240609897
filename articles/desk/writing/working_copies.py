"""What somebody has typed into the form of a story and not saved, as the server keeps it for them.

A copy belongs to its writer. It obeys the rights of its story as they are now, touches no page of readers, and ends
when the form is saved, when it is dropped, or after 30 days.
"""

import datetime
import math
import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac

from articles import audit, permissions
from articles.database.compiled import CompiledQuery
from articles.desk.values import is_uid
from articles.models import WorkingCopy
from articles.models.audit_entry import Action

from . import presence

FIELD = "_copy"  # hidden in the form: the uid of its copy
LASTS = datetime.timedelta(days=30)
CAN_BE_TAKEN_BACK = datetime.timedelta(days=1)  # after it was dropped
EVERY = datetime.timedelta(seconds=1)  # at most one write a person
MOST = 30  # copies of one person
MOST_LETTERS, MOST_FIELDS = 2_000_000, 20_000  # of one copy, names and values; four times the largest story
LEFT_OUT = ["csrfmiddlewaretoken", "promise", "words"]  # they belong to one sending of the form
KEPT_BESIDES = ["_offered"]  # of the names that begin with "_", which are buttons and signs: desk/offered.py


class TooSoon(Exception):
    """The person's last write is less than a second ago; `wait` are the seconds to be waited."""

    wait = math.ceil(EVERY.total_seconds())


class TooMany(Exception):
    """The person has as many copies as are kept. None of them is dropped for another."""


def owner_key(user):
    """The name under which a browser keeps the copies of an account. It tells no other site or person who it is."""
    return salted_hmac("articles.desk.working_copies", str(user.pk), algorithm="sha256").hexdigest()[:24]


def uid_in(post):
    """The uid of the copy of a form that was sent; None if it names none."""
    written = post.get(FIELD, "")
    return uuid.UUID(written) if is_uid(written) else None


def is_typed(name):
    """Whether a field of the form is one of those that a copy holds."""
    return name in KEPT_BESIDES or not (name.startswith("_") or name in LEFT_OUT or "password" in name)


def typed_of(post):
    """The same as `bounded`, of a form that is being saved."""
    return [[name, value] for name, values in post.lists() if is_typed(name) for value in values]


def bounded(fields):
    """[[name, value]] of what somebody sent. Raises ValueError if it is anything else, or too much."""
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS:
        raise ValueError("These are no fields of a form, or too many.")
    if not all(isinstance(name, str) and isinstance(value, str) for name, value in fields):
        raise ValueError("Each field has a name and a text.")
    pairs = [[name, value] for name, value in fields if is_typed(name)]
    if sum(len(name) + len(value) for name, value in pairs) > MOST_LETTERS:
        raise ValueError("This is more than a story can hold.")
    return pairs


# What there is -----------------------------------------------------------------------------


def of(user, now):
    """The copies that are offered to their writer, newest first, without what was typed. Most people have none, which
    is found out without their rights."""
    if not _some(user=user.pk, since=now - LASTS):
        return WorkingCopy.objects.none()
    kept = permissions.working_copies(user).filter(dropped_at=None, changed_at__gt=now - LASTS)
    return kept.defer("typed").select_related("taken_over_by__person")


@CompiledQuery
def _some(user, since):
    kept = WorkingCopy.objects.filter(owner=user, dropped_at=None, changed_at__gt=since)
    return kept.order_by().values_list("pk", flat=True)[:1]


def found(user, uid, now):
    """A copy of this person, dropped lately or not; None if there is none, or if they may not change the story now."""
    kept = permissions.working_copies(user).filter(changed_at__gt=now - LASTS)
    copy = kept.filter(uid=uid).select_related("story__edition", "taken_over_by__person").first()
    return None if copy and copy.dropped_at and copy.dropped_at <= now - CAN_BE_TAKEN_BACK else copy


def on(story, user, now):
    """The copies of a story, (the user's own, as in `of`; those of others): who sees the story sees that others have
    some, and no word of them. Of a new story, None, only one's own."""
    if story is None:
        return list(of(user, now).filter(story=None)), []
    found = _on(story=story.pk, since=now - LASTS)
    others = [copy for copy in found if copy.owner_id != user.pk]
    return list(of(user, now).filter(story=story)) if len(others) < len(found) else [], others


def _others(story, user, since):
    return WorkingCopy.objects.filter(story=story, dropped_at=None, changed_at__gt=since).exclude(owner=user)


_on = CompiledQuery(
    lambda story, since: (
        WorkingCopy.objects.filter(story=story, dropped_at=None, changed_at__gt=since)
        .defer("typed", "headline")
        .select_related("owner__person")
    )
)
writers = CompiledQuery(  # (id, newest change, NAMES) of those who have one, for who asks every few seconds
    lambda story, user, since: _others(story, user, since).values_list(
        "owner", "changed_at", *(f"owner__{name}" for name in presence.NAMES)
    )
)


# What is done with them --------------------------------------------------------------------


@transaction.atomic
def keep(user, uid, story_id, typed, base_version, now):
    """Store what was typed, in one small write. Raises TooSoon, TooMany or PermissionDenied.

    `story_id`: None for a story that was never saved. `typed`: as from `bounded`.
    """
    _may_keep(user, story_id)
    own = WorkingCopy.objects.filter(owner=user)
    last = own.order_by("-changed_at").values_list("changed_at", flat=True).first()
    if last and datetime.timedelta() <= now - last < EVERY:
        raise TooSoon
    words = _words(typed, base_version, now)
    if not own.filter(uid=uid, story=story_id).update(**words):
        _refuse_too_many(user, uid, now)
        WorkingCopy.objects.create(uid=uid, owner=user, story_id=story_id, **words)


@transaction.atomic
def set_aside(user, uid, story_id, typed, base_version, now):
    """Store what somebody sent to be saved and what is not saved: at once, and however many copies they have."""
    own = WorkingCopy.objects.filter(owner=user, story=story_id)
    if WorkingCopy.objects.filter(uid=uid).exclude(pk__in=own.values("pk")).exists():
        uid = uuid.uuid4()
    words = _words(typed, base_version, now)
    own.update_or_create(uid=uid, defaults=words, create_defaults={**words, "owner": user, "story_id": story_id})


def _words(typed, base_version, now):
    headline = next((value for name, value in typed if name == "headline"), "")[:200]
    return {"typed": typed, "headline": headline, "base_version": base_version, "changed_at": now, "dropped_at": None}


def _may_keep(user, story_id):
    if story_id is None:
        if not permissions.allows_somewhere(user, "add", "story"):
            raise PermissionDenied
    elif not permissions.stories(user, "change").filter(pk=story_id).exists():
        raise PermissionDenied


def _refuse_too_many(user, uid, now):
    if WorkingCopy.objects.filter(uid=uid).exists():  # somebody else's, or of another story
        raise PermissionDenied
    _forget_old(now)
    if WorkingCopy.objects.filter(owner=user, dropped_at=None).count() >= MOST:
        raise TooMany


def _forget_old(now):
    WorkingCopy.objects.filter(changed_at__lte=now - LASTS).delete()
    WorkingCopy.objects.filter(dropped_at__lte=now - CAN_BE_TAKEN_BACK).delete()


def end(user, uid):
    """The form was saved, or is again as it was opened: nothing is left to be kept."""
    WorkingCopy.objects.filter(owner=user, uid=uid).delete()


def drop(copy, now):
    WorkingCopy.objects.filter(pk=copy.pk).update(dropped_at=now)


def take_back(copy):
    WorkingCopy.objects.filter(pk=copy.pk).update(dropped_at=None)


@transaction.atomic
def take_over(request, uid, now):
    """Give a chief editor a copy of what somebody else has typed, and log it. The writer keeps theirs, and is told.

    Returns the new copy, or None if there is none of that uid in their reach.
    """
    user = request.user
    theirs = WorkingCopy.objects.filter(uid=uid, dropped_at=None, changed_at__gt=now - LASTS).exclude(owner=user)
    copy = theirs.filter(story__in=permissions.stories(user, "view")).select_related("story__edition").first()
    if copy is None:
        return None
    if not permissions.may(user, "take_over", copy.story):
        raise PermissionDenied
    if WorkingCopy.objects.filter(owner=user, dropped_at=None).count() >= MOST:
        raise TooMany
    words = {name: getattr(copy, name) for name in ("typed", "headline", "base_version")}
    taken = WorkingCopy.objects.create(uid=uuid.uuid4(), owner=user, story=copy.story, changed_at=now, **words)
    WorkingCopy.objects.filter(pk=copy.pk).update(taken_over_by=user)
    audit.write(Action.TAKEN_OVER, copy.story, user.get_username(), request)
    return taken
