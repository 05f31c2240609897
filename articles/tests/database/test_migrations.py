import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import SimpleTestCase, TransactionTestCase

from articles import publishing
from articles.listings import search
from articles.models import (
    Address,
    Credit,
    Edition,
    FollowLink,
    FormerTagSlug,
    OldAddress,
    Person,
    Revision,
    Story,
    Tag,
)

from ..newsroom import PUBLISHED, NewsroomTestCase

LANDED = {  # with release 0.1.0; those of each release to come are added
    "0001_initial", "0002_masthead_and_person_pages", "0003_desk", "0004_waiting_change", "0005_photo_rights",
    "0006_story_does_not_verify_itself", "0007_waiting_change_base", "0008_photo_people_territory_former_files",
    "0009_wire", "0010_revision_hash_by_name", "0011_touches", "0012_by_day",
}  # fmt: skip


class LandedTest(SimpleTestCase):
    def test_a_migration_that_landed_keeps_its_name(self):
        """A database knows by their names which it has had: under another name one would be run again."""
        there = {name for app, name in MigrationLoader(None).disk_migrations if app == "articles"}
        self.assertEqual(LANDED - there, set(), "renamed or taken out since a release had them")


class MigrationTest(TransactionTestCase):
    """A newsroom that is full survives its tables being rebuilt, and its triggers work afterwards."""

    @pytest.mark.wide
    @pytest.mark.both_databases
    def test_back_to_the_first_migration_and_forward_again_with_stories(self):
        NewsroomTestCase.setUpTestData.__func__(NewsroomTestCase)
        story = NewsroomTestCase.story("Yang bertahan")
        call_command("migrate", "articles", "0001", verbosity=0, stdout=io.StringIO())
        call_command("migrate", verbosity=0, stdout=io.StringIO())
        story = Story.objects.get(pk=story.pk)
        self.assertEqual(story.headline, "Yang bertahan")
        Story.objects.filter(pk=story.pk).update(publish_at="2024-01-01T00:00:00Z")
        moved = Story.objects.get(pk=story.pk).live_from
        self.assertEqual(set(Credit.objects.filter(story=story).values_list("live_from", flat=True)), {moved})

    @pytest.mark.wide
    def test_old_addresses_of_before_lead_on_in_every_spelling(self):
        self.addCleanup(call_command, "migrate", verbosity=0, stdout=io.StringIO())
        NewsroomTestCase.setUpTestData.__func__(NewsroomTestCase)
        first, second = NewsroomTestCase.story("Pertama"), NewsroomTestCase.story("Kedua")
        self.migrate("0019")
        rows = MigrationExecutor(connection).loader.project_state(("articles", "0019_photo_field_lengths"))
        rows = rows.apps.get_model("articles", "OldAddress").objects
        encoded = "/%d8%a7%d9%84/"
        for story, path in ((first, encoded), (second, encoded.upper()), (second, "/kedua/"), (second, "/100%/")):
            rows.create(story_id=story.pk, edition_id=story.edition_id, path=path)
        call_command("migrate", verbosity=0, stdout=io.StringIO())
        kept = set(OldAddress.objects.values_list("path", "host", "story"))
        self.assertEqual(kept, {("/ال/", "", first.pk), ("/kedua/", "", second.pk), ("/100%/", "", second.pk)})
        for path, story in ((encoded, first), (encoded.upper(), first), ("/kedua/amp/", second)):
            answer = self.client.get(path, headers={"host": "gorontalo.localhost"})
            self.assertRedirects(answer, story.get_absolute_url(), 301, fetch_redirect_response=False)

    @pytest.mark.wide
    def test_the_log_of_moves_holds_when_who_did_it_is_told_by_name(self):
        self.addCleanup(call_command, "migrate", verbosity=0, stdout=io.StringIO())
        NewsroomTestCase.setUpTestData.__func__(NewsroomTestCase)
        chief = NewsroomTestCase.somebody("chief")
        sound, altered = NewsroomTestCase.story("Utuh"), NewsroomTestCase.story("Diubah")
        for story in (sound, altered) * 3:
            publishing.record(story, chief, PUBLISHED)
        self.migrate("0009")
        self.migrate("0010")
        call_command("check_revisions", stdout=io.StringIO())
        self.migrate("0009")
        Revision.objects.filter(story=altered, number=2).update(note="Disisipkan")
        self.migrate("0010")
        with self.assertRaisesMessage(CommandError, " 1 "):
            call_command("check_revisions", stdout=io.StringIO())

    @pytest.mark.wide
    def test_texts_names_and_slugs_of_before_are_mended(self):
        self.addCleanup(call_command, "migrate", verbosity=0, stdout=io.StringIO())
        NewsroomTestCase.setUpTestData.__func__(NewsroomTestCase)
        both, one, third = (NewsroomTestCase.story(headline) for headline in ("Keduanya", "Satu", "Ketiga"))
        publishing.record(both, None, PUBLISHED)
        self.migrate("0012")
        self.write_as_before(both, one, third)
        call_command("migrate", verbosity=0, stdout=io.StringIO())

        both, one = Story.objects.get(pk=both.pk), Story.objects.get(pk=one.pk)
        self.assertEqual((both.headline, both.standfirst, both.slug), ("Baris dua", "Baris\ndua", "harga-cabai"))
        self.assertEqual(one.slug, "harga-cabai-2")
        self.assertEqual([story.pk for story in search.find("dua", Story.objects.all())], [both.pk])
        self.assertEqual(set(both.tags.names()), {"Rusia", "Pelé"})
        self.assertEqual(set(one.tags.names()), {"Rusia"})
        self.assertEqual(dict(Tag.objects.values_list("slug", "folded")), {"rusia": "rusia", "pele": "pele"})
        former = dict(FormerTagSlug.objects.values_list("slug", "row__slug"))
        self.assertEqual(former, {"rusia_1": "rusia", "rusia-2": "rusia"})
        self.assertEqual(Person.objects.get(name="Pelé").slug, "pele")
        self.assertEqual(list(Address.objects.values_list("slug", flat=True)), ["harga-lama"])
        self.assertEqual(Edition.objects.get().host, "gorontalo.localhost")
        self.assertEqual(FollowLink.objects.get().url, "https://wa.example/gorontalo")
        call_command("check_revisions", stdout=io.StringIO())
        Tag.objects.filter(slug="pele").update(slug="edson")  # the triggers are there again
        self.assertEqual(FormerTagSlug.objects.get(slug="pele").row.slug, "edson")
        Story.objects.filter(pk=one.pk).update(headline="Berita baru")
        self.assertEqual([story.pk for story in search.find("baru", Story.objects.all())], [one.pk])

    def write_as_before(self, both, one, third):
        """Rows as the release before took them."""
        state = MigrationExecutor(connection).loader.project_state(("articles", "0012_by_day"))

        def rows(name):
            return state.apps.get_model("articles", name).objects

        rusia = rows("Tag").get(slug="rusia")
        lower, unseen, pele = (
            rows("Tag").create(name=name, slug=slug)
            for name, slug in [("rusia", "rusia_1"), ("Rusia\u200b", "Rusia-2"), ("Pelé", "pelé")]
        )
        tagged = [(both, rusia), (both, lower), (both, unseen), (both, pele), (one, unseen), (third, rusia)]
        rows("TaggedStory").bulk_create(
            rows("TaggedStory").model(content_object_id=story.pk, tag=tag, order=order)
            for order, (story, tag) in enumerate(tagged)
        )
        rows("Person").create(name="Pelé", slug="pelé")
        bad = {"headline": "Baris\x0bdua", "standfirst": "Baris\x0bdua", "slug": "Harga cabai"}
        rows("Story").filter(pk=both.pk).update(**bad)
        rows("Story").filter(pk=one.pk).update(slug="harga-cabái")
        for slug in ("harga-lama", "Harga-Lama"):
            rows("Address").create(story_id=both.pk, edition_id=both.edition_id, day=both.day, slug=slug)
        rows("Edition").update(host="HTTPS://Gorontalo.localhost:8000/")
        rows("FollowLink").update(url="http://wa.example/gorontalo")

    def migrate(self, name):
        call_command("migrate", "articles", name, verbosity=0, stdout=io.StringIO())
