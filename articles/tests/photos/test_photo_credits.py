"""Who took a picture and who sends it, in the spellings of the agencies of the world and of Indonesia."""

import io
import pathlib

import pytest
from PIL import Image

from articles.models import Photo
from articles.photo_metadata import Metadata, agency_and_photographer, read
from articles.photos import fill
from articles.photos.renditions import rights

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"

CREDITS = [  # credit line, by-line, agency, photographer
    ("AFP/BAY ISMOYO", "", "AFP", "BAY ISMOYO"),
    ("AFP/BAY ISMOYO", "BAY ISMOYO", "AFP", "BAY ISMOYO"),
    ("AFP", "BAY ISMOYO", "AFP", "BAY ISMOYO"),
    ("", "AFP/BAY ISMOYO", "AFP", "BAY ISMOYO"),
    ("", "AFP, BAY ISMOYO", "AFP", "BAY ISMOYO"),
    ("BAY ISMOYO / AFP", "", "AFP", "BAY ISMOYO"),
    ("BAY ISMOYO | AFP", "", "AFP", "BAY ISMOYO"),
    ("Foto: AFP/BAY ISMOYO", "AFP", "AFP", "BAY ISMOYO"),
    ("POOL/AFP via Getty Images", "ADEK BERRY", "POOL/AFP via Getty Images", "ADEK BERRY"),
    ("(Photo by BAY ISMOYO / AFP)", "", "AFP", "BAY ISMOYO"),
    ("(Photo by BAY ISMOYO / AFP)", "BAY ISMOYO", "AFP", "BAY ISMOYO"),
    ("Photo credit should read BAY ISMOYO/AFP via Getty Images", "", "AFP via Getty Images", "BAY ISMOYO"),
    ("Agence France-Presse", "AFP/BAY ISMOYO", "Agence France-Presse", "BAY ISMOYO"),
    ("AFP PHOTO / BAY ISMOYO", "", "AFP PHOTO", "BAY ISMOYO"),
    ("© 2023 Bay Ismoyo / AFP", "", "AFP", "Bay Ismoyo"),
    ("Bay Ismoyo/AFP/Getty Images", "", "AFP/Getty Images", "Bay Ismoyo"),
    ("Bay Ismoyo/AFP via Getty Images", "", "AFP via Getty Images", "Bay Ismoyo"),
    ("AFP via Getty Images", "BAY ISMOYO", "AFP via Getty Images", "BAY ISMOYO"),
    ("Getty Images", "BAY ISMOYO/AFP", "AFP/Getty Images", "BAY ISMOYO"),
    ("AFP", "AFP Contributor#AFP", "AFP", ""),
    ("AFP", "STR", "STR/AFP", ""),
    ("HANDOUT / AFP", "", "HANDOUT/AFP", ""),
    ("Handout", "", "Handout", ""),
    ("Handout via REUTERS", "Kodam Merdeka", "Handout via REUTERS", "Kodam Merdeka"),
    ("XINHUA", "Xinhua/Ju Peng", "XINHUA", "Ju Peng"),
    ("Xinhua/Agung Kuncahya B.", "", "Xinhua", "Agung Kuncahya B."),
    ("AP Photo/Dita Alangkara, File", "", "AP Photo", "Dita Alangkara"),
    ("(AP Photo/Achmad Ibrahim, Pool)", "", "AP Photo/Pool", "Achmad Ibrahim"),
    ("Dita Alangkara / The Associated Press", "", "The Associated Press", "Dita Alangkara"),
    ("Willy Kurniawan/Pool Photo via AP", "", "Pool Photo via AP", "Willy Kurniawan"),
    ("Ukrainian Presidential Press Office via AP", "", "Ukrainian Presidential Press Office via AP", ""),
    ("REUTERS/Willy Kurniawan/File Photo", "", "REUTERS", "Willy Kurniawan"),
    ("Anton Raharjo and Budi Purnomo/Reuters", "Anton Raharjo, Budi Purnomo", "Reuters", "Anton Raharjo, Budi Purnomo"),
    ("EPA-EFE/MAST IRHAM", "", "EPA-EFE", "MAST IRHAM"),
    ("(Photo by Mast Irham - Pool/Getty Images)", "", "Pool/Getty Images", "Mast Irham"),
    ("picture alliance/dpa | Kay Nietfeld", "", "picture alliance/dpa", "Kay Nietfeld"),
    (
        "Wahyu Nugroho/SOPA Images/LightRocket via Getty Images",
        "",
        "SOPA Images/LightRocket via Getty Images",
        "Wahyu Nugroho",
    ),
    ("Garry Lotulung/Anadolu Agency via Getty Images", "", "Anadolu Agency via Getty Images", "Garry Lotulung"),
    ("Andrew Testa for The New York Times", "", "The New York Times", "Andrew Testa"),
    ("Courtesy of NASA", "", "Courtesy of NASA", ""),
    ("Photo courtesy of Polda Gorontalo", "", "Courtesy of Polda Gorontalo", ""),
    ("Foto: Nama Orang/Antara", "", "Antara", "Nama Orang"),
    ("ANTARA FOTO/Nama Orang/rwa", "", "ANTARA FOTO", "Nama Orang"),
    ("ANTARA FOTO/Nama Orang/foc.", "", "ANTARA FOTO", "Nama Orang"),
    ("ANTARA FOTO/Nama Orang/Lmo/rwa.", "Nama Orang", "ANTARA FOTO", "Nama Orang"),
    ("ANTARA FOTO/Nama Orang/Lmo/rwa.", "", "ANTARA FOTO", "Nama Orang"),
    ("ANTARA FOTO/Muhammad Adimaja/NZ/17", "", "ANTARA FOTO", "Muhammad Adimaja"),
    ("ANTARA FOTO/Fajar/rwa", "", "ANTARA FOTO", "Fajar"),
    ("ANTARA FOTO/HO/Humas BNPB/wsj.", "", "ANTARA FOTO/HO/Humas BNPB", ""),
    ("ANTARA FOTO/foc.", "", "ANTARA FOTO", ""),
    ("FOTO ANTARA/Budi Santoso", "", "FOTO ANTARA", "Budi Santoso"),
    ("TribunGorontalo.com/Nina Yuniar", "", "TribunGorontalo.com", "Nina Yuniar"),
    ("Nina Yuniar (TribunGorontalo.com)", "", "TribunGorontalo.com", "Nina Yuniar"),
    ("KOMPAS/HENDRA A SETYAWAN", "", "KOMPAS", "HENDRA A SETYAWAN"),
    ("Foto: Rengga Sancaya/detikcom", "", "detikcom", "Rengga Sancaya"),
    ("Foto: Iqbal Firdaus/kumparan", "", "kumparan", "Iqbal Firdaus"),
    ("SURYA/AHMAD ZAIMUL HAQ", "", "SURYA", "AHMAD ZAIMUL HAQ"),
    ("Budi, S.H./ANTARA", "", "ANTARA", "Budi, S.H."),
    ("Biro Pers Sekretariat Presiden/Muchlis Jr", "", "Biro Pers Sekretariat Presiden", "Muchlis Jr"),
    ("Muchlis Jr - Biro Pers Sekretariat Presiden", "", "Biro Pers Sekretariat Presiden", "Muchlis Jr"),
    ("Dok. Keluarga/Nama Orang", "", "Dok. Keluarga", "Nama Orang"),
    ("Nama Orang/Dok. Keluarga", "nama orang", "Dok. Keluarga", "Nama Orang"),
    ("Foto: Istimewa", "", "Istimewa", ""),
    ("Photo by Budi Santoso", "", "", "Budi Santoso"),
    ("Foto: Budi Santoso", "", "", "Budi Santoso"),
    ("Foto: Kompas", "", "Kompas", ""),
    ("Budi Santoso/Harian Pagi via Kantor Lain", "", "Harian Pagi via Kantor Lain", "Budi Santoso"),
    ("Nama Orang/Sesuatu via Lain", "", "Sesuatu via Lain", "Nama Orang"),
    ("Tribun Gorontalo", "TribunGorontalo.com/Nina Yuniar", "Tribun Gorontalo", "Nina Yuniar"),
    ("Getty Images", "Getty Images", "Getty Images", ""),
    ("", "BAY ISMOYO", "", "BAY ISMOYO"),
    ("Bay Ismoyo", "Bay Ismoyo", "", "Bay Ismoyo"),
    ("Photo by Fikri Rasyid on Unsplash", "", "Unsplash", "Fikri Rasyid"),
    ("Foto oleh Tom Fisk dari Pexels", "", "Pexels", "Tom Fisk"),
    ("Fikri Rasyid / Unsplash", "", "Unsplash", "Fikri Rasyid"),
    ("©2023 merdeka.com/imam buhori", "", "merdeka.com", "imam buhori"),
    ("Foto: berbagai sumber", "", "berbagai sumber", ""),
    (
        "Copyright 2023 The Associated Press. All rights reserved",
        "Tatan Syuflana",
        "The Associated Press",
        "Tatan Syuflana",
    ),
    ("Dimas Ardian—Bloomberg/Getty Images", "", "Bloomberg/Getty Images", "Dimas Ardian"),
    ("Antara/Pewarta Foto: Budi Santoso", "", "Antara", "Budi Santoso"),
    ("Pewarta: Adiwinata Solihin", "", "", "Adiwinata Solihin"),
    ("Kontributor: Budi Santoso", "", "", "Budi Santoso"),
    ("Foto/Ilustrasi: Antara", "", "Antara", ""),
    ("Ilustrasi/Antara", "", "Ilustrasi/Antara", ""),
    ("Antara Foto/Adiwinata Solihin/YU", "", "Antara Foto", "Adiwinata Solihin"),
    ("KOMPAS/ARBAIN RAMBEY (ABR)", "", "KOMPAS", "ARBAIN RAMBEY"),
    ("Kompas/Arbain Rambey (ABR) 12-10-2009", "", "Kompas", "Arbain Rambey"),
    ("Robertus Pudyanto", "Getty Images", "Getty Images", "Robertus Pudyanto"),
    ("Antara Foto/Adiwinata Solihin via REUTERS", "", "Antara Foto via REUTERS", "Adiwinata Solihin"),
    ("Handout/Sesuatu via AP", "", "Handout/Sesuatu via AP", ""),
    ("AFP", "NOEL CELIS;BAY ISMOYO", "AFP", "NOEL CELIS, BAY ISMOYO"),
    ("Tim Graham/Getty Images", "", "Getty Images", "Tim Graham"),
    ("Tim Komunikasi Presiden/ANTARA", "", "Tim Komunikasi Presiden/ANTARA", ""),
    ("Budi/AFP/XYZ", "", "AFP", "Budi"),
    ("XYZ/AFP/Budi Santoso", "", "XYZ/AFP", "Budi Santoso"),
    ("YouTube/Kanal Humas", "", "YouTube/Kanal Humas", ""),
    ("Foto: YouTube/Kanal Humas/ANTARA", "", "YouTube/Kanal Humas/ANTARA", ""),
    ("Facebook/Budi Santoso", "", "Facebook/Budi Santoso", ""),
    ("Instagram/@nama", "", "Instagram/@nama", ""),
    ("X/@nama", "", "X/@nama", ""),
    ("IG @nama", "", "IG @nama", ""),
    ("Foto: IG Nama Orang", "", "IG Nama Orang", ""),
    ("Official White House Photo by Pete Souza", "", "Official White House Photo", "Pete Souza"),
    ("Official White House Photo by Pete Souza", "Pete Souza", "Official White House Photo", "Pete Souza"),
    ("Official White House Photo by Pete Souza/AFP", "", "Official White House Photo/AFP", "Pete Souza"),
    ("U.S. Navy photo by John Smith", "", "U.S. Navy photo", "John Smith"),
    ("Photo by Pete Souza/The White House", "", "The White House", "Pete Souza"),
    ("Dok. Polda Gorontalo", "", "Dok. Polda Gorontalo", ""),
    ("Foto: Dok. Pribadi", "", "Dok. Pribadi", ""),
    ("Istimewa", "", "Istimewa", ""),
    ("Istimewa/Humas Polda", "", "Istimewa/Humas Polda", ""),
    ("HO/Antara", "", "HO/Antara", ""),
    ("ANTARA FOTO/HO/Setwapres", "", "ANTARA FOTO/HO/Setwapres", ""),
    ("ANTARA/HO-Pertamina", "", "ANTARA/HO-Pertamina", ""),
    ("ANTARA FOTO/HO/Setwapres/Nama Orang", "", "ANTARA FOTO/HO/Setwapres", "Nama Orang"),
    ("ANTARA/HO-Humas Polri", "", "ANTARA/HO-Humas Polri", ""),
    ("Tangkapan layar video", "", "Tangkapan layar video", ""),
    ("Foto: Screenshot video", "", "Screenshot video", ""),
    ("Foto: Rekaman CCTV", "", "Rekaman CCTV", ""),
    ("Tangkapan layar video amatir/Budi Santoso", "", "Tangkapan layar video amatir", "Budi Santoso"),
    ("Repro/Budi Santoso", "", "Repro", "Budi Santoso"),
    ("Video: Budi Santoso", "", "", "Budi Santoso"),
    ("Budi Santoso/JG Photo", "", "JG Photo", "Budi Santoso"),
    ("AFP/-", "", "AFP", ""),
    ("Unknown/AFP", "Unknown", "AFP", ""),
    ("tidak diketahui", "null", "", ""),
    ("https://a.id/b", "", "https://a.id/b", ""),
    ("/", "", "", ""),
    ("", "", "", ""),
]


@pytest.mark.parametrize(("credit", "creator", "agency", "photographer"), CREDITS)
def test_agency_and_photographer(credit, creator, agency, photographer):
    assert agency_and_photographer(Metadata(credit_line=credit, creator=creator)) == (agency, photographer)


@pytest.mark.parametrize(
    ("name", "agency", "photographer"),
    [
        ("credit-pool.jpg", "POOL/AFP via Getty Images", "ADEK BERRY"),
        ("credit-photoby.jpg", "AFP", "BAY ISMOYO"),
        ("credit-agency-twice.jpg", "XINHUA", "Ju Peng"),
    ],
)
def test_who_took_it_is_told_by_the_file_and_by_its_renditions(name, agency, photographer):
    found = read((SAMPLES / name).read_bytes())
    photo = Photo(from_file={**found._asdict(), "created_at": ""})
    fill(photo, name)
    assert (photo.agency, photo.photographer) == (agency, photographer)
    made = io.BytesIO()
    Image.new("RGB", (8, 6)).save(made, "WEBP", xmp=rights(photo))
    assert read(made.getvalue()).creator == photographer
    assert agency_and_photographer(read(made.getvalue())) == (agency, photographer)


@pytest.mark.parametrize("text", ["/" * 4000, "(" * 4000, "Photo by " * 400, "a/" * 2000, "- " * 2000, "a via " * 600])
def test_a_credit_of_any_length_is_taken_apart(text):
    agency, photographer = agency_and_photographer(Metadata(credit_line=text, creator=text[:50]))
    assert len(agency) <= 4000
    assert len(photographer) <= 4000
