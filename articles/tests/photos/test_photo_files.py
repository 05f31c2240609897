"""Which picture files are taken, turned as they should be; the others are refused in words that help."""

import contextlib
import io
import pathlib
import struct
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from articles import photos
from articles.models import Photo
from articles.photos import opening
from articles.photos.foreign import foreign_kind
from articles.photos.scaling import TURNS, unpacked

pytestmark = [pytest.mark.wide, pytest.mark.django_db]  # what a file says is read in the languages of the editions
SAMPLES = pathlib.Path(__file__).parents[1] / "samples"
FORMATS = {"JPEG": {"quality": 95}, "PNG": {}, "TIFF": {}, "WEBP": {"lossless": True}, "AVIF": {"quality": 95}}
RED, GREEN, BLUE, YELLOW = (200, 60, 40), (30, 160, 60), (40, 60, 180), (230, 220, 80)


def quarters(size=(480, 360)):
    """A picture whose four quarters tell how it is turned."""
    image, half = Image.new("RGB", size, YELLOW), (size[0] // 2, size[1] // 2)
    for colour, place in ((RED, (0, 0)), (GREEN, (half[0], 0)), (BLUE, (0, half[1]))):
        image.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return image


def corners(image):
    """What is to be seen in its four quarters."""
    known = (RED, GREEN, BLUE, YELLOW)
    places = [(x * image.width // 4, y * image.height // 4) for y in (1, 3) for x in (1, 3)]
    seen = [image.convert("RGB").getpixel(place) for place in places]
    return [min(known, key=lambda one: sum(abs(a - b) for a, b in zip(one, pixel, strict=True))) for pixel in seen]


def packed(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def described(content):
    photo = Photo()
    remarks = photos.describe(photo, io.BytesIO(content))
    return photo, remarks


def refusal(content):
    with pytest.raises(photos.Unusable) as refused:
        described(content)
    return str(refused.value)


def stored(content, name):
    photo, _remarks = described(content)
    photo.file.save(name, SimpleUploadedFile(name, content), save=False)
    return photo


def made(photo, crop="full", width=320, kind="jpg"):
    return Image.open(io.BytesIO(photos.make(photo, photos.rendition(photo, crop, width, kind))))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("turn", range(1, 9))
def test_every_orientation_of_every_format_stands_upright_and_is_not_squashed(kind, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    image = quarters()
    upright = image.transpose(TURNS[turn]) if turn in TURNS else image
    photo = stored(packed(image, kind, exif=exif, **FORMATS[kind]), f"arah.{kind.lower()}")
    assert (photo.width, photo.height) == upright.size
    shown = made(photo)
    assert shown.size == (320, round(320 * upright.height / upright.width))
    assert corners(shown) == corners(upright)


def test_a_tiff_turned_by_libtiff_is_not_turned_twice():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = stored(packed(quarters(), "TIFF", exif=exif, compression="tiff_lzw"), "arah.tif")
    assert (photo.width, photo.height) == (360, 480)
    assert corners(made(photo)) == [BLUE, RED, YELLOW, GREEN]


def test_heic_of_a_phone_is_taken_upright_with_what_it_says():
    photo = stored((SAMPLES / "turned.heic").read_bytes(), "IMG_0001.HEIC")
    assert (photo.width, photo.height) == (360, 480)
    assert photo.from_file["creator"] == "BAY ISMOYO"
    assert photo.file.name.endswith(".heic")
    assert corners(made(photo)) == [BLUE, RED, YELLOW, GREEN]


@pytest.mark.parametrize(
    ("sample", "shown"),
    [("tiles-turned.heic", [BLUE, RED, YELLOW, GREEN]), ("tiles-mirrored.heic", [RED, BLUE, GREEN, YELLOW])],
)
def test_heic_of_tiles_with_a_gain_map_and_a_depth_map_is_the_picture_alone_turned_once(sample, shown):
    """As iPhones write it: turned by `irot` (and mirrored by `imir`), and EXIF says so a second time."""
    photo = stored((SAMPLES / sample).read_bytes(), "IMG_0002.HEIC")
    assert (photo.width, photo.height) == (360, 480)
    assert photo.from_file["creator"] == "BAY ISMOYO"
    assert photo.from_file["caption"] == "Banjir di Gorontalo kemarin."
    assert corners(made(photo)) == shown


@pytest.mark.parametrize("sample", ["icc-p3.heic", "nclx-p3.heic", "ten-bit-p3.heic"])
def test_the_colours_of_heic_are_those_of_its_profile_or_of_its_numbers(sample):
    with (SAMPLES / sample).open("rb") as file:
        seen = unpacked(file, lambda _width, _height: 1).image.getpixel((9, 9))
    assert max(abs(a - b) for a, b in zip(seen, (215, 93, 31), strict=True)) <= 3


def test_heic_is_named_where_it_cannot_be_read():
    file = (SAMPLES / "turned.heic").open("rb")
    with file:
        assert foreign_kind(file, has_heic=True) == ""
        assert "JPEG" in str(foreign_kind(file, has_heic=False))


def test_a_jpeg_without_its_end_mark_is_taken_as_viewers_show_it():
    content = packed(quarters((800, 600)), "JPEG")
    photo = stored(content[:-2], "tanpa-akhir.jpg")
    assert (photo.width, photo.height) == (800, 600)
    assert corners(made(photo)) == [RED, GREEN, BLUE, YELLOW]
    assert described(content[:-2])[1] == []


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_jpeg_that_lacks_its_foot_is_taken_and_told(options):
    picture = Image.effect_noise((800, 600), 60).convert("RGB")
    content = packed(picture, "JPEG", **options)
    photo, remarks = described(content[: len(content) * 4 // 5])
    assert (photo.width, photo.height) == (800, 600)
    if not options:  # a progressive one only lacks detail
        assert [remark for remark in remarks if "%" in remark], remarks


def test_a_jpeg_of_which_half_is_missing_is_refused():
    content = packed(Image.effect_noise((800, 600), 60).convert("RGB"), "JPEG")
    assert "%" in refusal(content[: len(content) * 2 // 5])


def tiff(*tags):
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 ...", b"8BPS\0\1" + bytes(40), b"BM" + bytes(60), b"\0\0\0\x18ftypisom" + bytes(40),
     b"\0\0\0\x18ftypcrx " + bytes(40), b"FUJIFILMCCD-RAW 0201" + bytes(40), b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40),
     tiff((254, 1), (256, 160), (257, 120)), tiff((256, 160), (50706, 0x401)), b"II*\0\x10\0\0\0CR\2\0" + bytes(40),
     b"II*\0\xff\xff\xff\xff", b"\x89PNG\r\n\x1a\n" + bytes(40), b"GIF89a" + bytes(20), b"RIFF\x10\0\0\0WEBPVP8 ",
     b"\0\0\0\x18ftypheic" + bytes(40), b"\0\0\0\x18ftypavif" + bytes(40), b"\xff\xd8\xff\xd9",
     b"\xff\xd8" + bytes(99)],
)  # fmt: skip
def test_what_is_no_picture_of_ours_is_refused_in_the_words_of_the_desk(content):
    told = refusal(content)
    for english in ("cannot identify", "truncated", "not enough", "unsupported", "Error", "bytes", "decoder", "it is "):
        assert english not in told


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "GIF"])
def test_no_broken_file_is_told_of_in_the_words_of_a_library(kind):
    content = packed(quarters(), kind)
    for at in range(10, len(content), max(1, len(content) // 25)):
        for broken in (content[:at], content[:at] + b"\xff\x00\x13" + content[at + 3 :]):
            with contextlib.suppress(photos.Unusable):
                described(broken)
                continue
            told = refusal(broken)
            assert told.startswith(("berkas", "ukuran", "bergerak", "gambar")), told


@pytest.mark.wide
def test_110_million_pixels_are_taken_and_more_are_not():
    assert described(packed(Image.new("1", (11_000, 10_000)), "PNG"))[0].width == 11_000
    assert "110" in refusal(packed(Image.new("1", (11_001, 10_000)), "PNG"))


def test_a_tiny_picture_is_asked_about():
    assert "8 × 8" in described(packed(Image.new("RGB", (8, 8)), "PNG"))[1][0]
    assert described(packed(Image.new("RGB", (640, 480)), "PNG"))[1] == []


def test_a_picture_of_one_column_is_refused_before_it_is_unpacked():
    for size in ((1, 60_000), (60_000, 1)):
        with (
            mock.patch.object(PngImageFile, "load", side_effect=AssertionError),
            pytest.raises(opening.Unusable, match="lima kali"),
        ):
            photos.describe(Photo(), io.BytesIO(packed(Image.new("L", size), "PNG")))


@pytest.mark.parametrize(
    ("padding", "times"),
    [
        (b"\xff\xfe\0\2", 110_000),
        (b"\xff", 110_000),
        (b"x", 110_000),
        (b"\xff\xe1\0\x16Exif\0\0II*\0\x08" + b"\0" * 9, 30),
    ],
    ids=["comments", "fill bytes", "bytes between", "EXIF"],
)
def test_a_jpeg_padded_without_end_is_refused_before_pillow_joins_it(padding, times):
    whole = packed(quarters(), "JPEG")
    head, rest = whole[:20], whole[20:]  # JFIF's segment comes first
    with mock.patch.object(Image, "open", side_effect=AssertionError), pytest.raises(opening.Unusable, match="rusak"):
        photos.describe(Photo(), io.BytesIO(head + padding * times + rest))
    assert not photos.describe(Photo(), io.BytesIO(head + padding + rest))
