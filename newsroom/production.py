"""What PRODUCTION does not start with, and the sentence that says why."""

import re

from django.core.exceptions import ImproperlyConfigured

LEAST_HSTS = 300  # seconds
_HOST = re.compile(r"\.?[\w.-]+|\[[0-9a-fA-F:.]+\]")


def refuse_unsafe(env, public_key):
    """Raises ImproperlyConfigured. No message has a key in it."""
    if missing := [name for name in ("SECRET_KEY", "ALLOWED_HOSTS") if not env.str(name, "")]:
        raise ImproperlyConfigured(f"PRODUCTION is set, and so must be: {', '.join(missing)}")
    if _is_weak(env.str("SECRET_KEY"), public_key):
        raise ImproperlyConfigured(
            "SECRET_KEY is too weak for PRODUCTION: it must be your own, of at least 50 letters and digits, 5 of them "
            "different. python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one."
        )
    if env.bool("DEBUG", False):
        raise ImproperlyConfigured("DEBUG shows the inside of the program to everybody: unset it under PRODUCTION.")
    for name in ("SECRET_KEY_FALLBACKS", "FACTOR_KEY"):
        if any(_is_weak(key, public_key) for key in env.list(name, [])):
            raise ImproperlyConfigured(
                f"{name} has a key that can be guessed: each must be your own, of at least 50 letters."
            )
    hosts = env.list("ALLOWED_HOSTS", [])
    if any(host == "*" or (host.startswith(".") and host.count(".") == 1) for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS is *, so any host is answered: name the hosts of the editions.")
    if wrong := [host for host in hosts if not _HOST.fullmatch(host)]:
        raise ImproperlyConfigured(f"ALLOWED_HOSTS names {wrong[0]}: a host stands there without scheme and port.")
    if env.int("HSTS_SECONDS", LEAST_HSTS) < LEAST_HSTS:
        raise ImproperlyConfigured("HSTS_SECONDS is below 300, so browsers would take pages without HTTPS again.")


def _is_weak(key, public_key):
    return len(key) < 50 or len(set(key)) < 5 or key == public_key
