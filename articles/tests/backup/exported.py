"""The public site of the tests' newsroom as files, and what a reader gets of it."""

import pathlib
import tempfile
from urllib.parse import urlsplit

from django.test import Client

from articles import folders
from articles.models import Edition
from articles.whole_site import asking
from articles.whole_site.files import names
from articles.whole_site.files.writing import Export

from ..newsroom import NewsroomTestCase


def ask(address):
    """The answer of the tests' own client, which needs no server."""
    parts = urlsplit(address)
    found = Client(headers={"host": parts.netloc}, raise_request_exception=False).get(
        parts.path + (f"?{parts.query}" if parts.query else "")
    )
    return asking.answer(found.status_code, found.headers.items(), found.getvalue())


class ExportTestCase(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        room = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.folder = room / "situs"
        self.enterContext(self.settings(VAR=room))
        self.asked = []

    def ask(self, address):
        self.asked.append(address)
        return ask(address)

    def export(self, asks=None, editions=None):
        editions = list(Edition.objects.all()) if editions is None else editions
        folder = folders.at(str(self.folder), mode=0o644)
        return Export(folder, asks or self.ask, editions, lambda what, number: None).run()

    def file(self, path, edition=None):
        """The file of an HTML page, or of an address that ends without a slash."""
        edition = edition or Edition.objects.get(is_default=True)
        return self.folder / names.file_of(edition.absolute(path), "text/html")

    def files(self):
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}
