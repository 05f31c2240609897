"""PostgreSQL is stopped while the server runs, and started again; reports are read from a replica while it is there;
PgBouncer may stand in front. In one module, because to migrate takes longer than all of it."""

import json
import subprocess
import sys
import time

import pytest
from django.conf import settings

from ..newsroom import SEED_PATH
from ..postgres import Postgres, folder_of_postgres, pgbouncer
from ..servers import Desk, Server, until

pytestmark = pytest.mark.service
# A pool that doubles its wait tries after 1, 3, 7, 15, 31 seconds: whoever does so is late by some 5 after this long.
OUTAGE = 10
BACK = 2  # seconds, within which everybody is served fresh again (docs/delivery.md)
REPORT = "/admin/articles/readcount/?o=-3"
COUNT = """INSERT INTO articles_readcount (story_id, hour, reads)
    SELECT id, now(), %d FROM articles_story LIMIT 1 RETURNING id"""


@pytest.fixture(scope="module")
def postgres():
    with folder_of_postgres() as folder:
        server = Postgres(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def migrated(postgres, tmp_path_factory):
    return Server(tmp_path_factory.mktemp("var"), DATABASE_URL=postgres.address)


def test_an_outage_costs_nobody_more_than_it_lasts(postgres, migrated):
    with migrated as server:
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


@pytest.fixture
def around(postgres, migrated):
    """Our server behind PgBouncer, with a replica, and somebody at the desk."""
    with folder_of_postgres() as folder:
        replica = Postgres(folder, source=postgres)
        replica.start()
        with pgbouncer(postgres) as address:
            named = {"DATABASE_URL": address, "LISTEN_URL": postgres.address, "REPLICA_URL": replica.address}
            before, migrated.environ = migrated.environ, migrated.environ | named
            with migrated as server:
                server.first, server.replica, server.desk = postgres, replica, Desk(server, "laporan")
                assert server.desk.sign_in() == 302
                yield server
            migrated.environ = before
        if replica.answers():
            replica.stop()


def report_has(around, reads):
    status, _headers, body = around.desk.ask(REPORT)
    assert status == 200
    return f">{reads}<" in body.decode().replace(".", "")


def test_behind_pgbouncer_workers_hear_of_changes_cursors_work_and_reports_come_from_the_replica(around):
    listening = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'newsroom-invalidations'"
    assert around.first.ask(listening) >= 1
    assert around.ask(SEED_PATH)[0] == 200
    around.change(headline="Judul yang baru")
    assert until(lambda: b"Judul yang baru" in around.ask(SEED_PATH)[2])
    around.manage("check_stories")  # reads all by a cursor
    check_reports(around)


def check_reports(around):
    """They are read from the replica, and from the database when it goes."""
    around.first.ask(COUNT % 987_001)
    assert until(lambda: report_has(around, 987_001))
    around.replica.ask("SELECT pg_wal_replay_pause()::text")
    around.first.ask(COUNT % 987_002)
    assert not report_has(around, 987_002), "The report was not read from the replica."
    assert state(around) == "ok"
    assert state(around, "replica.MOST_BEHIND = -1") == "behind"
    around.replica.stop()
    assert report_has(around, 987_002)
    assert state(around) == "away"
    assert {"REPLICA_URL", "LISTEN_URL"} <= found_by_doctor(around, LISTEN_URL="")


def found_by_doctor(around, **environ):
    """The names of what it finds, behind PgBouncer."""
    command = [sys.executable, "manage.py", "doctor", "--json"]
    told = subprocess.run(command, cwd=settings.ROOT, env=around.environ | environ, capture_output=True, text=True)
    return {json.loads(line)["name"] for line in told.stdout.splitlines()}


def state(around, before="pass"):
    """What another process of this set-up says of the replica."""
    code = f"import json; from articles.cache import replica; {before}; print(json.dumps(replica.state()))"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    told = subprocess.run(command, cwd=settings.ROOT, env=around.environ, check=True, capture_output=True, text=True)
    return json.loads(told.stdout)


def test_what_was_withdrawn_before_stays_withdrawn(postgres, migrated):
    """The last of these tests: the story stays withdrawn."""
    with migrated as server:
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
