import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import photo_metadata, photos
from articles.desk import shown
from articles.models import Photo
from articles.photos.near_doubles import looks

from ..newsroom import NewsroomTestCase
from ..uploads import UPLOAD, upload


class UploadTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))

    def send(self, *files):
        answer = self.client.post(UPLOAD, {"files": list(files)}, headers={"accept": "application/json"})
        return answer.json()["results"]

    def test_credit_and_rights_are_read_from_each_file(self):
        one, two = self.send(upload("satu.jpg"), upload("dua_foto.png", "#aa2211", "PNG", said=None))
        photo = Photo.objects.get(title="satu")
        self.assertEqual((photo.agency, photo.photographer, photo.copyright), ("AFP", "BAY ISMOYO", "AFP"))
        self.assertEqual((one["credit"], photo.usage_terms), ("AFP/BAY ISMOYO", "Hanya untuk berita"))
        self.assertEqual(two["title"], "dua foto")
        self.assertIn("kredit", two["lacking"])

    def test_what_is_no_picture_is_refused_by_name_and_the_others_are_taken(self):
        bad = [
            SimpleUploadedFile("kosong.jpg", b""),
            SimpleUploadedFile("laman.jpg", b"<html><script>1</script>"),
            SimpleUploadedFile("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            SimpleUploadedFile("surat.jpg", b"%PDF-1.4"),
            SimpleUploadedFile("putus.jpg", upload().read()[:300]),
        ]
        results = self.send(*bad, upload("baik.jpg", "#00aa55"))
        self.assertEqual([bool(result.get("error")) for result in results], [True] * 5 + [False])
        self.assertEqual(Photo.objects.exclude(pk=self.lilin.pk).count(), 1)

    def test_a_name_of_any_kind_stays_a_name(self):
        for name in ("../../etc/passwd.jpg", "a\u202egpj.exe.jpg", "x" * 300 + ".jpg"):
            self.send(upload(name, colour=f"#{abs(hash(name)) % 0xFFFFFF:06x}"))
        for photo in Photo.objects.exclude(pk=self.lilin.pk):
            self.assertTrue(photo.file.name.startswith(f"originals/{photo.uid}"), photo.file.name)

    def test_the_same_file_is_not_taken_twice_and_what_looks_alike_is_told(self):
        self.send(upload("asli.jpg", "#335577"))
        again, smaller = self.send(upload("salinan.jpg", "#335577"), upload("kecil.jpg", "#335577", size=(450, 300)))
        self.assertIn("sudah ada", again["error"])
        (other,) = smaller["alike"]
        first = Photo.objects.get(title="asli")
        self.assertEqual((other["title"], other["photo"]), ("asli", shown.of(first)))

    def test_what_an_editor_wrote_stays(self):
        photo = Photo(title="Judul editor", agency="Kantor lain")
        file = upload()
        photos.describe(photo, file)
        photos.fill(photo, file.name)
        self.assertEqual((photo.title, photo.agency, photo.copyright), ("Judul editor", "Kantor lain", "AFP"))

    def test_who_may_not_add_photos_may_not_upload(self):
        self.client.logout()
        self.assertEqual(self.client.post(UPLOAD, {"files": upload()}).status_code, 302)

    def test_every_rendition_carries_the_rights_and_nothing_else_of_the_file(self):
        exif = Image.Exif()
        exif[0x010F] = "Kamera"
        exif.get_ifd(0x8825)[1] = "N"
        self.send(upload("gps.jpg", exif=exif, comment=b"rahasia"))
        photo = Photo.objects.get(title="gps")
        for kind in photos.FORMATS:
            made = photos.make(photo, photos.rendition(photo, "4x3", 320, kind))
            self.assertNotIn(b"rahasia", made)
            self.assertNotIn(b"Kamera", made)
            said = photo_metadata.read(made)
            self.assertEqual((said.credit_line, said.copyright), ("AFP/BAY ISMOYO", "AFP"), kind)

    def test_16_bits_and_cmyk_are_turned_into_what_a_screen_shows(self):
        for name, mode, kind in (("dalam.png", "I;16", "PNG"), ("cetak.jpg", "CMYK", "JPEG")):
            picture = io.BytesIO()
            colour = 32768 if mode == "I;16" else (0, 0, 0, 128)
            Image.new(mode, (400, 300), colour).save(picture, kind)
            self.send(SimpleUploadedFile(name, picture.getvalue()))
            photo = Photo.objects.get(title=name.partition(".")[0])
            shown = Image.open(io.BytesIO(photos.make(photo, photos.rendition(photo, "full", 160, "webp"))))
            self.assertAlmostEqual(shown.convert("RGB").getpixel((80, 60))[1], 127, delta=6)

    def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(self):
        picture = io.BytesIO()
        Image.new("1", (12_000, 12_000)).save(picture, "PNG")
        self.assertLess(len(picture.getvalue()), 100_000)
        (result,) = self.send(SimpleUploadedFile("bom.png", picture.getvalue()))
        self.assertIn("12000 × 12000", result["error"])

    def test_what_follows_the_end_of_a_picture_reaches_no_reader(self):
        file = upload("dua-muka.jpg", "#123321")
        self.send(SimpleUploadedFile("dua-muka.jpg", file.read() + b"<script>alert(1)</script>"))
        photo = Photo.objects.get(title="dua muka")
        for kind in photos.FORMATS:
            self.assertNotIn(b"<script>", photos.make(photo, photos.rendition(photo, "full", 320, kind)))

    def test_each_of_the_eight_orientations_stands_upright(self):
        for turned in range(1, 9):
            exif, picture = Image.Exif(), io.BytesIO()
            exif[0x0112] = turned
            image = Image.new("RGB", (600, 400), f"#{turned:02x}4060")
            image.save(picture, "JPEG", exif=exif)
            self.send(SimpleUploadedFile(f"arah {turned}.jpg", picture.getvalue()))
            photo = Photo.objects.get(title=f"arah {turned}")
            self.assertEqual((photo.width, photo.height), (400, 600) if turned >= 5 else (600, 400), turned)
            made = Image.open(io.BytesIO(photos.make(photo, photos.rendition(photo, "full", 160, "jpg"))))
            self.assertEqual(made.size, (160, photos.size(photo, "full", 160)[1]), turned)

    def test_what_is_transparent_stands_on_white(self):
        picture = io.BytesIO()
        Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(picture, "PNG")
        self.send(SimpleUploadedFile("tembus.png", picture.getvalue()))
        photo = Photo.objects.get(title="tembus")
        made = Image.open(io.BytesIO(photos.make(photo, photos.rendition(photo, "full", 320, "jpg"))))
        self.assertEqual(made.getpixel((9, 9)), (255, 255, 255))

    def test_of_a_picture_that_moves_the_first_is_taken_and_told(self):
        frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
        for kind in ("GIF", "WEBP", "PNG", "AVIF", "TIFF"):
            picture = io.BytesIO()
            frames[0].save(picture, kind, save_all=True, append_images=frames[1:])
            [result] = self.send(SimpleUploadedFile(f"gerak.{kind.lower()}", picture.getvalue()))
            self.assertEqual(result["error"], "", kind)
            self.assertIn("yang pertama", " ".join(result["remarks"]), kind)
            red, _green, blue = looks.Looks.parse(Photo.objects.first().looks).colours[:3]
            self.assertGreater(red, blue, kind)

    def test_a_progressive_picture_that_is_cut_off_is_told(self):
        picture = io.BytesIO()
        Image.effect_noise((600, 400), 80).save(picture, "JPEG", progressive=True)
        cut = picture.getvalue()[: len(picture.getvalue()) // 3]
        [result] = self.send(SimpleUploadedFile("progresif.jpg", cut))
        self.assertIn("terpotong", " ".join(result["remarks"]))

    def test_a_picture_that_stands_still_is_not_said_to_move(self):
        for kind in ("GIF", "WEBP", "PNG", "TIFF"):
            picture = io.BytesIO()
            Image.new("RGB", (400, 400), "red").save(picture, kind)
            [result] = self.send(SimpleUploadedFile(f"diam.{kind.lower()}", picture.getvalue()))
            self.assertEqual(result["remarks"], [], kind)
