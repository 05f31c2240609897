"""Opening and saving a story asks the database a bounded number of times, however many rows the story has."""

import re
import uuid
from copy import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Credit, Person, StoryPhoto, Tag, TaggedStory

from ..cases import FormTest
from ..newsroom import make_photo

OPENING, SAVING = 20, 30
MANY = 60
# what every request of an account asks
OF_SIGN_IN = re.compile(r'FROM "(django_session|auth_user|articles_deskpreference)"|^(SAVEPOINT|RELEASE|BEGIN|COMMIT)')


class FormQueriesTest(FormTest):
    def setUp(self):
        self.sign_in("chief")

    def asked(self, work):
        """The queries of a request, beside those of the sign-in."""
        with CaptureQueriesContext(connection) as queries:
            work()
        return [query["sql"] for query in queries if not OF_SIGN_IN.search(query["sql"])]

    def assert_at_most(self, most, asked):
        self.assertLessEqual(len(asked), most, "\n".join(sql[:200] for sql in asked))

    def opening(self, story):
        self.client.get(self.address("change", story))
        return self.asked(lambda: self.client.get(self.address("change", story)))

    def saving(self, story, **changes):
        """The queries of a save; the story was saved before, so that it has a revision."""
        publishing.record(story, self.somebody("editor"), timezone.now())
        fields, answers = {**self.opened(story), **changes}, []
        asked = self.asked(lambda: answers.append(self.client.post(self.address("change", story), fields)))
        self.assertEqual(answers[0].status_code, 302)
        return asked

    def with_many_rows(self):
        story, first = self.story(), make_photo(title="Muka", colour="#123456")
        people, tags, photos = [], [], []
        for number in range(MANY):
            named = {"name": f"Nama {number}", "slug": f"nama-{number}"}
            people.append(Person(**named))
            tags.append(Tag(**named))
            photos.append(copy(first))
            photos[-1].pk, photos[-1].uid = None, uuid.uuid4()
        rows = list(zip(*(type(made[0]).objects.bulk_create(made) for made in (people, tags, photos)), strict=True))
        Credit.objects.bulk_create(Credit(story=story, person=row[0], role="contributor") for row in rows)
        TaggedStory.objects.bulk_create(TaggedStory(content_object=story, tag=row[1]) for row in rows)
        StoryPhoto.objects.bulk_create(StoryPhoto(story=story, photo=row[2], caption="Perahu.") for row in rows)
        return story

    def test_opening_a_live_story(self):
        self.assert_at_most(OPENING, self.opening(self.story()))

    def test_opening_a_draft(self):
        self.assert_at_most(OPENING, self.opening(self.draft()))

    def test_saving_a_live_story(self):
        self.assert_at_most(SAVING, self.saving(self.story(), headline="Judul lain"))

    @pytest.mark.wide
    def test_sixty_rows_cost_nothing_where_they_stay_and_two_where_they_change(self):
        story = self.with_many_rows()
        self.assert_at_most(OPENING, self.opening(story))
        captions = {f"gallery-{number}-caption": f"Perahu {number}." for number in range(10)}
        self.assert_at_most(SAVING + 2 * len(captions), self.saving(story, **captions))
        self.assertEqual(story.gallery.filter(caption__startswith="Perahu ").count(), len(captions))
