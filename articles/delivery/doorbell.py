"""A bell between the workers of many hosts, by Redis or Valkey: rung after each commit that wrote something, so that
the others look at once and not at the end of their half second (watch.py).

It is only a bell. Whoever does not hear it looks when that time is over: while Redis is away, or is lost between a
commit and its ring, nothing is old for longer than without it.
"""

import functools
import logging
import threading
import time

import redis
from django.conf import settings
from django.db import transaction

CHANNEL = "newsroom:touched"
WRITES = ("INSERT", "UPDATE", "DELETE")
PATIENCE = 0.2  # seconds that a commit may be held up
PAUSE = 5  # seconds in which a bell that did not answer is left alone

log = logging.getLogger(__name__)
_quiet_until = 0.0


def attach(connection, **kwargs):
    """Let what is written on this connection of the database ring; called when it is opened."""
    if connection.vendor == "postgresql" and _ring_after not in connection.execute_wrappers:
        connection.execute_wrappers.append(_ring_after)


def _ring_after(execute, sql, params, many, context):
    """Once a transaction, after its commit: statements in a row register one ring."""
    result = execute(sql, params, many, context)
    if sql.lstrip()[:6].upper() in WRITES:
        after = context["connection"].run_on_commit
        if not (after and after[-1][1] is ring):
            transaction.on_commit(ring)
    return result


def ring():
    """Tell all workers to look. Never raises for a bell that is broken, and never waits for it for long."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        _ringer().publish(CHANNEL, "")
    except redis.RedisError as error:
        _quiet_until = time.monotonic() + PAUSE
        log.warning("The bell did not ring: workers look by themselves every half second. %s", error)


@functools.cache
def _ringer():
    return redis.from_url(settings.CACHE_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def listen(heard):
    """Call `heard` at each ring from now on, in a thread of its own; also when the bell was away and is back."""
    threading.Thread(target=_listen, args=(heard,), daemon=True, name="doorbell").start()


def _listen(heard):
    while True:
        try:
            with redis.from_url(settings.CACHE_URL).pubsub(ignore_subscribe_messages=True) as bell:
                bell.subscribe(CHANNEL)
                heard()
                for _ in bell.listen():
                    heard()
        except redis.RedisError as error:
            log.warning("The bell is not heard; trying again in %s seconds. %s", PAUSE, error)
            time.sleep(PAUSE)
