"""The texts of EXIF: the standard's tags, and those that Windows adds. Pure.

A text ends at its first NUL: bytes behind it are remains of a longer text, or of the camera's memory.
"""

import codecs
from itertools import takewhile

from PIL import ExifTags

LONGEST = 100_000
TAG = ExifTags.Base
# Tags of Windows: UTF-16 as bytes.
TITLE, COMMENT, AUTHOR, KEYWORDS, SUBJECT = TAG.XPTitle, TAG.XPComment, TAG.XPAuthor, TAG.XPKeywords, TAG.XPSubject
CHARACTER_SETS = {b"ASCII\0\0\0": "ascii", b"JIS\0\0\0\0\0": "iso2022_jp", b"\0" * 8: "ascii"}


def read(tags):
    """Texts by field. "camera" has make, model and programs; their names help to recognise captions by machines."""
    photo = tags.get_ifd(ExifTags.IFD.Exif)
    taken = _text(photo.get(TAG.DateTimeOriginal)).strip()
    comment = _comment(photo.get(TAG.UserComment), tags.endian)
    return {
        "title": [_wide(tags.get(TITLE))],
        "creator": _text(tags.get(TAG.Artist)).split(";") + _wide(tags.get(AUTHOR)).split(";"),
        "copyright": [_copyright(tags.get(TAG.Copyright))],
        "caption": [_text(tags.get(TAG.ImageDescription)), _wide(tags.get(COMMENT)), _wide(tags.get(SUBJECT)), comment],
        "keywords": [_wide(tags.get(KEYWORDS))],
        "created_at": [taken + _text(photo.get(TAG.OffsetTimeOriginal)).strip(), taken],
        "camera": [_text(tags.get(tag)).strip() for tag in (TAG.Make, TAG.Model, TAG.Software, TAG.HostComputer)],
    }


def _text(value):
    """A text up to its first NUL."""
    return _decoded(_bytes(value).partition(b"\0")[0])


def _bytes(value):
    """The bytes of a value. Pillow turns values typed as text into Latin-1, and bytes into numbers."""
    if isinstance(value, str):
        return value[:LONGEST].encode("latin-1", "ignore")
    if isinstance(value, tuple | list):
        return bytes(number for number in value[:LONGEST] if isinstance(number, int) and 0 <= number < 256)
    return value[:LONGEST] if isinstance(value, bytes) else b""


def _decoded(raw):
    """The decoded text: ASCII by the standard, UTF-8 by many programs, else the encoding of Windows."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "ignore")


def _copyright(value):
    """The photographer's and the editor's copyright; by the standard a NUL separates them."""
    whose = [_decoded(part).strip() for part in _bytes(value).split(b"\0")[:2]]
    return ", ".join(takewhile(str.isprintable, filter(None, whose)))


def _wide(value):
    """A text of Windows, in UTF-16."""
    return _bytes(value).decode("utf-16-le", "ignore").partition("\0")[0].strip("\ufeff")


def _comment(value, endian):
    """A UserComment: its first eight bytes name the character set. Only the letters reveal the byte order."""
    raw = _bytes(value)
    mark, body = raw[:8], raw[8:]
    if mark == b"UNICODE\0":
        return _unicode(body, endian)
    if mark in CHARACTER_SETS:
        body = body.partition(b"\0")[0]
        return body.decode("iso2022_jp", "ignore") if mark[:3] == b"JIS" and b"\x1b" in body else _decoded(body)
    return _text(raw)


def _unicode(body, endian):
    if body[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return body.decode("utf-16", "ignore").partition("\0")[0]
    first, second = body[0::2].count(0), body[1::2].count(0)
    is_little = endian == "<" if first == second else second > first
    if not first and not second and body.isascii():  # marked as UNICODE, but with one byte a letter
        return _decoded(body)
    return body.decode("utf-16-le" if is_little else "utf-16-be", "ignore").partition("\0")[0]
