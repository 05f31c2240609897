"""A newsroom as operators run it, that can be broken: its server's processes, folder and environment."""

import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import NamedTuple

from articles.tests.real_servers import Postgres, free_port, until

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HOST = "gorontalo.localhost"
MADE_OF = ("articles/migrations", "articles/database", "articles/models", "fixtures")
MEMORY = "/dev/shm"  # noqa: S108 - a folder of our own is made there
PEOPLE = ROOT / "benchmarks" / "broken" / "hired.py"


def end_well():
    """Whoever tells this process to end has its servers ended, too."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))


class Answer(NamedTuple):
    """`status` is 0 where nobody answers."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode(errors="replace")


NOBODY = Answer(0, {}, b"")


class Newsroom:
    """`manage.py serve` with its data in `folder`. `before`: words before each command, `root`: the code."""

    def __init__(self, folder, address="127.0.0.1", before=(), root=ROOT, words=(), **environ):
        self.folder, self.address, self.before, self.root = pathlib.Path(folder), address, [*before], root
        self.environ = {**os.environ, "VAR": str(folder), "BEHIND_PROXY": "1", **environ}
        self.words = ["--host", address, *words]
        self.port = self.front = free_port() if address == "127.0.0.1" else 8000
        self.log, self.process, self.secure = self.folder / "serve.log", None, None

    def manage(self, *words, check=True, sent=None):
        command = [*self.before, sys.executable, "manage.py", *words]
        told = subprocess.run(
            command, cwd=self.root, env=self.environ, input=sent, capture_output=True, text=True, check=False
        )
        if check and told.returncode:
            raise RuntimeError(f"{' '.join(words)[:80]}: {told.stderr[-2000:]}")
        return told.stdout

    def start(self):
        """In a session of its own, so that all of its processes can be ended together, as systemd does."""
        command = [*self.before, sys.executable, "manage.py", "serve", "--port", str(self.port), *self.words]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=self.root, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        if not until(lambda: self.ask("/", port=self.port).status == 200, 120):
            raise RuntimeError(f"The server did not start: {self.log.read_text()[-3000:]}")
        return self

    def stop(self):
        if self.process:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(40)
            self.end_all()

    def end_all(self):
        """What is left of the session, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def is_alive(self):
        """Whether any process of the session lives."""
        listed = ["ps", "-o", "stat=", "-s", str(self.process.pid)]
        told = subprocess.run(listed, capture_output=True, text=True).stdout
        return any(not state.startswith("Z") for state in told.split())

    def children(self, having=""):
        """The processes that `serve` started; those whose command has these words."""
        listed = ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        told = subprocess.run(listed, capture_output=True, text=True).stdout
        return [int(line.split()[0]) for line in told.splitlines() if having in line and "tracker" not in line]

    def workers(self):
        return sorted(set(self.children()) - set(self.children(having="manage.py worker")))

    def memory(self):
        """Bytes that the workers hold in memory of their own."""
        status = [pathlib.Path(f"/proc/{pid}/status") for pid in self.workers()]
        rows = [line for file in status if file.exists() for line in file.read_text().splitlines()]
        return sum(int(line.split()[1]) for line in rows if line.startswith("RssAnon:")) * 1000

    def ask(self, path, method="GET", sent=None, port=None, timeout=5, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link = self._link(port or self.front, timeout)
        try:
            link.request(method, path, sent, headers={"Host": HOST, **named})
            answer = link.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException):
            return NOBODY
        finally:
            link.close()

    def _link(self, port, timeout):
        if self.secure and port == self.front:
            link = http.client.HTTPSConnection(HOST, port, timeout=timeout, context=self.secure)
            link._create_connection = _to_loopback  # the name stays in the check of the certificate
            return link
        return http.client.HTTPConnection(self.address, port, timeout=timeout)

    def hire(self, count, prefix="meja"):
        """So many editors, each with a story of their own: [{name, story, path, uid, cookie}]."""
        told = self.manage("shell", "--no-imports", "-c", f"PREFIX, COUNT = {prefix!r}, {count}\n{PEOPLE.read_text()}")
        return json.loads(told.splitlines()[-1])

    def rows(self, expression):
        """What an expression of Python gives in the newsroom's shell, by JSON."""
        words = f"import json; from articles.models import *; print(json.dumps({expression}, default=str))"
        return json.loads(self.manage("shell", "-c", words).splitlines()[-1])


def _to_loopback(address, *args, **kwargs):
    import socket

    return socket.create_connection(("127.0.0.1", address[1]), *args, **kwargs)


def digest():
    """Of all that the newsroom of the fixtures is made of."""
    files = sorted(file for part in MADE_OF for file in (ROOT / part).rglob("*") if file.suffix in (".py", ".json"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@contextlib.contextmanager
def copied(kind):
    """A folder in memory with the newsroom of the fixtures, and its Postgres, stopped, or None. Made once, kept."""
    made = ROOT / "var" / "broken" / f"{kind}-{digest()}"
    if not (made / "is-made").exists():
        shutil.rmtree(made, ignore_errors=True)
        _make(kind, made)
    with temporary() as folder:
        pathlib.Path(folder).chmod(0o755)
        subprocess.run(["cp", "-a", f"{made}/.", folder], check=True)
        yield pathlib.Path(folder) / "var", pathlib.Path(folder) / "postgres"


def temporary():
    return tempfile.TemporaryDirectory(prefix="newsroom-", **({"dir": MEMORY} if os.path.isdir(MEMORY) else {}))


def _make(kind, made):
    print(f"A newsroom on {kind} is made, once …", file=sys.stderr)
    with temporary() as folder:
        place = pathlib.Path(folder)
        place.chmod(0o755)
        (place / "var").mkdir()
        (place / "postgres").mkdir()
        environ, server = {}, None
        if kind == "postgresql":
            server = Postgres(place / "postgres")
            server.start()
            environ["DATABASE_URL"] = server.address
        newsroom = Newsroom(place / "var", **environ)
        for words in (["migrate", "-v0"], ["loaddata", "newsroom", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            newsroom.manage(*words)
        if server:
            server.run("pg_ctl", "-m", "fast", "stop")
        made.mkdir(parents=True)
        subprocess.run(["cp", "-a", f"{folder}/.", made], check=True)
        (made / "is-made").touch()
