"""A caption is prose by a person: what cameras and programs write by themselves is none."""

import pathlib

import pytest
from PIL import Image

from articles.photo_metadata import Metadata, agency_and_photographer, machine, read

from ..picture_files import alt, exif, jpeg, photoshop, picture, read_xmp, xmp

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"

BY_MACHINES = r"""
DCF 1.0|cof|SAMSUNG|Screenshot|OLYMPUS DIGITAL CAMERA|SONY DSC|KONICA MINOLTA DIGITAL CAMERA|Exif_JPEG_PICTURE|hdr|rhdr
|<KENOX S630  / Samsung S630>|<Digimax i6 PMP, Samsung #11 PMP>|Created with GIMP|mde|sdr|ptr|dav|edf_hdr|default
|oznorWO|Processed with VSCO with a6 preset|Edited with Snapseed|Diedit dengan PicsArt|Captured with OpenCamera
|Made with Canva|IMG_1234.JPG|DSC_0001|IMG-20231019-WA0001|P1010001|20231019_140322
|WhatsApp Image 2023-10-19 at 14.03.22.jpeg
|Screenshot_20231019-140322|Screen Shot 2023-10-19 at 14.03.22|Tangkapan Layar 2023-10-19 pukul 14.03.22|FB_IMG_16976989
|dcim\100MEDIA\DJI_0001.JPG|C:\Users\budi\foto.jpg|Untitled-1|image0|Foto 3|Canon EOS 5D Mark IV|Apple iPhone 12 Pro
|NIKON D850|LG Electronics|Kodak EasyShare|AppleMark|CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90
|LEAD Technologies Inc. V1.01|Adobe Photoshop CC 2019 (Windows)|SHOT ON REDMI NOTE 8|AI TRIPLE CAMERA|Hisilicon K3
|3f2504e0-4f89-11d3-9a0c-0305e82c3301|AFP_33YG7YC|2023:10:19 14:03:22|{"filter":"none"}|Steps: 20, Sampler: Euler a, CFG
|filter: 0; fileterIntensity: 0.0; filterMask: 0; captureOrientation: 0;|Picasa|New Project|My beautiful picture|–
|oplus_0|oplus_1024|infinix HOT 10|Shot on Y15S|Mi A1|nova 5T|hw-remosaic: 0; touch: (-1.0, -1.0)|maxf: 0.5|Bokeh|binary
|Gambar WhatsApp 2023-10-19 pukul 14.03.22|Screenshot from 2023-10-19 14-03-22|Dipindai dengan CamScanner|JPEG encoder
|Photoscan by Google Photos|Adobe Illustrator CC|Intel(R) JPEG Library, version 1|Compressed by jpeg-recompress
""".replace("\n", "").split("|")
BY_PEOPLE = """
Warga menyalakan lilin.|Gorontalo|Pasar Sentral Gorontalo|COVID-19|HUT RI ke-78|Demo mahasiswa|G20 Bali|UU ITE
|Diambil dengan drone, gambar ini memperlihatkan banjir.|Dibuat oleh Siti di Gorontalo|Taken in Gorontalo
|Apple memperkenalkan iPhone 15 di California|Samsung opens a new store in Jakarta|Canon menembak di benteng
|A woman takes a photo with her iPhone in Jakarta.|Foto udara pasar 19 Oktober 2023|Windows of the mosque|Honor guard
|Nothing left after the fire|Polaroid exhibition opens|雅加达街头|القدس|Сергій|Foto bersama|Google CEO Sundar Pichai
|Kebakaran: 12 rumah hangus|Skor: 2-1|Hot air balloons|Shot on the beach|Nova Scotia|Screenshot from the trial in Manado
""".replace("\n", "").split("|")


@pytest.mark.parametrize("text", BY_MACHINES)
def test_what_a_machine_wrote_is_no_caption_and_no_title_wherever_it_stands(text):
    for data in (
        jpeg(
            xmp(alt("dc:description", ("x-default", _escaped(text))) + alt("dc:title", ("x-default", _escaped(text))))
        ),
        jpeg(photoshop(((2, 120), text.encode()), ((2, 5), text.encode()))),
        picture(exif=_exif({0x010E: text})),
    ):
        found = read(data)
        assert (found.caption, found.title, found.headline) == ("", "", "")


@pytest.mark.parametrize("text", BY_PEOPLE)
def test_what_a_person_wrote_stays(text):
    found = read(jpeg(photoshop(((2, 120), text.encode()), ((2, 5), text.encode()))))
    assert (found.caption, found.title) == (text, text)


@pytest.mark.parametrize("part", ["1111111111 ", "a/", "1-", "1 ", "newswire", "ai ", "1:1;", "com ", "1.", " -"])
@pytest.mark.parametrize("head", ["", "gimp ", "img ", "AFP ", "shot on iphone ", "Photo by "])
def test_no_text_takes_long_to_judge(head, part):
    text = head + part * 100 + "\x7f!"
    for end in (40, 100, 199):
        machine.wrote(head + part * (end // len(part)) + "ß!")
    agency_and_photographer(Metadata(credit_line=text, creator=text))


def test_the_caption_of_another_place_counts_where_a_machine_wrote_the_first():
    found = read(jpeg(xmp(alt("dc:description", ("x-default", "cof"))), photoshop(((2, 120), b"Warga di pasar"))))
    assert (found.caption, found.left_out) == ("Warga di pasar", ())
    assert read((SAMPLES / "cam_cof.jpg").read_bytes()) == Metadata(left_out=(("caption", "cof"),))


def test_make_and_model_of_this_very_file_are_no_caption():
    tags = {0x010F: "Kamerawan", 0x0110: "Gorontalo Satu", 0x010E: "Kamerawan Gorontalo Satu", 0x013B: "Kamerawan"}
    found = read(picture(exif=_exif(tags)))
    assert (found.caption, found.creator) == ("", "")
    tags[0x010E] = "Kamerawan di Gorontalo"
    assert read(picture(exif=_exif(tags))).caption == "Kamerawan di Gorontalo"


WORDS = [
    "air",
    "api",
    "abu",
    "Apple",
    "Portrait",
    "portrait",
    "Night",
    "Banjir",
    "Pasar",
    "Canon",
    "Honor",
    "Google",
    "kpk",
    "LRT",
    "Paint",
]


@pytest.mark.parametrize("word", WORDS)
def test_one_word_is_a_caption(word):
    found = read(jpeg(xmp(alt("dc:description", ("x-default", word)) + f"<dc:creator>{word}</dc:creator>")))
    assert (found.caption, found.creator) == (word, word)


@pytest.mark.parametrize(
    ("word", "make"), [("Apple", "Apple"), ("Portrait", "Portrait Camera"), ("Canon", "Canon"), ("Honor", "HONOR")]
)
def test_one_word_that_is_the_name_of_this_files_camera_is_none(word, make):
    assert machine.wrote(word, [make])
    assert machine.is_camera(word, [make])


def test_the_name_of_the_file_is_no_caption():
    assert machine.wrote("kebakaran_pasar", file_name="kebakaran_pasar.jpg")
    assert not machine.wrote("Kebakaran pasar", file_name="Kebakaran pasar.jpg")


@pytest.mark.parametrize(
    "text", ["null", "(null)", "nil", "unknown", "Unknown photographer", "n/a", "N.A.", "-", "tidak diketahui", "?"]
)
def test_what_says_nothing_is_nobody(text):
    elements = "".join(
        f"<{name}>{text}</{name}>" for name in ("dc:creator", "photoshop:Credit", "photoshop:City", "photoshop:Source")
    )
    lists = f"<dc:subject><rdf:Bag><rdf:li>{text}</rdf:li><rdf:li>lilin</rdf:li></rdf:Bag></dc:subject>"
    assert read_xmp(elements + lists + alt("dc:description", ("x-default", text))) == Metadata(keywords=("lilin",))


def test_a_person_of_a_name_like_nothing_stays():
    assert read_xmp("<dc:creator>Nil Satria</dc:creator><photoshop:City>Null Island</photoshop:City>") == Metadata(
        creator="Nil Satria", city="Null Island"
    )


def test_exif_text_ends_at_its_first_nul():
    found = read((SAMPLES / "exif_nul.jpg").read_bytes())
    assert (found.caption, found.creator) == ("Pasar Sentral Gorontalo", "Budi")
    assert read(picture(exif=exif(artist=b"Budi\0\x7f\x03junk"))).creator == "Budi"


@pytest.mark.parametrize(
    "comment",
    [
        b"ASCII\0\0\0Warga di pasar\0\0sisa",
        b"\0\0\0\0\0\0\0\0Warga di pasar",
        b"UNICODE\0" + "Warga di pasar".encode("utf-16-le"),
        b"UNICODE\0" + "Warga di pasar".encode("utf-16-be"),
        b"UNICODE\0" + "\ufeffWarga di pasar".encode("utf-16-be"),
        b"UNICODE\0Warga di pasar",
        b"JIS\0\0\0\0\0Warga di pasar",
    ],
)
def test_a_user_comment_in_every_character_set(comment):
    tags = Image.Exif()
    tags[0x8769] = {0x9286: comment}
    assert read(picture(exif=tags.tobytes())).caption == "Warga di pasar"


def test_texts_that_windows_writes():
    words = {0x9C9B: "Lilin di Jakarta", 0x9C9C: "Warga di pasar", 0x9C9D: "Siti; Budi", 0x9C9E: "lilin;pasar"}
    found = read(picture(exif=_exif({tag: text.encode("utf-16-le") + b"\0\0" for tag, text in words.items()})))
    assert (found.title, found.caption, found.creator) == ("Lilin di Jakarta", "Warga di pasar", "Siti, Budi")
    assert found.keywords == ("lilin", "pasar")


def _exif(tags):
    made = Image.Exif()
    made.update({tag: text if isinstance(text, bytes) else text.encode() for tag, text in tags.items()})
    return made.tobytes()


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")
