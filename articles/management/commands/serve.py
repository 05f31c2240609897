"""Serve the newsroom: `manage.py serve`. Stops gracefully: requests that are under way are answered first."""

import hashlib
import pathlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from granian import Granian
from granian.constants import Interfaces


class Command(BaseCommand):
    help = "Serves readers and the desk, by granian. TERM or Ctrl-C stops it when the last answer is out."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes; one a core")
        parser.add_argument("--threads", type=int, default=4, help="how many slow answers a worker has in hand")

    def handle(self, *, host, port, workers, threads, **options):
        collect()
        let_go()
        Granian(
            "newsroom.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            respawn_failed_workers=True,
            workers_kill_timeout=30,
            log_access=False,
            websockets=False,
        ).serve()


def let_go():
    """Workers are forked: what this process holds open to the database, for its checks, they would share."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def collect():
    """Collect static files where any of them is another than the last time: packing them takes seconds."""
    files = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    state = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in map(pathlib.Path, files)]
    stamp, mark = hashlib.sha256(repr(sorted(state)).encode()).hexdigest(), settings.STATIC_ROOT / ".collected"
    if not mark.exists() or mark.read_text() != stamp:
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(stamp)
