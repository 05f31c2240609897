"""Where a file says something of itself, and which of two words counts."""

import hashlib
import io
import pathlib
import struct
import zlib
from datetime import datetime

import pytest

from articles.photo_metadata import Metadata, containers, read

from ..picture_files import (
    SOURCE_TYPES,
    UTF8,
    alt,
    exif,
    iim,
    jpeg,
    packet,
    photoshop,
    picture,
    read_xmp,
    resource,
    xmp,
)

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"
TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\0"


def gif(packet, *, is_late=False, in_blocks=False):
    """A GIF with this packet of XMP, before or behind its picture."""
    plain = picture("GIF")
    start = 13 + (3 << ((plain[10] & 7) + 1))
    body = packet + TRAILER
    if in_blocks:
        parts = [packet[at : at + 255] for at in range(0, len(packet), 255)]
        body = b"".join(bytes([len(part)]) + part for part in parts) + b"\0"
    made = b"\x21\xff\x0bXMP DataXMP" + body
    at = len(plain) - 1 if is_late else start
    return plain[:at] + made + plain[at:]


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# Where it stands


@pytest.mark.parametrize("options", [{}, {"is_late": True}, {"in_blocks": True}])
def test_xmp_of_a_gif(options):
    said = packet("<photoshop:City>Palu</photoshop:City>" + alt("dc:description", ("x-default", "Warga di pasar")))
    assert read(gif(said, **options)) == Metadata(city="Palu", caption="Warga di pasar")


@pytest.mark.parametrize("cut", [20, 40, 700, 790])
def test_a_cut_gif_says_nothing(cut):
    whole = gif(packet("<photoshop:City>Palu</photoshop:City>"))
    assert read(whole[:cut]) == Metadata()


def test_exif_behind_the_picture_of_a_png():
    found = read((SAMPLES / "late-exif.png").read_bytes())
    assert found != Metadata()
    plain = picture("PNG")
    late = read(plain[:-12] + png_chunk(b"eXIf", exif()[6:]) + plain[-12:])
    assert late == read(picture("PNG", exif=exif()))
    assert late.creator == "Kamera Siti"


def test_the_own_words_of_a_png():
    plain = picture("PNG")
    texts = png_chunk(b"tEXt", b"Author\0Jos\xe9") + png_chunk(b"zTXt", b"Description\0\0" + zlib.compress(b"Di pasar"))
    wanted = Metadata(creator="José", caption="Di pasar")
    assert read(plain[:33] + texts + plain[33:]) == wanted
    assert read(plain[:-12] + texts + plain[-12:]) == wanted


def test_pictures_of_telephones_are_read_where_there_is_an_opener_for_them():
    assert "HEIF" in containers.TAKEN
    heif = pytest.importorskip("pi_heif")
    heif.register_heif_opener()
    with containers.opened(io.BytesIO(picture())) as image:
        assert image.format == "JPEG"


# What counts more


def test_iim_that_was_changed_after_the_xmp_counts_more():
    stale = xmp("<photoshop:Headline>Lama</photoshop:Headline><photoshop:City>Palu</photoshop:City>")
    block = iim(UTF8, ((2, 105), b"Baru"))
    for digest, headline in ((hashlib.md5(block).digest(), "Lama"), (b"x" * 16, "Baru"), (b"short", "Lama")):
        resources = b"Photoshop 3.0\0" + resource(block) + resource(digest, 0x0425)
        found = read(jpeg(stale, (0xED, resources)))
        assert (found.headline, found.city) == (headline, "Palu")
    assert read(jpeg(stale, photoshop(((2, 105), b"Baru")))).headline == "Lama"


def test_newer_iim_that_is_cut_at_its_limit_is_no_other_text():
    whole = "Fotografer Dengan Nama Yang Panjang Sekali"
    resources = b"Photoshop 3.0\0" + resource(iim(((2, 80), whole[:32].encode()))) + resource(b"x" * 16, 0x0425)
    assert read(jpeg(xmp(f"<dc:creator>{whole}</dc:creator>"), (0xED, resources))).creator == whole


@pytest.mark.parametrize(
    ("languages", "caption"), [(["id"], "Pasar"), (["en"], "Market"), (["en", "id"], "Market"), (["fr"], "Marché")]
)
def test_the_language_of_the_edition_counts_more_than_the_default(languages, caption):
    texts = alt("dc:description", ("x-default", "Marché"), ("en-US", "Market"), ("id-ID", "Pasar"))
    assert read(jpeg(xmp(texts)), languages).caption == caption


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("trainedalgorithmicmedia", "trainedAlgorithmicMedia"),
        (SOURCE_TYPES + "screenCapture/", "screenCapture"),
        ("http://c2pa.org/digitalsourcetype/trainedAlgorithmicMedia", ""),
        (SOURCE_TYPES + "holiday", ""),
        ("photo", ""),
    ],
)
def test_how_it_was_made_is_of_the_list_or_left_out(written, name):
    found = read_xmp("", f'ext:DigitalSourceType="{written}"')
    assert found.digital_source_name == name
    assert found.left_out == (() if name else (("digital_source_type", written),))


# Place and hour

STRUCTURE = "<ext:{0}><rdf:Bag><rdf:li rdf:parseType='Resource'>{1}</rdf:li></rdf:Bag></ext:{0}>"


def place(of, **parts):
    return STRUCTURE.format(of, "".join(f"<ext:{name}>{value}</ext:{name}>" for name, value in parts.items()))


@pytest.mark.parametrize(
    ("elements", "where"),
    [
        (
            "<core:Location>Pasar Sentral</core:Location><photoshop:City>Gorontalo</photoshop:City>"
            "<photoshop:State>Gorontalo</photoshop:State>",
            "Pasar Sentral, Gorontalo",
        ),
        (place("LocationShown", Sublocation="Talise", City="Palu", ProvinceState="Sulteng"), "Talise, Palu, Sulteng"),
        (
            "<photoshop:City>Palu</photoshop:City>" + place("LocationShown", City="palu", ProvinceState="Sulteng"),
            "Palu, Sulteng",
        ),
        ("<photoshop:City>Palu</photoshop:City>" + place("LocationShown", City="Poso", Sublocation="Pasar"), "Palu"),
        (place("LocationShown", City="Palu") + place("LocationCreated", ProvinceState="DKI Jakarta"), "Palu"),
        (place("LocationCreated", City="Jakarta"), "Jakarta"),
    ],
)
def test_parts_of_a_place_join_and_two_places_are_never_mixed(elements, where):
    assert read_xmp(elements).place == where


def test_the_place_of_another_part_of_the_file_is_not_mixed_in():
    other = photoshop(UTF8, ((2, 90), b"Jakarta"), ((2, 95), b"DKI Jakarta"), ((2, 92), b"Monas"))
    same = photoshop(UTF8, ((2, 90), b"Palu"), ((2, 95), b"Sulteng"))
    city = xmp("<photoshop:City>Palu</photoshop:City>")
    assert (read(jpeg(city, other)).place, read(jpeg(city, same)).place) == ("Palu", "Palu, Sulteng")


def test_a_day_without_an_hour_takes_the_hour_of_that_day_alone():
    day = xmp("<photoshop:DateCreated>2023-10-19</photoshop:DateCreated>")
    camera = (0xE1, exif(photo={0x9011: " "}))
    assert read(jpeg(day, camera)).created_at == datetime(2023, 10, 19, 14, 3, 22)  # noqa: DTZ001
    other = xmp("<photoshop:DateCreated>2023-10-18</photoshop:DateCreated>")
    found = read(jpeg(other, camera))
    assert (found.created_at, found.created_on) == (None, "2023-10-18")
    blank = read(picture(exif=exif(photo={0x9003: "2023:10:19   :  :  ", 0x9011: " "})))
    assert (blank.created_at, blank.created_on) == (None, "2023-10-19")
