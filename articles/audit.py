"""The audit log: who did what, to what, when and from where. Only `write` adds to it.

`write` runs in the transaction of the action it records, so that both are stored or neither is. It stores no text: no
words of a story, no notes, no names of sources or protected people. It shortens an IP address to its network, which
separates a desk from a stranger but not a person from a neighbour. Readers' pages never write to it.
"""

import contextlib
import ipaddress
from typing import NamedTuple

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from . import limits
from .models import (
    Assignment,
    AuditEntry,
    Edition,
    Invitation,
    Membership,
    Note,
    Person,
    Photo,
    PreviewLink,
    Series,
    Story,
    Tag,
)
from .models.audit_entry import Action, Kind

PREFIXES = {4: 24, 6: 48}  # bits of an IP address that are stored


class Subject(NamedTuple):
    """The object of an action. `edition` is the slug of its edition, or ""."""

    kind: Kind
    key: str
    edition: str = ""


def _membership(row):
    edition = row.edition.slug if row.edition else ""
    return Subject(Kind.MEMBERSHIP, "/".join(part or "" for part in row.natural_key()), edition)


SUBJECTS = {
    Assignment: lambda row: Subject(Kind.ASSIGNMENT, str(row.uid), row.section.edition.slug),
    Edition: lambda row: Subject(Kind.EDITION, row.slug, row.slug),
    Invitation: lambda row: Subject(Kind.INVITATION, str(row.uid), row.edition.slug if row.edition else ""),
    Group: lambda row: Subject(Kind.GROUP, row.name),
    Membership: _membership,
    Note: lambda row: Subject(Kind.NOTE, str(row.uid), row.story.edition.slug),
    Person: lambda row: Subject(Kind.PERSON, str(row.uid)),
    Photo: lambda row: Subject(Kind.PHOTO, str(row.uid)),
    PreviewLink: lambda row: Subject(Kind.STORY, str(row.uid)),
    Series: lambda row: Subject(Kind.SERIES, row.slug),
    Story: lambda row: Subject(Kind.STORY, str(row.uid), row.edition.slug),
    Tag: lambda row: Subject(Kind.TAG, row.slug),
    User: lambda row: Subject(Kind.ACCOUNT, row.get_username()),
}
# Models whose changes give or take rights, with the fields that do so; None stands for all fields.
RIGHTS = {User: None, Group: None, Membership: None, Edition: None, Person: {"user"}}


def write(action, row=None, account="", request=None, fields=(), into=None):
    """Write one entry. `row`: the object of the action, None for the whole newsroom; it may be deleted already.
    `into`: the row that took its place; its key is written behind that of `row`.

    `account`: the name of the account that acted, "" for a command or somebody not signed in. `request`: gives the
    network. `fields`: names of the fields that changed.
    """
    kind, key, edition = SUBJECTS[row._meta.model](row) if row is not None else Subject(Kind.NEWSROOM, "")
    if into is not None:
        key = f"{key}/{SUBJECTS[into._meta.model](into).key}"
    AuditEntry.objects.create(
        action=action,
        account=account,
        kind=kind,
        key=key,
        edition=edition,
        fields=", ".join(fields),
        network=network(request),
        written_at=timezone.now().replace(microsecond=0),  # Django's dumps cut microseconds
    )


def write_saved(request, row, fields, is_new):
    """Write that a form of the desk saved `row`, if this gives or takes rights."""
    if row._meta.model in RIGHTS:
        allowed = RIGHTS[row._meta.model]
        changed = [name for name in fields if allowed is None or name in allowed]
        if changed:
            write(Action.ADDED if is_new else Action.CHANGED, row, request.user.get_username(), request, changed)


def write_deleted(request, rows):
    """Write that `rows` were deleted at the desk. They are gone already."""
    for row in rows:
        if row._meta.model in SUBJECTS:
            write(Action.DELETED, row, request.user.get_username(), request)


@contextlib.contextmanager
def password_of(account, request):
    """Write that the password of `account` was set, if it differs afterwards. `account` is None if there is none."""
    with transaction.atomic():
        yield
        if account and User.objects.filter(pk=account.pk).exclude(password=account.password).exists():
            write(Action.PASSWORD_SET, account, request.user.get_username(), request)


@contextlib.contextmanager
def accounts_by_command():
    """Write which accounts a command added, and whose password it set."""
    with transaction.atomic():
        before = dict(User.objects.values_list("pk", "password"))
        yield
        for account in User.objects.exclude(pk__in=before):
            write(Action.ADDED, account)
        for account in User.objects.filter(pk__in=before):
            if account.password != before[account.pk]:
                write(Action.PASSWORD_SET, account)


def network(request):
    """The network of a request, as seen by the site behind its proxy; "" if it is unknown."""
    if not (address := limits.address(request)):
        return ""
    network = ipaddress.ip_network(address)
    return str(network.supernet(new_prefix=PREFIXES[network.version]))
