import contextlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import pytest
from django.conf import settings


def manage(*arguments, **environment):
    """Run manage.py with a database and media of its own, and without what Playwright needs in this process."""
    inherited = {
        name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }  # Playwright's
    env = {**inherited, "DATABASE_URL": f"sqlite:///{environment['VAR']}/demo.sqlite3", **environment}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def var():
    with tempfile.TemporaryDirectory() as folder:
        yield folder


@pytest.mark.wide
def test_demo_makes_a_newsroom_and_prints_its_addresses_and_one_password(var):
    done = manage("demo", "--no-serve", "--port", "8123", VAR=var)
    assert done.returncode == 0, done.stderr
    for told in (
        "http://gorontalo.localhost:8123/",
        "http://localhost:8123/admin/",
        "reporter, editor, photo, chief, admin",
    ):
        assert told in done.stdout
    assert len(list(pathlib.Path(var, "media", "originals").iterdir())) >= 12


@pytest.mark.wide
def test_demo_goes_on_with_what_it_made(var):
    again = manage("demo", "--no-serve", VAR=var)
    assert again.returncode == 0, again.stderr
    assert "as you left them" in again.stdout
    assert "Agenda" not in again.stdout
    assert "passwords are as they were" in again.stdout


@pytest.mark.wide
def test_demo_takes_the_password_it_is_given(var):
    assert "password rahasia-sekali" in manage("demo", "--no-serve", VAR=var, DEMO_PASSWORD="rahasia-sekali").stdout


@pytest.mark.wide
def test_demo_makes_no_superuser_in_production():
    with tempfile.TemporaryDirectory() as var:
        strong = {"SECRET_KEY": "k" * 60 + "abcdefgh", "ALLOWED_HOSTS": "news.example"}
        refused = manage("demo", "--no-serve", VAR=var, PRODUCTION="1", DEMO_PASSWORD="rahasia-sekali", **strong)
        assert refused.returncode != 0
        assert "nothing under PRODUCTION" in refused.stderr
        assert "Database" not in refused.stdout


@pytest.mark.wide
def test_demo_leaves_a_database_alone_that_it_did_not_make():
    with tempfile.TemporaryDirectory() as var:
        with contextlib.closing(sqlite3.connect(f"{var}/demo.sqlite3")) as database:
            database.execute("CREATE TABLE anything (id integer)")
        refused = manage("demo", "--no-serve", VAR=var)
        assert refused.returncode != 0
        assert "stays untouched" in refused.stderr


@pytest.mark.wide
def test_production_does_not_start_without_secret_and_hosts():
    with tempfile.TemporaryDirectory() as var:
        refused = manage("check", VAR=var, PRODUCTION="1")
        assert "SECRET_KEY, ALLOWED_HOSTS" in refused.stderr
        for weak in ("x" * 49, "abcd" * 20, "only-for-localhost-" + "0" * 40):
            env = {"PRODUCTION": "1", "SECRET_KEY": weak, "ALLOWED_HOSTS": "news.example"}
            refused = manage("check", VAR=var, **env)
            assert refused.returncode != 0, weak
            assert "SECRET_KEY is too weak" in refused.stderr
            assert weak not in refused.stderr
        env = {"PRODUCTION": "1", "SECRET_KEY": "k" * 60 + "abcdefgh", "ALLOWED_HOSTS": "news.example"}
        started = manage("check", "--deploy", "--fail-level", "WARNING", VAR=var, **env)
        assert started.returncode == 0, started.stderr
