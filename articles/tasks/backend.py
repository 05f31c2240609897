"""The backend of `django.tasks`: one row a task (models/housekeeping/queued_task.py).

There is no broker. A task that is enqueued within a transaction is stored with it or not at all; while no worker runs,
rows wait.
"""

from django.db import IntegrityError, transaction
from django.tasks import TaskResult, TaskResultStatus
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import TaskError
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone
from django.utils.json import normalize_json
from django.utils.module_loading import import_string

from articles.models import QueuedTask


class DatabaseBackend(BaseTaskBackend):
    supports_defer = True
    supports_get_result = True

    def enqueue(self, task, args, kwargs):
        self.validate_task(task)
        return self._result(task, _stored(task, args, kwargs))

    def get_result(self, result_id):
        row = QueuedTask.objects.filter(uid=result_id).first()
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(import_string(row.name), row)

    def _result(self, task, row):
        error = [TaskError(exception_class_path=row.error, traceback="")] if row.error else []
        args, kwargs = row.args
        return TaskResult(
            task=task,
            id=str(row.uid),
            status=TaskResultStatus(row.status),
            enqueued_at=row.enqueued_at,
            started_at=row.started_at,
            finished_at=row.ended_at,
            last_attempted_at=row.started_at,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=error,
            worker_ids=[row.worker] * row.attempts,
        )


def enqueue_once(key, task, *args):
    """Keep a task unless one with this key is kept already. Returns whether it is new."""
    try:
        with transaction.atomic():
            _stored(task, args, {}, key)
    except IntegrityError:
        return False
    return True


def _stored(task, args, kwargs, key=None):
    now = timezone.now()
    return QueuedTask.objects.create(
        name=task.module_path,
        args=normalize_json([list(args), kwargs]),
        key=key,
        enqueued_at=now,
        run_after=task.run_after or now,
    )
