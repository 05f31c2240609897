"""What a file says fills the fields of its photo; what is cut or left out is told to whoever uploads it."""

import io
import pathlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import photo_metadata, photos
from articles.models import Photo
from articles.photo_metadata import Metadata, read
from articles.photo_metadata.text import fitted

from ..newsroom import NewsroomTestCase
from ..picture_files import (
    UTF8,
    alt,
    jpeg,
    photoshop,
    xmp,
)

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"


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
