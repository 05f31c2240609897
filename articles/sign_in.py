"""Guessing passwords takes long: settings.AUTHENTICATION_BACKENDS asks this before any password is checked.

Five tries of an account from an address are free, then each waits; an address that tried fifty accounts waits with all.
A try that must wait costs no check of a password. From an address at which the account was signed in before, the right
password is never delayed: there it is always checked, so whoever sits beside its owner can keep nobody out.

The audit log tells of every sign-in, sign-out and refused try. Of tries that had to wait it tells less and less often,
as nothing else bounds them; and it names only accounts that there are: any other name may be a password.
"""

import datetime
import math
import unicodedata

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver

from . import audit
from .delivery.bodies import BODY
from .limits import Limit, address
from .models.audit_entry import Action

PAIRS = Limit("sign-in", free=5)
ADDRESSES = Limit("sign-in address", free=50)  # counts accounts, not tries
SIGNED_IN = Limit("signed in", free=math.inf, forgotten_after=datetime.timedelta(days=90))
BLOCKED_TOLD = Limit("sign-in blocked, told", free=1, longest=3600)  # entries of the audit log, not tries


class SignInLimit:
    """A backend that knows nobody: it stops a try, or leaves it to those after it. It has no `get_user` on purpose."""

    def authenticate(self, request, username=None, password=None):
        if username is None or password is None:
            return None
        account, where = unicodedata.normalize("NFKC", username), address(request)
        is_known = SIGNED_IN.knows(account, where)
        wait = PAIRS.take(account, where) if is_known else _take(account, where)
        if request is not None:
            request.sign_in_wait = wait  # what the form says (admin/sign_in.py)
        if wait and not is_known:
            raise PermissionDenied
        if body := getattr(request, "META", {}).get(BODY):
            body.keep_room()  # to check a password takes as long as a slow body
        return None


def _take(account, where):
    """Count a try; or the seconds that it must wait. The same for accounts that there are and that there are not."""
    if wait := ADDRESSES.wait(where):
        return wait
    is_new = not PAIRS.knows(account, where)
    return PAIRS.take(account, where) or (ADDRESSES.take(where) if is_new else 0)


@receiver(user_logged_in)
def remember(sender, request, user, **kwargs):
    """Whoever is in made no try that counts, and is known at this address from now on."""
    account, where = user.get_username(), address(request)
    if PAIRS.clear(account, where) and not SIGNED_IN.knows(account, where):  # else the address was not counted
        ADDRESSES.give_back(where)
    SIGNED_IN.take(account, where)


@receiver(user_logged_in)
def log_in(sender, request, user, **kwargs):
    audit.write(Action.SIGNED_IN, user, user.get_username(), request)


@receiver(user_logged_out)
def log_out(sender, request, user, **kwargs):
    if user is not None:
        audit.write(Action.SIGNED_OUT, user, user.get_username(), request)


@receiver(user_login_failed)
def log_failure(sender, credentials, request=None, **kwargs):
    """The account that was tried is what it was done to; nobody is known to have done it."""
    name = unicodedata.normalize("NFKC", credentials.get("username") or "")
    account = get_user_model().objects.filter(username=name).first() or get_user_model()()
    if not getattr(request, "sign_in_wait", 0):
        audit.write(Action.SIGN_IN_REFUSED, account, request=request)
    elif not BLOCKED_TOLD.take(account.pk, address(request)):
        audit.write(Action.SIGN_IN_BLOCKED, account, request=request)
