"""Each answer of the API, of every address and to every bad request, is one that its own OpenAPI description names:
status, media type, headers, and no property that is not described."""

import json
import uuid
from unittest import mock

import jsonschema
import pytest
from django.urls import URLPattern
from django.utils import timezone

from articles import limits, publishing
from articles.models import RateLimit
from articles.models.correction import Reason
from articles.urls import urlpatterns
from articles.views.api import often

from ..newsroom import NewsroomTestCase, make_photo

pytestmark = [pytest.mark.both_databases, pytest.mark.wide]

V1 = "/api/v1/"
BAD = ["x", "-1", "0", "51", "999999999999999999999", "2026-13-01", "%00", "a:b", "..", "\u202e"]


class DescribedTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        photo = make_photo(colour="#321321")
        text = f'<p>Perdamaian.</p><figure data-photo="{photo.uid}"></figure>'
        cls.told = cls.story(body=text, tags=[cls.rusia], series=cls.perang, lead_photo=cls.lilin)
        cls.gone = cls.story("Ditarik")
        publishing.withdraw(cls.gone, cls.somebody("admin"), timezone.now(), Reason.CHILD)

    def setUp(self):
        super().setUp()
        self.description = self.client.get(f"{V1}openapi.json").json()

    def test_every_address_is_described(self):
        routes = [str(each.pattern) for each in urlpatterns if isinstance(each, URLPattern)]
        api = {f"/{route}".replace("<uuid:uid>", "{uid}") for route in routes if f"/{route}".startswith(V1)}
        self.assertEqual(api - {V1, f"{V1}openapi.json"}, {*self.description["paths"]})

    def test_every_answer_is_one_that_is_described(self):
        seen = set()
        for path, query in self.requests():
            RateLimit.objects.all().delete()
            with self.subTest(path, query=query):
                seen.add(self.held(path, query))
        self.assertLessEqual({200, 400, 404, 410}, seen)

    def test_so_is_a_refusal_of_who_asks_too_often(self):
        with mock.patch.object(often, "ANSWERS", limits.Rate("API", at_once=1, every=9)):
            self.assertEqual([self.held(f"{V1}search/", "q=danau") for _time in range(2)], [200, 429])

    def requests(self):
        """(Path, query) with each parameter of each address: each value that it may have, a good one, and bad ones."""
        good = {"tag": "rusia", "series": "perang-rusia-ukraina", "person": "nina-yuniar", "q": "perdamaian",
                "section": "internasional", "since": "2023-10-01", "until": "19/10/2023", "limit": "1"}  # fmt: skip
        for path, its in self.description["paths"].items():
            ids = [self.told.uid, self.gone.uid, uuid.UUID(int=7)] if "{uid}" in path else [""]
            for one in ids:
                address = path.replace("{uid}", str(one))
                yield address, ""
                yield address, "unknown=1&format=xml"
                for each in its["get"]["parameters"]:
                    name, values = each["name"], each["schema"].get("enum", [good.get(each["name"], "x")])
                    yield from ((address, f"{name}={value}") for value in [*values, *BAD] if each["in"] == "query")

    def held(self, path, query):
        """The status of an answer that was held to its description."""
        response = self.client.get(f"{path}?{query}")
        named = path if path in self.description["paths"] else f"{V1}stories/{{uid}}/"
        answers = self.description["paths"][named]["get"]["responses"]
        self.assertIn(str(response.status_code), answers)
        described = answers[str(response.status_code)]
        for name in described.get("headers", ()):
            self.assertIn(name, response)
        media_type = response["Content-Type"].partition(";")[0]
        self.assertIn(media_type, described["content"])
        self.validate(json.loads(response.content), described["content"][media_type]["schema"])
        return response.status_code

    def validate(self, told, schema):
        whole = {**schema, "components": self.description["components"], "unevaluatedProperties": False}
        jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(told)
