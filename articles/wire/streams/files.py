"""Files of the wire, plain or gzip, read as a stream. A broken one raises Refusal."""

import contextlib
import gzip
import io
import zlib

from django.utils.translation import gettext as _

from ..values.item import Refusal


class _Sound(io.RawIOBase):
    """Reads a gzip file. An error in its compression becomes a Refusal."""

    def __init__(self, file):
        self.file = file

    def readable(self):
        return True

    def readinto(self, buffer):
        try:
            chunk = self.file.read1(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Refusal(_("The file is not whole: it breaks off within its compression.")) from error
        buffer[: len(chunk)] = chunk
        return len(chunk)


def unpacked(file):
    """A stream of a binary file that may be gzip. Reading raises Refusal if the file is cut off."""
    peeked = file if hasattr(file, "peek") else io.BufferedReader(file)
    if peeked.peek(2)[:2] != b"\x1f\x8b":
        return peeked
    return io.BufferedReader(_Sound(gzip.GzipFile(fileobj=peeked)), 1 << 16)


@contextlib.contextmanager
def whole(path):
    """A binary file to write. Until it is complete, its name ends in `.part`."""
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("wb") as file:
        yield file
    unfinished.replace(path)
