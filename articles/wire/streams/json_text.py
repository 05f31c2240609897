"""JSON of any encoding as UTF-8. Pure.

UTF-16 and UTF-32 are recognised by their first bytes. Bytes that are not UTF-8 are read as Windows-1252, as in XML
(text/xml_text.py). `is_mended` says whether there were any, so that a remark can tell the sender.
"""

import codecs
import io

from articles.text import xml_text

CHUNK = 1 << 16
_WIDE = "utf-16", "utf-32"


class AsUtf8(io.RawIOBase):
    """The bytes of a file as UTF-8. It can be read only once."""

    def __init__(self, file, encoding):
        self.file, self.ready, self.has_ended, self.is_mended = file, b"", False, False
        errors = "replace" if encoding.startswith(_WIDE) else "articles.text.xml_text.mark"
        self.decoder = codecs.getincrementaldecoder(encoding)(errors)

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self.ready and not self.has_ended:
            chunk = self.file.read(CHUNK)
            self.has_ended = not chunk
            text, is_mended = xml_text.unmarked(self.decoder.decode(chunk, self.has_ended))
            self.is_mended = self.is_mended or is_mended
            self.ready = text.encode()
        part, self.ready = self.ready[: len(buffer)], self.ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def as_utf8(file):
    """The file itself if it is in UTF-8, else an AsUtf8 of it. A file that cannot seek always becomes an AsUtf8."""
    start = file.peek(4)[:4]
    encoding = xml_text.encoding_of(start) if start else "utf-8-sig"
    if not encoding.startswith(_WIDE) and file.seekable() and _is_utf8(file):
        return file
    return AsUtf8(file, encoding)


def _is_utf8(file):
    start, decoder = file.tell(), codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(start)
    return True
