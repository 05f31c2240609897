"""What an upload is: its size, its looks, what it says of itself, and whether it is one that we take."""

import contextlib
import hashlib
import io
import struct
import zlib

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from articles.models import Photo
from articles.models.photo import LONGEST_SIDES

from .said import said_by

MOST_PIXELS = 60_000_000
MOST_BYTES = 60_000_000
MOVING = ("GIF", "PNG", "WEBP", "AVIF")
TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit only warns at first; `opened` asks before anything is unpacked
# What Pillow raises for broken files beside OSError; found by changing bytes at random.
COMPLAINTS = (
    ValueError, TypeError, LookupError, RuntimeError, ArithmeticError, SyntaxError, EOFError, struct.error, zlib.error,
)  # fmt: skip
MOST_SCANS = 100  # of a progressive JPEG: each costs as much as a picture
NEAR = 6  # bits of 64 in which pictures of one scene may differ


@contextlib.contextmanager
def opened(file):
    """A picture of a kind and size that we take. Raises OSError for anything else, however Pillow complains of it."""
    try:
        with Image.open(file, formats=TAKEN) as image:
            if image.format in MOVING and getattr(image, "is_animated", False):
                raise OSError(_("it moves"))
            if image.width * image.height > MOST_PIXELS:
                raise OSError(_("%(size)s pixels are too many") % {"size": f"{image.width} × {image.height}"})
            yield image
    except UnidentifiedImageError as error:
        raise OSError(_("it is not JPEG, PNG, WebP, AVIF, GIF or TIFF, or it is broken")) from error
    except COMPLAINTS as error:
        raise OSError(str(error)) from error


def looks(image):
    """How a picture looks, in 16 hex digits: the same scene differs in few bits, whatever its size and quality."""
    small = ImageOps.exif_transpose(image).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    rows = [small.crop((0, y, 9, y + 1)).tobytes() for y in range(8)]
    bits = [row[x] > row[x + 1] for row in rows for x in range(8)]
    return f"{sum(bit << place for place, bit in enumerate(bits)):016x}"


def alike(photo, most=6):
    """Photos that look like this one (at most 6 of 64 bits differ), nearest first: [Photo]."""
    if not photo.looks:
        return []
    mine = int(photo.looks, 16)
    found = Photo.objects.exclude(pk=photo.pk).exclude(looks="").values_list("pk", "looks")
    near = sorted((bin(int(other, 16) ^ mine).count("1"), pk) for pk, other in found)
    pks = [pk for distance, pk in near if distance <= NEAR][:most]
    photos = Photo.objects.in_bulk(pks)
    return [photos[pk] for pk in pks]


def describe(photo, file):
    """Give `photo` hash, upright size, looks and words of `file`. Raises OSError if it is no image that we take."""
    if file.seek(0, io.SEEK_END) > MOST_BYTES:
        raise OSError(_("it is larger than %(most)s megabytes") % {"most": MOST_BYTES // 1_000_000})
    file.seek(0)
    content = file.read()
    if content[:2] == b"\xff\xd8" and content.count(b"\xff\xda") > MOST_SCANS:
        raise OSError(_("it has too many scans"))
    photo.hash = hashlib.blake2b(content, digest_size=16).hexdigest()
    file.seek(0)
    with opened(file) as image:
        turned = image.getexif().get(0x0112, 1) >= 5
        photo.width, photo.height = image.size[::-1] if turned else image.size
        image.draft("L", (512, 512))  # a JPEG need not be unpacked whole to see how it looks
        photo.looks = looks(image)
    if max(photo.width, photo.height) > LONGEST_SIDES * min(photo.width, photo.height):
        raise OSError(_("it is more than five times as long as it is wide"))
    photo.from_file = said_by(file)
    file.seek(0)


def is_missing(photo):
    """Whether the original is gone from the storage. Of a storage that does not answer, nobody can say so."""
    try:
        return not default_storage.exists(photo.file.name)
    except OSError:
        return False


def is_missing_here(photo):
    """Whether it is gone from this machine's disk. Lists ask this, since a bucket takes a request for every row."""
    return isinstance(default_storage, FileSystemStorage) and is_missing(photo)


def put(name, path):
    """Copy a file into the media storage under exactly this name, unless its bytes are there already."""
    content = path.read_bytes()
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if there.read() == content:
                return
        default_storage.delete(name)
    with path.open("rb") as file:
        default_storage.save(name, File(file))
