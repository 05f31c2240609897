"""An export that came cut, and then whole, leaves every table as one clean run does.

Compared are all columns of all tables, at one moment, but for what tells what was here first:

- the numbers of versions, and earlier revisions: a log is only added to. What the last one tells is compared.
- which of its ids a photo has as public id: stories, revisions and pages name it, so it stays for good. That it is
  known by the same ids is compared.
- the place of a section in the navigation: a new one stands last.
- what the first story said of a photo: what its own item says goes before that, and is compared.
- what something was called when a revision was written, and the address of a person while only the login was known.
- public ids that are made at random.
"""

import re

import pytest
import time_machine
from django.db import transaction

from articles.backup.takeout.rows import MODELS, rows_of
from articles.models import Photo, Revision, SourcePhoto

from ..newsroom import READING
from ..wire_cases import IngestTestCase
from ..wordpress_exports import HEAD, SAMPLES, TAIL
from ..wordpress_parts import AUTHOR, PHOTOS, SITE, STORIES

LEFT_OUT = {"Story": {"version"}, "Arrival": {"story_version"}, "Section": {"order"}, "PhotoArrival": {"with_story"}}
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class WholeTest(IngestTestCase):
    maxDiff = None

    def tables(self, *runs):
        with transaction.atomic(), time_machine.travel(READING, tick=False):
            for path, refused in runs:
                self.ingest(path, refused=refused)
            told = self.every_row()
            transaction.set_rollback(True)
        return told

    def every_row(self):
        """{table: its rows as text}, photos by their titles."""
        titles = {str(name): one.title for one in Photo.objects.all() for name in (one.uid, one.hash)}

        def plain(row):
            text = RANDOM.sub("made at random", repr(row))
            return re.sub("|".join(titles) or "$^", lambda found: titles[found[0]], text)

        told = {}
        for model in MODELS:
            left_out = LEFT_OUT.get(model.__name__, ())
            told[model.__name__] = sorted(
                plain({n: row[n] for n in row if n not in left_out}) for row in rows_of(model)
            )
        last = {one.story.uid: one.snapshot for one in Revision.objects.select_related("story").order_by("number")}
        told["Revision"] = sorted(plain(snapshot | {"names": None}) for snapshot in last.values())
        told.pop("FormerPersonSlug")
        aliases = [(one.uid, one.row.title) for one in SourcePhoto.objects.select_related("row")]
        told["SourcePhoto"] = sorted(map(str, {(one.uid, one.title) for one in Photo.objects.all()} | {*aliases}))
        return told

    def assert_is_completed(self, whole, cuts):
        clean = self.tables((whole, 0))
        for cut in cuts:
            with self.subTest(cut.name):
                now = self.tables((cut, 1), (whole, 0))
                differing = [name for name in clean if now[name] != clean[name]]
                self.assertEqual([now[name] for name in differing], [clean[name] for name in differing])

    @pytest.mark.wide
    def test_an_export_that_was_cut_anywhere_and_then_the_whole(self):
        every = [*STORIES, *PHOTOS]
        whole = self.file(HEAD + SITE + AUTHOR + "".join(every) + TAIL, name="whole.xml")
        cuts = [
            self.file(HEAD + SITE + AUTHOR + "".join(every[:count]), name=f"cut-{count}.xml") for count in (1, 4, 5, 6)
        ]
        self.assert_is_completed(whole, cuts)

    def test_the_sample_that_was_cut(self):
        self.assert_is_completed(SAMPLES / "wxr-whole.xml", [SAMPLES / "wxr-cut.xml"])

    @pytest.mark.wide
    def test_an_export_with_patterns_and_galleries_that_was_cut_anywhere(self):
        text = (SAMPLES / "wordpress-parts.xml").read_text()
        ends = [found.end() for found in re.finditer("</item>", text)]
        cuts = [self.file(text[:end], name=f"cut-{at}.xml") for at, end in enumerate(ends[:-1:2])]
        self.assert_is_completed(SAMPLES / "wordpress-parts.xml", cuts)
