"""Cached pages go stale without triggers: a migrate that fails puts them back, or else nothing is served."""

import io
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, models
from django.db.migrations import AlterField, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase

from articles import database
from articles.database import search_index, triggers
from articles.health import checks
from articles.management.commands import serve

from .test_generated import LINKED, migrate, names, run

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

DROPPED = {"sqlite": f"DROP TRIGGER {LINKED}", "postgresql": f"DROP TRIGGER {LINKED} ON articles_story"}


class FailedMigrateTest(TransactionTestCase):
    def setUp(self):
        self.addCleanup(migrate)
        self.recorder = MigrationRecorder(connection)
        graph = MigrationLoader(connection).graph
        plan = graph.forwards_plan(*graph.leaf_nodes("articles"))
        *_, self.one_but_last, self.last = [name for app, name in plan if app == "articles"]

    def unapplied(self, *migrations):
        for name in migrations:
            self.recorder.record_unapplied("articles", name)
            self.addCleanup(self.recorder.record_applied, "articles", name)

    def failed_migrate(self, applied=()):
        """`migrate` fails, after it applied these migrations. Returns its standard error."""

        def raises(*args, **kwargs):
            for name in applied:
                self.recorder.record_applied("articles", name)
            raise OperationalError("a migration")

        written = io.StringIO()
        with mock.patch.object(MigrationExecutor, "migrate", raises), pytest.raises(OperationalError):
            call_command("migrate", stdout=io.StringIO(), stderr=written)
        return written.getvalue()

    def drop_one(self):
        run(DROPPED[connection.vendor])

    def ready(self):
        checks.kept.forget()  # an answer is given again for two seconds
        return self.client.get("/readyz", headers={"host": "10.0.0.7"}).status_code

    def serve(self):
        collect, let_go = mock.patch.object(serve, "collect"), mock.patch.object(database, "let_go")
        with collect, let_go, mock.patch.object(serve, "Server") as server:
            call_command("serve")
        return server.return_value.serve.called

    def test_a_migrate_that_fails_puts_the_triggers_back_as_they_were(self):
        before = names()
        self.unapplied(self.last)
        self.assertEqual(self.failed_migrate(), "")
        self.assertEqual((names(), database.differing()), (before, set()))

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL refuses such a change")
    def test_and_the_column_of_the_search_index_that_was_in_the_way(self):
        def expression():
            with connection.cursor() as cursor:
                cursor.execute(search_index.EXPRESSION, ["articles_story"])
                return cursor.fetchone()

        before, longer = expression(), Migration("longer_headlines", "articles")
        longer.operations = [AlterField("story", "headline", models.CharField(max_length=300))]
        triggers.remove(plan=[(longer, False)])
        self.assertIsNone(expression())
        self.assertTrue(database.put_back())
        self.assertEqual(expression(), before)

    def test_after_a_migrate_that_fails_half_way_nothing_is_served(self):
        self.unapplied(self.one_but_last, self.last)
        self.assertIn("migrate", self.failed_migrate(applied=[self.one_but_last]))
        self.assertIn(LINKED, database.differing())
        self.assertEqual(self.ready(), 503)
        with pytest.raises(CommandError, match="migrate"):
            self.serve()
        with pytest.raises(ImproperlyConfigured, match="migrate"):
            database.refuse_stale()

    def test_serve_makes_the_triggers_that_a_killed_migrate_left_out(self):
        self.drop_one()
        self.assertTrue(self.serve())
        self.assertEqual(database.differing(), set())

    def test_a_missing_trigger_makes_a_worker_not_ready(self):
        self.assertEqual(self.ready(), 200)
        self.drop_one()
        self.assertEqual(self.ready(), 503)

    def test_a_release_that_knows_fewer_migrations_is_ready_while_the_triggers_are_as_the_later_one_left_them(self):
        known, before = triggers._known() - {self.last}, mock.Mock(return_value={"articles_other"})
        with (
            mock.patch.object(triggers, "_known", return_value=known),
            mock.patch.object(triggers, "differing", before),
        ):
            self.assertEqual(self.ready(), 200)
            self.drop_one()
            self.assertEqual(self.ready(), 503)

    def test_a_worker_starts_though_the_database_is_away(self):
        with mock.patch.object(database.triggers, "differing", side_effect=OperationalError):
            database.refuse_stale()

    def test_flush_leaves_the_triggers_as_this_release_wants_them(self):
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        self.assertEqual(database.differing(), set())
