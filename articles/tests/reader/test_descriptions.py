"""What tells of a story where its page is not seen, and what is left out where a story has no standfirst."""

import datetime
import re
import xml.etree.ElementTree as ET

import pytest

from articles.text import body, sentences

from ..newsroom import PUBLISHED, NewsroomTestCase


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hujan turun. Warga pulang.", "Hujan turun."),
        ("Hujan turun", "Hujan turun"),
        ("“Hujan turun!” kata Siti. Ia pulang.", "“Hujan turun!” kata Siti."),
        ("Benarkah? Ya.", "Benarkah?"),
        ("Dr. Siti Aminah, M.Si. berkata. Lalu pulang.", "Dr. Siti Aminah, M.Si. berkata."),
        ("Menurut Prof. H. B. Jassin hal itu benar. Lalu.", "Menurut Prof. H. B. Jassin hal itu benar."),
        ("Rp. 5.000 pukul 20.05. Lalu.", "Rp. 5.000 pukul 20.05."),
        ("Ia … lalu pulang. Selesai.", "Ia … lalu pulang."),
        ("", ""),
        ("a" * 400, "a" * 300 + " …"),
        ("kata " * 100, "kata " * 59 + "kata …"),
    ],
)
def test_the_first_sentence_of_a_text(text, sentence):
    assert sentences.first(text) == sentence


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Satu <strong>dua</strong>.</p><p>Tiga.</p>", "Satu dua."),
        ('<figure data-photo="x"><figcaption>Foto.</figcaption></figure><h2>Bab</h2><p>Isi.</p>', "Isi."),
        ("<ul><li>Satu.</li></ul>", "Satu."),
        ("<p><br></p><p>Isi.</p>", "Isi."),
        ("", ""),
    ],
)
def test_the_first_paragraph_of_a_body(html, words):
    assert body.first_paragraph(html) == words


class WithoutStandfirstTest(NewsroomTestCase):
    BODY = "<p>GORONTALO – Hujan &amp; angin <em>deras</em> turun. Warga pulang.</p>"

    def test_its_first_sentence_describes_it_to_programs(self):
        story = self.story(standfirst="", body=self.BODY)
        page = self.page(story.get_absolute_url())
        told = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)">', page)
        self.assertEqual(told, ["GORONTALO – Hujan &amp; angin deras turun."] * 2)
        (item,) = ET.fromstring(self.page("/feed/")).findall("channel/item")
        self.assertEqual(item.find("description").text, "GORONTALO – Hujan &amp; angin deras turun.")

    def test_a_story_without_text_is_described_by_its_headline(self):
        page = self.page(self.story("Judul saja", standfirst="", body="").get_absolute_url())
        self.assertEqual(page.count('description" content="Judul saja">'), 3)

    def test_no_paragraph_stands_empty(self):
        for number in range(12):
            self.story(f"Kabar {number}", slug=f"kabar-{number}", standfirst="", body=self.BODY)
        for address in ("/", "/2023/10/19/kabar-1/"):
            self.assertNotRegex(self.page(address), r'<p class="(?:card-)?standfirst">\s*</p>')

    def test_a_standfirst_is_told_as_it_is(self):
        page = self.page(self.story(standfirst="Satu. Dua.", body=self.BODY).get_absolute_url())
        self.assertIn('<p class="standfirst">Satu. Dua.</p>', page)
        self.assertIn('<meta name="description" content="Satu. Dua.">', page)


class TimesOfPagesTest(NewsroomTestCase):
    def test_no_time_has_more_than_three_digits_of_a_second(self):
        at = PUBLISHED + datetime.timedelta(microseconds=123_456)
        story = self.story(publish_at=at, updated_at=at + datetime.timedelta(hours=1))
        for address in ("/", story.get_absolute_url()):
            page = self.page(address)
            self.assertIn('datetime="2023-10-19T21:05:00.123+08:00"', page)
            self.assertNotRegex(page, r'datetime="[^"]*\.\d{4,}')
