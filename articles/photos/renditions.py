"""Renditions: made once, on the first request of their address, in sRGB, with rights and nothing else of the file."""

import hashlib
import io
import logging
import threading
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from articles import photo_metadata

from . import budget
from .addresses import CROPS, FORMATS, USES, crop_box, size
from .scaling import unpacked

logger = logging.getLogger(__name__)

AMPLE = 60_000_000  # pixels from which on a picture is unpacked to little more than its renditions have
MOST_KEPT = 13_000_000  # pixels of the picture that renditions are made of: one of 1:5 is still 1,600 wide
PACKING = 20  # bytes a pixel of a rendition, while it is packed as AVIF
DIGEST = 16  # bytes at the end of a stored rendition, by which one that was cut is known


class Fetched(NamedTuple):
    """A rendition's bytes, and whether they are stored: what cannot be is made again at each request."""

    content: bytes
    is_stored: bool


def make(photo, wanted):
    """The bytes of a rendition. Raises OSError where the original is missing or no picture."""
    with budget.a_turn():
        return _packed(photo, wanted, _kept.get(photo) or _unpacked(photo))


def _packed(photo, wanted, whole):
    box = crop_box(*whole.size, CROPS[wanted.crop], (wanted.focus[0] / 100, wanted.focus[1] / 100))
    times = whole.size[0] / whole.image.width, whole.size[1] / whole.image.height
    box = [edge / times[at % 2] for at, edge in enumerate(box)]
    _, height = size(photo, wanted.crop, wanted.width)
    with budget.room(wanted.width * height * PACKING):
        scaled = whole.image.resize((wanted.width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        out = io.BytesIO()
        scaled.save(out, **FORMATS[wanted.format][1], xmp=rights(photo))
    return out.getvalue()


def _unpacked(photo):
    """The photo as its renditions need it, `Upright`; kept for the next one."""
    with default_storage.open(photo.file.name) as file:
        whole = unpacked(file, _times, MOST_KEPT)
    whole.image.info.clear()
    _kept.put(photo, whole)
    return whole


def _times(width, height):
    """How many times smaller a picture may be unpacked, so that no rendition has more pixels than it."""
    gap = 1.25 if width * height > AMPLE else 2
    sides = ((crop_box(width, height, CROPS[use.crop], (0.5, 0.5))[2], max(use.widths)) for use in USES.values())
    return max(1, int(min(side / most for side, most in sides) / gap))


class _Kept:
    """The picture that was unpacked last: the renditions of one are asked for together, and unpacking costs most."""

    def __init__(self):
        self._last, self._lock = (None, None), threading.Lock()

    def get(self, photo):
        """The picture, if it is that of this photo and the original is still there as it was."""
        with self._lock:
            key, whole = self._last
        return whole if key and key[0] == photo.hash and key == self._key(photo) else None

    def put(self, photo, whole):
        key = self._key(photo)
        with self._lock:
            self._last = key, whole

    def _key(self, photo):
        return photo.hash, photo.file.name, default_storage.size(photo.file.name)


_kept = _Kept()


def rights(photo):
    """What every rendition carries with it (rules.md I3), as an XMP packet."""
    return photo_metadata.rights_xmp(
        photo_metadata.Metadata(
            creator=photo.photographer,
            credit_line=photo.credit,
            copyright=photo.copyright,
            usage_terms=photo.usage_terms,
            web_statement=photo.web_statement,
            licensor_url=photo.licensor_url,
            digital_source_type=photo.digital_source_type,
        )
    )


def fetch(photo, wanted):
    """A rendition, from storage or made and stored now, by one worker of a host. Raises OSError."""
    if stored := _stored(wanted):
        return Fetched(stored, True)
    # One of 64 locks, so that two workers do not make the same rendition, and few wait for another's.
    with budget.locked(f"rendition-{int(wanted.hash[:2], 16) % 64}"):
        if stored := _stored(wanted):
            return Fetched(stored, True)
        made = make(photo, wanted)
        return Fetched(made, _store(wanted, made))


def _stored(wanted):
    """The bytes of a stored rendition; None where there is none, or not the whole of it."""
    try:
        with default_storage.open(wanted.path) as file:
            content = file.read()
    except OSError:  # what cannot be read may still be made
        return None
    made, digest = content[:-DIGEST], content[-DIGEST:]
    return made if digest == _digest(made) else None


def _store(wanted, made):
    """Keep a rendition; whether it could be kept. One that was broken gives way."""
    try:
        if default_storage.exists(wanted.path):
            default_storage.delete(wanted.path)
        default_storage.save(wanted.path, ContentFile(made + _digest(made), wanted.name))
    except OSError:
        logger.warning("Rendition %s cannot be stored, and is made at each request", wanted.name, exc_info=True)
        return False
    return True


def _digest(content):
    return hashlib.blake2b(content, digest_size=DIGEST).digest()
