"""What a foreign file calls its own by an id of ours, or of another site, takes nothing over."""

import copy
import dataclasses
import itertools
import uuid

from django.db import transaction
from django.utils import timezone

from articles.models import Photo, SourcePhoto, Story
from articles.wire.store import ingest
from articles.wire.store.decisions import Outcome
from articles.wire.values.item import Party, Picture, uid_of

from ..newsroom import PUBLISHED, READING
from ..wire_cases import DAY, PicturesTestCase, TakenInTestCase, captioned, picture


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
        self.assertEqual(self.take(picture(2, pubStatus="canceled"), state="published"), {"ditarik": 1})
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
        self.assertEqual(self.take(again)[0].outcome, ingest.Outcome.UPDATED)

    def test_a_post_that_claims_the_id_of_another_sites_is_one_of_its_own(self):
        self.take(self.item(603))
        evil = self.item(7, "https://b.example", other_uris=["https://a.example/?p=603"])
        evil.version_at = PUBLISHED + DAY
        self.assertEqual(self.take(evil)[0].outcome, ingest.Outcome.NEW)
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


class RelatedSiteTest(TakenInTestCase):
    """“Baca juga” leads to a story of ours only where the site of the link is that of the story, or this one."""

    def linked(self, address, site="https://a.example"):
        one = self.item(1, site=site)
        one.body = f'<p>Baca juga: <a href="{address}">Kedua</a></p>'
        self.take(one, self.item(2, old_addresses=["https://a.example/kedua/", "https://lama.example/2020/kedua/"]))
        return "<aside data-story" in Story.objects.get(headline="Berita 1").body

    def test_a_page_of_another_site_with_the_same_path_is_not_ours(self):
        self.assertFalse(self.linked("https://lain.example/kedua/"))

    def test_a_site_that_a_story_came_from_is_not_that_of_another(self):
        self.assertFalse(self.linked("https://b.example/kedua/", site="https://b.example"))

    def test_links_without_a_host_are_of_the_site_of_their_text(self):
        self.assertTrue(self.linked("/kedua/"))

    def test_links_without_a_host_in_a_text_of_another_site_are_not_ours(self):
        self.assertFalse(self.linked("/kedua/", site="https://b.example"))

    def test_a_former_host_and_www_are_the_same_site(self):
        self.assertTrue(self.linked("https://www.lama.example/kedua/"))

    def test_our_own_address_is_ours(self):
        self.assertTrue(self.linked(f"https://{self.gorontalo.host}/kedua/"))

    def test_what_is_left_because_the_desk_has_changed_it_is_told_once(self):
        one, two = self.item(1), self.item(2, old_addresses=["https://a.example/kedua/"])
        one.body = '<p>Baca juga: <a href="https://a.example/kedua/">Kedua</a></p>'
        self.take(one)
        Story.objects.filter(headline="Berita 1").update(version=7)
        wanted = ingest.IngestOptions(at=READING, edition=self.gorontalo, released=True)
        list(ingest.take_in([("2", two)], wanted))
        (told,) = ingest.finish(wanted)
        self.assertEqual((told.outcome, told.headline), (Outcome.KEPT, "Berita 1"))
        self.assertEqual(ingest.finish(wanted), [])


class ClaimedPhotoTest(TakenInTestCase):
    """A file of another site says that its photo is known by an address of ours: of that, only our site may tell."""

    address = "https://a.example/wp-content/uploads/a.jpg"

    def setUp(self):
        super().setUp()
        self.true = Picture("https://a.example/?attachment_id=7", caption="Benar", other_uris=[self.address])
        claimed = [self.address, self.true.uri]
        self.hostile = Picture("https://jahat.example/?attachment_id=1", caption="Palsu", other_uris=claimed)

    def shows(self):
        """A story of the site that shows the photo by its address, and has it at its head by its number."""
        item = self.item(1, pictures=[Picture(self.address, file="a.jpg")], lead=Picture(self.true.uri))
        item.body = f'<figure data-photo="{item.pictures[0].uid}"></figure>'
        return item

    def captions(self):
        story = Story.objects.get(headline="Berita 1")
        return sorted({photo.caption for photo in Photo.objects.shown_in(story)})

    def test_in_whichever_order_they_come_the_story_shows_the_photo_of_its_site(self):
        for order in itertools.permutations([self.true, self.hostile, self.shows()]):
            with self.subTest([type(one).__name__ for one in order]), transaction.atomic():
                for one in order:
                    self.take(copy.deepcopy(one))
                self.assertEqual(self.captions(), ["Benar"])
                transaction.set_rollback(True)

    def test_a_claim_of_before_gives_way_to_the_photo_of_the_site(self):
        self.take(self.hostile)
        SourcePhoto.objects.create(uid=uid_of(self.address), uri=self.address, row=Photo.objects.get(caption="Palsu"))
        self.take(self.true)
        self.take(self.shows())
        self.assertEqual(self.captions(), ["Benar"])

    def test_whoever_hands_out_the_pictures_of_a_site_may_have_another_host(self):
        address = "https://cdn.example/uploads/a.jpg"
        item = self.item(1, pictures=[Picture(address, file="a.jpg")])
        item.body = f'<figure data-photo="{item.pictures[0].uid}"></figure>'
        self.take(item)
        self.take(dataclasses.replace(self.true, other_uris=[address]))
        self.assertEqual(self.captions(), ["Benar"])


class AwaitedPhotoTest(TakenInTestCase):
    def test_a_photo_that_comes_for_a_story_of_the_desk_is_told_once(self):
        lead = Picture("https://a.example/?attachment_id=9")
        self.take(self.item(1, lead=lead))
        Story.objects.update(version=7)
        wanted = ingest.IngestOptions(at=READING, edition=self.gorontalo, released=True)
        list(ingest.take_in([("2", dataclasses.replace(lead, caption="Api"))], wanted))
        (told,) = ingest.finish(wanted)
        self.assertEqual((told.outcome, told.headline), (Outcome.KEPT, "Berita 1"))
        self.assertIsNone(Story.objects.get().lead_photo)
        self.assertEqual(ingest.finish(wanted), [])


class OtherEditionTest(TakenInTestCase):
    def test_a_run_within_one_edition_turns_no_links_of_another(self):
        old = self.item(1, old_addresses=["https://a.example/pertama/"])
        old.body = '<p>Baca juga: <a href="https://a.example/kedua/">Kedua</a></p>'
        new = self.item(2, old_addresses=["https://a.example/kedua/"])
        options = ingest.IngestOptions(at=READING, edition=self.gorontalo, released=True)
        list(ingest.take_in([("1", old), ("2", new)], options))
        body = Story.objects.get(headline="Berita 1").body
        bali = self.edition(name="Bali", slug="bali", host="bali.example")
        ingest.finish(ingest.IngestOptions(at=READING, edition=bali, released=True, stays_within=True))
        self.assertEqual(Story.objects.get(headline="Berita 1").body, body)
        self.take()
        self.assertIn("<aside data-story", Story.objects.get(headline="Berita 1").body)
