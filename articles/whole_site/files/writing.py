"""One run of `manage.py export_site`: what is public no more is removed first, then what has changed is written.

The walk goes through the site and keeps what has changed aside. An address that is no page any more is removed when the
walk meets it; only when all of them are gone, the first new file gets its place. So a run that breaks off has shown
nothing that may not be shown, and left no page half written.

`export.json` beside the folders of the hosts notes each address with its file and hash. It is written before the first
file as well: no file is ever there that it does not name.
"""

import contextlib
import hashlib
import json
import pathlib
import shutil
import tempfile
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import folders
from articles.delivery import failure

from .. import walking
from ..asking import Answer
from . import names, public

STATE = "export.json"
NOWHERE = "/halaman-ini-tidak-ada/"  # whose answer is the page of an error
ERROR, SEARCH = "404.html", "/search/"


class Busy(Exception):
    """Another run writes."""


class Done(NamedTuple):
    """Numbers of files; `failed`: addresses that could not be rendered, whose files stay as they were."""

    written: int
    kept: int
    removed: int
    failed: list[str]


class Export:
    """`folder`: where to (folders.py). `ask`: gives the Answer at an address. `progress(what, number)` is told."""

    def __init__(self, folder, ask, editions, progress):
        self.folder, self.ask, self.editions, self.progress = folder, ask, editions, progress
        self.hosts = walking.hosts(editions)
        self.by_kind = isinstance(folder, folders.Disk)
        self.known = {}  # {address: [file, hash]}
        self.removed, self.kept, self.failed = 0, 0, []

    def run(self):
        with _alone(), tempfile.TemporaryDirectory(prefix="export-", dir=settings.VAR) as aside:
            self.known, self.aside, self.waiting = self.read_state(), pathlib.Path(aside), {}
            ours = [address for address in self.known if urlsplit(address).netloc in self.hosts]
            for address in list(public.gone(ours, self.editions, timezone.now())):
                self.remove(address)
            self.write_state()
            ours = [one for one in ours if one in self.known and urlsplit(one).path != f"/{ERROR}"]
            for number, (address, answer) in enumerate(self.walk(ours), 1):
                self.take(address, answer)
                self.progress(_("addresses"), number)
            self.take_errors()
            self.put_in_place()
        return Done(len(self.waiting), self.kept, self.removed, self.failed)

    def walk(self, known):
        return walking.walk(self.ask, self.editions, known, names.is_file)

    def take(self, address, answer):
        """Keep a page aside if it has changed; remove its file if it is no page any more."""
        if answer.status >= 500:
            self.failed.append(address)
        elif answer.status != 200:
            self.remove(address)
        else:
            self.keep(address, answer)

    def keep(self, address, answer):
        body = answer.body
        if answer.kind == "text/html":
            body = names.with_links_to_files(address, body, self.hosts)
        file, digest = names.file_of(address, answer.kind, self.by_kind), hashlib.sha256(body).hexdigest()
        if self.known.get(address) == [file, digest]:
            self.kept += 1
            return
        path = self.aside / str(len(self.waiting))
        path.write_bytes(body)
        self.waiting[address] = file, digest, path, answer.content_type

    def take_errors(self):
        """The page of an error, and that which stands in for the search: of each edition, in its language."""
        for edition in self.editions:
            there = edition.absolute(NOWHERE)
            answer = self.ask(there)
            self.keep(edition.absolute(f"/{ERROR}"), answer._replace(status=200))
            with translation.override(edition.language):
                body, _headers = failure.page(503, edition.language, is_desk=False)
            self.keep(edition.absolute(SEARCH), Answer(200, "text/html", "", body, "text/html; charset=utf-8"))

    def remove(self, address):
        if address in self.known:
            self.folder.delete(self.known.pop(address)[0])
            self.removed += 1

    def put_in_place(self):
        for address, (file, _digest, _path, _kind) in self.waiting.items():
            before = self.known.get(address)
            if before and before[0] != file:
                self.remove(address)
            self.known[address] = [file, ""]  # the file of now may be that of before: its hash is known afterwards
        self.write_state()
        for number, (address, (file, digest, path, kind)) in enumerate(self.waiting.items(), 1):
            with self.folder.writing(file, kind) as to, path.open("rb") as content:
                shutil.copyfileobj(content, to)
            self.known[address] = [file, digest]
            self.progress(_("files"), number)
        self.write_state()

    def read_state(self):
        try:
            with self.folder.reading(STATE) as file:
                return json.load(file)
        except FileNotFoundError:
            if next(iter(self.folder.names()), None):
                told = {"folder": self.folder}
                raise OSError(_("%(folder)s has other files: name a new folder.") % told) from None
            return {}

    def write_state(self):
        with self.folder.writing(STATE, "application/json") as file:
            file.write(json.dumps(self.known, indent=0, sort_keys=True).encode())


@contextlib.contextmanager
def _alone():
    with folders.alone(settings.VAR / "export.lock") as is_alone:
        if not is_alone:
            raise Busy
        yield
