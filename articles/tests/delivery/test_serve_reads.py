"""Reads that are told to the server as it is started: a kill loses those of the last seconds, and no others."""

import contextlib
import sqlite3

import pytest
from django.db import connection

from articles.delivery.reads import EVERY

from ..newsroom import SEED_PATH
from ..servers import HOST, Server, until

pytestmark = [pytest.mark.service, pytest.mark.django_db]

PATIENCE = 3 * EVERY
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ONE = "SELECT id, uid FROM articles_story WHERE slug = ?"
READS = "SELECT coalesce(sum(reads), 0) FROM articles_readcount WHERE story_id = ?"


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), Server(tmp_path_factory.mktemp("var"), BEHIND_PROXY="1") as server:
        yield server


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into the file of the database")
def test_what_was_stored_outlives_a_kill(server):
    with contextlib.closing(sqlite3.connect(f"{server.environ['VAR']}/newsroom.sqlite3")) as database:
        key, uid = database.execute(ONE, [SEED_PATH.split("/")[-2]]).fetchone()

        def reads():
            return database.execute(READS, [key]).fetchone()[0]

        def tell(number):
            seen = {"Origin": f"http://{HOST}", "User-Agent": FIREFOX, "X-Forwarded-For": f"203.0.113.{number}"}
            return server.ask("/read/", method="POST", sent=uid, **seen)[0]

        before = reads()
        assert [tell(number) for number in range(20)] == [204] * 20
        assert until(lambda: reads() == before + 20, PATIENCE), reads() - before
        assert tell(20) == 204
        server.kill()
        assert reads() - before in (20, 21)
        server.start()
        assert tell(21) == 204
        assert until(lambda: reads() - before in (21, 22), PATIENCE), reads() - before
