"""Proves that a backup can be restored: `manage.py restore_drill DIR`. See docs/backup.md."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from articles.whole_site import asking, comparing
from articles.wire.values.item import Refusal

from .. import backups
from . import serve
from .compare_site import MOST_TOLD, Asked

PATIENCE = 120  # seconds for a server to start
OUTSIDE = ("DATABASE_URL", "MEDIA_STORAGE", "MAIL_URL", "METRICS_TOKEN")


class Command(BaseCommand):
    help = "Restores a backup into a temporary place, serves it, and compares every public address with this newsroom."

    def add_arguments(self, parser):
        backups.add_place(parser)
        parser.add_argument("--name", default="", metavar="NAME", help="which backup (default: the newest)")
        parser.add_argument("--room", metavar="DIR", help="where there is room for all of it (default: VAR)")

    def handle(self, *, place, plain, name, room, **options):
        try:
            copies = backups.copies(place, plain)
            manifest = copies.manifest(name := copies.chosen(name))
        except (Refusal, OSError) as error:
            raise CommandError(_("Nothing can be restored. %(reason)s") % {"reason": error}) from error
        signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # so that the temporary place goes, too
        serve.collect()
        with tempfile.TemporaryDirectory(prefix="drill-", dir=room or settings.VAR) as folder, a_database() as url:
            environ = surroundings(folder, url)
            words = ["restore", place, "--name", name, *(["--plain"] if plain else [])]
            if subprocess.run([sys.executable, sys.argv[0], *words], env=environ, check=False).returncode:  # noqa: S603
                raise CommandError(_("%(name)s could not be restored: see above.") % {"name": name})
            with served(environ) as port, contextlib.closing(asking.There(port)) as restored:
                asked, changed, lost = self.compare(restored, manifest["invalidation"])
        told = {"name": name, "tables": len(manifest["rows"]), "asked": f"{asked:,}", "changed": f"{changed:,}"}
        self.stdout.write(_("%(name)s: the rows of %(tables)s tables are as many as in the manifest.") % told)
        self.stdout.write(_("%(asked)s addresses asked; %(changed)s changed since the backup.") % told)
        if lost:
            raise CommandError(_("%(count)s addresses differ from this newsroom.") % {"count": len(lost)})
        self.stdout.write(self.style.SUCCESS(_("The restored newsroom is equal to this one.")))

    def compare(self, restored, invalidation):
        """(addresses asked, those that changed since the backup, those that differ without a change)."""
        here, asked, changed, lost = asking.Here(), Asked(), 0, []
        for one in comparing.differences(here, restored, asked):
            if here.has_changed_since(one.address, invalidation):
                changed += 1
                continue
            lost.append(one)
            if len(lost) <= MOST_TOLD:
                self.stderr.write(f"{one.address}: {one.what}")
        return asked.number, changed, lost


def surroundings(folder, url):
    """The environment of a newsroom of its own: with our keys and hosts, and nothing that reaches the outside."""
    ours = {"VAR": folder, "BEHIND_PROXY": "on"} | ({"DATABASE_URL": url} if url else {})
    return {name: value for name, value in os.environ.items() if name not in OUTSIDE} | ours


@contextlib.contextmanager
def a_database():
    """The address of an empty database of the same kind, for a while; "" for SQLite in VAR."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = connection.ops.quote_name(f"newsroom_drill_{os.getpid()}")
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    except DatabaseError as error:
        raise CommandError(_("The drill needs a role that may create a database: ALTER ROLE … CREATEDB.")) from error
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/newsroom_drill_{os.getpid()}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def served(environ):
    """The port of a server with that environment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, sys.argv[0], "serve", "--port", str(port), "--workers", "1", "--no-worker"]
    log = pathlib.Path(environ["VAR"]) / "serve.log"
    with log.open("wb") as out, subprocess.Popen(command, env=environ, stdout=out, stderr=out) as process:  # noqa: S603
        try:
            end = time.monotonic() + PATIENCE
            while not answers(port):
                if process.poll() is not None or time.monotonic() > end:
                    raise CommandError(
                        _("The restored newsroom does not start: %(log)s") % {"log": log.read_text()[-2000:]}
                    )
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def answers(port):
    try:
        with contextlib.closing(asking.There(port)) as there:
            return there.ask("http://localhost/healthz").status == 200
    except OSError:
        return False
