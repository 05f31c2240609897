"""Photos on this machine's disk. A file is complete or absent."""

import contextlib
import os
import pathlib
import tempfile
import time

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from .addresses import FOLDER

ABANDONED = 3_600  # seconds since the last byte: the process that wrote it was killed


class WholeFileSystemStorage(FileSystemStorage):
    """Writes a file beside its place and moves it in one step, so a full disk or a kill leaves no cut original.

    When a process first stores a file in a folder, it removes partial files that killed processes left there.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.swept = set()

    def _save(self, name, content):
        folder = os.path.dirname(self.path(name))
        os.makedirs(folder, exist_ok=True)
        if folder not in self.swept:
            self.swept.add(folder)
            _sweep(folder)
        handle, path = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as part:
                for chunk in content.chunks():
                    part.write(chunk.encode() if isinstance(chunk, str) else chunk)
                part.flush()
                if not name.startswith(FOLDER):  # a rendition that a power cut destroyed is made again
                    os.fsync(part.fileno())
            return super()._save(name, _Ready(path, name))
        finally:
            with contextlib.suppress(FileNotFoundError):  # the file was moved already
                os.unlink(path)


def _sweep(folder):
    """Remove the partial files that no process writes any more."""
    for path in pathlib.Path(folder).glob(".*.part"):
        with contextlib.suppress(FileNotFoundError):  # another process removed it
            if path.stat().st_mtime < time.time() - ABANDONED:
                path.unlink()


class _Ready(File):
    """A complete temporary file, which Django moves to its place."""

    def __init__(self, path, name):
        super().__init__(None, name)
        self.path = path

    def temporary_file_path(self):
        return self.path
