"""Whether a worker lives, and whether it is ready: for whoever starts and stops it, at any host name."""

from django.db import DatabaseError, connection
from django.http import HttpResponse


def alive():
    return _answer(200, "alive")


def ready():
    """503 while the database does not answer: then readers are sent what is held, and the desk nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _answer(503, "the database does not answer")
    return _answer(200, "ready")


def _answer(status, text):
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
