"""The server as it is started by whoever runs it: two workers, a private port."""

import functools
import os
import signal
import socket
import subprocess
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from ..newsroom import SEED_PATH
from ..servers import HOST, Server, until

pytestmark = [pytest.mark.service, pytest.mark.both_databases, pytest.mark.django_db]


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), Server(tmp_path_factory.mktemp("var")) as server:
        yield server


only_on_a_server = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no counter and no server")


def test_every_worker_shows_a_change_from_another_process(server):
    for _ in range(8):
        server.ask(SEED_PATH)
    server.change(headline="Judul dari proses lain")
    answers = [server.ask(SEED_PATH) for _ in range(16)]
    assert all(b"Judul dari proses lain" in body for _status, _headers, body in answers)
    assert {headers["X-Page"] for _status, headers, _body in answers} == {"miss", "hit"}


def test_many_readers_of_pages_that_are_not_held_are_all_answered(server):
    """Workers that shared the connections of the process that started them left readers waiting for ever."""
    server.change(headline="Sekali lagi")
    pages = [
        SEED_PATH,
        "/",
        "/latest/",
        "/feed/",
        "/masthead/",
        "/section/internasional/",
        "/popular/",
        "/corrections/",
    ]
    with ThreadPoolExecutor(16) as readers:
        assert {status for status, *_ in readers.map(server.ask, pages * 8)} == {200}


def workers(server):
    listed = ["ps", "-o", "pid=,args=", "--ppid", str(server.process.pid)]
    told = subprocess.run(listed, capture_output=True, text=True)
    return {int(line.split()[0]) for line in told.stdout.splitlines() if "resource_tracker" not in line}


def test_a_worker_that_is_killed_is_started_again(server):
    before = workers(server)
    os.kill(min(before), signal.SIGKILL)
    assert until(lambda: len(workers(server) - before) > 0), "No worker came for the one that was killed."
    assert until(lambda: [server.ask("/")[0] for _ in range(8)] == [200] * 8)


def another(server, known):
    return workers(server) - known


def test_deaths_that_follow_each_other_cost_no_more_than_those_who_died(server):
    """granian's own guard ends the whole server at the second within 5.5 seconds."""
    lives, *killed = sorted(workers(server))
    os.kill(killed[0], signal.SIGKILL)
    for _ in range(9):
        assert until(functools.partial(another, server, {lives, *killed})), "None came for the one that was killed."
        killed += another(server, {lives, *killed})
        os.kill(killed[-1], signal.SIGKILL)
        assert server.process.poll() is None, "The server ended."
    assert until(lambda: [server.ask("/")[0] for _ in range(8)] == [200] * 8)
    assert lives in workers(server), "Another worker was stopped, too."


def test_all_workers_killed_at_once_all_come_back(server):
    before = workers(server)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    assert until(lambda: len(workers(server) - before) == 2)
    assert until(lambda: [server.ask("/")[0] for _ in range(8)] == [200] * 8)


def test_a_worker_that_is_killed_while_it_prints_leaves_nothing_behind(server):
    with ThreadPoolExecutor(8) as readers:
        asked = readers.map(server.ask, [f"/archive/2023/10/{day:02}/" for day in range(1, 29)] * 4)
        time.sleep(0.1)
        os.kill(min(workers(server)), signal.SIGKILL)
        assert {status for status, *_ in asked} <= {0, 200}
    assert until(lambda: [server.ask("/archive/2023/10/19/")[0] for _ in range(8)] == [200] * 8)
    assert until(lambda: len(workers(server)) == 2), "No worker came for the one that was killed."
    time.sleep(1)  # a worker that is told to stop while it starts does not hear it, and is ended half a minute later


@only_on_a_server
def test_while_the_counter_is_locked_readers_are_answered_and_what_is_written_then_is_seen(server):
    with ThreadPoolExecutor(1) as desk, psycopg.connect(server.environ["DATABASE_URL"]) as other:
        other.execute("SELECT FROM articles_touch_counter FOR UPDATE")
        written = desk.submit(server.change, headline="Ditulis selagi terkunci")
        end = time.monotonic() + 10
        while time.monotonic() < end:
            assert server.ask(SEED_PATH)[0] == 200
            time.sleep(0.2)
        assert not written.done(), "It was committed although the counter was locked."
        other.rollback()
        written.result(10)
    assert b"Ditulis selagi terkunci" in server.ask(SEED_PATH)[2]


@only_on_a_server
def test_while_the_database_is_away_what_is_held_is_served_and_when_it_is_back_what_was_written(server):
    for _ in range(8):
        server.ask(SEED_PATH)
    name = urllib.parse.urlsplit(server.environ["DATABASE_URL"]).path[1:]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            assert until(lambda: server.ask(SEED_PATH)[1]["X-Page"] == "stale")
            assert server.ask("/readyz")[0] == 503
        finally:
            other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    server.change(headline="Ditulis sesudahnya")
    assert until(lambda: all(b"Ditulis sesudahnya" in server.ask(SEED_PATH)[2] for _ in range(8)))


@pytest.mark.parametrize(
    "sent",
    [f"GET / HTTP/1.1\r\nHost: {HOST}\r\n", f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n" * 200],
    ids=["in its request", "in the answers, which it does not read"],
)
def test_a_reader_that_hangs_holds_nobody_up(server, sent):
    hanging = [socket.socket() for _ in range(20)]
    for link in hanging:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        link.connect(("127.0.0.1", server.port))
        link.send(sent.encode())
    try:
        assert [server.ask("/")[0] for _ in range(8)] == [200] * 8
    finally:
        for link in hanging:
            link.close()


def test_it_stops_when_it_is_told_to(server):
    server.process.terminate()
    assert server.process.wait(20) == 0
