"""What is wrong with a set-up, and what to do: `manage.py doctor`. The exit code is 1 if something is wrong."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.health import set_up


class Command(BaseCommand):
    help = "Says what is wrong with settings, database, storage, mail and tasks, and what to do. Changes nothing."
    requires_system_checks = []  # they are told as findings

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one object a line, for programs")

    def handle(self, *, json, **options):
        with translation.override(settings.LANGUAGE_CODE):
            found = list(set_up.findings())
            for one in found:
                self.stdout.write(as_json(one) if json else self.as_text(one))
            faults = sum(one.is_fault for one in found)
            if not json:
                self.stdout.write(self.style.SUCCESS(_("All is well.")) if not faults else "", ending="\n")
            if faults:
                told = ngettext("%(count)d thing is wrong.", "%(count)d things are wrong.", faults)
                raise CommandError(told % {"count": faults})

    def as_text(self, one):
        mark = self.style.ERROR("✗") if one.is_fault else "·"
        return f"{mark} {one.name}: {one.what}" + (f"\n    → {one.to_do}" if one.to_do else "")


def as_json(one):
    return json.dumps(one._asdict(), ensure_ascii=False)
