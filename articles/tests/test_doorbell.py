"""Workers of many hosts are told at once that something has changed, and miss nothing when nobody can tell them."""

import contextlib
import shutil
import socket
import subprocess
import threading
import time
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings

from articles.delivery import doorbell
from articles.models import Tag


class RingTest(TransactionTestCase):
    def setUp(self):
        self.rings = self.enterContext(mock.patch.object(doorbell, "ring"))
        self.enterContext(connection.execute_wrapper(doorbell._ring_after))

    def test_a_transaction_rings_once_after_its_commit(self):
        with transaction.atomic():
            for name in ("Satu", "Dua"):
                Tag.objects.create(name=name, slug=name.lower())
            self.rings.assert_not_called()
        self.rings.assert_called_once_with()

    def test_what_is_rolled_back_or_only_read_does_not_ring(self):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            Tag.objects.create(name="Satu", slug="satu")
            raise ZeroDivisionError
        self.assertFalse(Tag.objects.exists())
        self.rings.assert_not_called()


class Redis:
    """A server of its own, which can be killed and come back at the same port."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}"

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        raise AssertionError("Redis did not start.")

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.mark.service
def test_a_ring_is_heard_and_a_bell_that_is_away_holds_nobody_up(monkeypatch, caplog):
    assert shutil.which("redis-server"), "redis-server is not installed"
    bell, heard = Redis(), threading.Event()
    monkeypatch.setattr(doorbell, "PAUSE", 0.2)
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    doorbell._ringer.cache_clear()
    bell.start()
    try:
        with override_settings(CACHE_URL=bell.url):
            doorbell.listen(heard.set)
            assert heard.wait(5), "Whoever begins to listen looks at once."
            heard.clear()
            doorbell.ring()
            assert heard.wait(2), "The ring was not heard."

            bell.kill()
            began = time.monotonic()
            doorbell.ring()
            assert time.monotonic() - began < 1
            assert "did not ring" in caplog.text

            heard.clear()
            bell.start()
            assert heard.wait(5), "Nobody listened any more when the bell was back."
            heard.clear()
            time.sleep(0.3)
            doorbell.ring()
            assert heard.wait(2), "The ring was not heard after the bell was back."
    finally:
        bell.kill()
        doorbell._ringer.cache_clear()
