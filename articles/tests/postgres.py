"""PostgreSQL of a test's own, which may be stopped; a replica of it, and PgBouncer in front."""

import contextlib
import glob
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

import psycopg
import pytest


@contextlib.contextmanager
def folder_of_postgres():
    """A new folder that the account of PostgreSQL may enter: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:
        if not os.getuid():
            shutil.chown(folder, "postgres")
        yield folder


def as_postgres():
    """What stands before a command of PostgreSQL where we are root, who may not run it."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if not os.getuid() else []


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Postgres:
    """A PostgreSQL server, or with `source` its streaming replica."""

    def __init__(self, folder, source=None):
        self.folder, self.port = folder, free_port()
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]
        if not self.bin:
            (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no PostgreSQL server on this machine")
        self.address = f"postgres://newsroom@127.0.0.1:{self.port}/postgres"
        if source:
            self.run("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-d", source.address)
        else:
            self.run("initdb", "-A", "trust", "-U", "newsroom")

    def run(self, name, *options):
        command = [*as_postgres(), f"{self.bin[0]}/{name}", "-D", f"{self.folder}/db", *options]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self):
        told = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self.run("pg_ctl", "-w", "-l", f"{self.folder}/log", "-o", told, "start")

    def stop(self):
        self.run("pg_ctl", "-m", "immediate", "stop")

    def answers(self):
        try:
            psycopg.connect(self.address, connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    def ask(self, sql):
        """The first value of the first row."""
        with psycopg.connect(self.address, autocommit=True) as server:
            return server.execute(sql).fetchone()[0]


@contextlib.contextmanager
def pgbouncer(server):
    """The address of a PgBouncer that gives each transaction a connection of its own."""
    program = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no PgBouncer on this machine")
    port, file = free_port(), pathlib.Path(server.folder) / "pgbouncer.ini"
    file.write_text(
        f"[databases]\npostgres = host=127.0.0.1 port={server.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 5\n"
    )
    file.write_text(file.read_text().replace(f"port={server.port}", f"port={server.port} user=newsroom"))
    process = subprocess.Popen([*as_postgres(), program, "-q", str(file)], stderr=subprocess.DEVNULL)
    try:
        yield f"postgres://newsroom@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        process.wait()
