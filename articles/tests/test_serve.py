"""The server as it is started by whoever runs it: two workers, a private port."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from .newsroom import SEED_PATH

pytestmark = pytest.mark.service
HOST = "gorontalo.localhost"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    environ = os.environ | {"VAR": str(tmp_path_factory.mktemp("var"))}
    environ.pop("DATABASE_URL", None)
    manage = [sys.executable, "manage.py"]
    for words in (["migrate", "-v0"], ["loaddata", "newsroom", "-v0"]):
        subprocess.run([*manage, *words], cwd=settings.ROOT, env=environ, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([*manage, "serve", "--port", str(port)], cwd=settings.ROOT, env=environ) as process:
        process.port, process.environ = port, environ
        assert until(lambda: ask(process, "/")[0] == 200), "The server did not start."
        yield process
        process.kill()


def ask(server, path):
    """(status, how the page came, body); status 0 where nobody answers."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        link.request("GET", path, headers={"Host": HOST})
        answer = link.getresponse()
        return answer.status, answer.getheader("X-Page"), answer.read().decode()
    except OSError:
        return 0, "", ""
    finally:
        link.close()


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_every_worker_shows_a_change_from_another_process_at_once(server):
    for _ in range(8):
        ask(server, SEED_PATH)
    change = "from articles.models import Story; Story.objects.filter(headline__startswith='Update Perang').update("
    command = [sys.executable, "manage.py", "shell", "-c", f"{change}headline='Judul dari proses lain')"]
    subprocess.run(command, cwd=settings.ROOT, env=server.environ, check=True, stdout=subprocess.DEVNULL)
    answers = [ask(server, SEED_PATH) for _ in range(16)]
    assert all("Judul dari proses lain" in body for _status, _how, body in answers)
    assert {how for _status, how, _body in answers} == {"miss", "hit"}


def test_a_worker_that_is_killed_is_started_again(server):
    def workers():
        told = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(server.pid)], capture_output=True, text=True)
        return {int(line.split()[0]) for line in told.stdout.splitlines() if "resource_tracker" not in line}

    before = workers()
    os.kill(min(before), signal.SIGKILL)
    assert until(lambda: len(workers() - before) > 0), "No worker came for the one that was killed."
    assert until(lambda: [ask(server, "/")[0] for _ in range(8)] == [200] * 8)


def test_a_reader_that_hangs_holds_nobody_up(server):
    hanging = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    for link in hanging:
        link.send(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n".encode())  # and no more
    try:
        assert [ask(server, "/")[0] for _ in range(8)] == [200] * 8
    finally:
        for link in hanging:
            link.close()


def test_it_stops_when_it_is_told_to(server):
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
