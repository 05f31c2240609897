"""A byline never moves to another person; sections, tags and old addresses mean whom they meant."""

import importlib
import pathlib

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import SimpleTestCase

from articles.models import OldAddress, Person, Section, Story, Tag
from articles.models.story import State
from articles.text import old_paths
from articles.wire.values.item import Party, Passed, Refusal, Term

from ..wire_cases import IngestTestCase, TakenInTestCase

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"


def by(name, login, site="https://a.example", **more):
    return [Party(name, "author", uri=f"{site}/#author:{login}", **more)]


class PersonTest(TakenInTestCase):
    def test_the_admin_of_a_second_site_is_another_person(self):
        self.take(
            self.item(1, people=by("Budi Santoso", "admin")),
            self.item(2, "https://b.example", people=by("Rina Mokodompit", "admin", "https://b.example")),
            self.item(3, "https://c.example", people=by("admin", "admin", "https://c.example")),
            self.item(4, "https://d.example", people=by("admin", "admin", "https://d.example")),
        )
        people = [self.author(f"Berita {number}") for number in range(1, 5)]
        self.assertEqual([one.name for one in people], ["Budi Santoso", "Rina Mokodompit", "admin", "admin"])
        self.assertEqual(len({one.pk for one in people}), 4)

    def test_a_login_is_none_of_ours_whatever_it_is(self):
        self.nina.name = "Nina"
        self.nina.save()
        self.take(self.item(people=by("nina", "nina", is_login=True)))
        self.take(self.item(2, people=[Party("nina-yuniar", "author", "nina-yuniar", is_login=True)]))
        for number in (1, 2):
            self.assertNotEqual(self.author(f"Berita {number}"), self.nina)

    def test_a_slug_of_ours_is_not_enough(self):
        self.take(self.item(people=[Party("Orang Lain", "author", "nina-yuniar")]))
        self.assertNotEqual(self.author("Berita 1"), self.nina)
        self.nina.slug = "nina"
        self.nina.save()
        self.take(self.item(2, people=[Party("Lain Lagi", "author", "nina-yuniar")]))
        self.assertNotEqual(self.author("Berita 2").slug, "nina-yuniar")  # what was hers leads to her still

    def test_who_is_renamed_at_the_desk_stays_who_it_is(self):
        self.take(self.item(people=by("Siti A.", "siti")), self.item(2, people=[Party("Umar", "author")]))
        Person.objects.filter(name="Siti A.").update(name="Siti Aminah")
        Person.objects.filter(name="Umar").update(name="Umar Lahay")
        self.take(self.item(3, people=by("Siti A.", "siti")), self.item(4, people=[Party("Umar", "author")]))
        self.assertEqual(self.author("Berita 3").name, "Siti Aminah")
        self.assertEqual(self.author("Berita 4").name, "Umar Lahay")

    def test_the_same_name_here_is_the_same_person_and_one_that_only_sounds_so_is_not(self):
        self.take(self.item(people=by("NINA YUNIAR", "ny")), self.item(2, people=[Party("王丽", "author")]))
        self.take(self.item(3, people=[Party("王力", "author")]))
        self.assertEqual(self.author("Berita 1"), self.nina)
        self.assertEqual([self.author(f"Berita {n}").name for n in (2, 3)], ["王丽", "王力"])

    def test_a_login_gives_way_to_its_name_where_another_has_that_name_already(self):
        self.take(self.item(people=by("nina", "nina", is_login=True)))
        self.take(self.item(2, people=by("Nina Yuniar", "nina")))
        self.assertEqual({self.author("Berita 1"), self.author("Berita 2")}, {self.nina})
        self.assertFalse(Person.objects.filter(name="nina").exists())


class TermTest(TakenInTestCase):
    def test_three_languages_are_three_tags(self):
        self.take(self.item(tags=[Term(name) for name in ("C", "C++", "C#", "c")]))
        self.assertEqual(set(Tag.objects.exclude(pk=self.rusia.pk).values_list("name", flat=True)), {"C", "C++", "C#"})

    def test_an_unknown_category_is_a_tag_and_a_known_one_the_section(self):
        words = [Term("Banjir", is_loose=True), Term("internasional", is_loose=True)]
        self.take(self.item(section=words[0], tags=words[1:]), self.item(2, section=Term("Pilkada", is_loose=True)))
        first, second = Story.objects.order_by("headline")
        self.assertEqual((first.section, list(first.tags.names())), (self.dunia, ["Banjir"]))
        self.assertEqual((second.section.name, list(second.tags.names())), ("Berita", ["Pilkada"]))

    def test_a_new_section_is_shown_with_its_first_story_and_told(self):
        (result,) = self.take(self.item(section=Term("Bahari")), released=False)
        self.assertIn("Bahari", " ".join(result.why))
        self.assertNotIn("Bahari", self.page("/"))
        self.page("/section/bahari/", 404)
        self.take(self.item(section=Term("Bahari")))
        self.assertEqual(Story.objects.get().state, State.RELEASED)
        self.assertIn("Bahari", self.page("/section/bahari/"))
        self.assertIn("/section/bahari/", self.page("/"))
        self.assertFalse(Section.objects.get(name="Bahari").is_provisional)


class CountTest(TakenInTestCase):
    def test_every_entry_has_one_result(self):
        entries = [self.item(1), Passed("menu", "Menu"), Refusal("rusak"), self.item(1), self.item(2), Passed("menu")]
        results = self.take(*entries)
        self.assertEqual(
            [result.outcome.value for result in results], ["new", "passed", "refused", "unchanged", "new", "passed"]
        )
        self.assertEqual([result.kind for result in results if result.kind], ["menu", "menu"])


class FeedTest(IngestTestCase):
    def test_categories_of_a_feed_make_no_sections(self):
        before = self.page("/")
        self.ingest(SAMPLES / "feed-categories.xml", state="draft")
        self.assertEqual(set(Section.objects.values_list("name", flat=True)), {"Internasional", "Berita"})
        self.assertEqual(self.page("/"), before)


class OldAddressTest(TakenInTestCase):
    def test_every_spelling_leads_to_the_story(self):
        story = self.item(
            603,
            old_addresses=[
                "https://a.example/2020/%D8%A7%d8%ae/",
                "https://a.example/?p=603",
                "/2020/%F0%9F%94%A5-api/",
            ],
        )
        self.take(story)
        address = Story.objects.get().get_absolute_url()
        for path in (
            "/2020/%d8%a7%D8%AE/", "/2020/%D8%A7%D8%AE", "/2020/%d8%a7%d8%ae/amp/", "/2020/%d8%a7%d8%ae/2/",
            "/2020/%d8%a7%d8%ae/feed/", "/2020/🔥-api/", "/?p=603", "/index.php?p=603", "/?p=603&utm_source=x",
            "/2020/%d8%a7%d8%ae/?utm_source=x",
        ):  # fmt: skip
            with self.subTest(path):
                answer = self.client.get(path)
                self.assertEqual((answer.status_code, answer.headers.get("Location")), (301, address))
        self.assertEqual(self.client.get("/?p=604").status_code, 200)
        self.assertEqual(self.client.get("/2020/lain/amp/").status_code, 404)

    def test_one_that_leads_elsewhere_is_told(self):
        first = self.item(1, old_addresses=["https://a.example/search/", "https://a.example/satu/"])
        second = self.item(2, "https://b.example", old_addresses=["https://b.example/satu/"])
        one, two = self.take(first, second)
        self.assertIn("/search/", " ".join(one.why))
        self.assertIn("/satu/", " ".join(two.why))
        self.assertEqual(OldAddress.objects.get().story.headline, "Berita 1")

    def test_those_that_were_kept_encoded_are_written_decoded_and_the_first_of_two_stays(self):
        self.take(self.item(1), self.item(2))
        for number, path in enumerate(("/2020/%d8%a7/", "/2020/%D8%A7/", "/100%-pasti/"), 1):
            story = Story.objects.get(headline=f"Berita {min(number, 2)}")
            row = OldAddress.objects.create(story=story, edition=story.edition, path=f"/{number}/")
            with connection.cursor() as cursor:
                cursor.execute("UPDATE articles_oldaddress SET path = %s WHERE id = %s", [path, row.pk])
        migration = importlib.import_module("articles.migrations.0020_wire_sources")
        state = MigrationLoader(connection).project_state(("articles", "0020_wire_sources"))
        migration.write_paths_plainly(state.apps, None)
        kept = OldAddress.objects.order_by("pk").values_list("path", "story__headline")
        self.assertEqual(list(kept), [("/2020/ا/", "Berita 1"), ("/100%-pasti/", "Berita 2")])


class PlainPathTest(SimpleTestCase):
    def test_it_is_decoded_once(self):
        for written, plain in (("/%2541", "/%41"), ("/%ff%d8%a7", "/%FFا"), ("/a%20b/?q=%C3%A9", "/a b/?q=é")):
            self.assertEqual(old_paths.plain(written), plain)
        self.assertEqual(old_paths.of_address("https://a.example/"), "")
        self.assertEqual(old_paths.of_address("https://[/x"), "")
