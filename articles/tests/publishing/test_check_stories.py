import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from articles import publishing
from articles.models import Credit, Revision

from ..newsroom import PUBLISHED, NewsroomTestCase, load_newsroom


class CheckStoriesTest(TestCase):
    @pytest.mark.wide
    def test_the_fixture_is_as_a_release_would_have_it_and_a_hole_is_told(self):
        load_newsroom()
        call_command("check_stories")
        Credit.objects.filter(story__slug="update-perang-rusia-vs-ukraina-hari-ke-603", role="editor").delete()
        with self.assertRaisesMessage(CommandError, "1"):
            call_command("check_stories")


class CheckRevisionsTest(NewsroomTestCase):
    def test_an_altered_row_of_the_log_is_found(self):
        story = self.draft()
        for _time in range(3):
            publishing.record(story, None, PUBLISHED)
        call_command("check_revisions")
        Revision.objects.filter(number=2).update(note="Disisipkan")
        with self.assertRaises(CommandError):
            call_command("check_revisions")
