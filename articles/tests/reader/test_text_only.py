"""`?view=text`: every page as text alone, below 10 kB, cached and fresh like the page itself."""

import re

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Correction, Edition, Policy, Section, Story, StoryPhoto
from articles.models.label import Label
from articles.text import body, portions

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED, make_photo

ROOT = "http://gorontalo.localhost:8000"
MOST = 10_000


class TextOnlyTest(DeliveryTestCase):
    def full_story(self, headline="Banjir & hujan", **changes):
        photo = make_photo(colour="#123123", caption="Warga mengungsi.", alt="Perahu karet")
        linked = self.story("Kabar sebelumnya")
        text = (
            f'<p>Satu <a href="/tag/rusia/">taut</a>.</p><aside data-story="{linked.uid}"></aside><hr>'
            f'<figure data-photo="{photo.uid}"></figure><ul><li>Beras</li></ul><p>Terakhir.</p>'
        )
        given = {"body": text, "tags": [self.rusia], "series": self.perang, "lead_photo": self.lilin, "slug": "banjir"}
        return self.story(headline, **(given | changes))

    def text(self, address, status=200):
        told, headers, page = self.ask(address)
        self.assertEqual(told, status, address)
        if status == 200:
            self.assertLess(len(page), MOST, address)
            self.assertTrue(headers["Content-Type"].startswith("text/html"))
        return page.decode()

    def pages(self):
        self.main = self.full_story()
        Correction.objects.create(story=self.main, kind="correction", text="Dua, bukan tiga.", at=PUBLISHED)
        text = {"title": "Kode etik", "text": "<p>Kami jujur.</p>" * 900, "dated_on": PUBLISHED.date()}
        Policy.objects.create(edition=self.gorontalo, slug="etik", **text)
        return {
            "/": "Banjir &amp; hujan", self.main.get_absolute_url(): "Terakhir.", "/latest/": "Banjir",
            "/latest/?network=1": "Banjir", "/popular/": "Berita Populer", "/section/internasional/": "Banjir",
            "/tag/rusia/": "Banjir", "/series/perang-rusia-ukraina/": "Banjir", "/people/nina-yuniar/": "Banjir",
            "/people/ananda-putri-octaviani/?role=editor": "Banjir", "/archive/2023/10/": "Banjir",
            "/archive/2023/10/19/": "Banjir", "/search/?q=banjir": "Banjir", "/search/": "Cari",
            "/masthead/": "PT Gorontalo Media", "/policy/etik/": "Kami jujur.", "/corrections/": "Dua, bukan tiga.",
            "/api/v1/": "/api/v1/stories/",
        }  # fmt: skip

    def test_every_page_leads_to_itself_as_text_which_leads_back(self):
        for address, words in self.pages().items():
            whole = self.ask(address)[2].decode()
            [link] = re.findall(r'<nav class="text-only"[^>]*><a href="([^"]+)"', whole)
            page = self.text(link.replace("&amp;", "&"))
            self.assertIn(words, page, address)
            self.assertIn(f'<a href="{link.replace("view=text", "").rstrip("?").removesuffix("&amp;")}">', page)
            self.assertEqual(len(re.findall("<h1", page)), 1, address)
            self.assertIn('<meta name="robots" content="noindex">', page, address)
            self.assertNotRegex(page, r"<(script|img|picture|style|iframe|video)\b", address)
            canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', whole)
            self.assertEqual(re.findall(r'<link rel="canonical" href="([^"]+)"', page), canonical or [address], address)

    def test_pictures_stand_where_the_page_has_them(self):
        """Those of a photo story before its words, those of others behind."""
        words = ["Jaring kosong.", "Jaring penuh.", "Teks mulai di sini."]
        for label, order in ((Label.PHOTO_STORY, words), (Label.NEWS, [words[2], *words[:2]])):
            story = self.story(f"Teluk {label}", label=label, body=f"<p>{words[2]}</p>", slug=f"teluk-{label}")
            for number, caption in enumerate(words[:2]):
                photo = make_photo(colour=f"#12{number}45{len(label) % 10}")
                StoryPhoto.objects.create(story=story, photo=photo, caption=caption, order=number)
            for address in (story.get_absolute_url(), f"{story.get_absolute_url()}?view=text"):
                page = self.ask(address)[2].decode().partition("<h1")[2]
                self.assertEqual(sorted(words, key=page.index), order, address)
                self.assertEqual([page.count(one) for one in words], [1, 1, 1], address)

    def test_a_story_is_whole_with_what_its_pictures_show(self):
        page = self.text(f"{self.full_story().get_absolute_url()}?view=text")
        for words in ("Nina Yuniar", "Satu", "Beras", "Perahu karet", "Warga mengungsi.", "AFP/BAY ISMOYO",
                      "Baca juga: <a", "Terakhir.", "(TribunGorontalo.com/Nina Yuniar)"):  # fmt: skip
            self.assertIn(words, page)
        self.assertIn('href="/series/perang-rusia-ukraina/?view=text"', page)

    def test_a_page_that_is_not_there_and_a_story_that_was_withdrawn_are_told_as_text(self):
        """Whoever reads as text stays there, also where an address holds a slip."""
        story, other = self.full_story(), self.story("Kabar pagi")
        publishing.withdraw(story, None, timezone.now(), "trauma", "Keluarga meminta.")
        for address, status, words in (
            ("/tidak/ada/", 404, ["Halaman tidak ditemukan", 'name="view" value="text"']),
            (story.get_absolute_url(), 410, ["Banjir &amp; hujan", "Keluarga meminta."]),
        ):
            [link] = re.findall(r'<nav class="text-only"[^>]*><a href="([^"]+)"', self.ask(address)[2].decode())
            self.assertEqual(link, "?view=text")
            for part in ("", "-2", "-99"):
                page = self.text(f"{address}{link}{part}", status)
                self.assertLess(len(page.encode()), MOST)
                self.assertNotRegex(page, r"<(script|img|picture|style|iframe|video)\b", address)
                for told in (*words, f'href="{other.get_absolute_url()}?view=text"', "noindex"):
                    self.assertIn(told, page)

    def test_the_page_of_a_film_is_a_link_as_text(self):
        Edition.objects.update(embed_providers="youtube")
        film = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
        story = self.story("Banjir", body=f'<figure data-embed="{film}"><figcaption>Arus deras</figcaption></figure>')
        address = f"{story.get_absolute_url()}embed/1/"
        self.assertIn(f'href="{address}?view=text"', self.text(f"{story.get_absolute_url()}?view=text"))
        page = self.text(f"{address}?view=text")
        self.assertIn("<h1>Arus deras</h1>", page)
        self.assertIn(f'href="{film}"', page)
        self.assertNotIn("<iframe", page)

    @pytest.mark.wide
    def test_a_very_long_story_has_parts_that_miss_nothing(self):
        words = [f"kata{number}" for number in range(9000)]
        text = f"<p>{' '.join(words[:6000])}</p>" + "".join(f"<p>{word}</p>" for word in words[6000:])
        address = self.full_story(body=text).get_absolute_url()
        seen, following = "", f"{address}?view=text"
        while following:
            page = self.text(following)
            seen += body.text(page.partition("</h1>")[2].partition("</main>")[0])
            found = re.findall(r'rel="next" href="([^"]+)"', page)
            following = found[0] if found else ""
        self.assertEqual(re.findall(r"kata\d+", seen), words)
        for view in ("text-1", "text-0", "text-99999", "Text", "text-", "x", ""):
            self.assertEqual(self.ask(f"{address}?view={view}")[2], self.ask(address)[2], view)
        self.text(f"{address}?view=text-900", status=404)
        self.text(f"{address}?view=text&page=99", status=404)

    def test_it_is_cached_like_the_page_and_opens_no_hole(self):
        story = self.full_story()
        address = story.get_absolute_url()
        self.assertEqual([self.how(f"{address}?view=text&utm={n}") for n in range(3)], ["miss", "hit", "hit"])
        self.how(address)
        kept = len(self.cache.store.pages)
        for view in ("text-2000", "text%00", "teks", "text;", "x" * 50):
            self.assertEqual(self.how(f"{address}?view={view}"), "hit", view)
        self.text(f"{address}?view=text-77", status=404)
        self.assertEqual(len(self.cache.store.pages), kept)
        Story.objects.filter(pk=story.pk).update(headline="Judul lain")
        self.assertIn("Judul lain", self.text(f"{address}?view=text"))
        publishing.withdraw(story, None, timezone.now(), "trauma")
        self.assertNotIn("Terakhir.", self.text(f"{address}?view=text", status=410))
        self.assertNotIn("Judul lain", self.text("/?view=text"))

    @pytest.mark.wide
    def test_lists_of_long_headlines_and_many_sections_stay_small(self):
        for number in range(40):
            section = Section.objects.create(edition=self.gorontalo, name="R" * 50 + str(number), slug=f"r-{number}")
            for turn in range(2):
                self.story(
                    f"{number} {turn} " + "\U0001f30a&" * 60, slug=f"s-{number}-{turn}" + "s" * 60, section=section
                )
        Edition.objects.update(tagline="t" * 160)
        for address in ("/", "/latest/", "/latest/?page=2", "/archive/2023/10/19/", "/people/nina-yuniar/"):
            following = portions.as_text(address)
            for _turn in range(60):
                page = self.text(following)
                found = re.findall(r'rel="next" href="([^"]+)"', page)
                if not found:
                    break
                following = found[0].replace("&amp;", "&")
            self.assertNotIn('rel="next"', page, address)
