"""Who may read details: whoever asks from this machine without a proxy between, or has METRICS_TOKEN."""

import ipaddress

from django.conf import settings
from django.utils.crypto import constant_time_compare

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def has_token(request):
    kind, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    given = kind.lower() == "bearer" and token.strip()
    return bool(settings.METRICS_TOKEN and given) and constant_time_compare(given, settings.METRICS_TOKEN)


def may_read_details(request):
    return has_token(request) or is_here(request)


def is_here(request):
    """Whether the question was asked on this machine. What a proxy passes on comes from this machine, too."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
