"""The API in the page cache: first pages are cached and fresh, answers to cursors and searches are not kept."""

import datetime
import json

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Credit, Person, Story, Tag, TaggedStory

from ..cases import DeliveryTestCase
from ..newsroom import PUBLISHED, make_photo

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

V1 = "/api/v1"
MINUTE = datetime.timedelta(minutes=1)
FIRST = ["/stories/", "/stories/?format=jsonfeed", "/stories/?tag=rusia", "/stories/?section=internasional",
         "/stories/?series=perang-rusia-ukraina", "/stories/?person=nina-yuniar", "/sections/", "/tags/", "/series/",
         "/people/", "/openapi.json", "/"]  # fmt: skip


class ApiDeliveryTest(DeliveryTestCase):
    def full_story(self, headline="Satu", **changes):
        fields = {"tags": [self.rusia], "series": self.perang, "lead_photo": self.lilin, **changes}
        return self.story(headline, **fields)

    def told(self, address):
        return json.loads(self.ask(V1 + address)[2])

    def test_first_pages_are_rendered_once(self):
        story = self.full_story()
        for address in [*FIRST, f"/stories/{story.uid}/"]:
            hows = [self.how(V1 + address), self.how(f"{V1}{address}{'&' if '?' in address else '?'}utm=x")]
            self.assertEqual(hows, ["miss", "hit"], address)

    def test_answers_to_cursors_limits_searches_and_errors_are_not_kept(self):
        for number in range(21):
            self.full_story(f"Kabar {number}", publish_at=PUBLISHED + number * MINUTE)
        following = self.told("/stories/")["next"].partition(V1)[2]
        kept = len(self.cache.store.pages)
        for address in (following, "/stories/?limit=7", "/search/?q=kabar", "/stories/?tag=x", "/stories/?format=x",
                        "/tags/?limit=1", "/people/?cursor=x", "/nothing/"):  # fmt: skip
            self.assertEqual([self.how(V1 + address) for _ in range(2)], ["bypass"] * 2, address)
        self.assertEqual(len(self.cache.store.pages), kept)

    def test_who_has_an_answer_is_told_so_whether_it_is_kept_or_not(self):
        for number in range(21):
            self.full_story(f"Kabar {number}")
        following = self.told("/stories/")["next"].partition(V1)[2]
        for address in ("/stories/", following, "/search/?q=kabar"):
            tag = self.ask(V1 + address)[1]["ETag"]
            status, headers, body = self.ask(V1 + address, if_none_match=tag)
            self.assertEqual((status, body, headers["Access-Control-Allow-Origin"]), (304, b"", "*"), address)
            self.assertEqual(self.ask(V1 + address, if_none_match='"x"')[0], 200, address)
            self.assertEqual(self.ask(V1 + address, method="HEAD")[::2], (200, b""), address)

    def test_other_sites_may_ask_by_get_and_nothing_else(self):
        status, headers, _body = self.ask(f"{V1}/stories/", method="OPTIONS", origin="https://a.example")
        self.assertEqual((status, headers["Allow"]), (204, "GET, HEAD, OPTIONS"))
        self.assertEqual(headers["Access-Control-Allow-Methods"], "GET, HEAD, OPTIONS")
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            status, headers, body = self.ask(f"{V1}/stories/", method=method)
            self.assertEqual((status, headers["Content-Type"]), (405, "application/problem+json"), method)
            self.assertEqual(json.loads(body)["status"], 405)
        _status, headers, _body = self.ask(f"{V1}/stories/", origin="https://a.example", cookie="sessionid=x")
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
        self.assertNotIn("Access-Control-Allow-Credentials", headers)
        self.assertNotIn("Access-Control-Allow-Origin", self.ask("/latest/")[1])
        self.assertNotIn("Access-Control-Allow-Origin", self.ask("/latest/", method="OPTIONS")[1])

    def test_a_story_is_there_when_it_is_published_and_gone_when_it_is_withdrawn(self):
        lists = FIRST[:6]
        for address in [*lists, "/tags/", "/series/", "/people/"]:
            self.ask(V1 + address)
        story = self.full_story()
        for address in lists:
            self.assertEqual(len(self.told(address)["items"]), 1, address)
        self.assertEqual(len(self.told("/tags/")["items"]), 1)
        self.assertEqual(self.ask(f"{V1}/stories/{story.uid}/")[0], 200)
        publishing.withdraw(story, None, timezone.now(), "trauma")
        for address in [*lists[:2], "/tags/", "/series/", "/people/"]:
            self.assertEqual(self.told(address)["items"], [], address)
        for address in [*lists[2:3], f"/stories/{story.uid}/"]:
            self.assertNotIn(b"Satu", self.ask(V1 + address)[2], address)

    def test_what_a_story_names_changes_the_lists_at_once(self):
        story = self.full_story(tags=())
        self.assertEqual(self.told("/tags/")["items"], [])
        link = TaggedStory.objects.create(content_object=story, tag=self.rusia)
        self.assertEqual([one["slug"] for one in self.told("/tags/")["items"]], ["rusia"])
        Tag.objects.filter(pk=self.rusia.pk).update(name="Federasi Rusia")
        self.assertEqual([one["name"] for one in self.told("/tags/")["items"]], ["Federasi Rusia"])
        link.delete()
        self.assertEqual(self.told("/tags/")["items"], [])
        ridwan = Person.objects.create(name="Ridwan", slug="ridwan", portrait=make_photo(colour="#112233"))
        self.assertNotIn("ridwan", str(self.told("/people/")))
        Credit.objects.create(story=story, person=ridwan, role="editor")
        self.assertIn("ridwan", str(self.told("/people/")))

    def test_a_story_that_a_text_links_to_is_there_when_it_is_published(self):
        other = self.draft("Menyusul", day=PUBLISHED.date())
        linking = self.full_story(body=f'<p>Satu.</p><aside data-story="{other.uid}"></aside>')
        address = f"{V1}/stories/{linking.uid}/"
        self.assertNotIn(b"Menyusul", self.ask(address)[2])
        Story.objects.filter(pk=other.pk).update(state="released", publish_at=PUBLISHED)
        self.assertIn(b"Menyusul", self.ask(address)[2])
