"""The newest photos stand for all where a word or a filter leaves too many: the list says that there are more."""

import datetime
from unittest import mock

from django.db import connection
from django.urls import reverse

from articles.admin.photo import changelist
from articles.listings.search import finding
from articles.models import Photo

from ...cases import DeskTest
from ...newsroom import make_photo
from ...plans import plans

LIST = reverse("admin:articles_photo_changelist")


class PhotosFoundTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")
        Photo.objects.all().delete()
        self.photos = [make_photo(title=f"Pasar {number}", colour=f"#0101{number:02}") for number in range(10, 15)]
        for number, photo in enumerate(self.photos):
            self.story(f"Di pasar {number}", slug=f"pasar-{number}", lead_photo=photo)

    def listed(self, query):
        """The titles of the list, and whether it says that there are more."""
        changes = self.client.get(f"{LIST}?{query}").context["cl"]
        return [photo.title for photo in changes.result_list], changes.paginator.is_more

    def test_a_frequent_word_finds_the_newest(self):
        with mock.patch.object(finding, "MOST", 2):
            self.assertEqual(self.listed("q=pasar"), (["Pasar 14", "Pasar 13"], True))
            self.assertEqual(self.listed("q=pasar+11"), (["Pasar 11"], False))
            found = self.client.get(reverse("admin:articles_photo_find"), {"q": "pasar"}).json()["results"]
        self.assertEqual([photo["title"] for photo in found], ["Pasar 14", "Pasar 13"])

    def test_a_word_that_as_many_hold_as_are_looked_at_has_no_more(self):
        with mock.patch.object(finding, "MOST", 5):
            self.assertEqual(self.listed("q=pasar")[1], False)

    def test_of_chosen_days_all_are_found(self):
        long_ago = datetime.datetime(2020, 5, 1, 12, tzinfo=datetime.UTC)
        Photo.objects.filter(pk=self.photos[0].pk).update(added_at=long_ago)
        with mock.patch.object(finding, "MOST", 2):
            self.assertEqual(self.listed("q=pasar&added_at__year=2020"), (["Pasar 10"], False))

    def test_what_readers_see_is_asked_of_the_newest(self):
        for most, titles, is_more in ((2, ["Pasar 14", "Pasar 13"], True), (5, 5, False), (6, 5, False)):
            with self.subTest(most=most), mock.patch.object(changelist, "LOOKED_AT", most):
                found, told = self.listed("used=shown")
                self.assertEqual((found if isinstance(titles, list) else len(found), told), (titles, is_more))

    def test_what_readers_see_is_asked_of_the_newest_that_the_other_filters_leave(self):
        Photo.objects.filter(pk=self.photos[0].pk).update(agency="Reuters")
        with mock.patch.object(changelist, "LOOKED_AT", 2):
            self.assertEqual(self.listed("used=shown&agency=Reuters"), (["Pasar 10"], False))

    def test_a_page_of_what_readers_see_is_read_along_the_index_of_its_order(self):
        with mock.patch.object(changelist, "LOOKED_AT", 2):
            found = plans(self, f"{LIST}?used=shown", 'ORDER BY "articles_photo"."added_at"')
        for sql, plan in found.items():
            self.assertIn("photo_by_time", plan, sql)

    def test_the_words_are_asked_for_no_more_than_the_newest(self):
        words = {"sqlite": "articles_photo_words MATCH", "postgresql": "WITH asked"}[connection.vendor]
        for sql in plans(self, f"{LIST}?q=pasar", words):
            self.assertRegex(sql, r"LIMIT 200[01]\b")
