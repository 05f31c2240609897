"""One backup at a time: on PostgreSQL by a lock of the server, which all hosts share; on SQLite by one of a file.

Both end with their process, so a backup that was killed locks nobody out.
"""

import contextlib

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from articles import folders
from articles.wire.values.item import Refusal

NUMBER = 0x6E657773  # of the lock among those of the database


@contextlib.contextmanager
def held():
    """Raises Refusal if another process holds it."""
    with _on_server() if connection.vendor == "postgresql" else folders.alone(settings.VAR / "backup.lock") as is_ours:
        if not is_ours:
            raise Refusal(_("A backup is running already. Try again when it has ended."))
        yield


@contextlib.contextmanager
def _on_server():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER])
        (is_ours,) = cursor.fetchone()
        try:
            yield is_ours
        finally:
            if is_ours:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [NUMBER])
