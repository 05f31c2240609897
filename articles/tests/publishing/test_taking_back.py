"""Who handed a story over takes it back, as long as nobody else has worked on it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from articles import publishing
from articles.models import WorkingCopy

from ..newsroom import PUBLISHED, NewsroomTestCase
from .test_transitions import HOUR, NOW


class TakeBackTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.reporter, cls.editor = cls.somebody("reporter"), cls.somebody("editor")

    def submitted(self):
        story = self.draft()
        publishing.record(story, self.reporter, PUBLISHED)
        return publishing.submit(story, self.reporter, PUBLISHED)

    def test_it_is_a_draft_again_and_the_log_tells_who_did_it(self):
        story = publishing.take_back(self.submitted(), self.reporter, NOW)
        last = story.revisions.first()
        self.assertEqual((story.state, last.move, last.by), ("draft", "taken_back", self.reporter))

    def test_what_was_returned_before_is_returned_again_with_its_reason(self):
        story = publishing.return_to_writer(self.submitted(), self.editor, NOW, "Tambah tanggapan.")
        publishing.submit(story, self.reporter, NOW + HOUR)
        self.assertEqual(publishing.take_back(story, self.reporter, NOW + 2 * HOUR).state, "returned")

    def test_it_is_too_late_once_an_editor_has_begun(self):
        story = self.submitted()
        publishing.record(story, self.editor, NOW)
        self.assertEqual(publishing.begun_on([story], self.reporter), {story.pk})
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            publishing.take_back(story, self.reporter, NOW)
        self.assertIn("begun on this story already", str(caught.exception))
        story.refresh_from_db()
        self.assertEqual(story.state, "submitted")

    def test_it_is_too_late_while_an_editor_types(self):
        story = self.submitted()
        copy = WorkingCopy.objects.create(owner=self.editor, story=story, changed_at=NOW)
        self.assertEqual(publishing.begun_on([story], self.reporter), {story.pk})
        WorkingCopy.objects.update(changed_at=PUBLISHED - HOUR)  # and never gone on since
        self.assertEqual(publishing.begun_on([story], self.reporter), set())
        WorkingCopy.objects.filter(pk=copy.pk).update(changed_at=NOW, dropped_at=NOW)
        self.assertEqual(publishing.take_back(story, self.reporter, NOW).state, "draft")

    def test_work_before_the_submission_is_in_nobodys_way(self):
        story = self.draft()
        publishing.record(story, self.reporter, PUBLISHED)
        publishing.record(story, self.editor, PUBLISHED)
        publishing.submit(story, self.reporter, PUBLISHED)
        self.assertEqual(publishing.take_back(story, self.reporter, NOW).state, "draft")

    def test_nobody_takes_back_what_is_not_theirs(self):
        for user in (self.editor, self.somebody("chief"), self.somebody("reporter", "rekan"), self.somebody("photo")):
            with self.subTest(user=user), self.assertRaises(PermissionDenied):
                publishing.take_back(self.submitted(), user, NOW)
