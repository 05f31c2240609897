"""Invitations: nobody signs up; whoever gives roles gives a link, by which one person makes their own account, once.

The secret stands in the link alone; here is its hash. A link ends after three days, when it is taken up or revoked, and
when whoever made it may not give that role any more.
"""

import datetime
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .. import audit, permissions
from ..models import Invitation, Membership
from ..models.audit_entry import Action

SALT = "articles.sign_in.invitations"
LASTS = datetime.timedelta(days=3)
MOST = 100  # that one account has open at once


def may_invite(by, edition):
    """Whether somebody may give roles there; `edition` None: in all of them."""
    return permissions.allows(by, "add", "membership", edition.pk if edition else None)


@transaction.atomic
def make(by, at, request=None, **fields):
    """(Invitation, its secret, which is never told again). `fields`: name, email, role, edition, section.

    Raises PermissionDenied.
    """
    if not may_invite(by, fields.get("edition")):
        raise PermissionDenied(_("You may not give roles in this edition."))
    if open_of(by, at).count() >= MOST:
        raise PermissionDenied(_("Too many of your invitations are open: end some first."))
    secret = secrets.token_urlsafe(24)
    row = Invitation.objects.create(secret_hash=_hash(secret), made_by=by, made_at=at, ends_at=at + LASTS, **fields)
    audit.write(Action.INVITED, row, by.get_username(), request)
    return row, secret


def open_of(by, at):
    return Invitation.objects.filter(made_by=by, revoked_at=None, taken_at=None, ends_at__gt=at)


def seen_by(by):
    """The invitations that somebody may see and end: their own, and those of the editions where they give roles."""
    rows = Invitation.objects.select_related("edition", "section", "made_by", "account")
    if permissions.is_free(by):
        return rows
    return rows.filter(made_by=by) | rows.filter(edition__in=permissions.editions(by, "add", "membership"))


def found(secret, at):
    """The invitation of this secret, if it can still be taken up; else None."""
    rows = Invitation.objects.select_related("edition", "section", "made_by")
    row = rows.filter(
        secret_hash=_hash(secret), revoked_at=None, taken_at=None, ends_at__gt=at, made_by__is_active=True
    ).first()
    return row if row and may_invite(row.made_by, row.edition) else None


@transaction.atomic
def end(row, by, at, request=None):
    """Raises PermissionDenied."""
    if not seen_by(by).filter(pk=row.pk).exists():
        raise PermissionDenied
    if Invitation.objects.filter(pk=row.pk, revoked_at=None, taken_at=None).update(revoked_at=at):
        audit.write(Action.INVITATION_ENDED, row, by.get_username(), request)


@transaction.atomic
def take_up(row, at, account, password, request=None):
    """Store the unsaved `account` with the invited role; whether the link was still free: it makes one account."""
    free = Invitation.objects.filter(pk=row.pk, revoked_at=None, taken_at=None, ends_at__gt=at)
    if not free.update(taken_at=at):
        return False
    account.is_staff, account.email = True, account.email or row.email
    account.set_password(password)
    account.save()
    Membership.objects.create(user=account, role=row.role, edition=row.edition, section=row.section)
    Invitation.objects.filter(pk=row.pk).update(account=account)
    audit.write(Action.JOINED, row, account.get_username(), request)
    return True


def _hash(secret):
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()
