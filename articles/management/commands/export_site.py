"""Writes the public site as files: `manage.py export_site DIR` or `s3://bucket/folder`. See docs/static.md."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles import folders
from articles.models import Edition
from articles.whole_site.asking import Here
from articles.whole_site.files.writing import Busy, Export

from ..steps import Steps
from . import serve

MOST_TOLD = 20


class Command(BaseCommand):
    help = "Writes the whole public site as files that any web server serves. It writes only what has changed."

    def add_arguments(self, parser):
        parser.add_argument("place", metavar="DIR|s3://bucket/folder")
        parser.add_argument("--edition", metavar="SLUG", action="append", help="only this one; may be repeated")

    def handle(self, *, place, edition, **options):
        steps = Steps(self.stderr)
        serve.collect()
        try:
            folder = folders.at(place, mode=0o644)
            done = Export(folder, Here().ask, editions(edition), steps.update).run()
        except ValueError as error:
            raise CommandError(_("This is no place for files: write DIR or %(form)s") % {"form": error}) from error
        except Busy as error:
            raise CommandError(_("Another export is running. Try again when it has ended.")) from error
        except OSError as error:
            raise CommandError(_("The export broke off. %(reason)s") % {"reason": error}) from error
        steps.end()
        told = {"written": f"{done.written:,}", "kept": f"{done.kept:,}", "removed": f"{done.removed:,}"}
        self.stdout.write(_("%(removed)s files removed, %(written)s written, %(kept)s unchanged.") % told)
        for address in done.failed[:MOST_TOLD]:
            self.stderr.write(address)
        if done.failed:
            told = {"count": len(done.failed)}
            raise CommandError(_("%(count)s addresses could not be rendered; their files stay as they were.") % told)


def editions(slugs):
    found = list(Edition.objects.filter(**({"slug__in": slugs} if slugs else {})))
    if missing := sorted(set(slugs or ()) - {one.slug for one in found}):
        known = ", ".join(Edition.objects.values_list("slug", flat=True))
        told = {"slug": ", ".join(missing), "known": known}
        raise CommandError(_("There is no edition “%(slug)s”, but: %(known)s.") % told)
    return found
