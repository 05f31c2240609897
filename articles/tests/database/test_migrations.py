import io

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.test import SimpleTestCase, TransactionTestCase

from articles.models import Credit, Photo, Story

from ..newsroom import NewsroomTestCase, make_photo

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
        photo = make_photo(agency="POOL/AFP via " + "Getty " * 30, alt="kata " * 100)  # longer than it was in 0018
        call_command("migrate", "articles", "0001", verbosity=0, stdout=io.StringIO())
        call_command("migrate", verbosity=0, stdout=io.StringIO())
        story = Story.objects.get(pk=story.pk)
        self.assertEqual(story.headline, "Yang bertahan")
        Story.objects.filter(pk=story.pk).update(publish_at="2024-01-01T00:00:00Z")
        moved = Story.objects.get(pk=story.pk).live_from
        self.assertEqual(set(Credit.objects.filter(story=story).values_list("live_from", flat=True)), {moved})
        kept = Photo.objects.get(pk=photo.pk)
        self.assertTrue(kept.agency and photo.agency.startswith(kept.agency), kept.agency)
        Photo.objects.filter(pk=photo.pk).update(agency="x" * 250)
