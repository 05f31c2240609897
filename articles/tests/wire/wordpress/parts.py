"""What the tests of exports in parts share: what the newsroom has after some runs."""

import re

from django.db import transaction

from articles.models import Photo, Story

from ...wire_cases import IngestTestCase
from ...wordpress_exports import HEAD, TAIL
from ...wordpress_parts import AUTHOR, SITE

UID = re.compile(r'data-photo="([^"]+)"')


class PartsTest(IngestTestCase):
    def part(self, *elements, heading=SITE + AUTHOR, end=TAIL):
        self.parts = getattr(self, "parts", 0) + 1
        return self.file(HEAD + heading + "".join(elements) + end, name=f"part-{self.parts}.xml")

    def newsroom(self, *runs):
        """What the newsroom has after these runs, each of a file, (a file, how much of it is refused) or a list of
        files; then it has none of it again."""
        with transaction.atomic():
            for run in runs:
                path, refused = run if isinstance(run, tuple) else (run, 0)
                self.ingest(*(path if isinstance(path, list) else [path]), refused=refused)
            told = self.told()
            transaction.set_rollback(True)
        return told

    def told(self):
        by_uid = {str(one.uid): f"{one.caption} ({one.alt})" for one in Photo.objects.all()}
        stories = Story.objects.filter(arrival__isnull=False).order_by("headline")
        return sorted(by_uid.values()), [
            (
                one.headline,
                UID.sub(lambda found: by_uid[found[1]], str(one.body)),
                one.state,
                one.section.name,
                one.lead_photo and by_uid[str(one.lead_photo.uid)],
                [by_uid[str(link.photo.uid)] for link in one.gallery.select_related("photo")],
                [credit.person.name for credit in one.credits.select_related("person")],
            )
            for one in stories
        ]
