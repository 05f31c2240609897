"""Django's flush for a newsroom. It also empties the audit log, whose entries cannot be deleted in another way."""

from django.core.management.commands import flush
from django.db import connections

from articles.database import audit


class Command(flush.Command):
    def handle(self, **options):
        with audit.lifted(connections[options["database"]]):
            super().handle(**options)
