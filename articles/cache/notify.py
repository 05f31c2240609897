"""A bell between the workers of many hosts: PostgreSQL rings it when an invalidation is committed
(database/invalidation.py), so that all workers read it at once and do not wait half a second (freshness.py).

The bell carries no message and may be lost: a worker that does not hear it, because its connection is broken or a
connection proxy does not pass LISTEN on, reads after half a second, as it would without a bell.
"""

import logging
import threading
import time
import weakref

import psycopg
from django.conf import settings
from django.db import connection

from articles.database.invalidation import CHANNEL

NAME = "newsroom-invalidations"  # in pg_stat_activity
HEARTBEAT = 30  # seconds without a ring, after which the connection is tried: a lost host sends no error
PAUSE = 5  # seconds before a server that is away is tried again

log = logging.getLogger(__name__)


def listen(heard):
    """Call the method `heard` at each ring, in a thread of its own that ends when the method's object is gone.

    The connection belongs to this thread and not to a pool: it is not closed with others, and may be broken for long.
    """
    arguments = (weakref.WeakMethod(heard), server())
    threading.Thread(target=_listen, args=arguments, daemon=True, name="invalidations").start()


def server():
    """How the server is reached: LISTEN_URL, or as the database is."""
    if settings.LISTEN_URL:
        return {"conninfo": settings.LISTEN_URL, "connect_timeout": 2}
    names = ("host", "port", "user", "password", "dbname", "connect_timeout", "tcp_user_timeout", "sslmode", "service")
    return {name: value for name, value in connection.get_connection_params().items() if name in names}


def _listen(heard, address):
    while heard() is not None:
        try:
            with psycopg.connect(**address, autocommit=True, application_name=NAME) as bell:
                bell.execute(f"LISTEN {CHANNEL}")
                _ring(heard)  # there may have been changes before it listened
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
