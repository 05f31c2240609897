"""Browsers in which an account has signed in before. There it has tries of its own, so that guesses from elsewhere,
also from the same address, do not keep its owner out.

The cookie is signed and has an id of the browser and hashes of the last accounts. It opens nothing: whoever takes it
gets the tries of that browser.
"""

import datetime
import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

AGE = datetime.timedelta(days=90)
MOST = 8  # accounts
_SALT = "articles.sign_in.browsers"


def _name():
    return "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"


def id_of(request, account):
    """The id of the browser, if that account has signed in there; else ""."""
    known, accounts = _read(request)
    return known if _hash(account) in accounts else ""


def keep(request, response, account):
    """The answer tells the browser that the account has signed in there."""
    known, accounts = _read(request)
    accounts = [*(one for one in accounts if one != _hash(account)), _hash(account)][-MOST:]
    told = ".".join([known or secrets.token_urlsafe(12), *accounts])
    response.set_cookie(
        _name(), signing.TimestampSigner(salt=_SALT).sign(told), max_age=AGE, secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip


def _read(request):
    """(id, hashes of accounts) of what the browser sent; ("", []) if it is not ours, or too old."""
    given = getattr(request, "COOKIES", {}).get(_name(), "")
    try:
        known, *accounts = signing.TimestampSigner(salt=_SALT).unsign(given, max_age=AGE).split(".")
    except signing.BadSignature:
        return "", []
    return known, accounts


def _hash(account):
    return salted_hmac(_SALT, account, algorithm="sha256").hexdigest()[:16]
