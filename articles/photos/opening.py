"""Which picture files are accepted. A file is opened by its header alone, before anything is decoded."""

import contextlib
import functools
import struct
import zlib

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from articles.models.photo import LONGEST_SIDES

from .foreign import foreign_kind

try:
    import pi_heif
except ImportError:  # pillow-heif has no wheel for some machines
    pi_heif = None
else:
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

MOST_PIXELS = 110_000_000  # full frames of the largest cameras and phones
MOST_UNPACKED = 60_000_000  # pixels of WebP and AVIF: their libraries hold several copies of a picture at once
MOST_BYTES = 60_000_000
MOST_SCANS = 100  # of a progressive JPEG: each one costs as much as a picture
MOST_SEGMENTS = 100_000  # of a JPEG before its picture, and bytes between them; real files have hundreds
MOST_EXIF = 20  # EXIF segments among them; a camera writes one
MOST_CUT = 0.5  # the share of a JPEG's height that may be missing
SMALL = 320  # pixels: a narrower or lower picture gets a warning
UNPACKED_WHOLE = ("WEBP", "AVIF")
NAMES = {"WEBP": "WebP", "HEIF": "HEIC", "MPO": "JPEG"}  # common names of formats
MOVING = ("GIF", "PNG", "WEBP", "AVIF")
HEIC = ("HEIF",) if pi_heif else ()
TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", *HEIC)
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit first only warns; `opened` checks before anything is decoded
# Memory for pictures is allocated in blocks that malloc returns to the system when they are freed. With Pillow's
# default of 16 megabytes, each thread that had decoded a picture kept hundreds of megabytes.
Image.core.set_block_size(64 * 1024 * 1024)
# Exceptions other than OSError that Pillow raises for broken files; found by changing bytes at random.
COMPLAINTS = (
    OSError, ValueError, TypeError, LookupError, RuntimeError, ArithmeticError, SyntaxError, EOFError, MemoryError,
    struct.error, zlib.error, UserWarning,
)  # fmt: skip
_BROKEN = gettext_lazy("it is broken or cut off: ask for it again, or save it anew")
_UNKNOWN = gettext_lazy("it is not JPEG, PNG, WebP, AVIF, HEIC, GIF or TIFF, or it is broken")


class Unusable(OSError):
    """A file that is not an acceptable picture; the message is for the sender."""


@contextlib.contextmanager
def opened(file):
    """A picture of an accepted kind and size. Raises Unusable for all others, in place of Pillow's errors."""
    file.seek(0)
    try:
        if kind := foreign_kind(file, has_heic=bool(HEIC)):
            raise Unusable(kind)
        if _is_padded(file):
            raise Unusable(_BROKEN)
        with Image.open(file, formats=TAKEN) as image:
            _check(image)
            if image.format in ("JPEG", "MPO"):
                image.load_read = functools.partial(_read_to_the_end, image)
            yield image
    except Unusable:
        raise
    except UnidentifiedImageError as error:
        raise Unusable(_UNKNOWN) from error
    except COMPLAINTS as error:
        raise Unusable(_BROKEN) from error


def _check(image):
    most = MOST_UNPACKED if image.format in UNPACKED_WHOLE else MOST_PIXELS
    if image.width * image.height > most:
        params = {
            "size": f"{image.width} × {image.height}",
            "most": most // 1_000_000,
            "kind": NAMES.get(image.format, image.format),
        }
        raise Unusable(_("%(size)s pixels are too many; the most for %(kind)s are %(most)s million") % params)
    if max(image.size) > LONGEST_SIDES * min(image.size):  # each row of pixels takes extra memory, even a short one
        raise Unusable(_("it is more than five times as long as it is wide"))


def moves(image):
    return image.format in MOVING and getattr(image, "is_animated", False)


def _is_padded(file):
    """Whether a JPEG has more segments before its picture than any program writes: Pillow keeps and joins them all."""
    file.seek(0)
    at, texts, is_jpeg = 2, 0, file.read(2) == b"\xff\xd8"
    for _step in range(MOST_SEGMENTS if is_jpeg else 0):
        file.seek(at)
        head = file.read(10)
        if len(head) < 4 or head[:2] == b"\xff\xda":
            break
        is_segment = head[0] == 0xFF and 0 < head[1] < 0xFF
        texts += is_segment and head[1] == 0xE1 and head[4:8] == b"Exif"
        has_length = is_segment and not 0xD0 <= head[1] <= 0xD8
        at += 2 + int.from_bytes(head[2:4], "big") if has_length else 1 + is_segment
    else:
        file.seek(0)
        return is_jpeg
    file.seek(0)
    return texts > MOST_EXIF


def _read_to_the_end(image, size):
    """The bytes for a JPEG's decoder. If the file breaks off, it gets an end mark and leaves the rest grey."""
    data = image.fp.read(size)
    if not data and not is_cut(image):
        image.info["cut"] = True
        return b"\xff\xd9"
    return data


def is_cut(image):
    """Whether the file of a decoded JPEG broke off before its end mark."""
    return image.info.get("cut", False)


def missing_share(grey):
    """The missing share of the height of a cut JPEG: the plain grey rows at its foot. `grey`: the picture as L."""
    rows = grey.height
    while rows and all(127 <= value <= 129 for value in grey.crop((0, rows - 1, grey.width, rows)).getextrema()):
        rows -= 1
    return 1 - rows / grey.height
