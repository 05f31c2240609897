"""Serve the newsroom: `manage.py serve`. It stops gracefully: running requests are answered first."""

import contextlib
import hashlib
import os
import pathlib
import subprocess
import sys
import threading
import time

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces

from articles import database, metrics

A_LOOK = 1  # seconds between two looks at the worker of tasks
MANY, A_WHILE = 20, 60  # so many deaths of workers within so many seconds delay each restart by a second


class Command(BaseCommand):
    help = "Serves readers and the desk, by granian. TERM or Ctrl-C stops it when the last answer is out."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes; one a core")

        parser.add_argument("--no-worker", action="store_true", help="`manage.py worker` runs elsewhere")

    def handle(self, *, host, port, workers, no_worker, **options):
        make_triggers()
        collect()
        metrics.forget_the_dead()
        database.let_go()  # workers are forked and would share the connections that the checks of this process opened
        with working(settings.MAIL_IS_ON and not no_worker):
            self._serve(host, port, workers)

    def _serve(self, host, port, workers):
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


@contextlib.contextmanager
def working(is_wanted):
    """A worker of its own process beside the server, which ends with it; what it has not done by then waits."""
    if not is_wanted:
        yield
        return
    stopped = threading.Event()
    thread = threading.Thread(target=keep_working, args=[begin_worker(), stopped], name="worker")
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def begin_worker():
    command = [sys.executable, sys.argv[0], "worker", "--beside", str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 - this program itself


def keep_working(process, stopped):
    """One that dies is started again."""
    while not stopped.wait(A_LOOK):
        if process.poll() is not None:
            process = begin_worker()
    process.terminate()
    process.wait()


class Server(Granian):
    """Restarts dead workers, slower after many deaths; granian would exit if a worker died twice within 5.5 seconds."""

    deaths = ()

    def _respawn_workers(self, workers, *args, delay=0):
        """Without a delay, restart all workers, not only the dead ones: granian may lose one that dies meanwhile."""
        if not delay:
            workers = [worker.idx for worker in self.wrks if not worker.is_alive()]
            now = time.monotonic()
            self.deaths = [*(at for at in self.deaths if now - at < A_WHILE), *(now for _ in workers)]
            time.sleep(1 if len(self.deaths) > MANY else 0)
        super()._respawn_workers(workers, *args, delay=delay)
        self.respawned_wrks.clear()


def make_triggers():
    """Install the triggers of this release if a killed migrate left them out; without them pages go stale."""
    try:
        if not database.are_stale():
            return
        has_migrations = database.has_migrations()
    except DatabaseError:  # no answer yet: workers and /readyz check again
        return
    if not has_migrations:
        raise CommandError(_("This database has not the migrations of this release: run `manage.py migrate` first."))
    database.install()


def collect():
    """Collect static files, but only if one of them has changed, because compressing takes seconds."""
    files = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    state = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in map(pathlib.Path, files)]
    stamp, mark = hashlib.sha256(repr(sorted(state)).encode()).hexdigest(), settings.STATIC_ROOT / ".collected"
    if not mark.exists() or mark.read_text() != stamp:
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(stamp)
