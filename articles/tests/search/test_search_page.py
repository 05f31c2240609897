import datetime
from unittest import mock

import pytest

from articles.listings.search import candidates, engines, links
from articles.models import Section, Story

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

pytestmark = pytest.mark.both_databases

MINUTE = datetime.timedelta(minutes=1)


class SearchPageTest(NewsroomTestCase):
    def headlines(self, query, status=200):
        response = self.client.get(f"/search/?{query}")
        self.assertEqual(response.status_code, status, query)
        return [story.headline for story in response.context["stories"]]

    def test_the_exact_word_comes_before_its_forms_and_both_before_words_that_begin_so(self):
        for number, headline in enumerate(("Perang usai", "Pasukan berperang", "Perangkat baru")):
            self.story(headline, publish_at=PUBLISHED + number * MINUTE)
        self.assertEqual(self.headlines("q=perang"), ["Perang usai", "Pasukan berperang", "Perangkat baru"])
        self.assertEqual(self.headlines("q=perang&order=newest")[0], "Perangkat baru")

    def test_a_headline_comes_before_a_standfirst_and_that_before_the_text(self):
        self.story("Naskah satu", body="<p>Banjir.</p>", publish_at=PUBLISHED + 2 * MINUTE)
        self.story("Naskah dua", standfirst="Ada banjir.", publish_at=PUBLISHED + MINUTE)
        self.story("Banjir surut")
        self.assertEqual(self.headlines("q=banjir"), ["Banjir surut", "Naskah dua", "Naskah satu"])

    def test_words_that_follow_each_other_come_first(self):
        self.story("Sakit di rumah", publish_at=PUBLISHED + MINUTE)
        self.story("Rumah sakit baru")
        self.assertEqual(self.headlines("q=rumah+sakit"), ["Rumah sakit baru", "Sakit di rumah"])
        self.assertEqual(self.headlines("q=%22sakit+di+rumah%22"), ["Sakit di rumah"])
        self.assertEqual(self.headlines("q=rumah+-baru"), ["Sakit di rumah"])

    def test_tags_people_series_and_captions_lead_to_stories(self):
        self.story(
            "Satu", series=self.perang, tags=[self.rusia], lead_photo=self.lilin, lead_caption="Pelampung jingga"
        )
        for words in ("rusia", "nina yuniar", "perang rusia", "pelampung", "menyala+lilin", "satu rusia", "nina satu"):
            self.assertEqual(self.headlines(f"q={words}"), ["Satu"], words)
        self.assertEqual(self.headlines("q=rusia+-satu"), [])

    def test_filters_narrow_as_words_and_as_fields(self):
        self.story("Pasar satu", tags=[self.rusia], series=self.perang)
        other = Section.objects.create(edition=self.gorontalo, name="Ekonomi", slug="ekonomi")
        self.story("Pasar dua", section=other, credited=False, publish_at=PUBLISHED + datetime.timedelta(days=9))
        for words, field in (
            ("bagian:internasional", "section=internasional"),
            ("oleh:nina-yuniar", "person=Nina"),
            ('oleh:"Nina Yuniar"', "person=nina+yuniar"),
            ("topik:rusia", "tag=Rusia"),
            ("seri:perang-rusia-ukraina", "series=perang"),
            ("sampai:2023-10-20", "until=2023-10-20"),
            ("sampai:20/10/2023", "since=2023-10-01&until=20/10/2023"),
        ):
            self.assertEqual(self.headlines(f"q=pasar+{words}"), ["Pasar satu"], words)
            self.assertEqual(self.headlines(f"q=pasar&{field}"), ["Pasar satu"], field)
            self.assertEqual(self.headlines(f"q={words}"), ["Pasar satu"], words)

    def test_a_filter_that_names_nothing_is_refused_with_a_sentence(self):
        self.story("Pasar")
        for query in (
            "section=takada",
            "q=pasar+oleh:takada",
            "tag=x",
            "series=x",
            "since=kemarin",
            "until=2023-13-40",
            "since=0001-01-01",
            "until=9999-12-31",
        ):
            self.assertEqual(self.headlines(query, 400), [], query)
            self.assertIn('role="alert"', self.client.get(f"/search/?{query}").text, query)

    def test_pages_follow_by_a_cursor_and_miss_and_repeat_nothing(self):
        for number in range(45):
            self.story(f"Berita {number}", publish_at=PUBLISHED + number * MINUTE, credited=False)
        for order in ("best", "newest"):
            seen, after = [], ""
            while True:
                response = self.client.get(f"/search/?q=berita&order={order}&after={after}")
                seen += [story.headline for story in response.context["stories"]]
                if not (after := response.context["answer"].after):
                    break
            self.assertEqual(seen, [f"Berita {number}" for number in reversed(range(45))], order)

    def test_a_cursor_that_we_did_not_give_is_refused(self):
        self.story("Pasar")
        for after in ("x", "1", "1_", "_1", "1_1_1", "9" * 400, "-1_2", "1e5_1", "1_%00", "٣_٣"):
            self.assertEqual(self.headlines(f"q=pasar&after={after}", 400), [], after)
        self.assertEqual(self.headlines("q=pasar&after=1.5_999999999"), [])

    def test_of_too_many_the_newest_are_ranked_and_the_page_says_so(self):
        for number in range(6):
            self.story(f"Pasar {number}", publish_at=PUBLISHED + number * MINUTE, credited=False)
        # What PostgreSQL estimates of so few rows depends on when it last counted them.
        with mock.patch.object(candidates, "MOST", 3), mock.patch.object(engines, "are_few", return_value=False):
            response = self.client.get("/search/?q=pasar")
        self.assertEqual([story.headline for story in response.context["stories"]], ["Pasar 5", "Pasar 4", "Pasar 3"])
        self.assertIn("3 berita terbaru", response.text)

    def test_the_newest_are_those_of_the_last_days_and_not_those_that_were_stored_last(self):
        """After an archive was taken in, its old stories are the last rows."""
        for number in range(6):
            self.story(f"Pasar {number}", publish_at=PUBLISHED - number * MINUTE, credited=False)
        with mock.patch.multiple(candidates, MOST=3, FEW=4):
            self.assertEqual(self.headlines("q=pasar"), ["Pasar 0", "Pasar 1", "Pasar 2"])

    def test_many_stories_of_another_edition_hide_none_of_this_one(self):
        self.story("Pasar Gorontalo")
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        for number in range(6):
            self.story(f"Pasar {number}", edition=jogja, credited=False)
        with mock.patch.multiple(candidates, MOST=3, FEW=4):
            self.assertEqual(self.headlines("q=pasar"), ["Pasar Gorontalo"])

    def test_an_end_reaches_the_old_stories_of_a_tag_that_has_many(self):
        for number in range(6):
            at = PUBLISHED - datetime.timedelta(days=number)
            self.story(f"Kabar {number}", publish_at=at, day=at.date(), tags=[self.rusia], credited=False)
        with mock.patch.object(links, "MOST_STORIES", 2):
            self.assertEqual(self.headlines("q=rusia"), ["Kabar 0", "Kabar 1"])
            self.assertEqual(self.headlines("q=rusia&until=2023-10-16"), ["Kabar 3", "Kabar 4"])

    def test_only_what_readers_may_see_is_found_of_this_edition_or_by_choice_of_the_network(self):
        self.story("Pasar lama", state="withdrawn")
        self.story("Pasar nanti", publish_at=LATER, tags=[self.rusia])
        self.draft("Pasar naskah")
        self.story("Pasar Jogja", edition=self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost"))
        for words in ("pasar", "rusia", "pasar+nina"):
            self.assertEqual(self.headlines(f"q={words}"), [], words)
        self.assertEqual(self.headlines("q=pasar&network=1"), ["Pasar Jogja"])

    def test_a_story_is_found_at_once_and_gone_at_once(self):
        story = self.story("Pasar")
        self.assertEqual(self.headlines("q=pasar"), ["Pasar"])
        Story.objects.filter(pk=story.pk).update(state="withdrawn")
        self.assertEqual(self.headlines("q=pasar"), [])

    def test_hits_are_marked_in_headline_and_text_and_nothing_of_a_text_is_markup(self):
        self.story("Serangan <b>udara</b>", standfirst="Pagi.", body="<p>Warga diserang &lt;i&gt; U-20.</p>")
        page = self.page("/search/?q=menyerang")
        self.assertIn("<mark>Serangan</mark> &lt;b&gt;udara", page)
        page = self.page("/search/?q=U-20+warga")
        self.assertIn("<mark>Warga</mark> diserang &lt;i&gt; <mark>U-20</mark>", page)

    def test_nothing_typed_breaks_it(self):
        self.story("Satu")
        for words in (
            "%25",
            "_",
            '"',
            "'",
            "*",
            ":^",
            "%00",
            "%F0%9F%98%80",
            "%E2%80%AEabc",
            "(((",
            "-",
            "-satu",
            "a:b",
        ):
            self.client.get(f"/search/?q={words}")
            self.headlines(f"q={words}")
        for query in ("q=" + "x" * 5000, "q=" + "-x+" * 200, "q=satu&q=dua", "network=7&order=x", "page=0", "tag=%00"):
            self.assertIn(self.client.get(f"/search/?{query}").status_code, (200, 400), query[:30])

    def test_a_spelling_is_offered_where_little_is_found_and_only_of_what_readers_may_see(self):
        self.story("Danau Limboto surut")
        self.draft("Rahasia Kwandang")
        page = self.page("/search/?q=danau+limbotto")
        self.assertIn('Maksud Anda <a href="?q=danau+limboto">danau limboto</a>?', page)
        narrowed = self.page("/search/?q=danau+limbotto&section=internasional&order=newest&network=1")
        self.assertIn('href="?q=danau+limboto&amp;section=internasional&amp;order=newest&amp;network=1"', narrowed)
        for words in ("kwandng", "danau", "zzzzzz", "lim"):
            self.assertNotIn("Maksud Anda", self.page(f"/search/?q={words}"), words)
