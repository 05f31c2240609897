"""The sessions of an account: where and on what it is signed in, until when, and how they end.

A session ends by itself after `Edition.idle_minutes` without use, the shortest of the editions where the account has a
role, and at most 14 days after signing in. The triggers of database/ended_sessions.py end those of an account whose
password, roles or rights change.
"""

import datetime
import re

from django.contrib.auth.signals import user_logged_in
from django.db.models import Min
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import audit
from ..models import DeskSession, Edition
from ..models.audit_entry import Action

NOTED_EVERY = datetime.timedelta(minutes=1)  # how often a use is written, at most
LONGEST = datetime.timedelta(days=14)
USUAL = 480  # minutes, where there is no edition yet
BROWSERS = [
    ("Edge", r"Edg(?:A|iOS)?/"), ("Opera", r"OPR/"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(?:Firefox|FxiOS)/"), ("Chrome", r"(?:Chrome|CriOS)/"), ("Safari", r"Safari/"),
]  # fmt: skip
SYSTEMS = [
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("macOS", "Macintosh"),
    ("ChromeOS", "CrOS"), ("Linux", "Linux"),
]  # fmt: skip


def device(user_agent):
    """ "Firefox, Android": enough to know one's own devices; "" if the browser does not say."""
    found = (next((name for name, sign in kinds if re.search(sign, user_agent)), "") for kinds in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def idle_minutes(user):
    """After how many minutes without use the sessions of this account end."""
    is_everywhere = user.is_superuser or user.memberships.filter(edition=None).exists()
    editions = Edition.objects.all() if is_everywhere else Edition.objects.filter(memberships__user=user)
    return editions.aggregate(least=Min("idle_minutes"))["least"] or USUAL


@receiver(user_logged_in)
def note(sender, request, user, **kwargs):
    """What a session must know of itself, stored with it."""
    request.session["device"] = device(request.META.get("HTTP_USER_AGENT", "")[:500])
    request.session["network"] = audit.network(request)
    request.session["began_at"] = timezone.now().isoformat()
    request.session["idle"] = idle_minutes(user)


def used(session, user):
    """Note that the session is used now, at most once a minute; so it lasts on. One that began long ago ends."""
    row, now = getattr(session, "row", None), timezone.now()
    if row is None or now - row.used_at < NOTED_EVERY:
        return
    until = min(now + datetime.timedelta(minutes=idle_minutes(user)), row.began_at + LONGEST)
    DeskSession.objects.filter(pk=row.pk).update(used_at=now, expire_date=until, user=user)


def open_to(user):
    """The sessions with which somebody is signed in now, the last used first."""
    return DeskSession.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-used_at")


def end(sessions, account, by, request=None):
    """End these sessions of an account. Returns how many there were."""
    count, _rows = sessions.delete()
    if count:
        audit.write(Action.SESSIONS_ENDED, account, by, request)
    return count


def named(session):
    return session.device or _("unknown device")
