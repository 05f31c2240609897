"""New rows whose triggers wait have the same keys, moments and words in the end: database/touched_together.py."""

import pytest
from django.db import connection, transaction

from articles import database
from articles.models import Section, Story, TaggedStory, Touch
from articles.models.housekeeping.touch import Moment

from ..newsroom import LATER, PUBLISHED, NewsroomTestCase

KINDS = [
    {"publish_at": PUBLISHED},
    {"publish_at": LATER.replace(year=2190)},
    {"publish_at": PUBLISHED, "expires_at": LATER.replace(year=2190)},
    {"state": "draft", "publish_at": None},
]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="On PostgreSQL all triggers write at once.")
class TouchedTogetherTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.earlier = self.story("Sudah ada")

    def new_rows(self):
        """Stories of all kinds with tags and credits in a section that came by wire, and a tag of an earlier story."""
        fresh = Section.objects.create(edition=self.gorontalo, name="Baru", slug="baru", is_provisional=True)
        settling = {"verified_in": self.earlier, "series": self.perang, "section": fresh, "tags": [self.rusia]}
        for number, values in enumerate(KINDS):
            self.story(f"Kabar {number}", **settling, **values)
        TaggedStory.objects.create(content_object=self.earlier, tag=self.rusia)

    def together(self):
        with transaction.atomic(), database.touched_together():
            self.new_rows()

    def written(self, write):
        """The keys and moments that it writes, with names for the ids of stories and sections, which differ."""
        with transaction.atomic():
            last = getattr(Touch.objects.last(), "pk", 0)
            Moment.objects.all().delete()
            write()
            names = {f"s{story.uid.hex}": story.headline for story in Story.objects.all()}
            names |= {f"n{one.pk}+": f"{one.name}+" for one in Section.objects.all()}
            names |= {f"n{one.pk}": one.name for one in Section.objects.all()}
            keys = Touch.objects.filter(pk__gt=last).values_list("key", flat=True)
            moments = {(names.get(one.key, one.key), one.at) for one in Moment.objects.all()}
            keys = [names.get(key, key) for key in keys]
            transaction.set_rollback(True)
        return keys, moments

    def test_the_same_keys_and_moments(self):
        one_by_one, moments = self.written(self.new_rows)
        together, moments_together = self.written(self.together)
        self.assertEqual(set(together), set(one_by_one))
        self.assertEqual(moments_together, moments)
        self.assertTrue(moments)
        self.assertLess(len(together), len(one_by_one) / 2)

    def test_new_stories_are_found_by_their_words_also_when_changed_since(self):
        with transaction.atomic(), database.touched_together():
            self.story("Kabar hiu paus di Botubarani")
            changed = self.story("Kabar lama")
            Story.objects.filter(pk=changed.pk).update(headline="Kabar kucing")
            self.story("Kabar hilang").delete()
        for word, number in {"botubarani": 1, "kucing": 1, "lama": 0, "hilang": 0}.items():
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM articles_search WHERE articles_search MATCH %s", [word])
                self.assertEqual(cursor.fetchone(), (number,), word)

    def test_words_that_are_known_are_taken(self):
        with transaction.atomic(), database.touched_together({"<p>Isi.</p>": "tahu sebelumnya"}):
            self.story("Kabar", body="<p>Isi.</p>")
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM articles_search WHERE articles_search MATCH 'sebelumnya'")
            self.assertEqual(cursor.fetchall(), [("tahu sebelumnya",)])

    def test_nothing_is_touched_without_new_rows(self):
        def nothing():
            with transaction.atomic(), database.touched_together():
                pass

        self.assertEqual(self.written(nothing), ([], set()))

    def test_after_an_error_triggers_touch_again(self):
        with self.assertRaises(ValueError), transaction.atomic(), database.touched_together():
            raise ValueError
        keys, _moments = self.written(lambda: self.story("Sesudahnya"))
        self.assertIn("w+", keys)
