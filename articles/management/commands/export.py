"""Stories to the wire: `manage.py export DIR` or `-`, as ninjs 3.1, a line each, oldest first."""

import contextlib
import json
import pathlib

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles.models import Edition
from articles.wire import ninjs, outgoing


class Command(BaseCommand):
    help = "Writes what readers have, and what was withdrawn, as ninjs 3.1 in JSON Lines."

    def add_arguments(self, parser):
        parser.add_argument("target", metavar="DIR|-", help="a folder for stories.jsonl, or - for standard output")
        parser.add_argument("--format", default="ninjs", choices=["ninjs"])
        parser.add_argument("--edition", metavar="SLUG")
        parser.add_argument("--since", metavar="TIME", help="only what has changed since: 2026-11-23 or with a time")

    def handle(self, *, target, **options):
        now = timezone.now()
        stories = outgoing.public(now)
        if options["edition"]:
            if not Edition.objects.filter(slug=options["edition"]).exists():
                raise CommandError(_("There is no edition “%(slug)s”.") % {"slug": options["edition"]})
            stories = stories.filter(edition__slug=options["edition"])
        if options["since"]:
            stories = outgoing.since(stories, moment(options["since"]))
        count = 0
        with self.file(target) as file:
            for item in outgoing.every(stories, now):
                file.write(json.dumps(ninjs.from_item(item), ensure_ascii=False) + "\n")
                count += 1
        self.stderr.write(_("%(count)s stories written.") % {"count": f"{count:,}"})

    @contextlib.contextmanager
    def file(self, target):
        """Standard output, or a file that is in its place only when it is whole."""
        if target == "-":
            yield self.stdout
            return
        folder = pathlib.Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / "stories.jsonl.part"
        with unfinished.open("w", encoding="utf-8") as file:
            yield file
        unfinished.replace(folder / "stories.jsonl")


def moment(written):
    """A date or time on the clock of the default edition's zone. Raises CommandError."""
    try:
        found = parse_datetime(written) or parse_date(written)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(_("This is no date: %(written)s") % {"written": written})
    at = timezone.datetime(found.year, found.month, found.day) if not hasattr(found, "hour") else found
    return at if timezone.is_aware(at) else timezone.make_aware(at)
