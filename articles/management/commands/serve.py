"""Serve the newsroom: `manage.py serve`. Stops gracefully: requests that are under way are answered first."""

import hashlib
import pathlib
import time

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces

from articles import database

MANY, A_WHILE = 20, 60  # deaths of workers, in so many seconds: from then on they are started a second apart


class Command(BaseCommand):
    help = "Serves readers and the desk, by granian. TERM or Ctrl-C stops it when the last answer is out."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes; one a core")

    def handle(self, *, host, port, workers, **options):
        make_triggers()
        collect()
        database.let_go()  # workers are forked: they would share what this process has open for its checks
        Server(
            "newsroom.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=settings.THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=30,
            log_access=False,
            websockets=False,
        ).serve()


class Server(Granian):
    """Granian ends itself where a worker dies twice within 5.5 seconds, and with it all that the others do. Here a
    death costs one worker; where many follow each other, each waits a moment, so that starting them takes no core."""

    deaths = ()

    def _respawn_workers(self, workers, *args, delay=0):
        """In the place of those that died (no `delay`), all of them: granian may lose one that dies meanwhile."""
        if not delay:
            workers = [worker.idx for worker in self.wrks if not worker.is_alive()]
            now = time.monotonic()
            self.deaths = [*(at for at in self.deaths if now - at < A_WHILE), *(now for _ in workers)]
            time.sleep(1 if len(self.deaths) > MANY else 0)
        super()._respawn_workers(workers, *args, delay=delay)
        self.respawned_wrks.clear()


def make_triggers():
    """Make the triggers of this release where a migrate was killed before it did; without them pages go stale."""
    try:
        if not database.differing():
            return
        has_migrations = database.has_migrations()
    except DatabaseError:  # it does not answer yet: workers ask again at their start, and /readyz
        return
    if not has_migrations:
        raise CommandError(_("This database has not the migrations of this release: run `manage.py migrate` first."))
    database.install()


def collect():
    """Collect static files where any of them is another than the last time: packing them takes seconds."""
    files = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    state = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in map(pathlib.Path, files)]
    stamp, mark = hashlib.sha256(repr(sorted(state)).encode()).hexdigest(), settings.STATIC_ROOT / ".collected"
    if not mark.exists() or mark.read_text() != stamp:
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(stamp)
