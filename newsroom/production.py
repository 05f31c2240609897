"""What PRODUCTION does not start with, and the sentence that says why."""

from django.core.exceptions import ImproperlyConfigured

LEAST_HSTS = 300  # seconds


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
    if "*" in env.list("ALLOWED_HOSTS"):
        raise ImproperlyConfigured("ALLOWED_HOSTS is *, so any host is answered: name the hosts of the editions.")
    if env.int("HSTS_SECONDS", LEAST_HSTS) < LEAST_HSTS:
        raise ImproperlyConfigured("HSTS_SECONDS is below 300, so browsers would take pages without HTTPS again.")


def _is_weak(key, public_key):
    return len(key) < 50 or len(set(key)) < 5 or key == public_key
