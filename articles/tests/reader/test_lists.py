import datetime

from django.utils import timezone

from articles.models import Policy, ReadCount, Section, Story

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

MINUTE = datetime.timedelta(minutes=1)


class ListsTest(NewsroomTestCase):
    def headlines(self, address):
        self.page(address)
        return [story.headline for story in self.client.get(address).context["stories"]]

    def test_each_list_holds_what_belongs_to_it_newest_first(self):
        self.story("Lama", series=self.perang, tags=[self.rusia])
        self.story("Baru", series=self.perang, tags=[self.rusia], publish_at=PUBLISHED + MINUTE)
        self.story("Nanti", series=self.perang, tags=[self.rusia], publish_at=timezone.now() + MINUTE)
        for address in ("/latest/", "/section/internasional/", "/tag/rusia/", "/series/perang-rusia-ukraina/",
                        "/people/nina-yuniar/",
                        "/archive/2023/10/", "/archive/2023/10/19/", "/search/?q=paragraf"):  # fmt: skip
            with self.subTest(address=address):
                self.assertEqual(self.headlines(address), ["Baru", "Lama"])

    def test_twenty_a_page_and_the_next_follow(self):
        for number in range(41):
            self.story(f"Berita {number}", publish_at=PUBLISHED + number * MINUTE, credited=False)
        self.assertEqual(self.headlines("/latest/?page=2")[0], "Berita 20")
        self.assertEqual(self.headlines("/latest/?page=3"), ["Berita 0"])
        self.page("/latest/?page=4", status=404)

    def test_a_section_shows_what_the_sections_within_it_hold(self):
        bola = Section.objects.create(edition=self.gorontalo, name="Bola", slug="bola", parent=self.dunia)
        self.story("Di luar")
        self.story("Di dalam", section=bola, publish_at=PUBLISHED + MINUTE)
        self.assertEqual(self.headlines("/section/internasional/"), ["Di dalam", "Di luar"])
        self.assertEqual(self.headlines("/section/bola/"), ["Di dalam"])

    def test_the_newest_of_a_section_leads_its_first_page_once_five_stand_beside_it(self):
        for number in range(5):
            self.story(f"Dunia {number}")
        self.assertNotIn("card-lead", self.page("/section/internasional/"))
        self.story("Dunia kelima", publish_at=PUBLISHED + datetime.timedelta(hours=1))
        lead = self.page("/section/internasional/").split("card-lead")[1].split("</article>")[0]
        self.assertIn("Dunia kelima", lead)

    def test_what_is_under_embargo_has_no_tag_or_series_page(self):
        self.story(tags=[self.rusia], series=self.perang, embargo_until=LATER)
        for address in ("/tag/rusia/", "/series/perang-rusia-ukraina/"):
            self.page(address, status=404)

    def test_popular_is_by_reads_of_the_last_24_hours_and_never_paid_for(self):
        now = timezone.now()
        for reads, headline, label in ((5, "Sedang", "news"), (90, "Iklan", "advertorial"), (30, "Ramai", "opinion")):
            ReadCount.objects.create(story=self.story(headline, label=label), hour=now, reads=reads)
        old = self.story("Kemarin dulu")
        ReadCount.objects.create(story=old, hour=now - datetime.timedelta(hours=25), reads=999)
        self.assertEqual(self.headlines("/popular/"), ["Ramai", "Sedang"])

    def test_the_most_urgent_of_the_newest_leads_the_front_but_nothing_unsettled(self):
        self.story("Biasa", urgency=5)
        self.story("Mendesak", urgency=2)
        self.story("Kabar burung", urgency=1, label="unverified", publish_at=PUBLISHED + MINUTE)
        self.assertEqual(self.client.get("/").context["lead"].headline, "Mendesak")

    def test_a_search_for_nothing_asks_for_words(self):
        self.story()
        for address in (
            "/search/",
            "/search/?q=",
            "/search/?q=%00",
            "/search/?q=tidak+ada+ini",
            "/search/?q=%3Cscript%3E",
        ):
            self.assertEqual(self.headlines(address), [], address)

    def test_the_masthead_names_who_answers_and_the_policies(self):
        Policy.objects.create(
            edition=self.gorontalo, slug="etik", title="Kode Etik", text="<p>Isi</p>", dated_on="2026-01-02"
        )
        page = self.page("/masthead/")
        for told in ("PT Gorontalo Media", "Jalan Contoh 1", "Ananda Putri Octaviani", "/policy/etik/"):
            self.assertIn(told, page)
        self.assertIn("2 Januari 2026", self.page("/policy/etik/"))
        self.assertIn("/masthead/", self.page("/"))

    def test_nothing_of_a_sister_edition_shows(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.story("Dari Jogja", edition=jogja, tags=[self.rusia], series=self.perang)
        for address in ("/latest/", "/section/internasional/", "/archive/2023/10/", "/search/?q=jogja"):
            self.assertEqual(self.headlines(address), [], address)
        for address in ("/tag/rusia/", "/series/perang-rusia-ukraina/", "/people/nina-yuniar/"):
            self.page(address, status=404)
        self.assertEqual(self.headlines("/latest/?network=1"), ["Dari Jogja"])
        self.assertEqual(Story.objects.count(), 1)
