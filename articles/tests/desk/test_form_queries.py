"""Opening and saving a story asks the database a bounded number of times, however many rows the story has."""

import cProfile
import pstats
import re
import uuid
from copy import copy
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Credit, Person, StoryPhoto, Tag, TaggedStory

from ..cases import FormTest
from ..newsroom import make_photo

OPENING, SAVING = 20, 30
MANY = 60
TIMES_AN_ORDINARY_ONE = 2.5  # calls of functions; a form for each of the 180 rows makes 6 of it
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

    def test_opening_a_new_one(self):
        self.draft()
        add = reverse("admin:articles_story_add")
        self.client.get(add)
        self.assert_at_most(OPENING, self.asked(lambda: self.client.get(add)))

    def test_saving_a_live_story(self):
        self.assert_at_most(SAVING, self.saving(self.story(), headline="Judul lain"))

    @pytest.mark.wide
    def test_sixty_rows_cost_nothing_where_they_stay_and_two_where_they_change(self):
        story = self.with_many_rows()
        self.assert_at_most(OPENING, self.opening(story))
        captions = {f"gallery-{number}-caption": f"Perahu {number}." for number in range(10)}
        self.assert_at_most(SAVING + 2 * len(captions), self.saving(story, **captions))
        self.assertEqual(story.gallery.filter(caption__startswith="Perahu ").count(), len(captions))

    @pytest.mark.wide
    def test_sixty_rows_of_each_kind_cost_little_more_than_an_ordinary_story(self):
        ordinary, many = (self.calls(story) for story in (self.draft(), self.with_many_rows()))
        self.assertLess(many, TIMES_AN_ORDINARY_ONE * ordinary)

    def calls(self, story):
        self.opening(story)
        profile = cProfile.Profile()
        profile.runcall(self.client.get, self.address("change", story))
        return pstats.Stats(profile).total_calls

    @pytest.mark.wide
    def test_rows_written_after_a_pattern_are_those_that_a_form_for_each_writes(self):
        story = self.with_many_rows()
        Credit.objects.filter(story=story, person__name="Nama 1").update(role="photographer")
        StoryPhoto.objects.filter(pk=story.gallery.first().pk).update(caption="<b>Perahu & “ikan” \ue000#\ue001")
        Person.objects.filter(name="Nama 2").update(name='O\'Hara "<i>" {0} %s \\1')
        after_a_pattern = self.rows_of(story)
        with mock.patch("articles.desk.fields.alike.Table.is_as_stored", return_value=False):
            self.assertEqual(after_a_pattern, self.rows_of(story))
        self.assertEqual(len(after_a_pattern), 3 * MANY + 2 + 3)  # its two first credits; the empty rows

    def rows_of(self, story):
        page = self.page(self.address("change", story))
        return re.findall(r'<tr class="form-row .*?</tr>', page, re.DOTALL)
