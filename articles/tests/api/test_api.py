"""The read-only API: what it tells, in which form, and what it never tells. Each answer is held to its description."""

import datetime
import json

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from articles import publishing
from articles.models import Credit, Photo, RateLimit, Section, Story, Tag
from articles.models.person import Role

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase, make_photo
from ..ninjs_schema import SCHEMA

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

MINUTE = datetime.timedelta(minutes=1)
ROOT = "http://gorontalo.localhost:8000"
V1 = "/api/v1"
NINJS = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
LISTS = ["stories", "sections", "tags", "series", "people"]


class ApiTestCase(NewsroomTestCase):
    def told(self, address, status=200):
        """The JSON at an address of the API, after it was held to the description."""
        response = self.client.get(V1 + address)
        self.assertEqual(response.status_code, status, address)
        self.assertEqual(response["Access-Control-Allow-Origin"], "*")
        self.assertNotIn("Access-Control-Allow-Credentials", response)
        media_type, told = response["Content-Type"].partition(";")[0], json.loads(response.content)
        answers = self.description["paths"][self.path(address)]["get"]["responses"]
        schema = answers[str(status)]["content"][media_type]["schema"]
        whole = {**schema, "components": self.description["components"]}
        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(told)
        return told

    def path(self, address):
        path = V1 + address.partition("?")[0]
        return path if path in self.description["paths"] else f"{V1}/stories/{{uid}}/"

    @property
    def description(self):
        if not hasattr(self, "_description"):
            self._description = self.client.get(f"{V1}/openapi.json").json()
        return self._description

    def headlines(self, address):
        return [item["headlines"][0]["value"] for item in self.told(address)["items"]]


class AnswersTest(ApiTestCase):
    def full_story(self, **changes):
        photo = make_photo(colour="#123123")
        body = f'<p>Satu.</p><figure data-photo="{photo.uid}"></figure>'
        given = {"body": body, "tags": [self.rusia], "series": self.perang, "lead_photo": self.lilin, **changes}
        return self.story(**given)

    def test_the_description_is_valid_openapi(self):
        OpenAPIV31SpecValidator(self.description).validate()
        self.assertEqual(self.description["servers"], [{"url": ROOT}])

    def test_a_list_of_stories_has_each_as_ninjs(self):
        story = self.full_story()
        [item] = self.told("/stories/")["items"]
        NINJS.validate(item)
        self.assertEqual(item["uri"], f"urn:uuid:{story.uid}")
        self.assertEqual(item, self.client.get(f"{story.get_absolute_url()}ninjs.json").json())
        self.assertEqual(item, self.told(f"/stories/{story.uid}/"))

    def test_the_same_as_json_feed(self):
        story = self.full_story()
        told = self.told("/stories/?format=jsonfeed")
        self.assertEqual([item["id"] for item in told["items"]], [f"urn:uuid:{story.uid}"])
        self.assertEqual(told["feed_url"], f"{ROOT}{V1}/stories/?format=jsonfeed")
        self.assertEqual(self.told(f"/stories/{story.uid}/?format=jsonfeed")["items"], told["items"])
        self.assertEqual(self.told("/search/?q=perdamaian&format=jsonfeed")["items"], told["items"])

    def test_stories_of_a_section_tag_series_or_author(self):
        inner = Section.objects.create(edition=self.gorontalo, parent=self.dunia, name="Eropa", slug="eropa")
        self.full_story(section=inner)
        sport = Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")
        self.story("Lain", credited=False, section=sport)
        for one in ("section=internasional", "section=eropa", "tag=rusia", "series=perang-rusia-ukraina",
                    "person=nina-yuniar"):  # fmt: skip
            self.assertEqual(self.headlines(f"/stories/?{one}"), ["Perdamaian dirundingkan lagi"], one)
        self.assertIn("satu kali", self.told("/stories/?tag=rusia&section=eropa", 400)["detail"])

    def test_the_lists_name_what_stories_have(self):
        Photo.objects.filter(pk=self.lilin.pk).update(rights_end_at=LATER)
        self.nina.portrait = self.lilin
        self.nina.bio, self.nina.competence = "Lahir di Limboto.", "senior"
        self.nina.save()
        self.full_story()
        Tag.objects.create(name="Rahasia", slug="rahasia")
        [section] = self.told("/sections/")["items"]
        self.assertEqual((section["slug"], section["url"]), ("internasional", f"{ROOT}/section/internasional/"))
        self.assertEqual(
            self.told("/tags/")["items"],
            [
                {
                    "name": "Rusia",
                    "slug": "rusia",
                    "url": f"{ROOT}/tag/rusia/",
                    "stories": f"{ROOT}{V1}/stories/?tag=rusia",
                }
            ],
        )
        [series] = self.told("/series/")["items"]
        self.assertEqual((series["name"], series["dayOne"]), ("Perang Rusia Ukraina", "2022-02-24"))
        people = {one["slug"]: one for one in self.told("/people/")["items"]}
        self.assertEqual(set(people["nina-yuniar"]), {"name", "slug", "title", "portrait"})
        self.assertEqual(people["ananda-putri-octaviani"].keys(), {"name", "slug"})
        picture = self.client.get(people["nina-yuniar"]["portrait"].removeprefix(ROOT))
        self.assertEqual(picture["Content-Type"], "image/jpeg")

    def test_only_live_stories_of_this_edition_and_what_they_name(self):
        other = Section.objects.create(edition=self.edition(name="Jogja", slug="jogja", host="jogja.localhost"),
                                       name="Kota", slug="kota")  # fmt: skip
        hidden = [
            self.full_story(headline="Nanti", publish_at=LATER),
            self.full_story(headline="Ditahan", embargo_until=LATER),
            self.full_story(headline="Lewat", expires_at=PUBLISHED + MINUTE),
            self.draft(),
            self.full_story(headline="Jogja", edition=other.edition, section=other),
        ]
        for name in LISTS:
            expected = ["internasional"] if name == "sections" else []
            self.assertEqual([one["slug"] for one in self.told(f"/{name}/")["items"]], expected, name)
        for query in ("tag=rusia", "series=perang-rusia-ukraina", "person=nina-yuniar"):
            self.told(f"/stories/?{query}", 404)
        for story in hidden:
            self.told(f"/stories/{story.uid}/", 404)
        self.assertEqual(self.headlines("/search/?q=nina"), [])
        self.assertEqual(self.headlines("/search/?q=nina&network=1"), ["Jogja"])
        for query in ("order=terbaik", "order=", "network=0", "network="):
            self.assertIn("“", self.told(f"/search/?q=nina&{query}", status=400)["detail"], query)

    def test_a_withdrawn_story_leaves_the_lists_and_its_address_says_so(self):
        story = self.full_story()
        publishing.withdraw(story, None, PUBLISHED + MINUTE, "trauma")
        self.assertEqual(self.headlines("/stories/"), [])
        told = self.told(f"/stories/{story.uid}/", 410)
        self.assertNotIn(story.headline, str(told))

    def test_names_to_protect_and_desks_notes_never_leave(self):
        story = self.full_story(protected_names="Budi Santoso", involves_child=True)
        for address in ("/stories/", f"/stories/{story.uid}/", "/stories/?format=jsonfeed", "/search/?q=perdamaian"):
            self.assertNotIn("Budi", str(self.told(address)))

    def test_the_page_for_people_is_led_to_and_leads_to_every_address(self):
        self.full_story()
        self.assertEqual(self.description["externalDocs"]["url"], f"{ROOT}{V1}/")
        page = self.page(f"{V1}/")
        for path in self.description["paths"]:
            self.assertIn(path, page)
        self.assertIn(f'href="{V1}/openapi.json"', page)
        for example in set(page.split('"')):
            if example.startswith(V1):
                self.assertEqual(self.client.get(example.replace("&amp;", "&")).status_code, 200, example)


class PagesTest(ApiTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        rows = [cls.story(f"Kabar {n}", credited=False, publish_at=PUBLISHED + n // 3 * MINUTE) for n in range(45)]
        cls.ids = [f"urn:uuid:{story.uid}" for story in Story.objects.newest()]
        for number, story in enumerate(rows):
            tag = Tag.objects.create(name=f"Topik {number}", slug=f"topik-{number:02}")
            story.tag_links.create(tag=tag)
            story.tag_links.create(tag=cls.rusia, order=1)
            Credit.objects.create(story=story, person=cls.nina, role=Role.AUTHOR)

    def every(self, address, key):
        """(what all pages have, how many pages)."""
        seen, pages = [], 0
        while address:
            told = self.told(address)
            seen += [one[key] for one in told["items"]]
            address = (told.get("next") or told.get("next_url") or "").removeprefix(ROOT + V1)
            pages += 1
        return seen, pages

    def test_pages_follow_by_a_cursor_and_miss_and_repeat_nothing(self):
        for query in ("", "?section=internasional", "?tag=rusia", "?person=nina-yuniar"):
            self.assertEqual(self.every(f"/stories/{query}", "uri"), (self.ids, 3), query)
        self.assertEqual(self.every("/stories/?limit=50", "uri"), (self.ids, 1))
        self.assertEqual(self.every("/stories/?format=jsonfeed&limit=40", "id"), (self.ids, 2))
        self.assertEqual(len(self.every("/tags/", "slug")[0]), 46)
        self.assertEqual(len(set(self.every("/search/?q=kabar", "uri")[0])), 45)

    def test_a_page_goes_on_where_it_stopped_when_stories_come_and_go(self):
        first = self.told("/stories/")
        self.story("Baru", publish_at=PUBLISHED + 99 * MINUTE)
        Story.objects.filter(uid=self.ids[19].removeprefix("urn:uuid:")).update(state="withdrawn")
        second = self.told(first["next"].removeprefix(ROOT + V1))
        self.assertEqual([item["uri"] for item in second["items"]], self.ids[20:40])

    def test_a_cursor_made_up_or_of_another_list_is_refused_with_a_sentence(self):
        cursors = {
            name: self.told(name)["next"].rpartition("cursor=")[2]
            for name in ("/stories/?", "/stories/?tag=rusia", "/tags/?", "/search/?q=kabar")
        }
        made_up = ["", "x", "%00", "9" * 5000, "1_2", "%F0%9F%98%80", "-" * 40]
        for name in cursors:
            others = [cursor for other, cursor in cursors.items() if other != name]
            RateLimit.objects.all().delete()
            other = ("B" if cursors[name][0] == "A" else "A") + cursors[name][1:]
            for cursor in [*made_up, *others, other, f"{cursors[name]}A"]:
                self.assertIn("halaman pertama", self.told(f"{name}&cursor={cursor}", 400)["detail"], (name, cursor))

    @pytest.mark.wide
    def test_nothing_asked_breaks_it(self):
        junk = [
            "x" * 5000,
            "%F0%9F%98%80",
            "%E2%80%AE%D7%A9",
            "%25_%22%27*:%5E",
            "%00",
            "%FF",
            "((",
            "-",
            "٣",
            "0",
            "51",
        ]
        for value in junk:
            RateLimit.objects.all().delete()  # nobody would be answered so often
            for name in ("section", "tag", "series", "person", "format", "limit"):
                answer = self.client.get(f"{V1}/stories/?{name}={value}")
                self.assertIn(answer.status_code, (400, 404), (name, value))
                self.assertTrue(answer.json()["detail"])
            for name in ("q", "section", "person", "tag", "series", "since", "until", "order", "network"):
                self.assertIn(self.client.get(f"{V1}/search/?{name}={value}").status_code, (200, 400), (name, value))
            self.assertEqual(self.client.get(f"{V1}/tags/?{value}={value}").status_code, 200)
            self.assertEqual(self.client.get(f"{V1}/stories/{value}/").status_code, 404)
        self.assertEqual(self.client.get(f"{V1}/nothing/")["Content-Type"], "application/problem+json")
