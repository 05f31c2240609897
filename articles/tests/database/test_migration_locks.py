"""No migration holds a table that readers need for longer than a second at 200,000 stories (docs/upgrades.md)."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, models
from django.db.migrations import AddConstraint, AddField, AlterField, Migration, RunPython
from django.db.migrations.loader import MigrationLoader
from django.test import TestCase

from ..migration_locks import all_faults, faults

# Before there was this rule; an upgrade over them is made with the server stopped.
LANDED = {
    "0003_desk", "0005_photo_rights", "0013_public_ids", "0015_letters_names_slugs", "0017_photo_file_size_and_looks",
    "0019_photo_field_lengths", "0042_running_stories",
}  # fmt: skip


def test_no_migration_holds_readers_up():
    found = {name: what for name, what in all_faults().items() if name not in LANDED}
    told = [f"{name}: {one}" for name, what in found.items() for one in what]
    assert not told, "\n".join(["docs/upgrades.md tells another way:", *told])


@pytest.fixture(scope="module")
def state():
    loader = MigrationLoader(None)
    return loader.project_state(loader.graph.leaf_nodes())


def check(name):
    return AddConstraint("story", models.CheckConstraint(condition=models.Q(headline=name), name=name))


LONGER, SHORTER = models.CharField(max_length=1000), models.CharField(max_length=5)
GENERATED = models.GeneratedField(expression=models.F("id"), output_field=models.IntegerField(), db_persist=True)


@pytest.mark.parametrize(
    ("operations", "is_fault"),
    [
        ([AddField("story", "new", models.CharField(max_length=5, default=""))], False),
        ([AddField("story", "new", models.CharField(max_length=5, null=True))], False),
        ([AlterField("story", "headline", LONGER)], False),
        ([AlterField("story", "headline", models.TextField())], False),
        ([AlterField("story", "headline", SHORTER)], True),
        ([AlterField("story", "headline", models.JSONField())], True),
        ([AlterField("owner", "name", SHORTER)], False),
        ([AddField("story", "new", GENERATED)], True),
        ([check("a")], False),
        ([check("a"), check("b")], True),
        ([RunPython(print)], False),
        ([AddField("story", "new", LONGER), RunPython(print)], True),
    ],
)
def test_what_is_a_fault(state, operations, is_fault):
    migration = Migration("9999_new", "articles")
    migration.operations = operations
    assert bool(list(faults(migration, state))) is is_fault


class Locked(Exception):
    """What psycopg raises when a lock was not given in time."""

    sqlstate = "55P03"


def lock_was_not_given():
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = Locked()
    return error


class WaitingTest(TestCase):
    """`migrate` does not queue for a lock, since all readers would queue behind it: it tries again."""

    def migrate(self, *outcomes):
        asked, patience = list(outcomes), []

        def handle(*args, **options):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SHOW lock_timeout")
                    patience.append(cursor.fetchone()[0])
            if (error := asked.pop(0)) is not None:
                raise error

        with (
            mock.patch("django.core.management.commands.migrate.Command.handle", handle),
            mock.patch("articles.management.commands.migrate.time.sleep") as sleep,
        ):
            call_command("migrate", verbosity=0, stderr=io.StringIO())
        self.assertEqual(asked, [])
        self.assertLessEqual(set(patience), {"1s"})
        return sleep.call_count

    def test_it_tries_again_when_a_lock_is_not_given(self):
        self.assertEqual(self.migrate(lock_was_not_given(), lock_was_not_given(), None), 2)

    def test_it_gives_up_in_the_end(self):
        with self.assertRaises(OperationalError):
            self.migrate(*(lock_was_not_given() for _ in range(30)))

    def test_any_other_error_is_one(self):
        with self.assertRaises(OperationalError):
            self.migrate(OperationalError("disk full"))
