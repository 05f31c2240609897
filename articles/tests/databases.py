"""Databases beside that of the tests."""

import lzma
import os
import pathlib
import sqlite3
import tempfile
from contextlib import closing, contextmanager

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

RELEASES = pathlib.Path(__file__).parent / "releases"
RELEASED = sorted(path.stem for path in RELEASES.glob("*.json"))
OF_DJANGO = {"django_content_type", "auth_permission"}  # as the tables are, whatever the tests write


def copy_to(path):
    """The tests' SQLite as it stands, in a file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as in_file:
        connection.connection.backup(in_file)


def as_template():
    """The name of the tests' database on their PostgreSQL, which nobody is connected to now: others are made of it."""
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()
    return connection.settings_dict["NAME"]


@contextmanager
def database_in_a_file():
    """SQLite in memory locks as no newsroom's does: the empty test database, in a file while this lasts."""
    if connection.vendor != "sqlite":
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "races.sqlite3")
        copy_to(path)
        in_memory, name = connection.connection, connection.settings_dict["NAME"]
        connection.connection, connection.settings_dict["NAME"] = None, path
        try:
            yield
        finally:
            connection.close()
            connection.connection, connection.settings_dict["NAME"] = in_memory, name


@contextmanager
def another_database(name):
    """The default connection leads to a database of another name, by itself."""
    usual = connections["default"]
    options = {key: value for key, value in usual.settings_dict.get("OPTIONS", {}).items() if key != "pool"}
    connections["default"] = type(usual)({**usual.settings_dict, "NAME": name, "OPTIONS": options}, "default")
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual
        ContentType.objects.clear_cache()


@contextmanager
def database_on_server(name):
    """An empty database on the tests' PostgreSQL, while this lasts; the default connection leads to it."""
    name = f"{name}_{os.getpid()}"
    with another_database("postgres"), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        with another_database(name):
            yield
    finally:
        with another_database("postgres"), connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def as_released(name, folder):
    """The database of a release, as it was."""
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        path.write_bytes(lzma.decompress((RELEASES / f"{name}.sqlite3.xz").read_bytes()))
        with another_database(str(path)):
            yield
        return
    with database_on_server("release"):
        with connection.cursor() as cursor:
            cursor.execute(lzma.decompress((RELEASES / f"{name}.postgresql.sql.xz").read_bytes()).decode())
        connection.close()  # with what the file set for its session
        yield


def empty():
    """Takes the rows out of PostgreSQL in a fraction of the time of Django's `flush`.

    That one truncates sixty tables, of which a test fills ten, and makes permissions and triggers again.
    """
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if model._meta.managed} - OF_DJANGO
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in sorted(tables)))
        filled = [one for (one,) in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger answers and no reference holds
        for one in filled:
            cursor.execute(f"DELETE FROM {one}")
