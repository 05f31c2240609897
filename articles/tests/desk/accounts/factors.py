"""Second factors for tests: an authenticator app whose codes are computed, and recovery codes."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth

from ...newsroom import PASSWORD


def add_app(user):
    """Give the account an app and recovery codes; returns the secret of the app."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code(secret):
    """What the app shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def password_step(client, name, **more):
    return client.post("/admin/login/", {"username": name, "password": PASSWORD, **more})


def second_step(client, typed, **more):
    return client.post("/admin/second-step/", {"code": typed, **more})
