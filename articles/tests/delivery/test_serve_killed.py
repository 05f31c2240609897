"""`serve` and its worker of tasks are killed: nobody goes on alone, and the worker comes back."""

import os
import signal
import subprocess

import pytest

from ..servers import Server, until

pytestmark = [pytest.mark.service, pytest.mark.django_db]
NOBODY = "smtp://127.0.0.1:9"  # a worker runs; nobody takes its mail


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        made = Server(tmp_path_factory.mktemp("var"), MAIL_URL=NOBODY, MAIL_FROM="redaksi@gorontalo.example")
    with made:
        yield made


def children(server):
    """{pid: command} of what `serve` started and lives."""
    listed = ["ps", "-o", "pid=,stat=,args=", "--ppid", str(server.process.pid)]
    rows = [
        line.split(maxsplit=2) for line in subprocess.run(listed, capture_output=True, text=True).stdout.splitlines()
    ]
    return {int(pid): command for pid, state, command in rows if state[0] != "Z"}


def of_tasks(server):
    return {pid for pid, command in children(server).items() if "manage.py worker" in command}


def lives(pid):
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(told) and told[0] != "Z"


def test_the_worker_of_tasks_comes_back_and_nobody_outlives_the_server(server):
    assert until(lambda: of_tasks(server))
    (killed,) = of_tasks(server)
    os.kill(killed, signal.SIGKILL)
    assert until(lambda: of_tasks(server) - {killed}), "No worker came for the one that was killed."
    before = children(server)
    server.process.kill()
    server.process.wait()
    assert until(lambda: not any(map(lives, before)), 40), "A process went on without `serve`."
    assert server.ask("/")[0] == 0
