"""Verify the hash chain of revisions: each revision has the hash of the one before (rules.md W8)."""

import itertools

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.models import Revision


class Command(BaseCommand):
    help = "Find revisions that were altered or taken out. The last of a story is vouched for by its next move."

    def handle(self, **options):
        count = broken = 0
        revisions = Revision.objects.select_related("by").defer("version").order_by("story", "number")
        for story, chain in itertools.groupby(
            revisions.iterator(chunk_size=500), key=lambda revision: revision.story_id
        ):
            before = None
            for number, revision in enumerate(chain, 1):
                count += 1
                if revision.number != number or revision.previous_hash != (before.hash if before else ""):
                    broken += 1
                    line = _("Story %(story)s: revision %(number)s does not follow from the one before.")
                    self.stdout.write(line % {"story": story, "number": revision.number})
                    break
                before = revision
        summary = _("%(count)s revisions were looked at; the chains of %(broken)s stories are broken.")
        summary %= {"count": count, "broken": broken}
        if broken:
            raise CommandError(summary)
        self.stdout.write(summary)
