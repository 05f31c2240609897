"""What stands around a PostgreSQL of a test's own: a folder for it, a replica, PgBouncer in front."""

import contextlib
import os
import pathlib
import shutil
import tempfile

import psycopg
import pytest

from .real_servers import Missing, Process, free_port
from .real_servers import Postgres as Server


class Postgres(Server):
    """A PostgreSQL server, or with `source` its streaming replica. A test without its program is skipped, or fails."""

    def __init__(self, folder, source=None):
        self.source = source
        try:
            super().__init__(folder)
        except Missing as missing:
            (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)(str(missing))

    def _make(self):
        if not self.source:
            super()._make()
            return
        if not os.getuid():
            shutil.chown(self.folder, "postgres")
        self.run("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-d", self.source.address)

    def ask(self, sql):
        """The first value of the first row."""
        with psycopg.connect(self.address, autocommit=True) as server:
            return server.execute(sql).fetchone()[0]


@contextlib.contextmanager
def folder_of_postgres():
    """A new folder that the account of PostgreSQL may enter: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        if not os.getuid():
            shutil.chown(folder, "postgres")
        yield folder


@contextlib.contextmanager
def pgbouncer(server):
    """The address of a PgBouncer that gives each transaction a connection of its own."""
    program = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no PgBouncer on this machine")
    port, file = free_port(), pathlib.Path(server.folder) / "pgbouncer.ini"
    file.write_text(
        f"[databases]\npostgres = host=127.0.0.1 port={server.port} user=newsroom\n[pgbouncer]\nauth_type = any\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        "pool_mode = transaction\ndefault_pool_size = 5\n"
    )
    as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if not os.getuid() else []
    with Process([*as_other, program, "-q", file], port):
        yield f"postgres://newsroom@127.0.0.1:{port}/postgres"
