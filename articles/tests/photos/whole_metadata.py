"""Descriptions of photos: of the rights alone, and with every field that we read, with the XMP and IIM that say it."""

from datetime import datetime, timedelta, timezone

from articles.photo_metadata import Metadata

from ..picture_files import (
    SOURCE_TYPES,
    UTF8,
    alt,
)  # fmt: skip

WIB = timezone(timedelta(hours=7))

RIGHTS = Metadata(
    creator='Bay "Bayu" <Ismoyo> & Ñ',
    credit_line="AFP/BAY \"X\" & 'Y' <Z>",
    copyright="© AFP 2023 ]]> &amp;",
    usage_terms="Hanya untuk berita.\nTidak dijual.",
    web_statement="https://www.afp.com/?a=1&b='2'",
    licensor_url="https://www.afpforum.com/?a=1&b=2",
    digital_source_type=SOURCE_TYPES + "trainedAlgorithmicMedia",
    alt_text="Perempuan 🕯 <memegang> lilin",
)
WHOLE = Metadata(
    creator="BAY ISMOYO",
    credit_line="AFP/BAY ISMOYO",
    copyright="© AFP 2023",
    caption="Warga menyalakan lilin.\nJakarta, Kamis.",
    headline="Lilin di Jakarta",
    keywords=("perang", "lilin"),
    people=("Nina Yuniar", "Ananda Putri"),
    created_at=datetime(2023, 10, 19, 14, 3, 22, tzinfo=WIB),
    city="Jakarta",
    country="Indonesia",
    source="Agence France-Presse",
    usage_terms="Hanya untuk berita.",
    alt_text="Perempuan memegang lilin",
    extended_description="Seorang perempuan, berjilbab putih, memegang lilin di depan pagar.",
    web_statement="https://www.afp.com/rights?a=1&b=2",
    licensor_url="https://www.afpforum.com/license",
    digital_source_type=SOURCE_TYPES + "digitalCapture",
    instructions="Tidak untuk dijual lagi",
)
WHOLE_ELEMENTS = f"""
    <dc:creator><rdf:Seq><rdf:li>BAY ISMOYO</rdf:li></rdf:Seq></dc:creator>
    <photoshop:Credit>AFP/BAY ISMOYO</photoshop:Credit>
    {alt("dc:rights", ("x-default", "© AFP 2023"))}
    {alt("dc:description", ("x-default", "Warga menyalakan lilin.&#10;Jakarta, Kamis."))}
    <photoshop:Headline>Lilin di Jakarta</photoshop:Headline>
    <dc:subject><rdf:Bag><rdf:li>perang</rdf:li><rdf:li>lilin</rdf:li></rdf:Bag></dc:subject>
    <ext:PersonInImage><rdf:Bag><rdf:li>Nina Yuniar</rdf:li><rdf:li>Ananda Putri</rdf:li></rdf:Bag></ext:PersonInImage>
    <photoshop:DateCreated>2023-10-19T14:03:22+07:00</photoshop:DateCreated>
    <photoshop:City>Jakarta</photoshop:City><photoshop:Country>Indonesia</photoshop:Country>
    <photoshop:Source>Agence France-Presse</photoshop:Source>
    {alt("xmpRights:UsageTerms", ("x-default", "Hanya untuk berita."))}
    {alt("core:AltTextAccessibility", ("x-default", WHOLE.alt_text))}
    {alt("core:ExtDescrAccessibility", ("x-default", WHOLE.extended_description))}
    <xmpRights:WebStatement>https://www.afp.com/rights?a=1&amp;b=2</xmpRights:WebStatement>
    <plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">
        <plus:LicensorName>AFP</plus:LicensorName>
        <plus:LicensorURL>https://www.afpforum.com/license</plus:LicensorURL>
    </rdf:li></rdf:Seq></plus:Licensor>
    <ext:DigitalSourceType>{SOURCE_TYPES}digitalCapture</ext:DigitalSourceType>
    <photoshop:Instructions>Tidak untuk dijual lagi</photoshop:Instructions>
"""
WHOLE_IIM = [
    UTF8,
    ((2, 80), b"BAY ISMOYO"),
    ((2, 110), b"AFP/BAY ISMOYO"),
    ((2, 116), "© AFP 2023".encode()),
    ((2, 120), b"Warga menyalakan lilin.\rJakarta, Kamis."),
    ((2, 105), b"Lilin di Jakarta"),
    ((2, 25), b"perang"),
    ((2, 25), b"lilin"),
    ((2, 55), b"20231019"),
    ((2, 60), b"140322+0700"),
    ((2, 90), b"Jakarta"),
    ((2, 101), b"Indonesia"),
    ((2, 115), b"Agence France-Presse"),
    ((2, 40), b"Tidak untuk dijual lagi"),
]
WHOLE_OF_IIM = WHOLE._replace(
    people=(),
    usage_terms="",
    alt_text="",
    extended_description="",
    web_statement="",
    licensor_url="",
    digital_source_type="",
)
