"""Guessing passwords is slow: settings.AUTHENTICATION_BACKENDS asks this module before a password is checked.

Five tries for an account from an address are free, then each must wait. An address that tried fifty accounts waits with
all. A try that must wait does not check the password. A browser in which the account has signed in before has tries of
its own (browsers.py): somebody at the next desk cannot lock its owner out.

The audit log records every sign-in, sign-out and refused try. It records tries that had to wait less and less often,
because nothing else limits their number. It names existing accounts only: any other name may be a password.
"""

import unicodedata

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver

from .. import audit, metrics
from ..delivery.bodies import BODY
from ..limits import Limit, address
from ..models.audit_entry import Action
from . import browsers, factors, sessions  # noqa: F401 - they hear of every sign-in

PAIRS = Limit("sign-in", free=5)
ADDRESSES = Limit("sign-in address", free=50)  # counts accounts, not tries
BLOCKED_LOGGED = Limit("sign-in blocked, told", free=1, longest=3600)  # counts entries of the audit log, not tries


class SignInLimit:
    """A backend that authenticates nobody: it stops a try or leaves it to the next backend, so it has no `get_user`."""

    def authenticate(self, request, username=None, password=None):
        if username is None or password is None:
            return None
        account, where = unicodedata.normalize("NFKC", username), address(request)
        browser = browsers.id_of(request, account)
        wait = PAIRS.take(account, browser) if browser else _take(account, where)
        if request is not None:
            request.sign_in_wait = wait  # shown by the form (admin/sign_in.py)
        if wait:
            raise PermissionDenied
        if body := getattr(request, "META", {}).get(BODY):
            body.keep_room()  # checking a password takes as long as a slow body
        return None


def _take(account, where):
    """Count a try, or return the seconds that it must wait. Existing and unknown accounts are treated alike."""
    if wait := ADDRESSES.wait(where):
        return wait
    is_new = not PAIRS.knows(account, where)
    return PAIRS.take(account, where) or (ADDRESSES.take(where) if is_new else 0)


@receiver(user_logged_in)
def remember(sender, request, user, **kwargs):
    """A successful sign-in clears the tries, and makes the account known in this browser (desk/account/guards.py)."""
    forget_tries(request, user)
    request.has_signed_in = user.get_username()


def forget_tries(request, user):
    account, where = user.get_username(), address(request)
    if browser := browsers.id_of(request, account):
        PAIRS.clear(account, browser)
    elif PAIRS.clear(account, where):
        ADDRESSES.give_back(where)


@receiver(user_logged_in)
def log_in(sender, request, user, **kwargs):
    audit.write(Action.SIGNED_IN, user, user.get_username(), request)


@receiver(user_logged_out)
def log_out(sender, request, user, **kwargs):
    if user is not None:
        audit.write(Action.SIGNED_OUT, user, user.get_username(), request)


@receiver(user_login_failed)
def log_failure(sender, credentials, request=None, **kwargs):
    """The tried account is the object of the entry; the person who tried is unknown."""
    name = unicodedata.normalize("NFKC", credentials.get("username") or "")
    account = get_user_model().objects.filter(username=name).first() or get_user_model()()
    wait = getattr(request, "sign_in_wait", 0)
    metrics.sign_ins.labels("blocked" if wait else "refused").inc()
    if not wait:
        audit.write(Action.SIGN_IN_REFUSED, account, request=request)
    elif not BLOCKED_LOGGED.take(account.pk, address(request)):
        audit.write(Action.SIGN_IN_BLOCKED, account, request=request)
