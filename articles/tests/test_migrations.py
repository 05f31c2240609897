import io

from django.core.management import call_command
from django.test import TransactionTestCase

from articles.models import Credit, Story

from .newsroom import NewsroomTestCase


class MigrationTest(TransactionTestCase):
    """A newsroom that is full survives its tables being rebuilt, and its triggers work afterwards."""

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
