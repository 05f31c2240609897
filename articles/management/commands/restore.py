"""Brings a backup back into an empty newsroom: `manage.py restore DIR`. See docs/backup.md."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.backup import restoring
from articles.wire.values.item import Refusal

from .. import backups
from ..steps import Steps


class Command(BaseCommand):
    help = "Restores a backup into an empty database, after all of its hashes were compared. It overwrites nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        backups.add_place(parser)
        parser.add_argument("--name", default="", metavar="NAME", help="which backup (default: the newest)")
        parser.add_argument("--list", action="store_true", help="only name the backups that are whole")
        parser.add_argument("--check", action="store_true", help="only compare all hashes; store nothing")

    def handle(self, *, place, plain, name, **options):
        steps = Steps(self.stderr)
        try:
            copies = backups.copies(place, plain)
            if options["list"]:
                self.stdout.write("\n".join(copies.whole()))
                return
            name = copies.chosen(name)
            if not options["check"]:
                restoring.refuse_unless_empty(copies, name)  # before hours of reading
            manifest = restoring.check(copies, name, steps.update)
            if not options["check"]:
                restoring.restore(copies, name, manifest, steps.update)
        except (Refusal, OSError, DatabaseError) as error:
            raise CommandError(_("Not restored. %(reason)s") % {"reason": error}) from error
        steps.end()
        told = {"name": name, "rows": f"{sum(manifest['rows'].values()):,}", "release": manifest["release"]}
        if options["check"]:
            self.stdout.write(_("%(name)s is whole: %(rows)s rows, of release %(release)s.") % told)
        else:
            self.stdout.write(_("%(name)s is restored: %(rows)s rows. Everybody signs in again.") % told)
