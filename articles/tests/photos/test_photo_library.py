import datetime

from django.utils import timezone

from articles import publishing
from articles.models import Photo

from ..newsroom import NewsroomTestCase, make_photo

LIST = "/admin/articles/photo/"
DAY = datetime.timedelta(days=1)


class PhotoLibraryTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))

    def found(self, **asked):
        return {photo.title for photo in self.client.get(LIST, asked).context["cl"].result_list}

    def test_what_lacks_something_is_found(self):
        make_photo(title="Tanpa alt", alt="", colour="#100000")
        make_photo(title="Hiasan", alt="", is_decorative=True, colour="#200000")
        make_photo(title="Tanpa kredit", agency="", photographer="", colour="#300000")
        self.assertEqual(self.found(lacking="alt"), {"Tanpa alt"})
        self.assertEqual(self.found(lacking="credit"), {"Tanpa kredit"})

    def test_rights_that_end_within_a_week_are_told(self):
        now = timezone.now()
        make_photo(title="Besok", rights_end_at=now + DAY, colour="#001000")
        make_photo(title="Sebulan lagi", rights_end_at=now + 30 * DAY, colour="#002000")
        make_photo(title="Kemarin", rights_end_at=now - DAY, colour="#003000")
        self.assertEqual(self.found(rights="soon"), {"Besok"})
        self.assertEqual(self.found(rights="ended"), {"Kemarin"})
        page = self.page(LIST)
        self.assertEqual(page.count("hak pakai berakhir "), 1)
        self.assertEqual(page.count("hak pakai sudah berakhir"), 1)

    def test_who_is_in_a_picture_is_found(self):
        make_photo(title="Upacara", people="Nina Yuniar, Hamka Hendra", colour="#100020")
        self.assertEqual(self.found(q="Hamka"), {"Upacara"})

    def test_a_week_before_its_rights_end_the_agenda_names_photo_and_story(self):
        ending = make_photo(title="Sewaan", rights_end_at=timezone.now() + 3 * DAY, colour="#002010")
        self.story("Berita dengan foto sewaan", lead_photo=ending)
        self.client.force_login(self.somebody("chief"))
        told = self.page("/admin/articles/story/agenda/")
        self.assertIn("kehilangan foto", told)
        self.assertIn("Sewaan", told)

    def test_a_release_is_doubted_while_rights_end_within_its_first_week(self):
        for place, days, word in (("lead_photo", -1, "sebelumnya"), ("gallery", 6, "tak lama sesudahnya")):
            photo = make_photo(rights_end_at=timezone.now() + days * DAY, colour=f"#0030{days + 50}")
            story = self.draft(f"Naskah {days}", **({"lead_photo": photo} if place == "lead_photo" else {}))
            if place == "gallery":
                story.gallery.create(photo=photo)
            told = [doubt.message for doubt in publishing.doubts(story, timezone.now()) if doubt.kind == "rights"]
            self.assertEqual(len(told), 1)
            self.assertIn(word, told[0])

    def test_where_a_photo_is_used(self):
        for title, colour in (("Utama", "#000010"), ("Dalam teks", "#000020"), ("Disimpan", "#000030")):
            make_photo(title=title, colour=colour)
        in_text = Photo.objects.get(title="Dalam teks")
        self.story(lead_photo=Photo.objects.get(title="Utama"), body=f'<figure data-photo="{in_text.uid}"></figure>')
        self.assertEqual(self.found(used="gorontalo"), {"Utama", "Dalam teks"})
        self.assertEqual(self.found(used="shown"), {"Utama", "Dalam teks"})
        counts = {photo.title: photo.use_count for photo in self.client.get(LIST).context["cl"].result_list}
        self.assertEqual((counts["Utama"], counts["Dalam teks"], counts["Disimpan"]), (1, 1, 0))
