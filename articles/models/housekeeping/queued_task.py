from django.db import models
from django.db.models import Q

from ..fields import JsonField, LineField, choice_constraint, public_id


class TaskStatus(models.TextChoices):
    """The values are those of `django.tasks`."""

    READY = "READY"
    RUNNING = "RUNNING"
    FAILED = "FAILED"
    SUCCESSFUL = "SUCCESSFUL"


class QueuedTask(models.Model):
    """A task of `django.tasks` that waits for a worker, or what became of it (articles/tasks/).

    The row is written in the transaction of the act that asks for it, so it is lost neither with the act nor with a
    worker. `locked_until`: until then it belongs to the worker that runs it; later, another may take it.
    """

    uid = public_id()
    name = LineField(max_length=200)  # the dotted path of the task
    args = JsonField(default=list)  # [positional, {by name}]
    key = LineField(max_length=100, null=True, blank=True, unique=True)  # a second task with the same key is not kept
    status = LineField(max_length=20, choices=TaskStatus, default=TaskStatus.READY)
    enqueued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)  # its last attempt
    worker = LineField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = LineField(max_length=200, blank=True)  # the name of the last exception, without its words

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run_after", "id"], name="task_open", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["ended_at"], name="task_ended", condition=Q(ended_at__isnull=False)),
        ]
        constraints = [choice_constraint("status", TaskStatus, "task_status_known", "")]

    def __str__(self):
        return f"{self.name} · {self.status}"
