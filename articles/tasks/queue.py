"""What waits for a worker, and what was given up: asked by the desk, by /readyz, by the metrics and by `doctor`."""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import QueuedTask
from articles.models.housekeeping.queued_task import TaskStatus

AWAY_AFTER = datetime.timedelta(minutes=5)  # a worker looks every two seconds, so one that lives is never so late
KEPT_FOR = datetime.timedelta(days=7)


class Queue(NamedTuple):
    """`age`: how long the task that could have been run first has waited; zero if none waits."""

    waiting: int
    age: datetime.timedelta

    @property
    def minutes(self):
        return int(self.age.total_seconds() // 60)

    @property
    def is_worker_away(self):
        return self.age > AWAY_AFTER


def look(now):
    """The Queue. One that failed and waits for its next turn is not in it, nor one that is being run."""
    found = waiting(now).aggregate(count=Count("pk"), since=Min(Coalesce(F("locked_until"), F("run_after"))))
    return Queue(found["count"], now - found["since"] if found["count"] else datetime.timedelta(0))


def waiting(now):
    free = Q(locked_until=None) | Q(locked_until__lte=now)
    return QueuedTask.objects.filter(free, ended_at=None, run_after__lte=now)


def given_up(now=None):
    """The tasks that failed for good within the last days."""
    return QueuedTask.objects.filter(ended_at__gt=(now or timezone.now()) - KEPT_FOR, status=TaskStatus.FAILED)


@transaction.atomic
def retry(rows, now):
    """Let tasks that were given up be tried again from the beginning, by the next worker. Returns how many."""
    fresh = {"status": TaskStatus.READY, "ended_at": None, "attempts": 0, "run_after": now, "locked_until": None}
    return rows.filter(status=TaskStatus.FAILED).update(**fresh)


def tidy():
    """Delete the tasks that ended some days ago."""
    QueuedTask.objects.filter(ended_at__lte=timezone.now() - KEPT_FOR).delete()
