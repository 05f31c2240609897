"""A database that hangs: while one thread waits for it, nobody is sent a page as fresh that it may find old."""

import threading
from unittest import mock

import pytest

from articles.cache import freshness

AT = 1000.0  # seconds, of a clock that stands


@pytest.fixture
def clock():
    with (
        mock.patch.object(freshness.time, "monotonic", return_value=AT) as clock,
        mock.patch.multiple(freshness, PATIENCE=0.01, SOON=0.05),
    ):
        yield clock


@pytest.fixture
def server(clock):
    """One that is being asked."""
    server = freshness._Server()
    assert server.changed() == AT
    return server


def test_for_a_moment_nobody_waits(server):
    assert server.changed() is None


def test_after_it_readers_are_told_that_nothing_is_known(server, clock):
    clock.return_value = AT + 0.06
    with pytest.raises(freshness.Paused):
        server.changed()


def test_who_waited_goes_on_with_what_was_learnt(server, clock):
    clock.return_value = AT + 0.06
    with mock.patch.object(freshness, "PATIENCE", 10), mock.patch.object(freshness, "close_old_connections"):
        threading.Timer(0.01, server.learnt, [AT]).start()
        assert server.changed() is None
    assert server.turn.acquire(blocking=False)


def test_who_waited_for_a_failure_does_not_ask_again(server, clock):
    clock.return_value = AT + 0.06
    none = mock.Mock()
    with (
        mock.patch.object(freshness, "PATIENCE", 10),
        mock.patch.multiple(freshness, close_old_connections=none, empty_pool=none),
    ):
        threading.Timer(0.01, server.failed, [OSError()]).start()
        with pytest.raises(freshness.Paused):
            server.changed()
    assert server.turn.acquire(blocking=False)
