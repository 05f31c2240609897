"""Metadata that is hostile, cut or changed never raises, and every value keeps its bounds."""

import io
import time

import pytest

from articles.photo_metadata import Metadata, read

from ..picture_files import (
    alt,
    exif,
    jpeg,
    packet,
    photoshop,
    picture,
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
