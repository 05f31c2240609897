"""The same file twice: two requests that bring it at once, such as a double click, store it once."""

from django.db import connection

from articles.models import Photo


def same(photo):
    """Another photo with the very file of this one, or None. Within a transaction that then stores it.

    Whoever asks for the same file meanwhile waits for its end: on PostgreSQL by a lock of that name, while SQLite's
    transactions write one after the other anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(photo.hash[:15], 16)])
    return Photo.objects.filter(hash=photo.hash).exclude(pk=photo.pk).first()
