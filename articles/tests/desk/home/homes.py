"""What the tests of the home share: stories that wait, and what a home shows."""

import datetime

from django.utils import timezone, translation

from articles import publishing
from articles.models import DeskPreference, Story

from ...cases import DeskTest

MINUTE = datetime.timedelta(minutes=1)
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE


class HomeTest(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.now = timezone.now()
        cls.reporter = cls.somebody("reporter")
        cls.editor = cls.somebody("editor")

    def setUp(self):
        super().setUp()
        self.enterContext(translation.override("en"))

    @classmethod
    def somebody(cls, *args, **kwargs):
        """Who reads the desk in English."""
        user = super().somebody(*args, **kwargs)
        DeskPreference.objects.create(user=user, language="en")
        return user

    @classmethod
    def begun(cls, headline, by=None, ago=HOUR, **changes):
        """A draft that somebody saved so long ago, and that may be released."""
        story = cls.draft(headline, **{"changed_at": cls.now - ago, **changes})
        publishing.record(story, by or cls.reporter, cls.now - ago)
        return story

    @classmethod
    def submitted(cls, headline, ago=HOUR, **changes):
        return publishing.submit(cls.begun(headline, ago=ago, **changes), None, cls.now - ago)

    @classmethod
    def returned(cls, headline, note, ago=HOUR, **changes):
        story = cls.submitted(headline, ago, **changes)
        return publishing.return_to_writer(story, cls.editor, cls.now - ago, note)

    @classmethod
    def due(cls, story, at):
        Story.objects.filter(pk=story.pk).update(publish_at=at)
        story.refresh_from_db()
        return story

    def home(self, user=None):
        """{name: Block} of the home of this user, or of who is signed in."""
        if user:
            self.client.force_login(user)
        self.answer = self.client.get("/admin/")
        self.assertEqual(self.answer.status_code, 200)
        columns = [self.answer.context[name] for name in ("main", "pairs", "side")]
        return {block.name: block for blocks in columns for block in blocks}

    def headlines(self, block):
        return [row.story.headline for row in block.content]

    def buttons(self, block):
        return {row.story.headline: [button.label for button in row.buttons] for row in block.content}
