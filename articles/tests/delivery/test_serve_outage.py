"""PostgreSQL is stopped while the server runs, and started again."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time

import psycopg
import pytest

from ..newsroom import SEED_PATH
from ..servers import Desk, Server, until

pytestmark = pytest.mark.service
# A pool that doubles its wait tries after 1, 3, 7, 15, 31 seconds: whoever does so is late by some 5 after this long.
OUTAGE = 10
BACK = 2  # seconds, within which everybody is served fresh again (docs/delivery.md)


class Postgres:
    """A PostgreSQL server of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]
        if not self.bin:
            (pytest.fail if os.environ.get("REQUIRE_TOOLS") else pytest.skip)("no PostgreSQL server on this machine")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"postgres://newsroom@127.0.0.1:{self.port}/postgres"
        self.run("initdb", "-A", "trust", "-U", "newsroom")

    def run(self, name, *options):
        """As another user where we are root, who may not run it."""
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if not os.getuid() else []
        command = [*as_other, f"{self.bin[0]}/{name}", "-D", f"{self.folder}/db", *options]
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


@pytest.fixture(scope="module")
def postgres():
    with tempfile.TemporaryDirectory(prefix="newsroom-postgres-") as folder:  # pytest's own are closed to others
        if not os.getuid():
            shutil.chown(folder, "postgres")
        server = Postgres(folder)
        server.start()
        yield server
        server.stop()


def test_an_outage_costs_nobody_more_than_it_lasts(postgres, tmp_path):
    with Server(tmp_path, DATABASE_URL=postgres.address) as server:
        desk = Desk(server)
        assert desk.sign_in() == 302
        for _ in range(16):
            assert server.ask(SEED_PATH)[0] == 200
        postgres.stop()
        try:
            end = time.monotonic() + OUTAGE
            while time.monotonic() < end:
                status, headers, _body = server.ask(SEED_PATH)
                assert (status, headers["X-Page"]) in ((200, "stale"), (200, "hit"))
                status, headers, _body = desk.ask("/admin/articles/story/")
                assert (status, "Retry-After" in headers) == (503, True)
                assert server.ask("/healthz")[0] == 200
        finally:
            postgres.start()
        assert until(postgres.answers)
        back = failed_at = time.monotonic()
        in_a_row = 0
        while in_a_row < 8 and time.monotonic() < back + 10 * BACK:
            is_fresh = server.ask(SEED_PATH)[1].get("X-Page") in ("hit", "put together", "miss")
            if is_fresh and desk.ask("/admin/articles/story/")[0] == 200:
                in_a_row += 1
            else:
                in_a_row, failed_at = 0, time.monotonic()
        assert failed_at - back < BACK, f"Not everybody was served fresh {BACK} seconds after the server's return."
        server.change(headline="Ditulis sesudahnya")
        assert until(lambda: all(b"Ditulis sesudahnya" in server.ask(SEED_PATH)[2] for _ in range(8)))


def test_what_was_withdrawn_before_stays_withdrawn(postgres, tmp_path):
    if not postgres.answers():
        postgres.start()
    with psycopg.connect(postgres.address, autocommit=True) as other:
        other.execute("CREATE DATABASE withdrawn")
    address = postgres.address.replace("/postgres", "/withdrawn").replace("withdrawn://", "postgres://")
    with Server(tmp_path, DATABASE_URL=address) as server:
        for _ in range(16):
            assert server.ask(SEED_PATH)[0] == 200
        server.change(state="withdrawn")
        assert until(lambda: all(server.ask(SEED_PATH)[0] == 410 for _ in range(16)))
        postgres.stop()
        try:
            answers = [server.ask(SEED_PATH) for _ in range(16)]
        finally:
            postgres.start()
        assert {status for status, *_ in answers} == {503}
        assert not any(b"Zelensky" in body for *_, body in answers)
