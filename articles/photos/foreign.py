"""Files that are pictures or look like them, but are not accepted: their kind, and advice for the sender."""

import contextlib
import struct

from django.utils.translation import gettext_lazy as _

_BY_START = [
    (b"%PDF", _("it is a PDF: export its picture as JPEG or PNG")),
    (b"8BPS", _("it is a Photoshop file: save it as JPEG or TIFF")),
    (b"BM", _("it is a BMP: save it as PNG or JPEG")),
    (b"\0\0\0\x0cjP  ", _("it is JPEG 2000: save it as JPEG")),
    (b"\xff\x4f\xff\x51", _("it is JPEG 2000: save it as JPEG")),
    (b"\0\0\0\x0cJXL ", _("it is JPEG XL: save it as JPEG")),
    (b"\xff\x0a", _("it is JPEG XL: save it as JPEG")),
    (b"FUJIFILMCCD-RAW", _("it is a camera's raw file: develop it and save it as JPEG")),
    (b"IIU\0", _("it is a camera's raw file: develop it and save it as JPEG")),
    (b"IIRO", _("it is a camera's raw file: develop it and save it as JPEG")),
]
_RAW = _("it is a camera's raw file: develop it and save it as JPEG")
_NO_HEIC = _(
    "it is HEIC, which this server cannot read: send it as JPEG "
    "(on an iPhone: Settings, Camera, Formats, Most Compatible)"
)
_FILM = _("it is a film: send a picture of it")
_EMPTY = _("the file is empty")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
_FILMS = (b"isom", b"iso2", b"mp41", b"mp42", b"qt  ", b"avc1", b"M4V ", b"3gp4", b"3gp5")
_IS_DNG, _SUBFILE_TYPE = 50706, 254
_MOST_TAGS = 1000


def foreign_kind(file, has_heic=True):
    """The kind of the file and advice, if its first bytes identify it; else ""."""
    file.seek(0)
    start = file.read(32)
    file.seek(0)
    if not start:
        return _EMPTY
    if start[4:8] == b"ftyp":
        brand = start[8:12]
        is_avif = b"avif" in (brand, *(start[at : at + 4] for at in range(16, 32, 4)))
        if brand in _HEIC and not has_heic and not is_avif:
            return _NO_HEIC
        return _RAW if brand == b"crx " else _FILM if brand in _FILMS else ""
    if start[:4] in (b"II*\0", b"MM\0*"):
        return _RAW if start[8:10] == b"CR" or _is_raw(file, start) else ""
    return next((advice for mark, advice in _BY_START if start.startswith(mark)), "")


def _is_raw(file, start):
    """Whether a TIFF is a camera's raw file, whose first picture is only a thumbnail."""
    order = "<" if start[:2] == b"II" else ">"
    tags = set()
    with contextlib.suppress(struct.error):
        file.seek(struct.unpack(f"{order}I", start[4:8])[0])
        (count,) = struct.unpack(f"{order}H", file.read(2))
        for _number in range(min(count, _MOST_TAGS)):
            tag, _kind, _count, value = struct.unpack(f"{order}HHI4s", file.read(12))
            if tag == _IS_DNG or (tag == _SUBFILE_TYPE and 1 in (value[0], value[3])):
                tags.add(tag)
    file.seek(0)
    return bool(tags)


def has_more_pages(file):
    """Whether a TIFF has a second page, that is, a second directory. The file's position does not change."""
    before = file.tell()
    file.seek(0)
    start = file.read(8)
    order = "<" if start[:2] == b"II" else ">"
    following = 0
    with contextlib.suppress(struct.error):
        at = struct.unpack(f"{order}I", start[4:])[0]
        file.seek(at)
        (count,) = struct.unpack(f"{order}H", file.read(2))
        file.seek(at + 2 + 12 * count)
        (following,) = struct.unpack(f"{order}I", file.read(4))
    file.seek(before)
    return following > 0
