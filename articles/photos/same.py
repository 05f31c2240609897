"""Duplicate uploads: if two requests bring the same file at once, as by a double click, it is stored once."""

from django.db import connection

from articles.models import Photo


def same(photo):
    """Another photo with exactly this file, or None. Call it in the transaction that then stores the photo.

    A second request for the same file waits until that transaction ends: on PostgreSQL by an advisory lock, on SQLite
    because transactions write one after the other anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(photo.hash[:15], 16)])
    return Photo.objects.filter(hash=photo.hash).exclude(pk=photo.pk).first()
