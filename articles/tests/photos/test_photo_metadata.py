import hashlib
import struct
import zlib
from datetime import datetime

import pytest
from PIL import Image, PngImagePlugin

from articles.photo_metadata import Metadata, read

from ..picture_files import (
    alt,
    exif,
    iim,
    jpeg,
    packet,
    photoshop,
    picture,
    read_xmp,
    resource,
    tiff,
    xmp,
)  # fmt: skip
from .whole_metadata import WHOLE, WHOLE_ELEMENTS, WHOLE_IIM, WHOLE_OF_IIM, WIB

# Every field, from every container


def test_every_field_of_xmp():
    assert read_xmp(WHOLE_ELEMENTS) == WHOLE


def test_every_field_of_iim():
    assert read(jpeg(photoshop(*WHOLE_IIM))) == WHOLE_OF_IIM


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_in_every_format(kind):
    body = packet(WHOLE_ELEMENTS)
    options = {"xmp": body}
    if kind == "PNG":
        options = {"pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", body.decode(), zip=True)
    if kind == "MPO":  # a JPEG of two pictures, as telephones make them
        options |= {"save_all": True, "append_images": [Image.new("RGB", (8, 6))]}
    if kind == "TIFF":
        options = {"tiffinfo": {700: body}}
    assert read(picture(kind, **options)) == WHOLE


def test_xmp_behind_the_picture_of_a_png():
    plain = picture("PNG")
    for body in (b"\0\0\0\0" + packet(WHOLE_ELEMENTS), b"\1\0\0\0" + zlib.compress(packet(WHOLE_ELEMENTS))):
        chunk = b"iTXtXML:com.adobe.xmp\0" + body
        made = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        assert read(plain[:-12] + made + plain[-12:]) == WHOLE


@pytest.mark.parametrize("order", "<>")
def test_iim_in_a_tiff(order):
    block = iim(*WHOLE_IIM)
    block += b"\0" * (-len(block) % 4)
    swapped = struct.pack(f"<{len(block) // 4}I", *struct.unpack(f">{len(block) // 4}I", block))
    in_resources = resource(b"odd", 0x03F3) + resource(block)
    for tag, kind, body in [(33723, 7, block), (33723, 4, block), (33723, 4, swapped), (34377, 7, in_resources)]:
        assert read(tiff(order, tag, kind, body)) == WHOLE_OF_IIM


@pytest.mark.parametrize(("name", "body"), [("iptc", iim(*WHOLE_IIM)), ("8bim", resource(iim(*WHOLE_IIM)))])
def test_iim_in_the_text_of_a_png(name, body):
    text = PngImagePlugin.PngInfo()
    text.add_text(f"Raw profile type {name}", f"\n{name}\n{len(body):8}\n{body.hex()}\n", zip=True)
    assert read(picture("PNG", pnginfo=text)) == WHOLE_OF_IIM


def test_iim_cut_over_two_segments_and_a_second_block():
    resources = resource(iim(*WHOLE_IIM))
    head = b"Photoshop 3.0\0"
    halves = [(0xED, head + resources[:100]), (0xED, head + resources[100:])]
    assert read(jpeg(*halves)) == WHOLE_OF_IIM
    second = (0xED, head + resource(iim(((2, 105), b"Kedua"), ((2, 25), b"kota"))))
    assert read(jpeg(*halves, second)) == WHOLE_OF_IIM._replace(keywords=("perang", "lilin", "kota"))


def test_extended_xmp():
    body = packet(alt("core:ExtDescrAccessibility", ("x-default", "Panjang. " * 300)), 'photoshop:City="Limboto"')
    guid = hashlib.md5(body).hexdigest().upper()

    def piece(at, end, guid=guid, length=None):
        head = b"http://ns.adobe.com/xmp/extension/\0" + guid.encode()
        return 0xE1, head + struct.pack(">II", length or len(body), at) + body[at:end]

    main = xmp("<photoshop:Headline>Pokok</photoshop:Headline>", f'note:HasExtendedXMP="{guid}"')
    whole = [piece(1000, 2000), piece(0, 1000), piece(2000, None)]
    found = read(jpeg(main, *whole))
    assert (found.headline, found.city, len(found.extended_description)) == ("Pokok", "Limboto", 2699)
    for broken in [whole[:2], [*whole, piece(0, 900)], [piece(0, None, "0" * 32)], [piece(0, None, length=2**32 - 1)]]:
        assert read(jpeg(main, *broken)) == Metadata(headline="Pokok")
    assert read(jpeg(xmp(), *whole)) == Metadata()


def test_exif_is_the_last_resort():
    found = read(picture(exif=exif()))
    assert found == Metadata(
        creator="Kamera Siti",
        copyright="Siti, Redaksi",
        caption="Balai kota Gorontalo",
        created_at=datetime(2023, 10, 19, 14, 3, 22, tzinfo=WIB),
    )
    for kind in ("PNG", "WEBP", "AVIF", "TIFF"):
        assert read(picture(kind, exif=exif())) == found
    assert read(picture(exif=exif("José".encode()))).creator == read(picture(exif=exif(b"Jos\xe9"))).creator == "José"


@pytest.mark.parametrize(
    ("tags", "when"),
    [
        ({0x9011: "   "}, datetime(2023, 10, 19, 14, 3, 22)),  # noqa: DTZ001
        ({0x9011: "+25:99"}, datetime(2023, 10, 19, 14, 3, 22)),  # noqa: DTZ001
        ({0x9003: "0000:00:00 00:00:00"}, None),
        ({0x9003: "    :  :     :  :  "}, None),
    ],
)
def test_dates_of_cameras(tags, when):
    assert read(picture(exif=exif(photo=tags))).created_at == when


# What wins


def test_xmp_wins_over_iim_over_exif_field_by_field():
    everywhere = ("creator", "copyright", "caption", "headline")
    segments = [
        xmp("<dc:creator>XMP</dc:creator><photoshop:Headline> </photoshop:Headline>" + alt("dc:rights", ("en", "X"))),
        photoshop(((2, 80), b"IIM"), ((2, 120), b"IIM"), ((2, 105), b"IIM"), ((2, 116), b"\0 ")),
        (0xE1, exif()),
    ]
    found = {tuple(getattr(read(jpeg(*order)), field) for field in everywhere) for order in (segments, segments[::-1])}
    assert found == {("XMP", "X", "IIM", "IIM")}
    assert read(jpeg(*segments[1:])).copyright == "Siti, Redaksi"
