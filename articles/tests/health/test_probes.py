"""/healthz and /readyz: what they prove, to whom they tell what, and that they cost little."""

import datetime
import pathlib
import tempfile
from unittest import mock

from django.db import DatabaseError, connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.health import checks
from articles.models import QueuedTask

from .healthy import BEARER, STRANGER, HealthTest

WHOLE = dict.fromkeys(["database", "triggers", "migrations", "pages", "storage", "schedule", "tasks"], "ok")


class ProbesTest(HealthTest):
    def checked(self, status=200, address="/readyz"):
        answer = self.ask(address, BEARER)
        self.assertEqual(answer.status_code, status)
        return answer.json()

    def waits(self, **age):
        at = timezone.now() - datetime.timedelta(**age)
        QueuedTask.objects.create(name="x", args=[[], {}], enqueued_at=at, run_after=at)

    def test_all_is_well(self):
        self.assertEqual(self.checked(), {"status": "ready", "checks": WHOLE})
        self.assertEqual(self.ask("/healthz").status_code, 200)

    def test_without_database_triggers_or_migrations_it_gets_no_requests(self):
        for name, broken, word in (
            ("articles.health.checks.database.are_stale", True, "stale"),
            ("articles.health.checks.database.lacks_migrations", True, "pending"),
        ):
            with self.subTest(word), mock.patch(name, return_value=broken):
                self.assertIn(word, self.checked(503)["checks"].values())
        with mock.patch.dict(checks.HARD, database=mock.Mock(side_effect=DatabaseError)):
            told = self.checked(503)
        self.assertEqual(told["status"], "not ready")
        self.assertEqual({name for name, word in told["checks"].items() if word == "ok"}, {"storage"})

    def test_what_readers_do_not_need_is_told_and_takes_no_server_out(self):
        self.waits(minutes=10)
        told = self.checked()
        self.assertEqual((told["status"], told["checks"]), ("degraded", WHOLE | {"tasks": "away"}))
        self.assertEqual(self.checked(503, "/readyz?all")["status"], "degraded")

    def test_a_change_that_is_late_is_told(self):
        with mock.patch("articles.health.checks.scheduled.due") as due:
            due.return_value.exists.return_value = True
            self.assertEqual(self.checked()["checks"]["schedule"], "late")

    def test_a_folder_of_photos_that_takes_no_file_is_told(self):
        with tempfile.NamedTemporaryFile() as file, self.settings(MEDIA_ROOT=pathlib.Path(file.name)):
            self.assertEqual(self.checked()["checks"]["storage"], "not-writable")

    def test_a_storage_that_hangs_is_given_up_and_asked_by_one_thread_alone(self):
        import threading

        free = threading.Event()
        self.addCleanup(checks._storage.clear)
        with (
            mock.patch.object(checks, "_storage_now", side_effect=lambda: free.wait(5) and "ok") as tried,
            mock.patch.object(checks, "PATIENCE", 0.05),
        ):
            self.assertEqual([self.checked()["checks"]["storage"] for _ in range(3)], ["no-answer"] * 3)
            self.assertEqual(tried.call_count, 1)
            free.set()

    def test_a_worker_that_learns_of_no_change_is_told(self):
        with mock.patch("articles.health.checks.get_checker") as checker:
            checker.return_value.column, checker.return_value.number = "id", -1
            self.assertEqual(self.checked()["checks"]["pages"], "behind")

    def test_a_stranger_is_told_a_word_and_so_is_whoever_comes_by_a_proxy(self):
        self.waits(minutes=10)
        for headers, environ in (
            ({}, STRANGER), ({"Authorization": "Bearer salah"}, STRANGER), ({"Authorization": "Bearer "}, STRANGER),
            ({"Authorization": f"Basic {BEARER['Authorization'][7:]}"}, STRANGER), ({"X-Forwarded-For": "1.1.1.1"}, {}),
            ({"Via": "1.1 cdn"}, {}), ({}, {"REMOTE_ADDR": ""}),
        ):  # fmt: skip
            with self.subTest(headers=headers, environ=environ):
                self.assertEqual(self.ask(headers=headers, **environ).json(), {"status": "degraded"})
        self.assertIn("checks", self.ask(headers=BEARER, **STRANGER).json())
        self.assertIn("checks", self.ask(REMOTE_ADDR="127.0.0.1").json())
        with override_settings(METRICS_TOKEN=""):
            self.assertEqual(self.ask(headers={"Authorization": "Bearer "}, **STRANGER).json(), {"status": "degraded"})

    def test_it_is_kept_nowhere_and_its_questions_are_few(self):
        self.assertEqual(self.ask()["Cache-Control"], "no-store")
        with CaptureQueriesContext(connection) as asked:
            self.ask()
        self.assertLessEqual(len(asked), 12)

    def test_a_flood_of_probes_is_answered_from_memory(self):
        with mock.patch.object(checks, "KEPT", 60):
            checks.kept.forget()
            self.ask()
            with self.assertNumQueries(0):
                for _ in range(20):
                    self.ask(**STRANGER)
        checks.kept.forget()
