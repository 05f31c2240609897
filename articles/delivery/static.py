"""Static files: their storage, and those that are made when they are collected."""

import hashlib
import os
import tempfile

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from articles import face

from . import scripts


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, compressed by gzip only: brotli takes ten seconds for the desk's scripts and saves readers 1 kB."""

    def create_compressor(self, **kwargs):
        return super().create_compressor(**kwargs, use_brotli=False)


class MadeFinder(BaseFinder):
    """Finds files that are no files of the repository: they are made once for each `version`, under VAR."""

    FILES = {}  # {path: what makes its bytes}

    def version(self):
        raise NotImplementedError

    def check(self, **kwargs):
        return []

    def list(self, ignore_patterns):
        storage = self._storage()
        for path in self.FILES:
            self._make(storage, path)
            yield path, storage

    def find(self, path, find_all=False):
        if path not in self.FILES:
            return []
        storage = self._storage()
        self._make(storage, path)
        return [storage.path(path)] if find_all else storage.path(path)

    def _storage(self):
        return FileSystemStorage(settings.VAR / "made" / self.version())

    def _make(self, storage, path):
        """Whole or not at all: two processes may make it at once."""
        if storage.exists(path):
            return
        target = storage.path(path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(target), delete=False) as file:
            file.write(self.FILES[path]())
        os.chmod(file.name, 0o644)
        os.replace(file.name, target)


class FaceFinder(MadeFinder):
    """The face of headlines, and its licence."""

    FILES = {"site/face.woff2": face.packed, "site/face.txt": face.LICENCE.read_bytes}

    def version(self):
        return face.version()


class ScriptFinder(MadeFinder):
    """The script of readers' pages."""

    FILES = {"site/reader.js": scripts.joined}

    def version(self):
        return hashlib.sha256(scripts.joined()).hexdigest()[:16]
