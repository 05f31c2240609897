"""Who asks, for answers that every open form wants every few seconds.

The account is found as Django's middlewares find it, by two queries whose SQL is written once: its session, and itself
with its memberships and the language that it chose. The session is only read, so such an answer extends no sign-in.
"""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from articles.database.compiled import CompiledQuery
from articles.models import DeskSession, Membership
from articles.sign_in import factors

_sessions = CompiledQuery(
    lambda key, now: DeskSession.objects.filter(session_key=key, expire_date__gt=now).values_list(
        "session_data", flat=True
    )
)
_OWN = ("pk", "password", "is_active", "is_staff", "is_superuser")
_OF_MEMBERSHIP = ("edition_id", "section_id", "role")
_accounts = CompiledQuery(
    lambda pk: (
        get_user_model()
        .objects.filter(pk=pk)
        .values_list("desk_preference__language", *_OWN, *(f"memberships__{name}" for name in _OF_MEMBERSHIP))
    )
)


def signed_in(request):
    """The account that is signed in at the desk, and its language; (None, "") if there is none."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    found = _sessions(key=key, now=timezone.now()) if key else []
    session = import_module(settings.SESSION_ENGINE).SessionStore().decode(found[0]) if found else {}
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None, ""
    rows = _accounts(pk=int(session[SESSION_KEY]))
    account = _account(rows) if rows else None
    if account is None or not (account.is_active and account.is_staff and _is_of(session, account)):
        return None, ""
    if factors.lacks(session, account):
        return None, ""
    return account, rows[0][0] or settings.LANGUAGE_CODE


def _account(rows):
    """Of one row for each membership; a single one without a role, if there is none."""
    account = get_user_model()(**dict(zip(_OWN, rows[0][1:], strict=False)))
    of_memberships = [dict(zip(_OF_MEMBERSHIP, row[1 + len(_OWN) :], strict=True)) for row in rows]
    account._memberships = [Membership(user_id=account.pk, **one) for one in of_memberships if one["role"]]
    return account


def _is_of(session, account):
    """Whether the session was begun with the password that the account has now."""
    begun_with = session.get(HASH_SESSION_KEY, "")
    hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    return any(constant_time_compare(begun_with, one) for one in hashes)


class _Reason(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return reason


_csrf = _Reason(lambda request: None)


def is_from_our_page(request):
    """Whether a page of this site sent the post: Django's own check, without its page of refusal."""
    _csrf.process_request(request)
    return _csrf.process_view(request, None, (), {}) is None
