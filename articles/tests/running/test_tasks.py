"""Tasks wait in the database: none is lost, one that fails is tried again, and none is tried for ever."""

import datetime
from unittest import mock

from django.db import transaction
from django.tasks import TaskResultStatus, task
from django.test import TestCase
from django.utils import timezone

from articles.models import QueuedTask
from articles.tasks import queue, worker
from articles.tasks.backend import enqueue_once
from articles.tasks.worker import Worker

done = []


@task
def note(word):
    done.append(word)


@task
def fail():
    raise OSError("The password is 123.")


class TasksTest(TestCase):
    def setUp(self):
        done.clear()

    def later(self, **by):
        now = timezone.now() + datetime.timedelta(**by)
        return mock.patch("django.utils.timezone.now", return_value=now)

    def test_it_waits_until_a_worker_runs_and_is_run_once(self):
        result = note.enqueue("satu")
        self.assertEqual((done, result.status), ([], TaskResultStatus.READY))
        self.assertEqual(Worker().run_all(), 1)
        self.assertEqual(Worker().run_all(), 0)
        self.assertEqual(done, ["satu"])
        self.assertEqual(note.get_result(result.id).status, TaskResultStatus.SUCCESSFUL)

    def test_it_is_not_kept_where_the_act_fails(self):
        with self.assertRaises(RuntimeError), transaction.atomic():
            note.enqueue("satu")
            raise RuntimeError
        self.assertEqual(Worker().run_all(), 0)

    def test_one_that_is_for_later_waits_until_then(self):
        note.using(run_after=timezone.now() + datetime.timedelta(hours=1)).enqueue("nanti")
        self.assertEqual(Worker().run_all(), 0)
        with self.later(hours=2):
            self.assertEqual(Worker().run_all(), 1)

    def test_one_whose_worker_died_is_run_by_another_once_its_lock_has_ended(self):
        note.enqueue("satu")
        self.assertIsNotNone(Worker()._taken(timezone.now()))
        self.assertEqual(Worker().run_all(), 0)
        with self.later(minutes=6):
            self.assertEqual(Worker().run_all(), 1)
        self.assertEqual(done, ["satu"])

    def test_one_that_fails_waits_longer_each_time_and_is_given_up(self):
        fail.enqueue()
        waits = []
        for attempt in range(1, worker.MOST_ATTEMPTS + 1):
            QueuedTask.objects.update(run_after=timezone.now())
            with self.assertLogs("articles.tasks") as told:
                self.assertEqual(Worker().run_all(), 1)
            row = QueuedTask.objects.get()
            self.assertNotIn("password", told.output[0] + row.error)
            self.assertEqual(row.attempts, attempt)
            waits.append(row.run_after - timezone.now())
        self.assertEqual(waits[:-1], sorted(waits[:-1]))
        self.assertEqual((row.status, queue.given_up().count()), ("FAILED", 1))
        self.assertEqual(Worker().run_all(), 0)

    def test_one_that_was_given_up_is_tried_again_from_the_beginning(self):
        now = timezone.now()
        note.enqueue("satu")
        QueuedTask.objects.update(status="FAILED", ended_at=now, attempts=worker.MOST_ATTEMPTS, error="OSError")
        self.assertEqual(Worker().run_all(), 0)
        self.assertEqual((queue.retry(queue.given_up(), now), queue.retry(queue.given_up(), now)), (1, 0))
        self.assertEqual(Worker().run_all(), 1)
        self.assertEqual((done, QueuedTask.objects.get().attempts), (["satu"], 1))

    def test_a_worker_is_away_if_a_task_waits_for_minutes_and_not_if_it_waits_for_its_turn(self):
        self.assertFalse(queue.look(timezone.now()).is_worker_away)
        note.enqueue("satu")
        fail.using(run_after=timezone.now() + datetime.timedelta(hours=2)).enqueue()
        for minutes, is_away in ((1, False), (6, True), (60, True)):
            now = timezone.now() + datetime.timedelta(minutes=minutes)
            found = queue.look(now)
            self.assertEqual((found.waiting, found.is_worker_away), (1, is_away), minutes)

    def test_a_task_that_is_being_run_does_not_wait_until_its_lock_has_ended(self):
        note.enqueue("satu")
        Worker()._taken(timezone.now())
        for minutes, waiting, is_away in ((4, 0, False), (6, 1, False), (11, 1, True)):
            found = queue.look(timezone.now() + datetime.timedelta(minutes=minutes))
            self.assertEqual((found.waiting, found.is_worker_away), (waiting, is_away), minutes)

    def test_a_key_is_kept_once(self):
        self.assertEqual([enqueue_once("pagi", note, "a"), enqueue_once("pagi", note, "b")], [True, False])
        Worker().run_all()
        self.assertEqual(done, ["a"])

    def test_only_a_task_is_run_whatever_a_row_names(self):
        now = timezone.now()
        QueuedTask.objects.create(name="os.getcwd", args=[[], {}], enqueued_at=now, run_after=now)
        with self.assertLogs("articles.tasks"):
            Worker().run_all()
        self.assertEqual(QueuedTask.objects.get().status, "READY")

    def test_what_ended_days_ago_is_taken_out(self):
        note.enqueue("satu")
        Worker().run_all()
        queue.tidy()
        self.assertEqual(QueuedTask.objects.count(), 1)
        with self.later(days=8):
            queue.tidy()
        self.assertEqual(QueuedTask.objects.count(), 0)
