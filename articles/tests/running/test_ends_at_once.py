"""A command ends when its work is done: it does not wait for what it holds open to the database."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has a pool")
def test_the_pool_is_closed_before_python_ends():
    """A pool that is still open then says that it waits, for seconds a thread. Whether it is met is chance: thrice."""
    environment = {**os.environ, "DATABASE_URL": _address()}
    command = [sys.executable, "manage.py", "shell", "-c", "from articles.models import Tag; Tag.objects.exists()"]
    for _time in range(3):
        done = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True)
        assert not done.stderr


def _address():
    """Of the tests' own database."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
