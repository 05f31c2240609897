"""`manage.py serve` beside the tests, and an editor and readers of it."""

import copy
import functools
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

import psycopg
from django.conf import settings
from django.db import connection

from articles.cache import freshness

from .databases import as_template, copy_to
from .newsroom import PASSWORD, SEED_PATH
from .real_servers import until

HOST = "gorontalo.localhost"
MAKE_TABLES = """
from django.apps import apps
from django.core.management import call_command
from django.test import override_settings
with override_settings(MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()}):
    call_command("migrate", run_syncdb=True, verbosity=0)
call_command("migrate", fake=True, verbosity=0)
"""


class Server:
    """`manage.py serve` with the demo's stories, on a private port; on the server of DATABASE_URL, in a database of
    its own, if that is set. `environ` is what a command needs to change something there.

    The tables are copied from the tests' database, which a test is marked with (`django_db`): to migrate takes ten
    times as long. On another server, a DATABASE_URL of `environ`, they are made of the models, as conftest.py does.
    """

    root = settings.ROOT  # of the code

    def __init__(self, var, **environ):
        self.environ = os.environ | {"VAR": str(var)} | environ
        if connection.vendor == "sqlite" and not {"DATABASE_URL", "MEDIA_STORAGE"} & set(environ):
            shutil.copytree(with_stories(), var, dirs_exist_ok=True)
        else:
            self.fill(environ)
        self.port = free_port()

    def fill(self, environ):
        if "DATABASE_URL" in environ:
            self.manage("shell", "-c", MAKE_TABLES)
        elif connection.vendor == "postgresql":
            self.environ["DATABASE_URL"] = database_of_its_own()
        else:
            copy_to(pathlib.Path(self.environ["VAR"]) / "newsroom.sqlite3")
        self.manage("loaddata", "newsroom", "-v0")

    def beside(self, root):
        """A server of the code in `root` on the same database, with another port."""
        other = copy.copy(self)
        other.root, other.port = root, free_port()
        return other

    def __enter__(self):
        return self.start()

    def start(self):
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=self.root, env=self.environ)
        over_https = {"X-Forwarded-Proto": "https"}  # in production it leads others there
        assert until(lambda: self.ask("/", **over_https)[0] == 200, 90), "The server did not start."
        return self

    def __exit__(self, *raised):
        self.process.terminate()
        self.process.wait(30)

    def kill(self):
        """Server and workers end at once and finish nothing, as without power; `start` starts them again."""
        listed = ["ps", "-o", "pid=", "--ppid", str(self.process.pid)]
        children = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
        for process in (self.process.pid, *map(int, children)):
            os.kill(process, signal.SIGKILL)
        self.process.wait(30)

    def manage(self, *words):
        manage(self.environ, *words, root=self.root)

    def change(self, **fields):
        """Another process writes to the seed story."""
        story = f"Story.objects.filter(slug={SEED_PATH.split('/')[-2]!r})"
        self.manage("shell", "-c", f"from articles.models import Story; {story}.update(**{fields!r})")
        time.sleep(0 if connection.vendor == "sqlite" else freshness.POLL)

    def ask(self, path, port=None, method="GET", sent=None, **headers):
        """(status, headers, body); status 0 where nobody answers."""
        link = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=5)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, sent, headers={"Host": HOST, **named})
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()
        except OSError:
            return 0, {}, b""
        finally:
            link.close()


def manage(environ, *words, root=settings.ROOT):
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=root, env=environ, check=True, stdout=subprocess.DEVNULL, timeout=120)


@functools.cache
def with_stories():
    """A folder with the demo's stories in the tables of the tests' SQLite: loaded once, and copied for each server."""
    folder = pathlib.Path(settings.VAR) / "served"
    folder.mkdir()
    copy_to(folder / "newsroom.sqlite3")
    manage(os.environ | {"VAR": str(folder)}, "loaddata", "newsroom", "-v0")
    return folder


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Desk:
    """Somebody at the desk of a Server, who may sign in."""

    def __init__(self, server, name="meja"):
        self.server, self.name, self.cookies = server, name, {}
        make = f"User.objects.create_superuser({name!r}, password={PASSWORD!r})"
        server.manage("shell", "-c", f"from django.contrib.auth.models import User; {make}")

    def ask(self, path, **fields):
        """(status, headers, body) of a page, or of a form with these fields."""
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields:
            fields["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
            told["Content-Type"] = "application/x-www-form-urlencoded"
        sent = urllib.parse.urlencode(fields) if fields else None
        status, headers, body = self.server.ask(path, method="POST" if fields else "GET", sent=sent, **told)
        for cookie in headers.get_all("Set-Cookie", []) if headers else []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return status, headers, body

    def sign_in(self):
        """The status of what the form answered: 302 for who is in."""
        self.ask("/admin/login/")
        return self.ask("/admin/login/", username=self.name, password=PASSWORD, next="/admin/")[0]


def database_of_its_own():
    """The address of a copy of the tests' database, on their server; what an earlier run left there is dropped."""
    name, tests = f"serve_{os.getpid()}", as_template()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {tests}")
    return urllib.parse.urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
