"""Django's migrate for a newsroom: after a failure it restores the triggers that it removed (database/triggers.py).

On PostgreSQL it waits for no lock longer than a second: whoever waits for a table has all readers of that table wait
behind. It gives up, lets them read, and tries again; what was applied stays.
"""

import contextlib
import time

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.utils.translation import gettext as _

from articles import database

PATIENCE = "1s"
TRIES, PAUSE = 30, 2  # seconds between two
NOT_GIVEN = "55P03"  # PostgreSQL's code of a lock that was not given in time


class Command(migrate.Command):
    def handle(self, *args, **options):
        using = options["database"]
        try:
            with impatient(using):
                self.try_again(using, lambda: super(Command, self).handle(*args, **options))
        except BaseException:  # Ctrl-C, too
            if not database.put_back(using):
                self.stderr.write(
                    _("The triggers are removed until a migrate succeeds: until then pages would go stale.")
                )
            raise

    def try_again(self, using, act):
        for left in reversed(range(TRIES)):
            try:
                act()
                return
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") != NOT_GIVEN or not left:
                    raise
                database.put_back(using)
                self.stderr.write(_("A table is in use: it is tried again in %(count)s seconds.") % {"count": PAUSE})
                time.sleep(PAUSE)


@contextlib.contextmanager
def impatient(using):
    connection = connections[using]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = DEFAULT")
