"""Counts of several workers are one sum, and outlive a worker that dies; the log of a real server holds no queries."""

import os
import re
import signal
import subprocess

import pytest

from ..servers import Server, until
from .healthy import BEARER, TOKEN

pytestmark = [pytest.mark.service, pytest.mark.django_db]


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        made = Server(tmp_path_factory.mktemp("metrics") / "var", METRICS_TOKEN=TOKEN, LOG_FORMAT="json")
    with made:
        yield made


def counted(server):
    status, _headers, body = server.ask("/metrics", **BEARER)
    if status != 200:  # its worker has just died
        return -1
    told = re.findall(r'(?m)^newsroom_pages_total\{outcome="\w+"\} ([\d.]+)', body.decode())
    return sum(map(float, told))


def test_both_workers_are_counted_and_what_a_dead_one_counted_stays(server):
    assert until(lambda: counted(server) > 0), "The page that told that it serves was not counted."
    begun = counted(server)
    for _ in range(200):
        assert server.ask("/")[0] == 200
    assert until(lambda: counted(server) == begun + 200, 10), (begun, counted(server))
    listed = ["ps", "-o", "pid=", "--ppid", str(server.process.pid)]
    one = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()[0]
    os.kill(int(one), signal.SIGKILL)
    assert until(lambda: counted(server) >= begun + 200, 30)


def test_a_server_that_starts_again_begins_anew_and_leaves_no_file_of_the_dead(server):
    for _ in range(20):
        server.ask("/")
    server.kill()
    folder = server.environ["VAR"] + "/metrics"
    dead = set(os.listdir(folder))
    server.start()
    assert counted(server) < 20
    assert not dead & set(os.listdir(folder)), "files of the dead"
