"""Photos on this machine's disk: a file is there whole, or not at all."""

import contextlib
import os
import pathlib
import tempfile
import time

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from .addresses import FOLDER

ABANDONED = 3_600  # seconds since the last byte: whoever wrote it was killed


class WholeFileSystemStorage(FileSystemStorage):
    """Written beside its place and moved there in one step: a full disk or a kill leaves no empty or cut original.

    Parts that a kill left are removed by the first store of a process in their folder.
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
                if not name.startswith(FOLDER):  # a rendition that a power cut took is made again
                    os.fsync(part.fileno())
            return super()._save(name, _Ready(path, name))
        finally:
            with contextlib.suppress(FileNotFoundError):  # it was moved
                os.unlink(path)


def _sweep(folder):
    """Remove the parts in it that nobody writes any more."""
    for path in pathlib.Path(folder).glob(".*.part"):
        with contextlib.suppress(FileNotFoundError):  # another process has done so
            if path.stat().st_mtime < time.time() - ABANDONED:
                path.unlink()


class _Ready(File):
    """A file that is written already: Django moves it into its place."""

    def __init__(self, path, name):
        super().__init__(None, name)
        self.path = path

    def temporary_file_path(self):
        return self.path
