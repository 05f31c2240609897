"""How often somebody may try something: some tries are free, then each must wait longer than the one before.

Tries are counted in the database, so that a limit holds for all workers and hosts and survives a restart. A key is
stored as a hash with the secret key, because it may hold an IP address, or a password typed as a name.
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

MOST = 100_000  # rows; above this number, the rows that expire first are deleted
SOME = 100  # the rows are counted once for this many new ones
A_DAY = datetime.timedelta(days=1)


class Limit(NamedTuple):
    """`free` tries at once, then each 1, 2, 4 … `longest` seconds after the last; all expire `forgotten_after` it."""

    name: str
    free: float
    longest: int = 60
    forgotten_after: datetime.timedelta = A_DAY

    def wait(self, *key):
        """Whole seconds until the next try is allowed; 0 if it is allowed now."""
        row = self._rows(key).first()
        return self._wait(row, timezone.now()) if row else 0

    @transaction.atomic
    def take(self, *key):
        """Count a try and return 0; or count nothing and return the seconds that it must wait."""
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
        """Whether tries under this key are stored."""
        return self._rows(key).exists()

    def is_first(self, *key):
        """Count a try; whether none was counted under this key before, at the same moment or by another worker."""
        now = timezone.now()
        RateLimit.objects.filter(key=self._hash(key), forgotten_at__lte=now).delete()
        new = {"tried_at": now, "forgotten_at": now + self.forgotten_after, "count": 1}
        row, is_new = RateLimit.objects.get_or_create(key=self._hash(key), defaults=new)
        if is_new:
            _prune(now, row.pk)
        return is_new

    def clear(self, *key):
        """Delete the key. Returns whether it was known."""
        return self._rows(key).delete()[0] > 0

    @transaction.atomic
    def give_back(self, *key):
        """Take back one try that should not count."""
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
    """The address of a request, for IPv6 the /64 network of a household; "" if it is unknown."""
    return address_in(getattr(request, "META", {}))


def address_in(meta):
    """The same, of the environ of a request."""
    host = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # our own proxy wrote the last one; a client may invent the others
        host = meta.get("HTTP_X_FORWARDED_FOR", host).rpartition(",")[2].strip()
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))


def _prune(now, pk):
    RateLimit.objects.filter(forgotten_at__lte=now).delete()
    if pk % SOME == 0 and (over := RateLimit.objects.count() - MOST) > 0:
        first = RateLimit.objects.order_by("forgotten_at").values_list("pk", flat=True)[:over]
        RateLimit.objects.filter(pk__in=list(first)).delete()
