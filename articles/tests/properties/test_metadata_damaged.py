"""No bytes in a picture, changed, cut or of chance, make reading its metadata raise."""

import struct
import zlib
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.photo_metadata import Metadata, agency_and_photographer, read, rights_xmp

from ..photos.whole_metadata import WHOLE_ELEMENTS, WHOLE_IIM
from ..picture_files import (
    exif,
    iim,
    jpeg,
    packet,
    photoshop,
    picture,
    resource,
    xmp,
)  # fmt: skip

pytestmark = pytest.mark.wide

RICH = jpeg(xmp(WHOLE_ELEMENTS), photoshop(*WHOLE_IIM), (0xE1, exif()))
RICH_PNG = picture("PNG")
LATE = struct.pack(">I", len(exif()) - 6) + b"eXIf" + exif()[6:] + struct.pack(">I", zlib.crc32(b"eXIf" + exif()[6:]))
PLAIN_GIF = picture("GIF")
FILES = [
    RICH,
    RICH_PNG[:-12] + LATE + RICH_PNG[-12:],
    PLAIN_GIF[:-1] + b"\x21\xff\x0bXMP DataXMP" + packet(WHOLE_ELEMENTS) + b"\x01\xff\xfe\0\0" + PLAIN_GIF[-1:],
    jpeg(xmp(WHOLE_ELEMENTS), (0xED, b"Photoshop 3.0\0" + resource(iim(*WHOLE_IIM)) + resource(b"x" * 16, 0x0425))),
    picture("WEBP", xmp=packet(WHOLE_ELEMENTS), exif=exif()),
    picture("PNG", exif=exif()),
    picture("AVIF", xmp=packet(WHOLE_ELEMENTS), exif=exif()),
    picture("TIFF", exif=exif(), tiffinfo={700: packet(WHOLE_ELEMENTS), 33723: iim(*WHOLE_IIM)}),
]


def sound(found):
    """Every value has its type and keeps to its bounds."""
    for field, default in Metadata._field_defaults.items():
        value = getattr(found, field)
        if field == "created_at":
            assert value is None or isinstance(value, datetime)
        else:
            assert isinstance(value, type(default))
            assert all(len(part) <= 4000 and "\0" not in part for part in (value if field == "keywords" else [value]))
    assert all(isinstance(part, str) for part in agency_and_photographer(found))
    rights_xmp(found).decode()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6)), max_size=12),
    st.floats(0, 1),
)
def test_changed_and_cut_files_never_raise(plain, changes, kept):
    data = bytearray(plain)
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    sound(read(bytes(data)))
    sound(read(bytes(data[: int(len(data) * kept)])))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_in_the_segments_never_raise(packets, datasets, tags):
    resources = b"Photoshop 3.0\0" + resource(b"\x1c\x02\x78" + datasets)
    sound(
        read(jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packets), (0xED, resources), (0xE1, b"Exif\0\0" + tags)))
    )
    sound(read(packets))
