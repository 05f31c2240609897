"""Renditions: each is made on the first request of its address, in sRGB, with rights as its only metadata."""

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
from .addresses import CROPS, FORMATS, USES, crop_box, crop_width, size
from .scaling import unpacked

logger = logging.getLogger(__name__)

AMPLE = 60_000_000  # pixels above which a picture is decoded to hardly more than the size of its renditions
MOST_KEPT = 13_000_000  # pixels of the decoded picture from which renditions are made: one of 1:5 is still 1,600 wide
PACKING = 20  # bytes a pixel of a rendition while it is encoded as AVIF
MOST_LENGTHS = 20_000  # that a worker remembers: the bytes at an address never change
DIGEST = 16  # bytes at the end of a stored rendition; they reveal a cut file


class Fetched(NamedTuple):
    """A rendition's bytes, and whether they are stored. An unstored rendition is made again at each request."""

    content: bytes
    is_stored: bool


def make(photo, rendition):
    """The bytes of a rendition. Raises OSError if the original is missing or not a picture."""
    with budget.a_turn():
        return _packed(photo, rendition, _kept.get(photo) or _unpacked(photo))


def _packed(photo, rendition, decoded):
    whole = decoded.whole
    box = crop_box(*whole.size, CROPS[rendition.crop], (rendition.focus[0] / 100, rendition.focus[1] / 100))
    times = whole.size[0] / whole.image.width, whole.size[1] / whole.image.height
    box = tuple(edge / times[at % 2] for at, edge in enumerate(box))
    _, height = size(photo, rendition.crop, rendition.width)
    with budget.room(rendition.width * height * PACKING):
        scaled = decoded.scaled((rendition.width, height), box)
        out = io.BytesIO()
        scaled.save(out, **FORMATS[rendition.format][1], xmp=rights(photo))
    return out.getvalue()


def _unpacked(photo):
    """The decoded photo in the size that its renditions need; cached for the next one."""
    with default_storage.open(photo.file.name) as file:
        whole = unpacked(file, _times, MOST_KEPT)
    whole.image.info.clear()
    decoded = _Decoded(whole)
    _kept.put(photo, decoded)
    return decoded


def _times(width, height):
    """The factor by which a picture may be reduced, so that no rendition has more pixels than it."""
    gap = 1.25 if width * height > AMPLE else 2
    sides = ((crop_width(width, height, CROPS[use.crop]), max(use.widths)) for use in USES.values())
    return max(1, int(min(side / most for side, most in sides) / gap))


class _Decoded:
    """A decoded photo, `whole`, with the last picture scaled from it, because a size is made in each format."""

    def __init__(self, whole):
        self.whole, self._last = whole, (None, None)

    def scaled(self, size, box):
        """A copy, because encoding changes the attributes of a picture and other threads may ask for the same."""
        wanted, (known, picture) = (size, box), self._last
        if known != wanted:
            picture = self.whole.image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
            self._last = wanted, picture
        return picture.copy()


class _Kept:
    """A cache of the last decoded picture: its renditions are requested together, and decoding costs most."""

    def __init__(self):
        self._last, self._lock = (None, None), threading.Lock()

    def get(self, photo):
        """The cached picture, if it is of this photo and the original is unchanged."""
        with self._lock:
            key, decoded = self._last
        return decoded if key and key[0] == photo.hash and key == self._key(photo) else None

    def put(self, photo, decoded):
        key = self._key(photo)
        with self._lock:
            self._last = key, decoded

    def _key(self, photo):
        return photo.hash, photo.file.name, default_storage.size(photo.file.name)


_kept, _lengths = _Kept(), {}


def rights(photo):
    """The rights in every rendition (rules.md I3), as an XMP packet."""
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


def fetch(photo, rendition):
    """A rendition from storage; if it is missing, one worker of a host makes and stores it. Raises OSError."""
    return stored_or_made(rendition.path, int(rendition.hash[:2], 16) % 64, lambda: make(photo, rendition))


def stored_or_made(path, lock, make):
    """What is stored at the path, or else what `make` returns, made and stored by one worker of a host.

    `lock`: one of 64, so that two workers do not make the same, and few wait for something else.
    """
    if stored := _stored(path):
        return Fetched(stored, True)
    with budget.locked(f"rendition-{lock}"):
        if stored := _stored(path):
            return Fetched(stored, True)
        made = make()
        return Fetched(made, _store(path, made))


def length(photo, rendition):
    """The bytes of a rendition, which is made if it is not there; None if the original is missing or broken."""
    if (known := stored_length(rendition)) is not None:
        return known
    try:
        return _remember(rendition, len(fetch(photo, rendition).content))
    except OSError:
        return None


def stored_length(rendition):
    """The bytes of a rendition that was made before; None if it was not, and it is not made now."""
    if rendition.path in _lengths:
        return _lengths[rendition.path]
    try:
        stored = default_storage.size(rendition.path) - DIGEST
    except OSError:
        return None
    return _remember(rendition, stored) if stored > 0 else None


def _remember(rendition, length):
    _lengths[rendition.path] = length
    while len(_lengths) > MOST_LENGTHS:
        _lengths.pop(next(iter(_lengths)), None)
    return length


def _stored(path):
    """The bytes of a stored rendition; None if it is missing or incomplete."""
    try:
        with default_storage.open(path) as file:
            content = file.read()
    except OSError:  # an unreadable rendition can be made again
        return None
    made, digest = content[:-DIGEST], content[-DIGEST:]
    return made if digest == _digest(made) else None


def _store(path, made):
    """Store a rendition, replacing a broken one. Returns whether that succeeded."""
    try:
        if default_storage.exists(path):
            default_storage.delete(path)
        default_storage.save(path, ContentFile(made + _digest(made), path.rpartition("/")[2]))
    except OSError:
        logger.warning("Rendition %s cannot be stored, and is made at each request", path, exc_info=True)
        return False
    return True


def _digest(content):
    return hashlib.blake2b(content, digest_size=DIGEST).digest()
