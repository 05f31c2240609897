"""Tells whether a worker lives and whether it is ready: for the service manager and the proxy, at any host name."""

from django.db import DatabaseError
from django.http import HttpResponse

from articles import database


def alive():
    return _answer(200, "alive")


def ready():
    """503 while the database does not answer: readers are then sent cached pages, and the desk gets nothing. 503, too,
    while its triggers are not those of this release: cached pages would go stale."""
    try:
        is_stale = database.differing()
    except DatabaseError:
        return _answer(503, "the database does not answer")
    return _answer(503, database.STALE) if is_stale else _answer(200, "ready")


def _answer(status, text):
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
