"""Photos: what an upload is, and the renditions that readers are sent.

A rendition's address is derived from what it is made of, `<hash>-<crop>-<focus>-<width>.<format>`, so that a
page can name it before it exists. The first request makes the file; another focal point is another address.
"""

import contextlib
import fcntl
import hashlib
import io
import pathlib
import re
import struct
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from . import photo_metadata
from .models import Edition, Person, Photo, Story

MOST_PIXELS = 60_000_000
MOST_BYTES = 60_000_000
MOVING = ("GIF", "PNG", "WEBP", "AVIF")
TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
CROPS = {"16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0, "full": None}
WIDTHS = (160, 320, 480, 640, 960, 1280, 1600)
FORMATS = {
    "avif": ("image/avif", {"format": "AVIF", "quality": 58, "speed": 8}),
    "webp": ("image/webp", {"format": "WEBP", "quality": 74, "method": 4}),
    "jpg": ("image/jpeg", {"format": "JPEG", "quality": 78, "progressive": True, "optimize": True}),
}
NEAR = 6
_NAME = re.compile(r"([0-9a-f]{32})-([0-9a-z]{3,4})-([0-9]{1,3})x([0-9]{1,3})-([0-9]{2,4})\.([a-z]{3,4})\Z")


class Use(NamedTuple):
    """How a template shows a photo: which crop, in which widths, how wide on which screen (HTML's `sizes`)."""

    crop: str
    widths: tuple[int, ...]
    sizes: str


USES = {
    "lead": Use("full", (320, 480, 640, 960, 1280, 1600), "(min-width: 82rem) 45rem, (min-width: 64rem) 56vw, 100vw"),
    "front": Use("16x9", (320, 480, 640, 960, 1280), "(min-width: 82rem) 39rem, (min-width: 64rem) 48vw, 100vw"),
    "card": Use("4x3", (160, 320, 480, 640), "(min-width: 64rem) 19rem, (min-width: 40rem) 11rem, 6.5rem"),
    "thumb": Use("1x1", (160, 320), "4.5rem"),
    "body": Use("full", (320, 480, 640, 960, 1280), "(min-width: 64rem) 42rem, 100vw"),
    "gallery": Use("full", (320, 480, 640, 960, 1280), "(min-width: 64rem) 22rem, (min-width: 40rem) 46vw, 100vw"),
    "portrait": Use("1x1", (160, 320), "8rem"),
    "face": Use("1x1", (160,), "3rem"),
    "logo": Use("1x1", (160,), "3rem"),
}


class Rendition(NamedTuple):
    """What a rendition's name says. `focus` is the focal point in hundredths of width and height."""

    hash: str
    crop: str
    focus: tuple[int, int]
    width: int
    format: str

    @property
    def name(self):
        x, y = self.focus
        return f"{self.hash}-{self.crop}-{x}x{y}-{self.width}.{self.format}"

    @property
    def form(self):
        """Crop, width and format: what a template asks for."""
        return self.crop, self.width, self.format

    @property
    def path(self):
        return f"r/{self.hash[:2]}/{self.name}"

    @classmethod
    def parse(cls, name):
        """The rendition of that name; None for any name that no page of ours could have written."""
        match = _NAME.match(name)
        if not match:
            return None
        digest, crop, x, y, width, kind = match.groups()
        rendition = cls(digest, crop, (int(x), int(y)), int(width), kind)
        known = crop in CROPS and int(width) in WIDTHS and kind in FORMATS and max(rendition.focus) <= 100
        return rendition if known and rendition.name == name else None


def rendition(photo, crop, width, kind):
    focus = (round(photo.focal_x * 100), round(photo.focal_y * 100))
    return Rendition(photo.hash, crop, focus, width, kind)


def address(photo, crop, width, kind):
    return reverse("rendition", args=[rendition(photo, crop, width, kind).name])


def size(photo, crop, width):
    """(width, height) of a rendition in pixels."""
    ratio = CROPS[crop] or (photo.width / photo.height)
    return width, max(1, round(width / ratio))


def crop_box(width, height, ratio, focus):
    """The largest box (left, top, right, bottom) of `ratio` in a picture, as near around the focal point as fits.

    `focus` is (x, y), each 0 to 1. The focal point always lies inside the box.
    """
    if ratio is None:
        return 0, 0, width, height
    box_width = max(1, min(width, round(height * ratio)))
    box_height = max(1, min(height, round(width / ratio)))
    left = _start(width, box_width, focus[0])
    top = _start(height, box_height, focus[1])
    return left, top, left + box_width, top + box_height


def _start(length, box, focus):
    """Where a box begins that has the pixel at `focus` in its middle, or as near as the picture's edge allows."""
    pixel = min(int(focus * length), length - 1)
    return min(max(0, pixel - box // 2), length - box)


@contextlib.contextmanager
def _opened(file):
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
    except (ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError) as error:
        raise OSError(str(error)) from error


def make(photo, wanted):
    """The bytes of a rendition. Raises OSError where the original is missing or no picture."""
    with default_storage.open(photo.file.name) as file, _opened(file) as image:
        image.draft("RGB", (wanted.width * 2, wanted.width * 2))
        upright = _in_srgb(ImageOps.exif_transpose(image))
    box = crop_box(*upright.size, CROPS[wanted.crop], (wanted.focus[0] / 100, wanted.focus[1] / 100))
    _, height = size(photo, wanted.crop, wanted.width)
    scaled = upright.resize((wanted.width, height), Image.Resampling.LANCZOS, box=box)
    scaled.info.clear()
    out = io.BytesIO()
    scaled.save(out, **FORMATS[wanted.format][1], xmp=rights(photo))
    return out.getvalue()


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


def _in_srgb(image):
    """8-bit RGB in the colour space of the web, whatever the file has."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if profile := image.info.get("icc_profile"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return image.convert("RGB")


def fetch(photo, wanted):
    """The bytes of a rendition, from storage or made and stored now, by one worker of a host. Raises OSError."""
    if (stored := _stored(wanted)) is not None:
        return stored
    with _locked(wanted):
        if (stored := _stored(wanted)) is not None:
            return stored
        made = make(photo, wanted)
        # An upload's temporary file is moved into place whole; a half-written rendition would be kept by browsers.
        with TemporaryUploadedFile(wanted.name, FORMATS[wanted.format][0], len(made), None) as file:
            file.write(made)
            file.flush()
            default_storage.save(wanted.path, file)
    return made


def _stored(wanted):
    if not default_storage.exists(wanted.path):
        return None
    with default_storage.open(wanted.path) as file:
        return file.read()


@contextlib.contextmanager
def _locked(wanted):
    """One of 64 locks of this host, so that two workers do not make the same rendition, and few wait for another's."""
    folder = settings.VAR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"rendition-{int(wanted.hash[:2], 16) % 64}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shown(at):
    """The photos that readers may be sent: something that they have shows them, and their rights have not ended."""
    live = Story.objects.live(at)
    return Photo.objects.usable(at).filter(
        Exists(live.filter(lead_photo=OuterRef("pk")))
        | Exists(live.filter(gallery__photo=OuterRef("pk")))
        | Exists(live.filter(photos_in_text__uid=OuterRef("uid")))
        | Exists(Edition.objects.filter(logo=OuterRef("pk")))
        | Exists(Person.objects.filter(portrait=OuterRef("pk")))
    )


def forms():
    """Every crop, width and format that a template can ask for."""
    return sorted({(use.crop, width, kind) for use in USES.values() for width in use.widths for kind in FORMATS})


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
    photo.hash = hashlib.blake2b(file.read(), digest_size=16).hexdigest()
    file.seek(0)
    with _opened(file) as image:
        photo.looks = looks(image)
        turned = image.getexif().get(0x0112, 1) >= 5
        photo.width, photo.height = image.size[::-1] if turned else image.size
    said = photo_metadata.read(file)._asdict()
    said["created_at"] = said["created_at"].isoformat() if said["created_at"] else ""
    photo.from_file = {name: value for name, value in said.items() if value}
    file.seek(0)


def fill(photo, filename=""):
    """Write what the file says of itself into the fields of `photo` that are empty; what somebody wrote stays (I2)."""
    said = photo_metadata.Metadata(**{**photo.from_file, "created_at": None})
    agency, photographer = photo_metadata.agency_and_photographer(said)
    taken_at = parse_datetime(photo.from_file.get("created_at", ""))
    if taken_at and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    stem = re.sub(r"[\W_]+", " ", pathlib.PurePath(filename).stem).strip()
    wanted = {
        "title": said.headline or said.caption or stem or _("Photo"),
        "caption": said.caption,
        "alt": said.alt_text,
        "long_description": said.extended_description,
        "agency": agency,
        "photographer": photographer,
        "copyright": said.copyright,
        "source": said.source,
        "usage_terms": said.usage_terms,
        "web_statement": said.web_statement,
        "licensor_url": said.licensor_url,
        "digital_source_type": said.digital_source_name,
        "taken_at": taken_at,
        "place": said.city,
        "country": said.country,
        "keywords": ", ".join(said.keywords),
    }
    for name, value in wanted.items():
        if value and not getattr(photo, name):
            most = Photo._meta.get_field(name).max_length
            setattr(photo, name, value[:most] if most and isinstance(value, str) else value)


def is_missing(photo):
    """Whether the original is gone from the storage."""
    return not default_storage.exists(photo.file.name)
