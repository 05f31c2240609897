"""What Prometheus reads at /metrics, with METRICS_TOKEN: `Authorization: Bearer …`.

Every host tells of the one database, so a rule takes the largest of what the database knows, and adds up what processes
counted.
"""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from articles import metrics
from articles.database.invalidation import Postgresql, Sqlite
from articles.models import Story, Touch
from articles.publishing import UNRELEASED, scheduled
from articles.tasks import queue

from . import checks, who

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
HEADERS = {"Cache-Control": "no-store"}
MOST = 1_000  # rows that are counted
_NUMBER = {"sqlite": Sqlite, "postgresql": Postgresql}[connection.vendor].number


def read(request):
    if not settings.METRICS_TOKEN:
        return HttpResponse(status=404, headers=HEADERS)
    if not who.has_token(request):
        return HttpResponse(status=401, headers={**HEADERS, "WWW-Authenticate": "Bearer"})
    metrics.outcomes.tell()
    text = generate_latest(metrics.everything()) + generate_latest(_of_database())
    return HttpResponse(text, content_type=CONTENT_TYPE, headers=HEADERS)


def _of_database():
    registry = CollectorRegistry(auto_describe=False)
    registry.register(FromDatabase())
    return registry


class FromDatabase:
    """Asked anew each time. While the database does not answer, only the checks are told."""

    def collect(self):
        found = checks.kept.look()
        ready = GaugeMetricFamily("newsroom_check", "1 if the check of /readyz is ok.", labels=["check"])
        for name, word in found.items():
            ready.add_metric([name], word == checks.OK)
        yield ready
        try:
            rows = list(_rows(timezone.now()))
        except DatabaseError:
            return
        yield from rows


def _rows(now):
    found = queue.look(now)
    yield GaugeMetricFamily("newsroom_tasks_waiting", "Tasks that could be run now.", found.waiting)
    yield GaugeMetricFamily("newsroom_task_age_seconds", "Age of the oldest of them.", found.age.total_seconds())
    yield GaugeMetricFamily("newsroom_tasks_given_up", "Tasks given up within a week.", queue.given_up(now).count())
    overdue = GaugeMetricFamily("newsroom_overdue", "What is due and not out.", labels=["what"])
    late = Story.objects.filter(state__in=UNRELEASED, publish_at__lte=now)
    overdue.add_metric(["change"], scheduled.due(now)[:MOST].count())
    overdue.add_metric(["story"], late[:MOST].count())
    yield overdue
    newest = Touch.objects.exclude(**{_NUMBER: None}).order_by(f"-{_NUMBER}").values_list(_NUMBER, flat=True).first()
    yield CounterMetricFamily("newsroom_invalidations", "Changed rows and lists that pages depend on.", newest or 0)
