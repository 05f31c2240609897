"""What the desk's lists may be asked: what their filters, their date hierarchy and their search need; nothing else."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.site import DeskRules
from articles.models import Section, Story

from ..newsroom import NewsroomTestCase

EVIL = r"(\w+\s?)*!"


class DeskLookupsTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.admin = self.somebody("admin")
        self.client.force_login(self.admin)

    def lists(self):
        for model, model_admin in admin.site._registry.items():
            yield model_admin, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    def test_every_list_of_the_desk_keeps_the_rule_djangos_own_too(self):
        names = [type(model_admin).__name__ for model_admin, _address in self.lists()]
        self.assertLess({"AccountAdmin", "GroupAdmin", "StoryAdmin"}, set(names))
        for model_admin, address in self.lists():
            self.assertIsInstance(model_admin, DeskRules, address)

    @pytest.mark.wide
    def test_every_link_that_a_list_offers_is_answered_by_it(self):
        self.story(series=self.perang, tags=[self.rusia], lead_photo=self.lilin)
        Section.objects.create(edition=self.gorontalo, name="Olahraga", slug="olahraga")
        for _model_admin, address in self.lists():
            changes = self.client.get(address).context["cl"]
            links = [c["query_string"] for spec in changes.filter_specs for c in spec.choices(changes)]
            for link in links:
                self.assertEqual(self.client.get(address + link).status_code, 200, address + link)

    @pytest.mark.wide
    def test_no_list_is_asked_for_anything_else(self):
        """By each field, and by each relation to another row, with lookups that Django itself would take."""
        for model_admin, address in self.lists():
            opts = model_admin.opts
            paths = [field.name for field in opts.get_fields()] + ["pk"]
            paths += [f"{field.name}__id" for field in opts.get_fields() if field.is_relation]
            request = self.client.get(address).wsgi_request
            for path, lookup in (
                (path, lookup) for path in paths for lookup in ("regex", "iregex", "gt", "in", "contains")
            ):
                self.assertFalse(model_admin.lookup_allowed(f"{path}__{lookup}", EVIL, request), f"{address}: {path}")

    def test_what_is_refused_never_reaches_the_database(self):
        self.story()
        for asked in ("body__regex", "headline__iregex", "verified_in__body__regex", "credits__person__user__password"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = self.client.get(reverse("admin:articles_story_changelist"), {asked: EVIL})
            self.assertEqual(answer.status_code, 400, asked)
            self.assertFalse([query["sql"] for query in queries if EVIL in query["sql"]], asked)

    def test_where_a_hidden_story_stands_is_not_told(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        kota = Section.objects.create(edition=jogja, name="Kota", slug="kota")
        hidden = self.story("Rahasia", edition=jogja, section=kota)
        self.client.force_login(self.somebody("reporter"))
        for address, asked in (
            ("section", "stories__id__exact"),
            ("section", "stories"),
            ("edition", "stories__id__exact"),
            ("edition", "sections__stories__headline"),
            ("person", "credits__story"),
            ("photo", "led_stories__id__exact"),
            ("story", "verifies__id__exact"),
        ):
            answer = self.client.get(reverse(f"admin:articles_{address}_changelist"), {asked: hidden.pk})
            self.assertEqual(answer.status_code, 400, (address, asked))

    def test_a_list_filtered_by_what_its_filters_offer(self):
        story = self.story(series=self.perang)
        self.story("Lain")
        address = reverse("admin:articles_story_changelist")
        for asked in ({"series__id__exact": self.perang.pk}, {"series__isnull": "0"}):
            shown = self.client.get(address, asked).context["cl"].result_list
            self.assertEqual([row.pk for row in shown], [story.pk], asked)
        revisions = reverse("admin:articles_revision_changelist")
        self.assertEqual(self.client.get(revisions, {"story__id__exact": story.pk}).status_code, 200)

    def test_many_values_and_many_orders_are_sent_back_to_the_plain_list(self):
        address = reverse("admin:articles_story_changelist")
        for asked in (
            "&".join(["section__id__exact=1"] * 200),
            "o=" + ".".join(["1"] * 900),
            "o=1.x",
        ):
            self.assertRedirects(self.client.get(f"{address}?{asked}"), f"{address}?e=1", msg_prefix=asked[:40])
        self.assertEqual(self.client.get(address, {"q": "a " * 3_000}).status_code, 200)
        self.assertEqual(Story.objects.count(), 0)
