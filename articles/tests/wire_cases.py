"""What tests of the wire share: files that are taken in, and the stories and pictures that stand in them."""

import datetime
import io
import json
import pathlib
import tempfile

from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Photo, Story
from articles.wire.store import ingest
from articles.wire.values.item import Item

from .newsroom import PUBLISHED, READING, NewsroomTestCase

STAMP = PUBLISHED.isoformat()
DAY = datetime.timedelta(days=1)


def told(number=1, **changes):
    """A story as an agency sends it."""
    return {
        "uri": f"tag:agency.example,2023:{number}",
        "type": "text",
        "version": "1",
        "versionCreated": STAMP,
        "firstCreated": STAMP,
        "headlines": [{"role": "main", "value": f"Pasar dibuka lagi {number}"}],
        "descriptions": [{"role": "summary", "value": "Setelah dua pekan."}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>Pedagang kembali berjualan.</p>"}],
        "people": [{"name": "Sari Hasan", "rel": "author"}, {"name": "Umar Lahay", "rel": "editor"}],
        "subjects": [{"name": "Ekonomi", "rel": "category"}, {"name": "Harga Pangan", "rel": "topic"}],
        **changes,
    }


class IngestTestCase(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def file(self, *items, name="stories.jsonl"):
        path = self.folder / name
        lines = [one if isinstance(one, str | bytes) else json.dumps(one) for one in items]
        path.write_bytes(b"\n".join(one.encode() if isinstance(one, str) else one for one in lines))
        return path

    def ingest(self, *paths, refused=0, **options):
        """{outcome: count}, by what the command says; fails if another number was refused than `refused`."""
        out = io.StringIO()
        options = {"state": "published", "report": self.folder / "report.tsv", **options}
        try:
            call_command("ingest", *map(str, paths), stdout=out, stderr=io.StringIO(), **options)
        except CommandError as error:
            self.assertEqual(str(error), f"{refused} ditolak.")
        else:
            self.assertEqual(refused, 0, "The command did not say that something was refused.")
        self.said = out.getvalue()
        counts = [line.split(None, 1) for line in self.said.splitlines() if line[:9].strip()[:1].isdigit()]
        return {label.strip(): int(count.replace(",", "")) for count, label in counts}

    def report(self):
        return (self.folder / "report.tsv").read_text()


DAY = datetime.timedelta(days=1)
URI = "tag:agency.example,2023:foto"


def picture(version=1, **changes):
    """A picture as an agency sends it."""
    return {
        "uri": URI, "type": "picture", "version": str(version),
        "versionCreated": (PUBLISHED + version * DAY).isoformat(), "by": "BAY ISMOYO",
        "infoSources": [{"name": "AFP"}], "headlines": [{"role": "main", "value": "Pasar"}],
        "descriptions": [{"role": "caption", "value": "Pasar pagi."}, {"role": "alt", "value": "Kios sayur"}],
        "people": [{"name": "Ani"}], "located": "Kyiv", "usageTerms": "Redaksi saja.", "copyrightNotice": "Hak AFP",
        "renditions": [{"name": "original", "href": "https://afp.example/2023/pasar.jpg", "width": 900, "height": 600}],
        **changes,
    }  # fmt: skip


def captioned(text, **more):
    return {"descriptions": [{"role": "caption", "value": text}], **more}


def associated(**changes):
    """The same picture as a story names it."""
    return {"name": "mainimage", "type": "picture", "uri": URI, **changes}


def both_ways(**changes):
    """{how: the items} of a picture that comes by itself, and of the same within a story."""
    item = picture(**changes)
    return {"by itself": [item], "with a story": [told(associations=[{**item, **associated()}])]}


class PicturesTestCase(IngestTestCase):
    def setUp(self):
        super().setUp()
        self.photos = self.folder / "foto"
        self.photos.mkdir()

    def put(self, name="2023/pasar.jpg", colour="#335577", **said):
        path = self.photos / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (900, 600), colour).save(path, "JPEG", **said)

    def take(self, *items, **options):
        return self.ingest(self.file(*items), photos=self.photos, **options)

    def photo(self):
        return Photo.objects.get(uid=Photo.objects.exclude(pk=self.lilin.pk).get().uid)


class TakenInTestCase(NewsroomTestCase):
    def take(self, *entries, released=True):
        wanted = ingest.IngestOptions(at=READING, edition=self.gorontalo, released=released)
        results = list(ingest.take_in([(str(at), entry) for at, entry in enumerate(entries)], wanted))
        ingest.finish(wanted)
        return results

    def item(self, number=1, site="https://a.example", **changes):
        return Item(f"{site}/?p={number}", f"Berita {number}", f"<p>Isi {number}.</p>", version_at=PUBLISHED, **changes)

    def author(self, story):
        return Story.objects.get(headline=story).credits.get().person
