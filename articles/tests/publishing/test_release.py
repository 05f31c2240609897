import datetime

from django.utils.translation import override

from articles import publishing
from articles.models import Address, Credit, Revision

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo

HOUR = datetime.timedelta(hours=1)
LATE = PUBLISHED.replace(hour=23, minute=30)


class ReleaseTest(NewsroomTestCase):
    def test_now(self):
        story = publishing.release(self.draft(), None, PUBLISHED)
        self.assertEqual((story.state, story.publish_at, story.day), ("released", PUBLISHED, PUBLISHED.date()))
        self.assertEqual(story.first_published_at, PUBLISHED)
        self.page(story.get_absolute_url())

    def test_at_a_time_to_come_gives_the_day_of_that_time_in_the_editions_zone(self):
        story = publishing.release(self.draft(), None, LATE)
        later = self.draft("Nanti malam")
        later.publish_at = LATE + HOUR
        later.save()
        self.assertEqual(publishing.release(later, None, LATE).day, story.day + datetime.timedelta(days=1))

    def test_an_embargo_decides_the_day(self):
        draft = self.draft()
        draft.embargo_until = PUBLISHED + 24 * HOUR
        draft.save()
        story = publishing.release(draft, None, PUBLISHED)
        self.assertEqual(story.first_published_at, PUBLISHED + 24 * HOUR)
        self.assertEqual(story.day, datetime.date(2023, 10, 20))

    def refused(self, story, *words):
        with self.assertRaises(publishing.Refused) as caught, override("en"):
            publishing.release(story, None, PUBLISHED)
        for word, reason in zip(words, caught.exception.reasons, strict=True):
            self.assertIn(word, reason)
        story.refresh_from_db()
        self.assertEqual(story.state, "draft")
        self.assertFalse(Revision.objects.exists())

    def test_a_story_without_an_author_is_refused(self):
        story = self.draft()
        Credit.objects.filter(story=story, role="author").delete()
        self.refused(story, "author")

    def test_every_reason_is_told_at_once(self):
        self.refused(
            self.draft(credited=False, standfirst="", body="<p> </p>"), "standfirst", "body", "author", "editor"
        )

    def test_a_photo_without_credit_is_refused(self):
        self.refused(self.draft(lead_photo=make_photo(agency="", photographer="")), "photo")

    def test_an_address_that_is_taken_is_refused(self):
        self.story("Sudah ada", slug="sama")
        self.refused(self.draft(slug="sama"), "address")

    def test_a_withdrawn_story_is_gone_and_its_first_publication_remembered(self):
        story = self.story()
        publishing.withdraw(story, None, PUBLISHED + HOUR, "decency")
        self.page(story.get_absolute_url(), status=410)
        again = publishing.release(story, None, PUBLISHED + 48 * HOUR, acknowledged=["photo:"])
        self.assertEqual((again.day, again.publish_at), (PUBLISHED.date(), PUBLISHED))


class RevisionTest(NewsroomTestCase):
    def test_every_move_writes_one_and_they_are_chained(self):
        story = publishing.release(self.draft(), None, PUBLISHED)
        publishing.withdraw(story, None, PUBLISHED + HOUR, "decency")
        second, first, loaded = Revision.objects.filter(story=story)
        self.assertEqual((loaded.number, first.number, second.number), (1, 2, 3))
        self.assertEqual([second.previous_hash, first.previous_hash], [first.hash, loaded.hash])
        credited = [[str(self.nina.uid), "author"], [str(self.ananda.uid), "editor"]]
        self.assertEqual(first.snapshot["credits"], credited)
        self.assertEqual(first.snapshot["headline"], story.headline)


class FormerAddressTest(NewsroomTestCase):
    def test_a_new_slug_of_a_live_story_leaves_the_old_one_leading_to_it(self):
        story = self.story()
        before = type(story).objects.get(pk=story.pk)
        story.slug = "judul-baru"
        publishing.changed(story, before, PUBLISHED + HOUR)
        story.save()
        response = self.client.get(before.get_absolute_url())
        self.assertRedirects(response, story.get_absolute_url(), status_code=301, fetch_redirect_response=False)

    def test_going_back_to_the_old_slug_makes_no_loop(self):
        story = self.story()
        for slug in ("dua", "perdamaian-dirundingkan-lagi"):
            before = type(story).objects.get(pk=story.pk)
            story.slug = slug
            publishing.changed(story, before, PUBLISHED + HOUR)
            story.save()
        self.page(story.get_absolute_url())
        self.assertEqual(list(Address.objects.values_list("slug", flat=True)), ["dua"])
