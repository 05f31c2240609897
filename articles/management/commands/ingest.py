"""Stories from the wire: `manage.py ingest PATH…`. What came before is left alone; run it again after any stop.

`manage.py ingest DIR` makes an empty newsroom that of a backup: see backup/directory.py.
"""

import contextlib
import datetime
import pathlib
import sys
import time
import zoneinfo
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import database
from articles.backup import directory
from articles.models import Edition
from articles.text import letters
from articles.wire import formats
from articles.wire.store import ingest
from articles.wire.store.ingest import IngestOptions, Outcome, Result
from articles.wire.store.source_notes import Sources
from articles.wire.values.item import Refusal

from ..steps import Steps

PLAIN = {
    Outcome.NEW,
    Outcome.UPDATED,
    Outcome.COMPLETED,
    Outcome.RELEASED,
    Outcome.UNCHANGED,
}  # nobody need read of these, unless something was mended


class Command(BaseCommand):
    help = "Takes in stories, or a backup: a folder. Stories come to the same however often it runs."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", type=pathlib.Path)
        parser.add_argument("--format", default="auto", choices=["auto", *formats.READERS])
        parser.add_argument("--photos", type=pathlib.Path, metavar="DIR", help="where the files of photos lie")
        parser.add_argument("--edition", metavar="SLUG", help="whatever edition the items name")
        parser.add_argument(
            "--state",
            default="draft",
            choices=["draft", "published"],
            help="published: released as their source has them; draft: for the desk (default)",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would come of it, store nothing")
        parser.add_argument("--report", type=pathlib.Path, metavar="FILE", help="where to tell of what was refused")

    def handle(self, *, paths, **options):
        if folder := next((path for path in paths if path.is_dir()), None):
            self.take_backup(folder, len(paths) == 1, options)
            return
        wanted = self.wanted(options)
        zone = wanted.edition.zone if wanted.edition else self.default_zone()
        counts, mended, passed, later = Counter(), Counter(), Counter(), Counter()
        progress = Progress(self.stderr, paths)
        with Report(options["report"]) as report, database.for_bulk(), contextlib.closing(Sources(wanted)) as sources:
            formats.read_ahead(paths, sources, options["format"])
            for path in paths:
                for result in self.results(path, options["format"], zone, wanted, progress, sources):
                    counts[result.outcome] += 1
                    if result.outcome in PLAIN:
                        mended.update(map(letters.line, result.why))
                    elif result.outcome == Outcome.PASSED:
                        passed[letters.line(result.kind)[:100]] += 1
                    if result.outcome not in PLAIN or result.why:
                        report.tell(path, result)
                    progress.tell(sum(counts.values()))
            progress.end()
            for result in () if wanted.is_dry else ingest.finish(wanted, sources):
                later[result.outcome] += 1
                report.tell("-", result)
        self.summary(counts, mended, passed, later, report, wanted)
        if counts[Outcome.REFUSED]:
            raise CommandError(_("%(count)s were refused.") % {"count": counts[Outcome.REFUSED]})

    def take_backup(self, folder, is_alone, options):
        if not directory.is_backup(folder):
            told = _("%(path)s is a folder, but no backup that is whole: name the files in it, %(path)s/*.")
            raise CommandError(told % {"path": folder})
        if not is_alone or options["edition"] or options["photos"]:
            raise CommandError(_("A backup is taken in alone, as it is: without --edition and --photos."))
        steps = Steps(self.stderr)
        try:
            directory.check(folder, steps.tell)
            if not options["dry_run"]:
                directory.restore(folder, steps.tell)
        except (Refusal, OSError) as error:
            raise CommandError(_("Nothing was taken in. %(reason)s") % {"reason": error}) from error
        steps.end()
        if options["dry_run"]:
            self.stdout.write(_("Nothing was stored."))
        else:
            self.stdout.write(
                _("The newsroom is here. Its people can sign in when `changepassword` has given them a password.")
            )

    def wanted(self, options):
        edition = None
        if slug := options["edition"]:
            edition = Edition.objects.filter(slug=slug).first()
            if not edition:
                known = ", ".join(Edition.objects.values_list("slug", flat=True))
                raise CommandError(
                    _("There is no edition “%(slug)s”, but: %(known)s.") % {"slug": slug, "known": known}
                )
        if options["photos"] and not options["photos"].is_dir():
            raise CommandError(_("%(path)s is no folder.") % {"path": options["photos"]})
        return IngestOptions(
            at=timezone.now(),
            edition=edition,
            released=options["state"] == "published",
            photos=options["photos"],
            is_dry=options["dry_run"],
        )

    def default_zone(self):
        edition = Edition.objects.filter(is_default=True).first()
        return edition.zone if edition else zoneinfo.ZoneInfo(settings.TIME_ZONE)

    def results(self, path, name, zone, wanted, progress, sources):
        """Results of one file; what is wrong with the file itself is one, too."""
        try:
            with path.open("rb") as file:
                progress.open(file)
                yield from ingest.take_in(formats.entries(file, zone, name, sources), wanted)
        except Refusal as refusal:
            yield Result(_("the file"), "", Outcome.REFUSED, [str(refusal)])
        except OSError as error:
            yield Result(_("the file"), "", Outcome.REFUSED, [error.strerror or str(error)])

    def summary(self, counts, mended, passed, later, report, wanted):
        for outcome in Outcome:
            if counts[outcome]:
                self.stdout.write(f"{counts[outcome]:>9,}  {outcome.label}")
            if outcome == Outcome.PASSED:
                for kind, count in passed.most_common():
                    self.stdout.write(f"           {count:,} {kind}")
        for why, count in mended.most_common(12):
            self.stdout.write(_("          of these %(count)s with: %(why)s") % {"count": count, "why": why})
        if counts:
            told = ngettext("Together: %(count)s item.", "Together: %(count)s items.", counts.total())
            self.stdout.write(told % {"count": f"{counts.total():,}"})
        for outcome, count in later.items():
            told = _("Of stories that came before, %(count)s: %(outcome)s")
            self.stdout.write(told % {"count": f"{count:,}", "outcome": outcome.label})
        if not counts:
            self.stdout.write(_("There is nothing in it: no story, no photo, nothing else."))
        if wanted.is_dry:
            self.stdout.write(_("Nothing was stored."))
        elif counts[Outcome.NEW] and not wanted.released:
            self.stdout.write(_("New stories are drafts; --state published releases what its source has released."))
        if report.path:
            self.stdout.write(_("Told one by one in %(path)s") % {"path": report.path})


class Report:
    """A file, made if needed, with a line for each item to know of: file, position, outcome, id, why."""

    def __init__(self, path=None):
        self.path, self.wanted_at, self.file = None, path, None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.file:
            self.file.close()

    def tell(self, path, result):
        if self.file is None:
            now = datetime.datetime.now(datetime.UTC)
            self.path = self.wanted_at or settings.VAR / "reports" / f"ingest-{now:%Y%m%d-%H%M%S-%f}.tsv"
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.file = self.path.open("w", encoding="utf-8")
        told = [str(path), result.position, str(result.outcome.label), result.uri, " · ".join(map(str, result.why))]
        self.file.write("\t".join(map(_cell, told)) + "\n")


def _cell(text):
    """One cell of a table, for terminals and spreadsheets: no signs that steer, and nothing that is a formula."""
    found = letters.line(text)
    return f"'{found}" if found[:1] in tuple("=+-@") else found


class Progress:
    """How far it is, by bytes read: on a terminal one line that is written over, elsewhere nothing."""

    def __init__(self, out, paths):
        self.out = out
        self.is_shown = sys.stderr.isatty()
        self.started, self.shown_at = time.monotonic(), 0.0
        self.size = sum(path.stat().st_size for path in paths if path.is_file()) or 1
        self.done, self.file, self.of_file = 0, None, 0

    def open(self, file):
        self.done += self.of_file
        self.file, self.of_file = file, 0

    def tell(self, count):
        now = time.monotonic()
        if not self.is_shown or now - self.shown_at < 0.2:
            return
        with contextlib.suppress(ValueError):  # the file is closed: it was read to its end
            self.of_file = self.file.tell()
        self.shown_at, taken = now, now - self.started
        share = min(1.0, (self.done + self.of_file) / self.size)
        left = datetime.timedelta(seconds=round(taken / share - taken)) if share else "?"
        told = {"count": f"{count:,}", "rate": f"{count / taken:,.0f}", "share": f"{share:.0%}", "left": left}
        line = _("%(count)s items · %(rate)s a second · %(share)s · %(left)s left") % told
        self.out.write(f"\r{line}   ", ending="")

    def end(self):
        if self.is_shown:
            self.out.write("")
