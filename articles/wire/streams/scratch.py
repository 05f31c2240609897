"""Temporary storage of a reader on disk: a database, and a copy of a file that cannot seek. Pure."""

import contextlib
import json
import sqlite3
import tempfile

from django.utils.translation import gettext as _

from ..values.item import Refusal

CHUNK = 1 << 16
MOST_COPIED = 16 << 30  # bytes of a file that cannot seek
MEMORY = 8_000  # kB of a database in memory
LONGEST_KEY = 2_000


class Scratch:
    """A database in a temporary file, which SQLite removes when it is closed. `schema`: its tables."""

    def __init__(self, schema):
        self.rows = sqlite3.connect("", check_same_thread=False)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute(f"PRAGMA cache_size = -{MEMORY}")
        self.rows.executescript(schema)
        self.execute, self.executescript = self.rows.execute, self.rows.executescript

    def close(self):
        self.rows.close()


class Notes(Scratch):
    """Values by a key: texts, numbers and lists, stored as JSON."""

    def __init__(self):
        super().__init__("CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")

    def put(self, key, value):
        """Store a value. The first value of a key stays. A key that is too long is ignored."""
        if len(key) <= LONGEST_KEY:
            self.execute("INSERT OR IGNORE INTO notes VALUES (?, ?)", [key, json.dumps(value)])

    def get(self, key, default=None):
        row = self.execute("SELECT value FROM notes WHERE key = ?", [key]).fetchone()
        return json.loads(row[0]) if row else default


@contextlib.contextmanager
def rewindable(file):
    """The file itself if it can seek, else a temporary copy on disk.

    A Refusal while copying (files.py) is raised at the end of the copy, as reading the file itself would do.
    """
    if file.seekable():
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        yield _Copy(file, copy)


class _Copy:
    def __init__(self, file, copy):
        self.copy, self.refusal = copy, None
        try:
            _fill(copy, file)
        except Refusal as refusal:
            self.refusal = refusal
        copy.seek(0)
        self.seek, self.tell = copy.seek, copy.tell

    def seekable(self):
        return True

    def read(self, size):
        chunk = self.copy.read(size)
        if size and not chunk and self.refusal:
            raise self.refusal
        return chunk


def _fill(copy, file):
    read = getattr(file, "read1", file.read)  # read1 does not lose the bytes before a break
    while chunk := read(CHUNK):
        copy.write(chunk)
        if copy.tell() > MOST_COPIED:
            raise Refusal(_("Unpacked, the file is larger than %(size)s bytes.") % {"size": f"{MOST_COPIED:,}"})
