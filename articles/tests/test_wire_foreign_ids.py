"""What a foreign file calls its own by an id of ours, or of another site, takes nothing over."""

import uuid

from django.utils import timezone

from articles.models import Photo, Story
from articles.wire import intake
from articles.wire.item import Party, Picture

from .newsroom import PUBLISHED, READING
from .wire_cases import DAY, PicturesTestCase, TakenInTestCase, captioned, picture


class PhotoOfTheDeskTest(PicturesTestCase):
    def untouched(self, item):
        before = Photo.objects.filter(pk=self.lilin.pk).values().get()
        self.assertEqual(self.take(item, state="published"), {"dibiarkan seperti di sini": 1})
        self.assertEqual(Photo.objects.filter(pk=self.lilin.pk).values().get(), before)

    def test_its_rights_are_not_ended_by_a_foreign_picture_of_its_id(self):
        self.untouched(picture(uri=self.lilin.uid.urn, pubStatus="canceled"))

    def test_nor_are_its_words_filled_in(self):
        Photo.objects.filter(pk=self.lilin.pk).update(usage_terms="", place="")
        self.untouched(picture(uri=str(self.lilin.uid), **captioned("Bukan ini.")))

    def test_what_an_earlier_release_took_in_is_still_withdrawn(self):
        self.take(picture())
        Photo.objects.get(uid=self.photo().uid).arrival.delete()
        self.assertEqual(self.take(picture(2, pubStatus="canceled"), state="published"), {"dicabut": 1})
        self.assertLessEqual(self.photo().rights_end_at, timezone.now())


class OtherSiteTest(TakenInTestCase):
    def sent(self, site, **changes):
        return Picture(f"https://{site}/?attachment_id=5", caption="Dari situs.", version_at=PUBLISHED, **changes)

    def test_a_picture_that_claims_the_id_of_another_sites_is_one_of_its_own(self):
        victim = self.sent("a.example")
        self.take(victim)
        later = PUBLISHED + 9 * DAY
        evil = self.sent("b.example", other_uris=[victim.uri])
        evil.caption, evil.version_at, evil.state = "Diambil alih.", later, "withdrawn"
        self.take(evil)
        photo = Photo.objects.get(uid=victim.uid)
        self.assertEqual((photo.caption, photo.rights_end_at), ("Dari situs.", None))
        again = self.sent("a.example")
        again.caption, again.version_at = "Diperbarui.", later
        self.assertEqual(self.take(again)[0].outcome, intake.Outcome.UPDATED)

    def test_a_post_that_claims_the_id_of_another_sites_is_one_of_its_own(self):
        self.take(self.item(603))
        evil = self.item(7, "https://b.example", other_uris=["https://a.example/?p=603"])
        evil.version_at = PUBLISHED + DAY
        self.assertEqual(self.take(evil)[0].outcome, intake.Outcome.NEW)
        self.assertEqual(Story.objects.get(arrival__uri="https://a.example/?p=603").headline, "Berita 603")

    def test_an_id_that_looks_like_a_name_is_not_remembered_as_that_name(self):
        made = uuid.uuid5(uuid.NAMESPACE_URL, "name:siti aminah")
        for number, uri in enumerate(["name:siti aminah", made.urn, str(made)], 1):
            self.take(self.item(number, people=[Party(f"Penyusup {number}", "author", uri=uri)]))
        self.take(self.item(9, people=[Party("Siti Aminah", "author")]))
        self.assertEqual(self.author("Berita 9").name, "Siti Aminah")


class StoryOfTheDeskTest(TakenInTestCase):
    def test_no_foreign_story_says_that_it_settles_one_that_was_written_here(self):
        ours = self.story("Belum jelas", label="unverified")
        self.take(self.item(1), self.item(2, verifies=[ours.uid.urn, "https://a.example/?p=1"]))
        ours.refresh_from_db()
        self.assertIsNone(ours.verified_in)
        self.assertEqual(Story.objects.get(headline="Berita 1").verified_in.headline, "Berita 2")


class OtherEditionTest(TakenInTestCase):
    def test_a_run_within_one_edition_turns_no_links_of_another(self):
        old = self.item(1, old_addresses=["https://a.example/pertama/"])
        old.body = '<p>Baca juga: <a href="https://a.example/kedua/">Kedua</a></p>'
        new = self.item(2, old_addresses=["https://a.example/kedua/"])
        list(intake.take_in([("1", old), ("2", new)], intake.Wanted(at=READING, edition=self.gorontalo, released=True)))
        body = Story.objects.get(headline="Berita 1").body
        bali = self.edition(name="Bali", slug="bali", host="bali.example")
        intake.finish(intake.Wanted(at=READING, edition=bali, released=True, stays_within=True))
        self.assertEqual(Story.objects.get(headline="Berita 1").body, body)
        self.take()
        self.assertIn("<aside data-story", Story.objects.get(headline="Berita 1").body)
