"""How often somebody may try something: some tries are free, then each has to wait longer than the one before.

Kept in the database, so that it holds for all workers and hosts and outlives them. What is kept of a key is a hash with
the secret: neither names, which may be passwords typed into the wrong field, nor addresses of people.
"""

import datetime
import ipaddress
import math
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import RateLimit

MOST = 100_000  # rows; of more, those go that would be forgotten first
SOME = 100  # of so many new rows one has them counted
A_DAY = datetime.timedelta(days=1)


class Limit(NamedTuple):
    """`free` tries at once, then each 1, 2, 4 … `longest` seconds after the last; forgotten when none came for long."""

    name: str
    free: float
    longest: int = 60
    forgotten_after: datetime.timedelta = A_DAY

    def wait(self, *key):
        """Whole seconds until the next try may be made; 0 where it may be made now."""
        row = self._rows(key).first()
        return self._wait(row, timezone.now()) if row else 0

    @transaction.atomic
    def take(self, *key):
        """Count a try and return 0; or return the seconds that it has to wait, and count nothing."""
        now = timezone.now()
        new = {"tried_at": now, "forgotten_at": now + self.forgotten_after}
        row, is_new = RateLimit.objects.select_for_update().get_or_create(key=self._hash(key), defaults=new)
        if row.forgotten_at <= now:
            row.count = 0
        if wait := self._wait(row, now):
            return wait
        row.count, row.tried_at, row.forgotten_at = row.count + 1, now, new["forgotten_at"]
        row.save(update_fields=["count", "tried_at", "forgotten_at"])
        if is_new:
            _prune(now, row.pk)
        return 0

    def knows(self, *key):
        """Whether a try under this key is remembered."""
        return self._rows(key).exists()

    def clear(self, *key):
        """Forget the key. Returns whether it was known."""
        return self._rows(key).delete()[0] > 0

    @transaction.atomic
    def give_back(self, *key):
        """Take one try away, which was none of those that are counted."""
        row = self._rows(key).select_for_update().first()
        if row and row.count:
            row.count -= 1
            row.save(update_fields=["count"])

    def _rows(self, key):
        return RateLimit.objects.filter(key=self._hash(key), forgotten_at__gt=timezone.now())

    def _wait(self, row, now):
        if row.count < self.free:
            return 0
        delay = min(self.longest, 2 ** min(row.count - self.free, 30))
        return max(0, math.ceil((row.tried_at - now).total_seconds() + delay))

    def _hash(self, key):
        return salted_hmac("articles.limits", repr((self.name, *key)), algorithm="sha256").hexdigest()


def address(request):
    """Where a request is from; of IPv6 the network, of which one household has all. "" where nothing tells."""
    meta = getattr(request, "META", {})
    told = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # the last one is what our own proxy saw; those before it anybody may write
        told = meta.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _prune(now, pk):
    RateLimit.objects.filter(forgotten_at__lte=now).delete()
    if pk % SOME == 0 and (over := RateLimit.objects.count() - MOST) > 0:
        first = RateLimit.objects.order_by("forgotten_at").values_list("pk", flat=True)[:over]
        RateLimit.objects.filter(pk__in=list(first)).delete()
