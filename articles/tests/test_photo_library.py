import datetime

from django.utils import timezone

from articles.models import Photo

from .newsroom import NewsroomTestCase, make_photo

LIST = "/admin/articles/photo/"
DAY = datetime.timedelta(days=1)


class PhotoLibraryTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))

    def found(self, **asked):
        return {photo.title for photo in self.client.get(LIST, asked).context["cl"].queryset}

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

    def test_where_a_photo_is_used(self):
        for title, colour in (("Utama", "#000010"), ("Dalam teks", "#000020"), ("Disimpan", "#000030")):
            make_photo(title=title, colour=colour)
        in_text = Photo.objects.get(title="Dalam teks")
        self.story(lead_photo=Photo.objects.get(title="Utama"), body=f'<figure data-photo="{in_text.uid}"></figure>')
        self.assertEqual(self.found(used="gorontalo"), {"Utama", "Dalam teks"})
        self.assertEqual(self.found(used="shown"), {"Utama", "Dalam teks"})
        counts = {photo.title: photo.use_count for photo in self.client.get(LIST).context["cl"].queryset}
        self.assertEqual((counts["Utama"], counts["Dalam teks"], counts["Disimpan"]), (1, 1, 0))
