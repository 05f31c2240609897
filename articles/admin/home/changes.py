"""Whether anything changed that a home may show: one number of the newsroom, in one query."""

from django.db import connection
from django.utils.crypto import salted_hmac

from articles import permissions
from articles.database.compiled import CompiledQuery
from articles.database.invalidation import Postgresql, Sqlite
from articles.database.union import together
from articles.models import Assignment, AuditEntry, Notice, Presence, Revision, Story, Touch, WorkingCopy
from articles.models.audit_entry import Kind
from articles.publishing import UNRELEASED

SALT = "articles.admin.home.changes"
READS_ARE_OLD = 600  # seconds after which a home is made again, because reads are no change of the newsroom
_NUMBER = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor].number


_NEWEST = {
    "revision": CompiledQuery(lambda user, now: Revision.objects.order_by("-pk").values("pk")[:1]),
    "touch": CompiledQuery(
        lambda user, now: Touch.objects.exclude(**{_NUMBER: None}).order_by(f"-{_NUMBER}").values(_NUMBER)[:1]
    ),
    "live": CompiledQuery(lambda user, now: Story.objects.filter(live_from__lte=now).newest().values("pk")[:1]),
    "copy": CompiledQuery(lambda user, now: WorkingCopy.objects.filter(owner=user).order_by("-pk").values("pk")[:1]),
    "assignment": CompiledQuery(
        lambda user, now: AuditEntry.objects.filter(kind=Kind.ASSIGNMENT).order_by("-pk").values("pk")[:1]
    ),
    "overdue": CompiledQuery(
        lambda user, now: Assignment.objects.open().filter(due_at__lte=now).order_by("-due_at", "-pk").values("pk")[:1]
    ),
    "there": CompiledQuery(lambda user, now: Presence.objects.exclude(user=user).order_by("-pk").values("pk")[:1]),
    "told": CompiledQuery(
        lambda user, now: Notice.objects.filter(to=user, seen_at__isnull=True).order_by("-pk").values("pk")[:1]
    ),
    "due": CompiledQuery(
        lambda user, now: (
            Story.objects.filter(state__in=UNRELEASED, publish_at__lte=now)
            .order_by("-publish_at", "-pk")
            .values("pk")[:1]
        )
    ),
}


def tag(user, home, now):
    """Another value as soon as a story was saved or moved, a live row or a photo changed, or a time came.

    It tells nothing but that: it is a keyed hash, another one for each user.
    """
    numbers = together({name: newest.sql(user=user.pk, now=now) for name, newest in _NEWEST.items()})
    roles = sorted((m.role, m.edition_id or 0, m.section_id or 0) for m in permissions.memberships(user))
    period = int(now.timestamp()) // READS_ARE_OLD
    known = [user.pk, user.is_superuser, home.name, roles, sorted(numbers.items()), period]
    return salted_hmac(SALT, repr(known), algorithm="sha256").hexdigest()[:24]
