"""Second factors: who must have one, and what the audit log tells of them.

`manage.py reset_factors` and the page of access take away those of somebody who has lost their device.
"""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from .. import audit, permissions
from ..models.audit_entry import Action
from . import sessions

HAS = "has_factor"  # in the session: it was begun with a second factor, or one was added in it
RELEASERS = {role for role, acts in permissions.STORIES.items() if "release" in acts}


def must_have(user):
    """Whether REQUIRE_MFA asks it of this account: by its roles; of superusers as soon as it asks anybody."""
    asked = set(settings.REQUIRE_MFA)
    if "release" in asked:
        asked |= RELEASERS
    if not asked or "all" in asked or user.is_superuser:
        return bool(asked)
    return any(membership.role in asked for membership in permissions.memberships(user))


def lacks(session, user):
    """Whether this account must have a second factor and has none. A session that began with one costs no query."""
    return bool(settings.REQUIRE_MFA) and not session.get(HAS) and must_have(user) and not has_any(user)


def has_any(user):
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def may_reset(by, account):
    """Nobody their own: whoever holds a stolen session could. A chief may where all roles of the account lie in
    editions whose roles they give."""
    if by.pk == account.pk or not permissions.accounts(by).filter(pk=account.pk).exists():
        return False
    if permissions.allows(by, "change", "membership", None):
        return True
    editions = permissions.editions(by, "change", "membership")
    return editions.exists() and not account.memberships.exclude(edition__in=editions).exists()


@transaction.atomic
def reset(account, by, request=None):
    """Take away all second factors of an account and end its sessions. `by`: who does so; None for a command.

    Returns how many factors there were. Raises PermissionDenied.
    """
    if by is not None and not may_reset(by, account):
        raise PermissionDenied(_("You may not reset the second factors of this account."))
    count, _rows = Authenticator.objects.filter(user=account).delete()
    audit.write(Action.FACTORS_RESET, account, by.get_username() if by else "", request)
    sessions.end(sessions.open_to(account), account, by.get_username() if by else "", request)
    return count


@receiver(user_logged_in)
def note(sender, request, user, **kwargs):
    """Whoever signs in, by whatever way, has just shown who they are; the session remembers whether by a factor."""
    records = get_authentication_records(request, user)
    if not records:
        record_authentication(request, user, method="password", reauthenticated=True)
    request.session[HAS] = "mfa" in {record["method"] for record in records}


@receiver(signals.authenticator_added)
@receiver(signals.authenticator_reset)
def added(sender, request, user, authenticator, **kwargs):
    """The first factor ends the other sessions, which were begun without one."""
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    fields = [] if is_codes else [authenticator.type]
    name = user.get_username()
    audit.write(Action.CODES_MADE if is_codes else Action.FACTOR_ADDED, user, name, request, fields)
    if not is_codes and not request.session.get(HAS):
        request.session[HAS] = True
        others = sessions.open_to(user).exclude(pk=request.session.session_key)
        sessions.end(others, user, name, request)


@receiver(signals.authenticator_removed)
def removed(sender, request, user, authenticator, **kwargs):
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        audit.write(Action.FACTOR_REMOVED, user, user.get_username(), request, [authenticator.type])
    request.session[HAS] = has_any(user)


@receiver(signals.authenticator_used)
def used(sender, request, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        audit.write(Action.CODE_USED, user, user.get_username(), request)


@receiver(signals.authentication_failed)
def refused(sender, request, user, **kwargs):
    audit.write(Action.SIGN_IN_REFUSED, user, request=request)
