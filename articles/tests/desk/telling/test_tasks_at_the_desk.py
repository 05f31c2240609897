"""Whoever can mend it sees at the desk that no worker runs, or that a task was given up, and lets it be tried again."""

import datetime

from django.urls import reverse
from django.utils import timezone

from articles.models import QueuedTask
from articles.publishing.told import mail

from .tellings import TellingTest

PAGE, RETRY = reverse("admin:tasks"), reverse("admin:tasks_retry")


class TasksAtTheDeskTest(TellingTest):
    def task(self, **fields):
        now = timezone.now()
        fields = {"name": mail.send.module_path, "args": [[1], {}], "enqueued_at": now, "run_after": now, **fields}
        return QueuedTask.objects.create(**fields)

    def given_up(self):
        return self.task(status="FAILED", ended_at=timezone.now(), attempts=10, error="smtplib.SMTPAuthenticationError")

    def read(self, user, address="/admin/"):
        self.client.force_login(user)
        return self.client.get(address).text

    def test_chiefs_and_superusers_are_told_that_no_worker_runs_and_nobody_else(self):
        words = "tidak ada yang mengerjakannya"
        self.task(run_after=timezone.now() - datetime.timedelta(minutes=4))
        self.assertNotIn(words, self.read(self.chief))
        self.task(run_after=timezone.now() - datetime.timedelta(minutes=6))
        admin = self.somebody("admin")
        told = {user.username: words in self.read(user) for user in (admin, self.chief, self.editor, self.reporter)}
        self.assertEqual(told, {"admin": True, "citra": True, "edo": False, "rina": False})
        self.assertIn("2 tugas menunggu", self.read(self.chief, reverse("admin:told")))
        self.assertNotIn("tugas menunggu", self.read(self.reporter, reverse("admin:told")))

    def test_a_superuser_sees_what_was_given_up_and_lets_it_be_tried_again(self):
        row, other = self.given_up(), self.given_up()
        admin = self.somebody("admin")
        self.assertIn("dihentikan", self.read(admin))
        self.assertIn("SMTPAuthenticationError", self.read(admin, PAGE))
        self.client.post(RETRY, {"task": row.pk})
        self.assertEqual(set(QueuedTask.objects.values_list("pk", "status")), {(row.pk, "READY"), (other.pk, "FAILED")})
        self.client.post(RETRY)
        self.assertEqual(set(QueuedTask.objects.values_list("status", flat=True)), {"READY"})

    def test_nobody_else_sees_or_retries_it_and_an_address_alone_does_nothing(self):
        self.given_up()
        for user in (self.chief, self.editor, self.reporter):
            self.client.force_login(user)
            self.assertEqual([self.client.get(PAGE).status_code, self.client.post(RETRY).status_code], [403, 403])
        self.client.force_login(self.somebody("admin"))
        self.assertEqual(self.client.get(RETRY).status_code, 405)
        for nonsense in ("x", "9" * 30, "-1"):
            self.client.post(RETRY, {"task": nonsense})
        self.assertEqual(QueuedTask.objects.get().status, "FAILED")
