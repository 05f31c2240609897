"""What every answer tells a browser of its safety, whoever made it: Django, a static file, a refusal before Django.

Django's own middlewares set some of them, and a view may set another value (the page with a player allows its frame,
the desk has nonces): what is set stays. Permissions-Policy leaves out what a player or a button of ours may ask for.
"""

import functools

from django.conf import settings
from django.utils.csp import build_policy

EVERYBODYS = ("/media/", "/static/", "/api/", "/edition/")  # other sites may show what is there: photos of a feed
DESK = "/admin/"
UNUSED = (
    "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment",
    "serial", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


@functools.cache
def _fixed(is_everybodys):
    resources = "cross-origin" if is_everybodys else "same-origin"
    return [
        ("Content-Security-Policy", build_policy(settings.SECURE_CSP)),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("Cross-Origin-Resource-Policy", resources),
        ("Permissions-Policy", PERMISSIONS),
        ("Reporting-Endpoints", f'csp="{settings.SECURE_CSP["report-uri"][0]}"'),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
    ]


def _hsts():
    if not settings.SECURE_HSTS_SECONDS:
        return []
    more = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    more += "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return [("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}{more}")]


def of(path, is_secure):
    """[(name, value)] for an answer at that path. `is_secure`: it goes over HTTPS."""
    return [*_fixed(path.startswith(EVERYBODYS)), *(_hsts() if is_secure else [])]


def is_secure(environ):
    """Whether a request that does not reach Django came over HTTPS, by the rule that Django has for others."""
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return environ.get("wsgi.url_scheme") == "https"
    name, value = settings.SECURE_PROXY_SSL_HEADER
    if name not in environ:
        return environ.get("wsgi.url_scheme") == "https"
    return environ[name].split(",", 1)[0].strip() == value


def complete(get_response):
    """The outermost middleware: every answer of Django has them."""

    def middleware(request):
        response = get_response(request)
        for name, value in of(request.path, request.is_secure()):
            response.headers.setdefault(name, value)
        if request.path.startswith(DESK):  # no cache keeps what a page of the desk forgot to say
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
