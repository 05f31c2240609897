"""Keeps the whole newsroom elsewhere: `manage.py backup DIR` or `s3://bucket/folder`. See docs/backup.md."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.backup import making
from articles.wire.values.item import Refusal

from .. import backups
from ..steps import Steps


class Command(BaseCommand):
    help = "Writes one more backup: every table, and the originals that no backup there has. It may run while serving."

    def add_arguments(self, parser):
        backups.add_place(parser)
        parser.add_argument("--keep", type=int, metavar="N", help="afterwards delete all backups but the newest N")

    def handle(self, *, place, plain, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError(_("--keep needs a number from 1 on."))
        steps = Steps(self.stderr)
        try:
            made = making.make(backups.copies(place, plain), steps.update, keep)
        except (Refusal, OSError) as error:
            raise CommandError(_("No backup was made. %(reason)s") % {"reason": error}) from error
        steps.end()
        told = {"name": made.name, "rows": f"{made.rows:,}", "originals": f"{made.originals:,}", "added": made.added}
        self.stdout.write(_("%(name)s: %(rows)s rows, %(originals)s originals, %(added)s of them new.") % told)
        if made.missing:
            told = {"count": len(made.missing), "names": ", ".join(made.missing[:3])}
            raise CommandError(
                _("The backup is whole, but the storage lacks %(count)s originals: %(names)s.") % told, returncode=3
            )
