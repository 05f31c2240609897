"""Pictures converted to the colours of the web: 8 bits a colour, sRGB, on white, as browsers show them."""

import contextlib
import io
import struct

from PIL import Image, ImageCms, ImageMath

from . import icc

_PNG_START, _MOST_CHUNKS, _HEAD = 8, 1000, 65536
_PHOTOMETRIC = 262  # the TIFF tag PhotometricInterpretation


def plain(image, ends=None):
    """A picture or a strip of it on white, in a mode that can be scaled and shown: L, RGB or CMYK.

    `ends`: the numbers of black and white in a picture of 16 or 32 bits; see `ends_of`.
    """
    if ends:
        return _in_8_bits(image, *ends)
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def ends_of(image):
    """(black, white) if a pixel is a number of more than 8 bits, else None.

    A float picture does not state its range, so the first usual range that fits is taken: 0–1, 0–255 or 0–65535.
    """
    if image.mode.startswith("I;16"):
        # Pillow inverts TIFFs in which 0 is white, except those of 16 bits.
        return (65535, 0) if getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == 0 else (0, 65535)
    if image.mode not in ("I", "F"):
        return None
    _least, most = image.getextrema()
    customs = (1, 255, 65535) if image.mode == "F" else (255, 65535)
    return 0, next((custom for custom in customs if most <= custom), most)


def _in_8_bits(image, black, white):
    numbers = image if image.mode in ("I", "F") else image.convert("I")

    def scaled(its):
        value = (its["float"](its["it"]) - black) * (255 / (white - black)) + 0.5
        return its["convert"](its["min"](its["max"](value, 0), 255), "L")

    return ImageMath.lambda_eval(scaled, it=numbers)


def _on_white(image):
    grey = image.mode in ("L", "LA", "La")
    image = image.convert("LA" if grey else "RGBA")
    alpha = image.getchannel("A")
    shown = image.convert("L" if grey else "RGB")
    white = Image.new(shown.mode, shown.size, "white")
    white.paste(shown, mask=alpha)
    return white


def profile_of(image, file):
    """The ICC profile of an opened picture, embedded or made from its numbers, or None."""
    at = file.tell()  # Pillow reads on from here
    try:
        codes = {"PNG": _cicp, "AVIF": _nclx}.get(image.format, lambda _file: None)(file)
    finally:
        file.seek(at)
    own = image.info.get("icc_profile")
    if image.format == "PNG" and codes:  # it wins over all other data
        return icc.of_codes(*codes)
    if own:
        return own
    if image.format == "PNG":
        return _of_png(image.info)
    if nclx := image.info.get("nclx_profile"):
        codes = int(nclx["color_primaries"]), int(nclx["transfer_characteristics"])
    return icc.of_codes(*codes) if codes else None


def _of_png(info):
    if "srgb" in info or not (gamma := info.get("gamma")):
        return None  # browsers ignore primaries without a gamma, too
    numbers = info.get("chromaticity")
    return icc.of_gamma(gamma, tuple(numbers[2:]), tuple(numbers[:2])) if numbers else icc.of_gamma(gamma)


def _cicp(file):
    """Primaries and transfer of a PNG's cICP, or None. Pillow does not read it."""
    at = _PNG_START
    for _number in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(12)
        if len(head) < 12 or head[4:8] == b"IDAT":
            return None
        if head[4:8] == b"cICP":
            return head[8], head[9]
        at += struct.unpack(">I", head[:4])[0] + 12
    return None


def _nclx(file):
    """Primaries and transfer of an AVIF, or None. Pillow does not offer them."""
    file.seek(0)
    head = file.read(_HEAD)
    at = head.find(b"colrnclx")
    return struct.unpack(">HH", head[at + 8 : at + 12]) if 0 <= at <= len(head) - 12 else None


def in_srgb(image, profile):
    """A picture of mode L, RGB or CMYK as RGB in sRGB."""
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            fitting = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}.get(source.profile.xcolor_space.strip())
            if fitting == "RGB" and image.mode == "L":
                image = image.convert("RGB")
            if fitting == image.mode:
                return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return image.convert("RGB")
