"""What lies in a folder of backups: which are whole, what each of them says, and its files, opened."""

import contextlib
import gzip
import hashlib
import json
import os
import re
from typing import NamedTuple

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.utils.translation import gettext as _

from articles.wire.values.item import Refusal

from .sealed import SALT, Plain, Sealed

SALT_FILE, MANIFEST, DATABASE, ORIGINALS = "salt", "manifest.json", "database.jsonl.gz", "originals.jsonl.gz"
FILES = "originals"  # the folder of the files of photos, which all backups share
NAME = re.compile(r"\d{8}T\d{6}Z")
VERSION = 1
PIECE = 1 << 20
BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, SuspiciousFileOperation)


class Original(NamedTuple):
    """`name`: that in the media storage. `file`: its name in FILES, "" if the storage had no such file."""

    name: str
    size: int
    sha256: str
    file: str


class Copies:
    """The backups in a folder (folders.py). `passphrase`: "" for plain files."""

    def __init__(self, folder, passphrase):
        self.folder = folder
        self.seal = Sealed(passphrase, self._salt()) if passphrase else Plain()

    def _salt(self):
        """That of the folder; a new one where there is none."""
        try:
            with self.folder.reading(SALT_FILE) as file:
                return file.read(SALT)
        except FileNotFoundError:
            return os.urandom(SALT)

    def begin(self):
        """Note the salt, and refuse to mix plain and encrypted backups."""
        is_sealed, has_salt = isinstance(self.seal, Sealed), self.folder.size(SALT_FILE) is not None
        if has_salt and not is_sealed:
            raise Refusal(_("%(folder)s has encrypted backups: name another folder for plain ones.") % self._named())
        if not has_salt and is_sealed:
            if next(iter(self.folder.names()), None):
                raise Refusal(_("%(folder)s has other files: name a new folder for encrypted backups.") % self._named())
            with self.folder.writing(SALT_FILE) as file:
                file.write(self.seal.salt)

    def _named(self):
        return {"folder": self.folder}

    def whole(self):
        """The names of the backups that are whole, oldest first."""
        found = [name.split("/") for name in self.folder.names()]
        return sorted(
            parts[0] for parts in found if len(parts) == 2 and NAME.fullmatch(parts[0]) and parts[1] == MANIFEST
        )

    def interrupted(self):
        """The names of those that are not."""
        found = {name.split("/")[0] for name in self.folder.names() if NAME.match(name)}
        return sorted(found - set(self.whole()))

    def chosen(self, name=""):
        """A name, by default of the newest. Raises Refusal if there is none."""
        names = self.whole()
        if not names or (name and name not in names):
            told = {"folder": self.folder, "names": ", ".join(names) or "–"}
            raise Refusal(_("%(folder)s has no such backup that is whole, but: %(names)s.") % told)
        return name or names[-1]

    def manifest(self, name):
        with self.legible(f"{name}/{MANIFEST}"), self.reading(f"{name}/{MANIFEST}") as file:
            found = json.load(file)
            if found["version"] != VERSION or found["name"] != name:
                told = {"version": found["version"], "known": VERSION}
                raise Refusal(_("This backup is of version %(version)s; version %(known)s is read here.") % told)
            return found

    def originals(self, name):
        """Each Original of a backup."""
        for line in self.lines(f"{name}/{ORIGINALS}"):
            with self.legible(f"{name}/{ORIGINALS}"):
                one = Original(*json.loads(line))
                validate_file_name(one.name, allow_relative_path=True)
            yield one

    def lines(self, name):
        with self.legible(name), self.reading(name) as file, gzip.open(file) as unpacked:
            yield from unpacked

    def reading(self, name):
        """The content of a file."""
        file = self.folder.reading(name)
        try:
            return self.seal.opened(file)
        except BaseException:
            file.close()
            raise

    @contextlib.contextmanager
    def writing(self, name):
        """A file for content, which is encrypted on its way."""
        with self.folder.writing(name) as file, self.seal.written(file) as content:
            yield content

    @contextlib.contextmanager
    def legible(self, name):
        """Turn any fault of a file into a Refusal that names the file."""
        try:
            yield
        except (Refusal, *BROKEN) as error:
            raise Refusal(_("%(name)s cannot be read: %(reason)s") % {"name": name, "reason": error}) from error

    def check(self, name, size, sha256):
        """Read a file to its end. Raises Refusal if its content is not that which was written."""
        with self.legible(name), self.reading(name) as file:
            digest, length = hashlib.sha256(), 0
            while piece := file.read(PIECE):
                digest.update(piece)
                length += len(piece)
        if (length, digest.hexdigest()) != (size, sha256):
            raise Refusal(_("%(name)s is not as it was written: it has another hash.") % {"name": name})
