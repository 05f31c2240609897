"""A bell between the workers of many hosts: PostgreSQL rings it when something that touched a key is committed
(database/invalidation.py), so that all of them look at once and not at the end of their half second (freshness.py).

It is only a bell. Whoever does not hear it looks when that time is over: while its connection is broken, or where a
proxy of connections does not pass LISTEN on, nothing is old for longer than without it.
"""

import logging
import threading
import time
import weakref

import psycopg
from django.db import connection

from articles.database.invalidation import CHANNEL

NAME = "newsroom-doorbell"  # as pg_stat_activity tells it
HEARTBEAT = 30  # seconds without a ring, after which the connection is tried: a host that is gone says nothing
PAUSE = 5  # seconds in which a server that is away is left alone

log = logging.getLogger(__name__)


def listen(heard):
    """Call `heard`, a method, at each ring from now on, in a thread of its own that ends when its object is gone.

    The connection is this thread's own, and no pool's: it is not closed with others, and may be broken for long.
    """
    names = ("host", "port", "user", "password", "dbname", "connect_timeout", "tcp_user_timeout", "sslmode", "service")
    known = {name: value for name, value in connection.get_connection_params().items() if name in names}
    arguments = (weakref.WeakMethod(heard), known)
    threading.Thread(target=_listen, args=arguments, daemon=True, name="doorbell").start()


def _listen(heard, server):
    while heard() is not None:
        try:
            with psycopg.connect(**server, autocommit=True, application_name=NAME) as bell:
                bell.execute(f"LISTEN {CHANNEL}")
                _ring(heard)  # for what was not heard until now
                while heard() is not None:
                    for _ in bell.notifies(timeout=HEARTBEAT):
                        _ring(heard)
                    bell.execute("SELECT 1")
        except psycopg.OperationalError as error:
            log.warning("The bell is not heard; trying again in %s seconds. %s", PAUSE, error)
            time.sleep(PAUSE)


def _ring(heard):
    if (ring := heard()) is not None:
        ring()
