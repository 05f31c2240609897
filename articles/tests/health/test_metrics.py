"""/metrics: who may read it, what it counts, and that its labels name no story, no words and no person."""

import contextlib
import datetime
import re

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from articles import metrics, publishing
from articles.delivery import violations
from articles.models import QueuedTask, Story
from articles.models.correction import Reason
from articles.models.revision import Move
from articles.tasks.worker import Worker

from ..cases import DeliveryTestCase
from .healthy import BEARER, STRANGER, TOKEN, HealthTest

LABELS = {  # every value that a label may have
    "outcome": {"hit", "put_together", "miss", "stale", "done", "failed", "given_up"},
    "status": {"1xx", "2xx", "3xx", "4xx", "5xx"}, "kind": {"read", "write"}, "move": set(Move.values),
    "why": {"refused", "blocked"}, "what": {"change", "story"},
    "directive": {*violations.DIRECTIVES, "other", "unread"},
    "check": {"database", "triggers", "migrations", "pages", "storage", "schedule", "tasks"},
}  # fmt: skip


def values(text):
    """{name{labels}: value}"""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class MetricsTest(HealthTest):
    def read(self):
        answer = self.ask("/metrics", BEARER, **STRANGER)
        self.assertEqual(answer.status_code, 200)
        return values(answer.text)

    def test_only_the_token_opens_it_even_on_this_machine(self):
        for headers in ({}, {"Authorization": "Bearer salah"}, {"Authorization": TOKEN}):
            self.assertEqual(self.ask("/metrics", headers).status_code, 401)
        with override_settings(METRICS_TOKEN=""):
            for headers in ({}, BEARER, {"Authorization": "Bearer "}):
                self.assertEqual(self.ask("/metrics", headers).status_code, 404)

    def test_it_tells_what_waits_and_what_is_late(self):
        at = timezone.now() - datetime.timedelta(minutes=10)
        QueuedTask.objects.create(name="x", args=[[], {}], enqueued_at=at, run_after=at)
        told = self.read()
        self.assertEqual((told["newsroom_tasks_waiting",], told["newsroom_tasks_given_up",]), (1, 0))
        self.assertGreaterEqual(told["newsroom_task_age_seconds",], 600)
        self.assertEqual(told["newsroom_check", ("check", "tasks")], 0)
        self.assertEqual(told["newsroom_check", ("check", "database")], 1)
        self.assertEqual(told["newsroom_overdue", ("what", "change")], 0)

    def test_tasks_are_counted_by_how_they_end(self):
        key = ("newsroom_tasks_total", ("outcome", "failed"))
        before, now = self.read().get(key, 0), timezone.now()
        QueuedTask.objects.create(name="os.getcwd", args=[[], {}], enqueued_at=now, run_after=now)
        with self.assertLogs("articles.tasks"):
            Worker().run_all()
        self.assertEqual(self.read()[key], before + 1)

    def test_a_refused_sign_in_is_counted(self):
        key = ("newsroom_sign_ins_refused_total", ("why", "refused"))
        before = self.read().get(key, 0)
        self.client.post("/admin/login/", {"username": "siapa", "password": "salah"})
        self.assertEqual(self.read()[key], before + 1)

    def test_it_asks_few_questions(self):
        with CaptureQueriesContext(connection) as asked:
            self.read()
        self.assertLessEqual(len(asked), 18)


@override_settings(METRICS_TOKEN=TOKEN)
class CountedPagesTest(DeliveryTestCase):
    def read(self):
        self.client.get("/metrics", headers={"host": "10.0.0.7", **BEARER})
        return values(self.client.get("/metrics", headers={"host": "10.0.0.7", **BEARER}).text)

    def test_pages_are_counted_by_where_they_are_from_and_labels_are_few(self):
        before = self.read()
        address = self.story("Rahasia9173").get_absolute_url()
        for query in ("", "?rahasia9173=1", "?page=2&q=rahasia9173"):
            self.ask(address + query)
        self.ask(address)
        self.ask("/search/?q=rahasia9173")
        self.ask("/tidak/rahasia9173/")
        self.client.post("/admin/login/", {"username": "rahasia9173", "password": "salah"})
        told = self.read()
        for outcome in ("hit", "miss"):
            key = ("newsroom_pages_total", ("outcome", outcome))
            self.assertGreater(told[key], before.get(key, 0))
        self.assertGreater(told["newsroom_render_seconds_count",], before.get(("newsroom_render_seconds_count",), 0))
        self.assertNotRegex(str(told), re.compile("rahasia9173", re.I))
        for name, *labels in told:
            for label, value in labels:
                if label != "le":
                    self.assertIn(value, LABELS[label], name)

    def committing(self):
        """In a TestCase nothing is committed; in the others it is."""
        has = hasattr(self, "captureOnCommitCallbacks")
        return self.captureOnCommitCallbacks(execute=True) if has else contextlib.nullcontext()

    def test_moves_that_readers_see_are_counted_once_they_are_stored(self):
        key = ("newsroom_publications_total", ("move", "withdrawn"))
        before, story = self.read().get(key, 0), self.story("Ditarik")
        chief = self.somebody("chief")
        with self.committing():
            publishing.withdraw(Story.objects.get(pk=story.pk), chief, timezone.now(), Reason.CHILD, "Keliru.")
        self.assertEqual(self.read()[key], before + 1)


class OutcomesTest(HealthTest):
    def test_each_thread_is_counted_once(self):
        import threading

        key = ("newsroom_pages_total", ("outcome", "stale"))
        outcomes = metrics.Outcomes()
        before = values(generate_latest(metrics.OURS).decode()).get(key, 0)
        threads = [threading.Thread(target=lambda: [outcomes.took("stale") for _ in range(500)]) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        outcomes.tell()
        outcomes.tell()
        self.assertEqual(values(generate_latest(metrics.OURS).decode())[key], before + 2_000)
