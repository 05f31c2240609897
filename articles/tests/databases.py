"""Databases beside that of the tests."""

import pathlib
import sqlite3
import tempfile
from contextlib import closing, contextmanager

from django.db import connection


@contextmanager
def database_in_a_file():
    """SQLite in memory locks as no newsroom's does: the empty test database, in a file while this lasts."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "races.sqlite3")
        with closing(sqlite3.connect(path)) as in_file:
            in_memory.backup(in_file)
        connection.connection, connection.settings_dict["NAME"] = None, path
        try:
            yield
        finally:
            connection.close()
            connection.connection, connection.settings_dict["NAME"] = in_memory, name
