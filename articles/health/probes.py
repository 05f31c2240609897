"""Tells whether a worker lives and whether it is ready, at any host: for service manager, proxy and monitor.

A stranger is told one word. Whoever may read details (who.py) is told the word of each check.
"""

from django.http import HttpResponse, JsonResponse

from . import checks, who

HEADERS = {"Cache-Control": "no-store"}
SEEN = "seen"  # /readyz?seen: what a proxy passed on, for `manage.py doctor`
ALL = "all"  # /readyz?all: 503 for everything that is wrong, for a monitor that wakes somebody


def alive(request):
    return HttpResponse("alive\n", content_type="text/plain", headers=HEADERS)


def ready(request):
    """503 while the database does not answer: readers are then sent cached pages, and the desk gets nothing. 503, too,
    while triggers or migrations are not those of this release: cached pages would go stale."""
    found = checks.kept.look()
    is_ready = all(found[name] == checks.OK for name in checks.HARD)
    is_whole = all(word == checks.OK for word in found.values())
    status = 200 if is_ready and (is_whole or ALL not in request.GET) else 503
    word = "ready" if is_whole else "degraded" if is_ready else "not ready"
    if SEEN in request.GET and who.has_token(request):
        return JsonResponse(seen(request), headers=HEADERS)
    told = {"status": word, "checks": found} if who.may_read_details(request) else {"status": word}
    return JsonResponse(told, status=status, headers=HEADERS)


def seen(request):
    """The request as it arrived here."""
    return {
        "host": request.META.get("HTTP_HOST", ""),
        "is_https": request.is_secure(),
        "is_forwarded": any(name in request.META for name in who.FORWARDED),
        "has_address": "HTTP_X_FORWARDED_FOR" in request.META,
        "has_id": "HTTP_X_REQUEST_ID" in request.META,
    }
