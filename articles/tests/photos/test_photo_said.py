"""What of a file's metadata gets into the photo's fields, and what is told to whoever uploads it."""

import hashlib
import io
import pathlib
import struct
import zlib
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import TransactionTestCase
from PIL import Image

from articles import photo_metadata, photos
from articles.models import Photo
from articles.photo_metadata import Metadata, containers, read
from articles.photo_metadata.text import fitted

from ..newsroom import NewsroomTestCase, make_photo
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


# Fields and remarks


def filled(said, **fields):
    photo = Photo(from_file={name: value for name, value in said._asdict().items() if value}, **fields)
    return photo, photos.fill(photo, "IMG_1.jpg")


def test_title_and_object_name_make_the_title_and_a_caption_of_several_lines_does_not():
    for said, title in (
        (Metadata(title="Lilin", headline="Judul", caption="Warga"), "Lilin"),
        (Metadata(headline="Judul", caption="Warga"), "Judul"),
        (Metadata(caption="Warga di pasar"), "Warga di pasar"),
        (Metadata(caption="Warga di pasar.\nJakarta"), "IMG 1"),
        (Metadata(), "IMG 1"),
    ):
        assert filled(said)[0].title == title
    both = xmp(alt("dc:title", ("x-default", "Lilin"))), photoshop(((2, 5), b"Lilin lama"))
    assert (read(jpeg(*both)).title, read(jpeg(both[1])).title) == ("Lilin", "Lilin lama")


def test_what_is_too_long_for_its_field_ends_after_a_word_and_is_told():
    words = ("kata " * 900).strip()
    lists = {"keywords": tuple(f"kata kunci nomor {number} yang panjang sekali" for number in range(100))}
    said = Metadata(creator=words[:900], credit_line=words[:900] + "/ANTARA", copyright=words, alt_text=words, **lists)
    photo, remarks = filled(said)
    for name in ("photographer", "copyright", "alt"):
        value = getattr(photo, name)
        assert value.endswith(" kata"), name
        assert len(value) <= Photo._meta.get_field(name).max_length
    assert photo.keywords.endswith("sekali")
    (told,) = remarks
    for label in ("photographer", "copyright notice", "alternative text", "keywords"):
        assert str(Photo._meta.get_field({"alternative text": "alt"}.get(label, label.split()[0])).verbose_name) in told


def test_real_lengths_of_agencies_and_captions_fit_whole():
    names = ", ".join(f"Fotografer Bernama Panjang {number}" for number in range(8))
    said = Metadata(creator=names, credit_line="POOL/AFP", copyright="© " + "hak " * 200, alt_text="alt " * 200)
    photo, remarks = filled(said)
    assert (photo.photographer, photo.copyright, photo.alt) == (names, said.copyright, said.alt_text)
    assert remarks == []


def test_what_an_editor_wrote_is_neither_cut_nor_told():
    photo, remarks = filled(Metadata(alt_text="kata " * 900, caption="Warga"), alt="Ditulis editor", caption="Editor")
    assert (photo.alt, photo.caption, remarks) == ("Ditulis editor", "Editor", [])


@pytest.mark.parametrize(
    ("text", "longest", "kept"),
    [("satu dua tiga", 8, "satu dua"), ("satu dua tiga", 9, "satu dua"), ("satu dua tiga", 13, "satu dua tiga"),
     ("a" * 30, 10, "a" * 10), ("ab " + "c" * 30, 12, "ab " + "c" * 9), ("", 5, "")],
)  # fmt: skip
def test_a_text_ends_after_a_whole_word(text, longest, kept):
    assert fitted(text, longest) == kept


@pytest.mark.wide
class FieldLengthsTest(TransactionTestCase):
    def test_longer_fields_go_back_and_forward_with_what_they_hold(self):
        self.addCleanup(call_command, "migrate", verbosity=0, stdout=io.StringIO())
        photo = make_photo(agency="POOL/AFP via " + "Getty " * 30, alt="kata " * 100)
        call_command("migrate", "articles", "0018", verbosity=0, stdout=io.StringIO())
        call_command("migrate", verbosity=0, stdout=io.StringIO())
        kept = Photo.objects.get(pk=photo.pk)
        self.assertTrue(photo.agency.startswith(kept.agency))
        Photo.objects.filter(pk=photo.pk).update(agency="x" * 250)


class ToldAtUploadTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))

    def send(self, content, name="satu.jpg"):
        files = {"files": [SimpleUploadedFile(name, content)]}
        answer = self.client.post("/admin/articles/photo/upload/", files, headers={"accept": "application/json"})
        (result,) = answer.json()["results"]
        return result, Photo.objects.get(pk=result["address"].rstrip("/").split("/")[-2])

    def large(self, *segments):
        made = io.BytesIO()
        Image.new("RGB", (600, 400), "#336699").save(made, "JPEG")
        whole = jpeg(*segments)
        return made.getvalue()[:2] + whole[2 : whole.index(b"\xff\xe0")] + made.getvalue()[2:]

    def test_what_the_file_asks_for_and_what_is_left_out_is_told_with_its_answer(self):
        content = self.large(
            xmp(
                "<photoshop:Instructions>EMBARGO 20.00 WIB. NO SALES</photoshop:Instructions>"
                "<photoshop:DateCreated>2023-10-19</photoshop:DateCreated>"
                + alt("dc:description", ("x-default", "cof")),
                'xmpRights:WebStatement="lihat kontrak" ext:DigitalSourceType="kamera"',
            )
        )
        result, photo = self.send(content)
        told = " ".join(result["remarks"])
        for words in ("EMBARGO 20.00 WIB. NO SALES", "2023-10-19", "“cof”", "“lihat kontrak”", "“kamera”"):
            self.assertIn(words, told)
        self.assertEqual((photo.taken_at, photo.web_statement, photo.digital_source_type), (None, "", ""))
        self.assertEqual((photo.caption, photo.title), ("", "satu"))
        page = self.page(result["address"])
        for words in ("EMBARGO 20.00 WIB. NO SALES", "2023-10-19", "lihat kontrak"):
            self.assertIn(words, page)

    def test_what_is_whole_is_told_nothing_of(self):
        result, photo = self.send(self.large(photoshop(UTF8, ((2, 120), b"Warga di pasar"), ((2, 110), b"AFP/Bay"))))
        self.assertEqual((result["remarks"], photo.caption), ([], "Warga di pasar"))

    def test_a_text_in_the_language_of_the_edition(self):
        texts = alt("dc:description", ("x-default", "Crowd at the market"), ("id", "Warga di pasar"))
        self.assertEqual(self.send(self.large(xmp(texts)))[1].caption, "Warga di pasar")

    def test_a_rendition_carries_who_took_it(self):
        _, photo = self.send((SAMPLES / "credit-pool.jpg").read_bytes(), "pool.jpg")
        said = photo_metadata.read(photos.make(photo, photos.rendition(photo, "4x3", 320, "webp")))
        self.assertEqual((said.creator, photo.agency), ("ADEK BERRY", "POOL/AFP via Getty Images"))
