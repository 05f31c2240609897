import datetime

from django.db import IntegrityError, transaction

from articles.models import Credit, Edition, Photo, Story, TaggedStory

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

DAY = datetime.timedelta(days=1)


class DatabaseRulesTest(NewsroomTestCase):
    def refused(self, work):
        with self.assertRaises(IntegrityError), transaction.atomic():
            work()

    def test_two_stories_of_a_day_cannot_share_an_address(self):
        self.story()
        self.refused(self.story)

    def test_drafts_may_share_a_slug_until_they_have_a_day(self):
        self.draft()
        self.draft()

    def test_a_person_has_each_role_once_in_a_story(self):
        story = self.story()
        self.refused(lambda: Credit.objects.create(story=story, person=self.nina, role="author"))

    def test_an_unknown_role_is_refused_also_in_bulk(self):
        story = self.story()
        self.refused(lambda: Credit.objects.filter(story=story).update(role="penulis"))

    def test_a_focal_point_lies_in_the_picture(self):
        make_photo()
        self.refused(lambda: Photo.objects.update(focal_x=1.2))

    def test_a_story_cannot_end_before_it_starts(self):
        self.story()
        self.refused(lambda: Story.objects.update(expires_at=PUBLISHED))
        self.refused(lambda: Story.objects.update(expires_at=PUBLISHED + DAY, embargo_until=PUBLISHED + 2 * DAY))

    def test_a_released_story_has_a_time_and_a_day(self):
        self.draft()
        self.refused(lambda: Story.objects.update(state="released"))

    def test_one_edition_answers_at_the_plain_address(self):
        self.refused(lambda: self.edition(name="Lain", slug="lain", host="lain.localhost", is_default=True))
        self.assertEqual(Edition.objects.filter(is_default=True).count(), 1)

    def test_order_may_repeat_while_rows_are_dragged(self):
        story = self.story()
        Credit.objects.filter(story=story).update(order=3)


class LinksFollowTheStoryTest(NewsroomTestCase):
    """Credits and tag links repeat their story's edition and time, whichever way either is written."""

    def links(self):
        for model in (Credit, TaggedStory):
            yield from model.objects.values_list("edition", "live_from").distinct()

    def test_on_every_path(self):
        self.story(tags=[self.rusia])
        self.assertEqual(set(self.links()), {(self.gorontalo.pk, PUBLISHED)})
        Story.objects.update(embargo_until=PUBLISHED + DAY)
        self.assertEqual(set(self.links()), {(self.gorontalo.pk, PUBLISHED + DAY)})
        for model in (Credit, TaggedStory):
            model.objects.update(edition=None, live_from=None)
        self.assertEqual(set(self.links()), {(self.gorontalo.pk, PUBLISHED + DAY)})
