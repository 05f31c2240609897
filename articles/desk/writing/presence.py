"""Who has the form of a story open. The form asks every few seconds, and each answer tells who else is there.

There is no broker and no open connection: a question renews a row, at most every second one writes it, and the
row says nothing any more once it is old.
"""

import datetime

from articles.database.compiled import CompiledQuery
from articles.models import Notice, Presence
from articles.publishing import told

LASTS = datetime.timedelta(seconds=26)  # so somebody whose browser died is gone within 30 seconds
RENEWED_AFTER = datetime.timedelta(seconds=10)
FORGOTTEN_AFTER = datetime.timedelta(days=1)

NAMES = ("person__name", "first_name", "last_name", "username")  # of an account: models/person.py, known_as

_there = CompiledQuery(
    lambda story, user, since: (
        (Presence.objects.filter(story=story, seen_at__gt=since) | Presence.objects.filter(story=story, user=user))
        .order_by("pk")
        .values_list("user", "seen_at", *(f"user__{name}" for name in NAMES))
    )
)


def renewed(user, story_id, now):
    """{account's id: NAMES} of those who have the form open beside this person, who is noted to have it, too.

    Most questions write nothing.
    """
    there = _there(story=story_id, user=user.pk, since=now - LASTS)
    rows = {account: (seen_at, names) for account, seen_at, *names in there}
    seen_at, _names = rows.pop(user.pk, (None, ()))
    if seen_at is None:
        _begin(user, story_id, now)
    elif now - seen_at > RENEWED_AFTER:
        Presence.objects.filter(story=story_id, user=user.pk).update(seen_at=now)
    return {account: names for account, (_seen_at, names) in rows.items()}


def _begin(user, story_id, now):
    Presence.objects.filter(seen_at__lte=now - FORGOTTEN_AFTER).delete()
    told.mark_seen(Notice.objects.filter(to=user.pk, story=story_id), now)
    Presence.objects.get_or_create(story_id=story_id, user_id=user.pk, defaults={"seen_at": now})


def leave(user, story_id):
    Presence.objects.filter(story=story_id, user=user.pk).delete()
