"""Stories from the wire: `manage.py ingest PATH…`. It skips known stories, so it can run again after any stop.

`manage.py ingest DIR` restores a backup into an empty newsroom: see backup/takeout/directory.py.
"""

import contextlib
import datetime
import gc
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
from articles.backup.takeout import directory
from articles.models import Edition
from articles.text import letters
from articles.wire import formats
from articles.wire.store import ingest
from articles.wire.store.ingest import IngestOptions, Outcome, Result
from articles.wire.store.source_notes import Sources
from articles.wire.streams import second_process
from articles.wire.values.item import Refusal

from ..steps import Steps

PLAIN = {
    Outcome.NEW,
    Outcome.UPDATED,
    Outcome.COMPLETED,
    Outcome.RELEASED,
    Outcome.UNCHANGED,
}  # outcomes that need no attention, unless something was mended


class Command(BaseCommand):
    help = "Takes in stories, or a backup: a folder. Stories come to the same however often it runs."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", type=pathlib.Path)
        parser.add_argument("--format", default="auto", choices=["auto", *formats.FORMATS])
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
        ingest_options = self.ingest_options(options)
        zone = ingest_options.edition.zone if ingest_options.edition else self.default_zone()
        totals, progress = Totals(), Progress(self.stderr, paths)
        with contextlib.ExitStack() as stack:
            report = stack.enter_context(Report(options["report"]))
            stack.enter_context(database.for_bulk())
            stack.enter_context(_rarely_collected())
            sources = stack.enter_context(contextlib.closing(Sources(ingest_options)))
            formats.read_ahead(paths, sources, options["format"])
            for path in paths:
                for result in self.results(path, options["format"], zone, ingest_options, progress, sources):
                    totals.add(result)
                    if result.outcome not in PLAIN or result.why:
                        report.write(path, result)
                    progress.update(totals.outcomes.total())
            progress.end()
            for result in () if ingest_options.is_dry else ingest.finish(ingest_options, sources):
                totals.later[result.outcome] += 1
                report.write("-", result)
        self.summary(totals, report, ingest_options)
        if refused := totals.outcomes[Outcome.REFUSED]:
            raise CommandError(_("%(count)s were refused.") % {"count": refused})

    def take_backup(self, folder, is_alone, options):
        if not directory.is_backup(folder):
            message = _("%(path)s is a folder, but no backup that is whole: name the files in it, %(path)s/*.")
            raise CommandError(message % {"path": folder})
        if not is_alone or options["edition"] or options["photos"]:
            raise CommandError(_("A backup is taken in alone, as it is: without --edition and --photos."))
        steps = Steps(self.stderr)
        try:
            directory.check(folder, steps.update)
            if not options["dry_run"]:
                directory.restore(folder, steps.update)
        except (Refusal, OSError) as error:
            raise CommandError(_("Nothing was taken in. %(reason)s") % {"reason": error}) from error
        steps.end()
        if options["dry_run"]:
            self.stdout.write(_("Nothing was stored."))
        else:
            self.stdout.write(
                _("The newsroom is here. Its people can sign in when `changepassword` has given them a password.")
            )

    def ingest_options(self, options):
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

    def results(self, path, name, zone, ingest_options, progress, sources):
        """The results of one file; an error of the file itself is a result, too."""
        try:
            with path.open("rb") as file:
                progress.open(file)
                through = ingest.read_aside if second_process.pays(file) else iter
                entries = formats.entries(file, zone, name, sources, through)
                yield from ingest.take_in(entries, ingest_options)
        except Refusal as refusal:
            yield Result(_("the file"), "", Outcome.REFUSED, [str(refusal)])
        except OSError as error:
            yield Result(_("the file"), "", Outcome.REFUSED, [error.strerror or str(error)])
        except second_process.Lost:
            why = _("The process that read it was stopped: run the command again.")
            yield Result(_("the file"), "", Outcome.REFUSED, [why])

    def summary(self, totals, report, ingest_options):
        for line in totals.lines():
            self.stdout.write(line)
        if ingest_options.is_dry:
            self.stdout.write(_("Nothing was stored."))
        elif totals.outcomes[Outcome.NEW] and not ingest_options.released:
            self.stdout.write(_("New stories are drafts; --state published releases what its source has released."))
        if report.path:
            self.stdout.write(_("Told one by one in %(path)s") % {"path": report.path})


class Totals:
    """Counts of results: by outcome, by mended fault, by kind of skipped item, and of stories completed at the end."""

    def __init__(self):
        self.outcomes, self.mended, self.passed, self.later = Counter(), Counter(), Counter(), Counter()

    def add(self, result):
        self.outcomes[result.outcome] += 1
        if result.outcome in PLAIN:
            self.mended.update(map(letters.line, result.why))
        elif result.outcome == Outcome.PASSED:
            self.passed[letters.line(result.kind)[:100]] += 1

    def lines(self):
        for outcome in Outcome:
            if self.outcomes[outcome]:
                yield f"{self.outcomes[outcome]:>9,}  {outcome.label}"
            if outcome == Outcome.PASSED:
                yield from (f"           {count:,} {kind}" for kind, count in self.passed.most_common())
        for why, count in self.mended.most_common(12):
            yield _("          of these %(count)s with: %(why)s") % {"count": count, "why": why}
        if total := self.outcomes.total():
            yield ngettext("Together: %(count)s item.", "Together: %(count)s items.", total) % {"count": f"{total:,}"}
        for outcome, count in self.later.items():
            line = _("Of stories that came before, %(count)s: %(outcome)s")
            yield line % {"count": f"{count:,}", "outcome": outcome.label}
        if not self.outcomes:
            yield _("There is nothing in it: no story, no photo, nothing else.")


class Report:
    """A report file with a line for each item that needs attention: file, position, outcome, id, reasons."""

    def __init__(self, path=None):
        self.path, self.asked_path, self.file = None, path, None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.file:
            self.file.close()

    def write(self, path, result):
        if self.file is None:
            now = datetime.datetime.now(datetime.UTC)
            self.path = self.asked_path or settings.VAR / "reports" / f"ingest-{now:%Y%m%d-%H%M%S-%f}.tsv"
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.file = self.path.open("w", encoding="utf-8")
        cells = [str(path), result.position, str(result.outcome.label), result.uri, " · ".join(map(str, result.why))]
        self.file.write("\t".join(map(_cell, cells)) + "\n")


@contextlib.contextmanager
def _rarely_collected():
    """Python looks for garbage in what this run makes, and not in the program; and it looks less often.

    It would look after every 2,000 new objects, and there are many more in one batch of stories.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _cell(text):
    """A cell of a table for terminals and spreadsheets: without control characters, and never a formula."""
    line = letters.line(text)
    return f"'{line}" if line[:1] in tuple("=+-@") else line


class Progress:
    """Progress by bytes read: on a terminal one line that is overwritten, elsewhere nothing."""

    def __init__(self, out, paths):
        self.out = out
        self.is_shown = sys.stderr.isatty()
        self.started, self.shown_at = time.monotonic(), 0.0
        self.size = sum(path.stat().st_size for path in paths if path.is_file()) or 1
        self.done, self.file, self.of_file = 0, None, 0

    def open(self, file):
        self.done += self.of_file
        self.file, self.of_file = file, 0

    def update(self, count):
        now = time.monotonic()
        if not self.is_shown or now - self.shown_at < 0.2:
            return
        with contextlib.suppress(ValueError):  # the file was read to its end and is closed
            self.of_file = self.file.tell()
        self.shown_at, taken = now, now - self.started
        share = min(1.0, (self.done + self.of_file) / self.size)
        left = datetime.timedelta(seconds=round(taken / share - taken)) if share else "?"
        params = {"count": f"{count:,}", "rate": f"{count / taken:,.0f}", "share": f"{share:.0%}", "left": left}
        line = _("%(count)s items · %(rate)s a second · %(share)s · %(left)s left") % params
        self.out.write(f"\r{line}   ", ending="")

    def end(self):
        if self.is_shown:
            self.out.write("")
