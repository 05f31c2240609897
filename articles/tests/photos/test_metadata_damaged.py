"""Metadata that is hostile, cut or changed never raises, and every value keeps its bounds."""

import io
import struct
import time
import zlib
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from articles.photo_metadata import Metadata, agency_and_photographer, read, rights_xmp

from ..examples import examples
from ..picture_files import (
    alt,
    exif,
    iim,
    jpeg,
    packet,
    photoshop,
    picture,
    resource,
    xmp,
)  # fmt: skip
from .whole_metadata import WHOLE, WHOLE_ELEMENTS, WHOLE_IIM

# Hostile and broken files

ENTITIES = [f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True)]
BOMB = f"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{''.join(ENTITIES)}]>"
BODY = packet("<photoshop:City>&i;</photoshop:City>").decode()


@pytest.mark.parametrize(
    "body",
    [
        BOMB + BODY,
        f'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>{BODY}',
        f'<!DOCTYPE x [<!ENTITY % i SYSTEM "http://127.0.0.1:9/">%i;]>{BODY}',
        f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{packet("", 'photoshop:City="Palu"').decode()}',
        packet("<photoshop:City>Palu</photoshop:City>").decode()[:-290],
        packet("<photoshop:City>Palu</photoshop:Town>").decode(),
        packet("<unbound:City>Palu</unbound:City>").decode(),
        packet("<a>" * 120 + "</a>" * 120, 'photoshop:City="Palu"').decode(),
        packet("<a/>" * 200_001, 'photoshop:City="Palu"').decode(),
        packet("", f'photoshop:City="{"a" * 4_000_000}"').decode(),
        "",
        "<",
        "\0\0\0\0",
    ],
)
@pytest.mark.wide
def test_a_hostile_packet_is_as_good_as_none(body):
    began = time.process_time()
    assert read(picture("WEBP", xmp=body.encode())) == Metadata()
    assert time.process_time() - began < 5


def test_an_entity_that_nobody_declared_is_but_its_letters():
    assert read(picture("WEBP", xmp=BODY.encode())).city == "&i;"


def test_what_follows_a_packet_or_stands_before_it_does_no_harm():
    body = packet(WHOLE_ELEMENTS)
    assert read(picture("WEBP", xmp=b"\0\n" + body + b"<junk> & more")) == WHOLE


def test_every_value_is_bounded():
    many = "".join(f"<rdf:li>kata {number}</rdf:li>" for number in range(3000))
    names = "".join(f"<rdf:li>{'n' * 300} {number}</rdf:li>" for number in range(90))
    found = read(
        picture(
            "WEBP",
            xmp=packet(
                f"<dc:subject><rdf:Bag>{many}</rdf:Bag></dc:subject><dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>"
                + alt("dc:description", ("x-default", "panjang " * 90_000)),
                f'photoshop:City="{"ﷺ" * 9000}" xmpRights:WebStatement="https://a.id/{"a" * 2000}"',
            ),
        )
    )
    assert (len(found.keywords), len(found.creator), len(found.city)) == (100, 3953, 4000)
    assert (len(found.caption), found.web_statement) == (3999, "")
    assert set(found.cut) == {"keywords", "creator", "city", "caption"}
    assert [name for name, _ in found.left_out] == ["web_statement"]


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


@examples(400, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6)), max_size=12),
    st.floats(0, 1),
)
@pytest.mark.wide
def test_changed_and_cut_files_never_raise(plain, changes, kept):
    data = bytearray(plain)
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    sound(read(bytes(data)))
    sound(read(bytes(data[: int(len(data) * kept)])))


@examples(200)
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_in_the_segments_never_raise(packets, datasets, tags):
    resources = b"Photoshop 3.0\0" + resource(b"\x1c\x02\x78" + datasets)
    sound(
        read(jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packets), (0xED, resources), (0xE1, b"Exif\0\0" + tags)))
    )
    sound(read(packets))


def test_whatever_is_no_picture_has_no_metadata():
    broken = io.BytesIO(RICH)
    broken.close()
    for file in (b"", b"<svg/>", None, 3, "name.jpg", broken, memoryview(b"GIF89a")):
        assert read(file) == Metadata()


def test_a_file_is_left_open_at_its_start():
    file = io.BytesIO(RICH)
    file.seek(9)
    assert read(file) == WHOLE
    assert file.tell() == 0
