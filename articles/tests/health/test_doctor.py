"""`manage.py doctor` says what is wrong with a set-up and what to do, in Indonesian, by its exit code, too."""

import datetime
import io
import json
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from articles.health import set_up
from articles.models import QueuedTask

from ..cases import DeliveryTestCase


class DoctorTest(DeliveryTestCase):
    def asked(self, *options):
        out, error = io.StringIO(), ""
        try:
            call_command("doctor", *options, stdout=out)
        except CommandError as told:
            error = str(told)
        return out.getvalue(), error

    def found(self):
        lines, _error = self.asked("--json")
        return {one["name"]: one for one in map(json.loads, lines.splitlines())}

    def faults(self):
        return {name for name, one in self.found().items() if one["is_fault"]}

    def test_on_a_laptop_nothing_is_wrong_and_what_is_off_is_told(self):
        self.assertEqual(self.faults(), set())
        self.assertEqual(set(self.found()), {"PRODUCTION", "MAIL_URL", "superuser"})
        text, error = self.asked()
        self.assertEqual(error, "")
        self.assertIn("Hanya berjalan untuk mesin ini", text)

    def test_what_waits_for_a_worker_that_is_away_is_told_with_what_to_do(self):
        at = timezone.now() - datetime.timedelta(minutes=10)
        QueuedTask.objects.create(name="x", args=[[], {}], enqueued_at=at, run_after=at)
        text, error = self.asked()
        self.assertIn("manage.py worker", text)
        self.assertIn("1", error)

    def test_pending_migrations_missing_triggers_and_a_full_disk(self):
        with mock.patch("articles.health.checks.database.lacks_migrations", return_value=True):
            self.assertEqual(self.faults(), {"migrations"})
        with mock.patch("articles.health.checks.database.are_stale", return_value=True):
            self.assertEqual(self.faults(), {"triggers"})
        with mock.patch("articles.health.set_up.shutil.disk_usage") as usage:
            usage.return_value.free = 5_000_000
            self.assertEqual(self.faults(), {"VAR"})

    def test_errors_that_show_the_program_and_media_that_everybody_gets(self):
        with override_settings(DEBUG=True):
            self.assertIn("DEBUG", self.faults())
        from django.conf import settings

        with override_settings(MEDIA_ROOT=settings.STATIC_ROOT / "media"):
            self.assertIn("MEDIA_ROOT", self.faults())

    def test_the_checks_of_a_deployment_are_part_of_it(self):
        with override_settings(PRODUCTION=True, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["*"]):
            faults = self.faults()
        self.assertLessEqual({"ALLOWED_HOSTS", "security.W012"}, faults)

    def test_the_host_of_an_edition_that_is_not_allowed(self):
        with override_settings(ALLOWED_HOSTS=["lain.example"]):
            self.assertIn(self.host, self.found()["ALLOWED_HOSTS"]["what"])

    def test_clocks_that_differ(self):
        ahead = timezone.now() + datetime.timedelta(minutes=3)
        with mock.patch("articles.health.set_up._clock_of_database", return_value=ahead):
            self.assertEqual(self.faults(), {"clock"})

    def test_a_mail_server_that_refuses(self):
        with override_settings(MAIL_IS_ON=True), mock.patch("articles.health.set_up._link") as link:
            link.return_value.open.side_effect = ConnectionRefusedError
            self.assertIn("ConnectionRefusedError", self.found()["MAIL_URL"]["what"])

    def test_a_bucket_that_everybody_reads(self):
        with (
            mock.patch("articles.health.set_up.default_storage") as storage,
            mock.patch("articles.health.set_up.urllib.request.urlopen") as opened,
        ):
            storage.address_without_keys.return_value = "https://bucket.example/originals/x.jpg"
            opened.return_value.__enter__.return_value.status = 200
            found = self.found()["MEDIA_STORAGE"]
            self.assertTrue(found["is_fault"])
            opened.side_effect = OSError
            self.assertNotIn("MEDIA_STORAGE", self.found())

    def test_without_an_answer_of_the_database_it_ends_soon_and_says_so(self):
        from django.db import DatabaseError

        with mock.patch.dict("articles.health.checks.HARD", database=mock.Mock(side_effect=DatabaseError)):
            self.assertIn("database", self.faults())

    def test_each_word_of_a_check_has_its_sentence(self):
        for name, word in {
            "database": "no-answer", "triggers": "stale", "migrations": "pending", "pages": "behind",
            "storage": "not-writable", "schedule": "late", "tasks": "away",
        }.items():  # fmt: skip
            self.assertTrue(all(set_up._words(name, word)), name)
