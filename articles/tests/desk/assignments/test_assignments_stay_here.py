"""What the desk plans leaves the newsroom on no way but a backup, which brings it back whole."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles import assigning, publishing
from articles.models import Assignee, Assignment, EventArrival, Section, Story

from ...backups import BackupTestCase
from ...newsroom import PUBLISHED, READING
from .assigned import AssignmentTest

SECRET = "Rahasia7391"


class StaysHereTest(AssignmentTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.live = cls.story(tags=[cls.rusia])
        cls.assignment(SECRET, [cls.reporter], brief=SECRET, kicker=SECRET, place=SECRET, story=cls.live)
        cls.hidden = Section.objects.create(edition=cls.gorontalo, name=SECRET, slug="hidden", is_provisional=True)
        cls.assignment(SECRET, section=cls.hidden)

    def test_no_page_feed_list_or_program_of_readers_has_it(self):
        day = self.live.day
        addresses = [
            self.live.get_absolute_url(), "/", "/latest/", "/popular/", "/feed/", "/feed/json/", "/sitemap.xml",
            f"/sitemap-{day:%Y-%m}.xml", f"/archive/{day:%Y/%m/%d}/", self.rusia.get_absolute_url(),
            self.nina.get_absolute_url(), self.dunia.get_absolute_url(), "/search/?q=rahasia7391", "/api/v1/stories/",
            reverse("api_story", args=[self.live.uid]), "/api/v1/sections/", "/api/v1/search/?q=rahasia7391",
        ]  # fmt: skip
        for address in addresses:
            self.assertNotIn(SECRET, self.client.get(address).text.replace("rahasia7391", ""), address)

    def test_no_export_of_the_wire_has_it(self):
        out = io.StringIO()
        call_command("export", "-", "--edition", "gorontalo", stdout=out)
        self.assertIn(str(self.live.uid), out.getvalue())
        self.assertNotIn(SECRET, out.getvalue())

    def test_no_revision_of_its_story_has_it(self):
        self.assertNotIn(SECRET, str(publishing.record(self.live, self.chief, PUBLISHED).snapshot))

    def test_the_desk_of_another_edition_has_it_on_no_page(self):
        self.client.force_login(self.somebody("chief", name="orang-jogja", edition=self.jogja))
        for address in (
            "/admin/", "/admin/articles/assignment/", "/admin/articles/assignment/?q=rahasia7391",
            "/admin/articles/assignment/budget/", "/admin/articles/story/agenda/?view=week",
            "/admin/search/?q=rahasia7391", "/admin/articles/auditentry/",
        ):  # fmt: skip
            self.assertNotIn(SECRET, self.client.get(address).text, address)


@pytest.mark.wide
class BackupOfAssignmentsTest(BackupTestCase):
    def test_it_comes_back_with_its_people_its_story_and_what_the_wire_told(self):
        planned = Assignment(section=self.dunia, headline="Rapat", due_at=READING, brief="Tanya.", wants_photo=True)
        assigning.plan(planned, [self.budi], self.budi, READING)
        story = assigning.start(planned, self.budi, READING)
        EventArrival.objects.create(
            assignment=planned, uid=planned.uid, uri="urn:x", digest="d", stored="s", taken_at=READING
        )
        self.moved()
        back = Assignment.objects.get()
        self.assertEqual((back.uid, back.headline, back.brief), (planned.uid, "Rapat", "Tanya."))
        self.assertEqual((back.story, back.created_by.username), (Story.objects.get(uid=story.uid), "budi"))
        self.assertEqual(Assignee.objects.get().user.username, "budi")
        self.assertEqual(EventArrival.objects.get().assignment, back)
