"""Values of metadata in every way they are written: letters, dates, forms of XMP, how it was made."""

import struct
from datetime import UTC, datetime

import pytest

from articles.photo_metadata import Metadata, read

from ..picture_files import (
    SOURCE_TYPES,
    UTF8,
    alt,
    iim,
    jpeg,
    packet,
    photoshop,
    picture,
    read_xmp,
    resource,
)  # fmt: skip
from .whole_metadata import WHOLE, WHOLE_ELEMENTS, WIB

# Character sets of IIM

MAC = "Citroën, García Fernández à São Paulo: “façade”"


@pytest.mark.parametrize(
    ("datasets", "caption"),
    [
        ([UTF8, ((2, 120), "Kyïv – “Київ” 🕯".encode())], "Kyïv – “Київ” 🕯"),
        ([((2, 120), "Kyïv – “Київ”".encode())], "Kyïv – “Київ”"),
        ([((2, 120), "José Müller, Ñandú".encode("latin-1"))], "José Müller, Ñandú"),
        ([((2, 120), "l’été “chaud” – Genève…".encode("cp1252"))], "l’été “chaud” – Genève…"),
        ([((2, 120), MAC.encode("mac_roman"))], MAC),
        ([((2, 120), "© AFP 2023".encode("latin-1"))], "© AFP 2023"),
        ([((1, 90), b"\x1b.A"), ((2, 120), "Ã©".encode("latin-1"))], "Ã©"),
        ([UTF8, ((2, 120), "Genève".encode("latin-1"))], "Genève"),
        ([UTF8, ((2, 120), "Genève à".encode()[:-1])], "Genève"),
        ([UTF8, ((2, 120), "Baris satu\x0bbaris\u202e dua".encode())], "Baris satu\nbaris dua"),
    ],
)
def test_character_sets_of_iim(datasets, caption):
    assert read(jpeg(photoshop(*datasets))).caption == caption


def test_a_long_dataset_of_iim():
    long = b"\x1c\x02\x78\x80\x04" + struct.pack(">I", 3000) + b"a" * 3000 + iim(((2, 90), b"Gorontalo"))
    found = read(jpeg((0xED, b"Photoshop 3.0\0" + resource(long))))
    assert (len(found.caption), found.city) == (3000, "Gorontalo")


@pytest.mark.parametrize(
    ("day", "hour", "when", "on"),
    [
        (b"20231019", b"140322+0700", datetime(2023, 10, 19, 14, 3, 22, tzinfo=WIB), ""),
        (b"20231019", b"140322", datetime(2023, 10, 19, 14, 3, 22), ""),  # noqa: DTZ001
        (b"20231019", b"", None, "2023-10-19"),
        (b"20231019", b"noon", None, "2023-10-19"),
        (b"20231000", b"140322", None, "2023-10"),
        (b"20231399", b"140322", None, ""),
        (b"00010101", b"000000+1400", None, ""),
    ],
)
def test_dates_of_iim(day, hour, when, on):
    found = read(jpeg(photoshop(((2, 55), day), ((2, 60), hour))))
    assert (found.created_at, found.created_on) == (when, on)


# Forms of XMP


@pytest.mark.parametrize(
    ("elements", "attributes", "expected"),
    [
        ("", 'photoshop:Credit="AFP" photoshop:City="Palu"', {"credit_line": "AFP", "city": "Palu"}),
        ("<dc:creator>Nama Orang</dc:creator>", "", {"creator": "Nama Orang"}),
        ("<dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator>", "", {"creator": "A, B"}),
        (alt("dc:description", ("en", "e"), ("x-default", "x"), ("id-ID", "i")), "", {"caption": "i"}),
        (alt("dc:description", ("en", "e"), ("x-default", "x"), ("in", "i")), "", {"caption": "i"}),
        (alt("dc:description", ("en", "e"), ("x-default", "x"), ("id", " ")), "", {"caption": "x"}),
        (alt("dc:description", ("en", "e"), ("fr", "f")), "", {"caption": "e"}),
        ("<dc:description>polos<!-- x --> saja</dc:description>", "", {"caption": "polos saja"}),
        (
            '<xmpRights:WebStatement rdf:resource="https://a.id/b"/>',
            "",
            {"web_statement": "https://a.id/b"},
        ),
        (
            '<plus:Licensor><rdf:Seq><rdf:li plus:LicensorURL="https://a.id/"/></rdf:Seq></plus:Licensor>',
            "",
            {"licensor_url": "https://a.id/"},
        ),
        (
            "<plus:Licensor><rdf:Bag><rdf:li><rdf:Description><plus:LicensorURL>https://a.id/</plus:LicensorURL>"
            "</rdf:Description></rdf:li></rdf:Bag></plus:Licensor>",
            "",
            {"licensor_url": "https://a.id/"},
        ),
        (
            "<photoshop:Headline><rdf:Description><rdf:value>Judul</rdf:value></rdf:Description></photoshop:Headline>",
            "",
            {"headline": "Judul"},
        ),
        (
            '</rdf:Description><rdf:Description rdf:about="" photoshop:City="Manado">',
            'photoshop:Country="Indonesia"',
            {"city": "Manado", "country": "Indonesia"},
        ),
        (
            '<ext:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><ext:City>Palu</ext:City>'
            "<ext:CountryName>Indonesia</ext:CountryName></rdf:li></rdf:Bag></ext:LocationShown>",
            "",
            {"city": "Palu", "country": "Indonesia"},
        ),
        ('<n:City xmlns:n="http://ns.adobe.com/photoshop/1.0/">Ambon</n:City>', "", {"city": "Ambon"}),
        ('<photoshop:City xmlns:photoshop="urn:other">Ambon</photoshop:City>', "", {}),
        ("<dc:subject><rdf:Bag><rdf:li>a; b, A</rdf:li></rdf:Bag></dc:subject>", "", {"keywords": ("a", "b")}),
        ("<photoshop:City> Kota \t\n Tua&#0;\x01\u202e </photoshop:City>", "", {"city": "Kota Tua"}),
        ("", 'photoshop:DateCreated="2023-10"', {"created_on": "2023-10"}),
        ("", 'photoshop:DateCreated="2023-10-19"', {"created_on": "2023-10-19"}),
        (
            "",
            'photoshop:DateCreated="2023-10-19T07:03Z"',
            {"created_at": datetime(2023, 10, 19, 7, 3, tzinfo=UTC)},
        ),
        (
            "",
            'xmpRights:WebStatement="javascript:alert(1)"',
            {"left_out": (("web_statement", "javascript:alert(1)"),)},
        ),
        (
            "",
            'xmpRights:WebStatement="https://a.id/&quot;&gt;"',
            {"left_out": (("web_statement", 'https://a.id/">'),)},
        ),
        ("", 'xmpRights:WebStatement="www.afp.com/x"', {"web_statement": "https://www.afp.com/x"}),
    ],
)
def test_forms_of_xmp(elements, attributes, expected):
    assert read_xmp(elements, attributes) == Metadata(**expected)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-8-sig"])
def test_packets_in_other_encodings(encoding):
    plain = packet(WHOLE_ELEMENTS).decode()
    assert read(picture("WEBP", xmp=plain.encode(encoding))) == WHOLE


@pytest.mark.parametrize(
    ("written", "uri", "name", "labelled"),
    [
        (SOURCE_TYPES + "digitalCapture", SOURCE_TYPES + "digitalCapture", "digitalCapture", False),
        ("trainedAlgorithmicMedia", SOURCE_TYPES + "trainedAlgorithmicMedia", "trainedAlgorithmicMedia", True),
        ("digsrctype:compositeSynthetic", SOURCE_TYPES + "compositeSynthetic", "compositeSynthetic", True),
        (
            "https://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia/",
            SOURCE_TYPES + "compositeWithTrainedAlgorithmicMedia",
            "compositeWithTrainedAlgorithmicMedia",
            True,
        ),
        ("a photo, really", "", "", False),
    ],
)
def test_digital_source_type(written, uri, name, labelled):
    found = read_xmp("", f'ext:DigitalSourceType="{written}"')
    assert (found.digital_source_type, found.digital_source_name) == (uri, name)
    assert found.is_generated_or_composite == labelled
