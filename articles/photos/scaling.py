"""Decoding a picture upright, in sRGB and no larger than needed; in strips, so that memory holds it only once."""

from typing import NamedTuple

from PIL import Image

from . import budget, colours
from .foreign import has_more_pages
from .opening import is_cut, missing_share, moves, opened

STRIP = 2_000_000  # pixels
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Bytes a pixel while a picture is decoded, measured. A TIFF may be a single strip, which memory holds twice.
COSTS = {"WEBP": 16, "AVIF": 14, "HEIF": 12, "GIF": 3, "PNG": 5, "TIFF": 8}
UNPACKED = 4  # bytes a pixel in Pillow's memory


class Upright(NamedTuple):
    """A decoded picture. `size` is that of the whole picture; `missing` the share of a cut JPEG that is gone.

    Of an animation or a file with several pages, it is the first picture.
    """

    image: Image.Image
    size: tuple[int, int]
    missing: float
    may_be_coarse: bool = False  # a cut progressive JPEG shows the whole picture, but maybe less sharp
    moves: bool = False
    has_pages: bool = False


def unpacked(file, times, most=None):
    """`upright` of a picture file, once there is memory for it. Raises Unusable if it is not an acceptable picture."""
    with opened(file) as image, budget.room(cost(image, times)):
        try:
            return upright(image, file, times, most)
        finally:
            Image.Image.close(image)  # frees its memory at once; ImageFile.close would also close `file`


def cost(image, times):
    """The bytes needed to decode an opened picture; `times` as for `upright`."""
    pixels = image.width * image.height
    if image.format not in ("JPEG", "MPO"):
        return pixels * COSTS[image.format]
    coefficients = 2 * len(image.getbands()) if image.info.get("progressive") else 0  # at every scale
    return pixels * (coefficients + UNPACKED / _drafted(times(*_turned(image.size, _turn(image)))) ** 2)


def upright(image, file, times, most=None):
    """An opened picture, reduced by the factor `times(width, height)` of its upright size, to `most` pixels at most."""
    profile = colours.profile_of(image, file)
    properties = {"moves": moves(image), "has_pages": image.format == "TIFF" and has_more_pages(file)}
    if image.format in ("JPEG", "MPO"):  # the decoder itself can reduce these
        turn, size = _turn(image), image.size
        factor = times(*_turned(size, turn))
        scale = _drafted(factor)
        image.draft(None, (-(-size[0] // scale), -(-size[1] // scale)))
        image.load()
    else:
        image.load()
        turn, size, scale = _turn(image), image.size, 1  # Pillow has turned a TIFF by now, and set its orientation to 1
        factor = times(*_turned(size, turn))
    missing = missing_share(image.convert("L")) if is_cut(image) else 0
    properties["may_be_coarse"] = is_cut(image) and bool(image.info.get("progressive"))
    small = _at_most(most, _reduced(image, factor // scale))
    small = colours.in_srgb(small, profile)
    if turn in TURNS:
        small = small.transpose(TURNS[turn])
    return Upright(small, _turned(size, turn), missing, **properties)


def _turn(image):
    """The EXIF orientation, 1 to 8."""
    return image.getexif().get(ORIENTATION, 1)


def _turned(size, turn):
    return size[::-1] if turn in TURNS and turn >= 5 else size


def _drafted(times):
    """The scale nearest to `times` among those that a JPEG decoder offers."""
    return next(scale for scale in (8, 4, 2, 1) if scale <= times)


def _at_most(pixels, image):
    if pixels is None or image.width * image.height <= pixels:
        return image
    shrunk = (pixels / (image.width * image.height)) ** 0.5
    smaller = max(1, round(image.width * shrunk)), max(1, round(image.height * shrunk))
    return image.resize(smaller, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _reduced(image, times):
    """The picture in a mode that can be shown, reduced by `times`, without a second whole copy in memory."""
    ends = colours.ends_of(image)
    if image.width * image.height <= STRIP:
        whole = colours.plain(image, ends)
        return whole.reduce(times) if times > 1 else whole
    rows = max(1, STRIP // image.width // times) * times
    small = None
    for top in range(0, image.height, rows):
        strip = colours.plain(image.crop((0, top, image.width, min(image.height, top + rows))), ends)
        strip = strip.reduce(times) if times > 1 else strip
        if small is None:
            small = Image.new(strip.mode, (strip.width, -(-image.height // times)))
        small.paste(strip, (0, top // times))
    return small
