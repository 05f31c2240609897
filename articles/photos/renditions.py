"""Renditions: made once, on the first request of their address, in sRGB, with rights and nothing else of the file."""

import contextlib
import fcntl
import io

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image, ImageCms, ImageOps

from articles import photo_metadata

from .addresses import CROPS, FORMATS, crop_box, size
from .originals import opened


def make(photo, wanted):
    """The bytes of a rendition. Raises OSError where the original is missing or no picture."""
    with default_storage.open(photo.file.name) as file, opened(file) as image:
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
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:  # on white: convert("RGB") would leave black
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")
    if profile:
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
    try:
        with default_storage.open(wanted.path) as file:
            return file.read()
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _locked(wanted):
    """One of 64 locks of this host, so that two workers do not make the same rendition, and few wait for another's."""
    folder = settings.VAR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"rendition-{int(wanted.hash[:2], 16) % 64}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
