"""Runs the tasks that wait. Any number of workers may run, beside each other and on several machines.

A worker takes a task by a lock that ends by itself, so a task whose worker died is run again: at least once, and
rarely twice. One that fails waits longer each time, and is given up after MOST_ATTEMPTS.
"""

import datetime
import logging
import secrets

from django.db import DatabaseError, connection, transaction
from django.tasks import Task
from django.utils import timezone
from django.utils.module_loading import import_string

from articles import metrics
from articles.models import QueuedTask
from articles.models.housekeeping.queued_task import TaskStatus

from . import queue

LOCKED_FOR = datetime.timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(minutes=1), datetime.timedelta(hours=4)
MOST_ATTEMPTS = 10  # over some ten hours
UNREACHABLE = DatabaseError

log = logging.getLogger(__name__)


class Worker:
    def __init__(self):
        self.name = secrets.token_hex(8)

    def run_all(self):
        """Run what waits now. Returns how many tasks were run."""
        count = 0
        while self.run_one():
            count += 1
        return count

    def run_one(self):
        """Run the task that waits longest; False if none waits."""
        row = self._taken(timezone.now())
        if row is None:
            return False
        try:
            self._call(row)
        except Exception as error:  # whatever it is: the task waits for its next turn, and the worker goes on
            self._failed(row, error)
        else:
            self._end(row, status=TaskStatus.SUCCESSFUL, ended_at=timezone.now(), error="")
            metrics.tasks.labels("done").inc()
        return True

    def _taken(self, now):
        waiting = queue.waiting(now).order_by("run_after", "pk")
        if not waiting.exists():  # an idle worker takes no lock
            return None
        with transaction.atomic():
            skips = connection.features.has_select_for_update_skip_locked
            row = waiting.select_for_update(skip_locked=skips).first()
            if row is None:
                return None
            row.worker, row.status, row.attempts = self.name, TaskStatus.RUNNING, row.attempts + 1
            row.locked_until, row.started_at = now + LOCKED_FOR, now
            row.save(update_fields=["worker", "status", "attempts", "locked_until", "started_at"])
        return row

    def _call(self, row):
        task = import_string(row.name)
        if not isinstance(task, Task):
            raise TypeError(row.name)
        args, kwargs = row.args
        task.call(*args, **kwargs)

    def _failed(self, row, error):
        now, kind = timezone.now(), f"{type(error).__module__}.{type(error).__qualname__}"
        if row.attempts >= MOST_ATTEMPTS:
            metrics.tasks.labels("given_up").inc()
            log.error("Task %s %s is given up after %d attempts: %s", row.name, row.uid, row.attempts, kind)
            self._end(row, status=TaskStatus.FAILED, ended_at=now, error=kind)
            return
        metrics.tasks.labels("failed").inc()
        wait = min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
        log.warning("Task %s %s failed and is tried again in %s: %s", row.name, row.uid, wait, kind)
        self._end(row, status=TaskStatus.READY, run_after=now + wait, error=kind)

    def _end(self, row, **changes):
        """Nothing is written if another worker has taken the task over meanwhile."""
        QueuedTask.objects.filter(pk=row.pk, worker=self.name, ended_at=None).update(locked_until=None, **changes)
