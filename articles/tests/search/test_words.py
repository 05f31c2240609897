"""The same words are found on both databases; each line names what a text has, and questions that lead to it."""

import pytest

from articles.listings import search
from articles.models import Story, Tag

from ..newsroom import NewsroomTestCase

pytestmark = pytest.mark.both_databases

FOUND = {
    "Vaksin Covid-19": ("covid-19", "covid 19", "COVID19", "covid", "19"),
    "Timnas U-20 menang": ("U-20", "u20", "u 20"),
    "Mulai pukul 08.30 WITA": ("08.30", "08:30", "08 30"),
    "Naik menjadi Rp85.000 per bulan": ("Rp85.000", "rp 85.000", "85.000", "85000", "Rp85000"),
    "Terjual 12500 karcis": ("12.500", "12500"),
    "Kamis (19/10/2023) malam": ("19/10/2023", "19-10-2023", "2023"),
    "Pasangan suami/istri itu": ("suami/istri", "suami istri", "istri"),
    "Pembaca TribunGorontalo.com": ("TribunGorontalo.com", "tribungorontalo", "tribungorontalo com"),
    "Café Müller di İzmir": ("cafe muller", "CAFÉ MÜLLER", "izmir", "İzmir", "Cafe\u0301"),
    "Straße dan ﬁnal Łódź": ("strasse", "STRASSE", "straße", "final", "lodz"),
    "Salat Jum'at di masjid": ("jum'at", "masjid", "mesjid", "sholat"),
    "Surel redaksi@contoh.id dan https://contoh.id/a_b": ("redaksi@contoh.id", "contoh.id", "a_b", "redaksi"),
    "Perdana Menteri Пётр 東京": ("пётр", "ПЁТР", "東京"),
    "H<sub>2</sub>O &amp; <strong>CO2</strong>": ("h2o", "CO2", "co 2"),
    "Skor 3-2, naik 5,4% dan +62": ("3-2", "5,4", "5.4", "+62"),
    "Menyerang dan diserang": ("penyerangan", "serang", "menyerang", '"dan diserang"'),
    "Harga cabai": ("cabe", "harganya cabe", "cabe harga"),
}
NOT_FOUND = {
    "Media massa": ("dia", '"massa media"', "massa -media"),
    "Perangkat desa": ('"perang"', "-perangkat", "desa -perangkat"),
    "Harga Rp185.000": ("Rp85.000", "85000"),
}


class WordsTest(NewsroomTestCase):
    def found(self, words):
        return set(search.find(words, Story.objects.all()).values_list("headline", flat=True))

    def test_what_hangs_together_is_found_whole_and_in_parts(self):
        for number, text in enumerate([*FOUND, *NOT_FOUND]):
            self.story(f"Naskah {number}", body=f"<p>{text}</p>", standfirst="", slug=f"n-{number}")
        for number, (text, questions) in enumerate(FOUND.items()):
            for question in questions:
                self.assertIn(f"Naskah {number}", self.found(question), (text, question))
        for number, (text, questions) in enumerate(NOT_FOUND.items(), len(FOUND)):
            for question in questions:
                self.assertNotIn(f"Naskah {number}", self.found(question), (text, question))

    def test_names_of_tags_and_people_are_words_by_the_same_rules(self):
        Tag.objects.create(name="Covid-19", slug="covid-19")
        for question in ("covid19", "COVID-19", "cov"):
            self.assertEqual([tag.name for tag in search.named(question, Tag.objects.all())], ["Covid-19"], question)

    def test_words_written_by_sql_are_found_too(self):
        story = self.story("Lama")
        Story.objects.filter(pk=story.pk).update(body="<p>Penyerangan U-20</p>")
        self.assertEqual(self.found("diserang u20"), {"Lama"})

    def test_nothing_typed_breaks_it(self):
        self.story("Satu")
        for words in ("%", "_", "\"'*:^", '"satu', 'satu"', "-", "--satu", '-""', "😀", "\u202eabc", "-x " * 200):
            self.assertIsInstance(self.found(words), set, words)
