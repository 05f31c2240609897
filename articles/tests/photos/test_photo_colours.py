"""Colours of renditions are those that Chromium shows of the file itself: read from its screen, here as numbers."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from articles.photos import icc
from articles.photos.scaling import unpacked

ORANGE, MIDDLE = (200, 100, 50), 100
ADOBE = (0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
P3 = (0.3127, 0.3290, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def gamma(value):
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def primaries(numbers):
    return chunk(b"cHRM", struct.pack(">8I", *(round(number * 100_000) for number in numbers)))


def cicp(*codes):
    return chunk(b"cICP", bytes([*codes, 0, 1]))


def packed(image, kind="PNG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png(image, *chunks):
    content = packed(image)
    return content[:33] + b"".join(chunks) + content[33:]


def seen(content):
    return unpacked(io.BytesIO(content), lambda _width, _height: 1).image.getpixel((4, 4))


def same(one, other, most=2):
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= most


RGB, GREY = Image.new("RGB", (8, 8), ORANGE), Image.new("L", (8, 8), MIDDLE)
DEEP = Image.new("I;16", (8, 8), MIDDLE * 257)


@pytest.mark.parametrize(
    ("picture", "chunks", "expected"),
    [
        (RGB, [], ORANGE),
        (RGB, [gamma(1)], (229, 168, 122)),
        (RGB, [gamma(0.45455)], ORANGE),
        (RGB, [gamma(1), primaries(ADOBE)], (248, 168, 120)),
        (RGB, [primaries(ADOBE)], ORANGE),
        (RGB, [gamma(0.45455), primaries(P3)], (216, 93, 24)),
        (RGB, [chunk(b"sRGB", b"\0"), gamma(1)], ORANGE),
        (RGB.quantize(4), [gamma(1)], (229, 168, 122)),
        (RGB.quantize(4), [gamma(1), primaries(ADOBE)], (248, 168, 120)),
        (RGB, [cicp(12, 13)], (215, 93, 31)),
        (RGB, [cicp(1, 13), gamma(1)], ORANGE),
        (RGB, [cicp(1, 1)], (197, 91, 39)),
        (RGB, [cicp(9, 8)], (255, 159, 113)),
        (GREY, [gamma(1)], (168, 168, 168)),
        (GREY, [gamma(0.55)], (118, 118, 118)),
        (GREY, [gamma(1), primaries(ADOBE)], (168, 168, 168)),
        (Image.merge("LA", (GREY, Image.new("L", (8, 8), 255))), [gamma(1)], (168, 168, 168)),
        (DEEP, [], (100, 100, 100)),
        (DEEP, [gamma(1)], (168, 168, 168)),
        (RGB, [gamma(0)], ORANGE),
        (RGB, [gamma(1), primaries([0] * 8)], ORANGE),
    ],
)
def test_what_a_png_says_of_its_colours_is_obeyed_as_in_a_browser(picture, chunks, expected):
    assert same(seen(png(picture, *chunks)), expected)


def grey_profile():
    """A profile of grey with a gamma of 1, which makes 100 of 255 a bright 168."""
    tags = {b"desc": b"desc\0\0\0\0\0\0\0\2x\0" + bytes(78), b"cprt": b"text\0\0\0\0\0", b"wtpt": icc._xyz(icc.D50)}
    tags[b"kTRC"] = struct.pack(">4s4xI", b"curv", 0)
    return icc._packed(tags).replace(b"RGB ", b"GRAY", 1)


WIDE = icc.profile(icc.PRIMARIES[12], icc.D65, icc._srgb)


def test_palette_and_grey_with_alpha_keep_their_profile():
    assert same(seen(packed(RGB.quantize(4), icc_profile=WIDE)), (215, 93, 31))
    clear = RGB.copy()
    clear.putalpha(255)
    assert same(seen(packed(clear, icc_profile=WIDE)), (215, 93, 31))
    both = Image.merge("LA", (GREY, Image.new("L", (8, 8), 255)))
    assert same(seen(packed(both, icc_profile=grey_profile())), (168, 168, 168))
    assert same(seen(packed(GREY, icc_profile=grey_profile())), (168, 168, 168))
    assert same(seen(packed(GREY, icc_profile=WIDE)), (100, 100, 100))


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP", "AVIF"])
def test_every_format_keeps_its_profile(kind):
    options = {"quality": 95} if kind != "TIFF" else {}
    assert same(seen(packed(RGB.resize((64, 64)), kind, icc_profile=WIDE, **options)), (215, 93, 31), 6)


def test_a_profile_that_is_broken_or_of_another_kind_is_passed_over():
    assert same(seen(packed(RGB, icc_profile=b"no profile")), ORANGE)
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert same(seen(packed(RGB, icc_profile=lab)), ORANGE)


@pytest.mark.parametrize(("value", "expected"), [(0.0, 0), (0.5, 128), (1.0, 255)])
def test_floats_are_from_0_to_1(value, expected):
    image = Image.new("F", (8, 8), 1.0)
    image.paste(value, (0, 0, 8, 6))
    assert same(seen(packed(image, "TIFF")), (expected,) * 3)


def test_floats_of_bytes_and_of_16_bits_are_seen_by_their_range():
    for white in (255.0, 65535.0):
        image = Image.new("F", (8, 8), white)
        image.paste(white / 2, (0, 0, 8, 6))
        assert same(seen(packed(image, "TIFF")), (128, 128, 128))


def test_16_bits_are_seen_in_every_order_and_with_white_as_nought():
    assert same(seen(packed(DEEP, "TIFF")), (100, 100, 100))
    assert same(seen(packed(Image.new("I;16B", (8, 8), MIDDLE * 257), "TIFF")), (100, 100, 100))
    content = packed(DEEP, "TIFF")
    black_is_zero, white_is_zero = (struct.pack("<HHII", 262, 3, 1, value) for value in (1, 0))
    assert black_is_zero in content
    assert same(seen(content.replace(black_is_zero, white_is_zero)), (155, 155, 155))


def test_what_is_transparent_stands_on_white_in_every_mode():
    clear = Image.new("RGBA", (8, 8), (*ORANGE, 0))
    palette = RGB.quantize(4)
    for content in (
        packed(clear),
        packed(Image.new("LA", (8, 8), (9, 0))),
        packed(palette, transparency=palette.getpixel((0, 0))),
        packed(RGB, transparency=ORANGE),
        packed(clear, "WEBP", lossless=True),
        packed(palette, "GIF", transparency=palette.getpixel((0, 0))),
    ):
        assert same(seen(content), (255, 255, 255))


@pytest.mark.wide
def test_a_large_picture_is_the_same_in_strips():
    small = Image.effect_noise((1500, 1400), 90).convert("RGB")
    small.putalpha(Image.effect_noise((1500, 1400), 90))
    in_strips = unpacked(io.BytesIO(packed(small)), lambda _width, _height: 3).image
    white = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB").reduce(3)
    assert in_strips.size == white.size == (500, 467)
    pairs = [(in_strips.getpixel(at), white.getpixel(at)) for at in ((0, 0), (250, 443), (250, 444), (499, 466))]
    assert all(same(one, other) for one, other in pairs)
