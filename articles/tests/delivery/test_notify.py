"""Workers of many hosts learn of a change at once, and miss none while no bell can reach them."""

import contextlib
import threading
from unittest import mock

import psycopg
import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from articles.cache import notify
from articles.models import Tag

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one host, and needs no bell")
SOON, NEVER = 10, 0.3  # seconds


class Ear:
    """Hears the bell while it is there."""

    def __init__(self):
        self.heard, self.rings = threading.Event(), 0

    def ring(self):
        self.rings += 1
        self.heard.set()

    def hears(self, within=SOON):
        is_heard = self.heard.wait(within)
        self.heard.clear()
        return is_heard


class NotifyTest(TransactionTestCase):
    def setUp(self):
        self.enterContext(mock.patch.multiple(notify, PAUSE=0.1, HEARTBEAT=0.1))
        self.ear = Ear()
        self.addCleanup(self.go)
        notify.listen(self.ear.ring)
        self.assertTrue(self.ear.hears(), "A new listener is told to look at once.")

    def go(self):
        """The thread ends with its listener: an open connection would keep the tests' database from being dropped."""
        del self.ear
        for thread in threading.enumerate():
            if thread.name == "invalidations":
                thread.join(SOON)
                self.assertFalse(thread.is_alive())

    def tag(self, name):
        return Tag.objects.create(name=name, slug=name.lower())

    def test_a_transaction_rings_once_and_after_its_commit(self):
        with transaction.atomic():
            self.tag("Satu")
            self.tag("Dua")
            self.assertFalse(self.ear.hears(NEVER))
        self.assertTrue(self.ear.hears())
        self.assertFalse(self.ear.hears(NEVER), "A second ring.")

    def test_what_is_rolled_back_or_only_read_does_not_ring(self):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            self.tag("Satu")
            raise ZeroDivisionError
        self.assertFalse(Tag.objects.exists())
        self.assertFalse(self.ear.hears(NEVER))

    def test_sql_of_a_console_rings_too(self):
        tag = self.tag("Satu")
        self.ear.hears()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_tag SET slug = 'lain' WHERE id = %s", [tag.pk])
        self.assertTrue(self.ear.hears())

    def test_it_is_heard_again_after_the_connection_broke(self):
        with self.assertLogs("articles.cache.notify", "WARNING"), connection.cursor() as cursor:
            cursor.execute(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE application_name = %s AND datname = current_database()""",
                [notify.NAME],
            )
            self.assertTrue(self.ear.hears(), "Whoever listens again looks at once.")
        self.tag("Satu")
        self.assertTrue(self.ear.hears())

    def test_a_server_that_is_away_is_tried_again(self):
        with mock.patch.object(psycopg, "connect", side_effect=psycopg.OperationalError("away")) as tried:
            other = Ear()
            notify.listen(other.ring)
            self.assertFalse(other.hears(NEVER))
            self.assertGreater(tried.call_count, 1)
        self.assertTrue(other.hears())
