"""How often somebody may try or ask something.

`Limit` is for guesses: some tries are free, then each must wait longer than the one before. `Rate` is for work: some at
once, then one every so many seconds. Both are counted in the database, so that they hold for all workers and hosts and
survive a restart. A key is stored as a hash with the secret key, because it may hold an IP address, or a password typed
as a name. `RateHere` counts in memory.
"""

import collections
import datetime
import hashlib
import ipaddress
import math
import secrets
import threading
import time
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
        return _hash(self.name, key)


class Rate(NamedTuple):
    """`at_once` tries, and one more every `every` seconds. The row of a key is forgotten when all have come back."""

    name: str
    at_once: int
    every: float

    @transaction.atomic
    def take(self, *key, count=1):
        """Count tries and return 0; or count nothing and return the seconds that they must wait."""
        now = timezone.now()
        new = {"tried_at": now, "forgotten_at": now}
        row, is_new = RateLimit.objects.select_for_update().get_or_create(key=_hash(self.name, key), defaults=new)
        back_at = max(row.forgotten_at, now)
        if wait := self._wait((back_at - now).total_seconds(), count):
            return wait
        row.tried_at, row.forgotten_at = now, back_at + datetime.timedelta(seconds=count * self.every)
        row.save(update_fields=["tried_at", "forgotten_at"])
        if is_new:
            _prune(now, row.pk)
        return 0

    def _wait(self, used, count):
        """Whole seconds to wait; `used`: seconds until all tries are back."""
        over = used + (min(count, self.at_once) - self.at_once) * self.every
        return max(0, math.ceil(over))


class RateHere:
    """The same in the memory of this worker, for readers: they neither write nor wait for who writes. A key is stored
    as a hash with a salt of this process; above `MOST` keys the one that asked longest ago is forgotten."""

    def __init__(self, at_once, every):
        self.rate, self.salt, self.lock = Rate("", at_once, every), secrets.token_bytes(16), threading.Lock()
        self.back_at = collections.OrderedDict()  # {hash: monotonic seconds at which all tries are back}

    def take(self, key):
        now, known = time.monotonic(), hashlib.blake2b(key.encode(), key=self.salt, digest_size=8).digest()
        with self.lock:
            used = max(0, self.back_at.pop(known, now) - now)
            wait = self.rate._wait(used, 1)
            self.back_at[known] = now + used + (0 if wait else self.rate.every)
            if len(self.back_at) > MOST:
                self.back_at.popitem(last=False)
        return wait


def _hash(name, key):
    return salted_hmac("articles.limits", repr((name, *key)), algorithm="sha256").hexdigest()


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
