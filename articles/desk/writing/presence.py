"""Who has the form of a story open. The form asks every few seconds, and each answer tells who else is there.

There is no broker and no open connection: a question renews a row, at most every second one writes it, and the
row says nothing any more once it is old.
"""

import datetime

from articles.models import Presence

LASTS = datetime.timedelta(seconds=26)  # so somebody whose browser died is gone within 30 seconds
RENEWED_AFTER = datetime.timedelta(seconds=10)
FORGOTTEN_AFTER = datetime.timedelta(days=1)


def others(user, story_id, now):
    """Those who have the form open beside this person."""
    here = Presence.objects.filter(story=story_id, seen_at__gt=now - LASTS).exclude(user=user)
    return here.select_related("user__person").order_by("pk")


def renew(user, story_id, now):
    """Note that the person has the form open. Most questions write nothing."""
    mine = Presence.objects.filter(story=story_id, user=user)
    seen_at = mine.values_list("seen_at", flat=True).first()
    if seen_at is None:
        Presence.objects.filter(seen_at__lte=now - FORGOTTEN_AFTER).delete()
        Presence.objects.get_or_create(story_id=story_id, user=user, defaults={"seen_at": now})
    elif now - seen_at > RENEWED_AFTER:
        mine.update(seen_at=now)


def leave(user, story_id):
    Presence.objects.filter(story=story_id, user=user).delete()
