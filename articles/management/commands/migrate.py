"""Django's migrate for a newsroom: after a failure it restores the triggers that it removed (database/triggers.py)."""

from django.core.management.commands import migrate
from django.utils.translation import gettext as _

from articles import database


class Command(migrate.Command):
    def handle(self, *args, **options):
        try:
            super().handle(*args, **options)
        except BaseException:  # Ctrl-C, too
            if not database.put_back(options["database"]):
                self.stderr.write(
                    _("The triggers are removed until a migrate succeeds: until then pages would go stale.")
                )
            raise
