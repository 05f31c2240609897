"""Stories to the wire: `manage.py export DIR` or `-`, as ninjs 3.1, a line each, oldest first.

`manage.py export --all DIR` writes the whole newsroom instead: see backup/takeout/directory.py.
"""

import codecs
import contextlib
import json
import pathlib

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles import audit
from articles.backup.takeout import directory
from articles.each import each
from articles.models import Edition
from articles.models.audit_entry import Action
from articles.wire import ninjs, outgoing
from articles.wire.streams.files import whole
from articles.wire.values.item import Refusal

from ..steps import Steps


class Command(BaseCommand):
    help = "Writes what readers have, and what was withdrawn, as ninjs 3.1 in JSON Lines."

    def add_arguments(self, parser):
        parser.add_argument("target", metavar="DIR|-", help="a folder for stories.jsonl, or - for standard output")
        parser.add_argument("--format", default="ninjs", choices=["ninjs"])
        parser.add_argument("--edition", metavar="SLUG")
        parser.add_argument("--all", action="store_true", help="the whole newsroom, as `ingest` takes it in")
        parser.add_argument("--since", metavar="TIME", help="only what has changed since: 2026-11-23 or with a time")

    def handle(self, *, target, **options):
        if options["all"]:
            self.take_out(target, options)
            return
        now = timezone.now()
        edition, stories = self.edition(options["edition"]), outgoing.public(now)
        if edition:
            stories = stories.filter(edition=edition)
        if options["since"]:
            stories = outgoing.since(stories, parse_since(options["since"]))
        audit.write(Action.EXPORTED, edition)  # first, because an export that breaks off has given stories away, too
        count = 0
        with self.file(target) as file:
            for line in each(outgoing.every(stories, now), _line):
                file.write(line)
                count += 1
        self.stderr.write(_("%(count)s stories written.") % {"count": f"{count:,}"})

    def edition(self, slug):
        """The edition with that slug, None for all editions. Raises CommandError."""
        edition = Edition.objects.filter(slug=slug).first() if slug else None
        if slug and not edition:
            raise CommandError(_("There is no edition “%(slug)s”.") % {"slug": slug})
        return edition

    def take_out(self, target, options):
        if target == "-" or options["edition"] or options["since"]:
            raise CommandError(_("--all writes everything into a folder: without --edition, --since and -."))
        steps = Steps(self.stderr)
        try:
            missing = directory.write(pathlib.Path(target), steps.update)
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        steps.end()
        if missing:
            self.stderr.write(_("%(count)s originals are missing from the storage.") % {"count": f"{missing:,}"})

    @contextlib.contextmanager
    def file(self, target):
        """Standard output, or a file that gets its name only when it is complete."""
        if target == "-":
            yield self.stdout
            return
        folder = pathlib.Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        with whole(folder / "stories.jsonl") as file:
            yield codecs.getwriter("utf-8")(file)


def _line(item):
    return json.dumps(ninjs.from_item(item), ensure_ascii=False) + "\n"


def parse_since(written):
    """A date or time in the default edition's time zone. Raises CommandError."""
    try:
        at = parse_datetime(written) or parse_date(written)
    except ValueError:
        at = None
    if at is None:
        raise CommandError(_("This is no date: %(written)s") % {"written": written})
    at = at if hasattr(at, "hour") else timezone.datetime(at.year, at.month, at.day)
    return at if timezone.is_aware(at) else timezone.make_aware(at)
