"""A form that was opened before meets a change that waits, or is filled with the words of a revision."""

import pytest

from articles import publishing
from articles.models import Credit, Notice, Revision, Tag, WaitingChange

from ..cases import errors
from ..newsroom import PUBLISHED
from ..posting import form_of
from .merging import BODY, MergedTest

pytestmark = pytest.mark.wide


class WaitingTest(MergedTest):
    """The same of a change that waits for its time."""

    TIMES = {"goes_out_at_0": "2099-01-02", "goes_out_at_1": "20:00:00"}

    def setUp(self):
        super().setUp()
        self.naskah = self.story("Yang tayang", body=BODY, lead_photo=self.lilin)
        publishing.record(self.naskah, self.nina_signs, PUBLISHED)

    def changes(self):
        return WaitingChange.objects.get(story=self.naskah).changes

    def test_one_that_was_prepared_meanwhile_is_merged_into(self):
        fields = self.overtaken(headline="Judul nanti", **self.TIMES)
        self.saved(fields, standfirst="Ringkasan nanti.", **self.TIMES)
        self.assertEqual(self.changes(), {"headline": "Judul nanti", "standfirst": "Ringkasan nanti."})
        self.assertEqual(self.naskah.headline, "Yang tayang")

    def test_the_same_words_are_chosen_and_those_that_lose_are_a_revision(self):
        fields = self.overtaken(headline="Judul Budi", **self.TIMES)
        self.choose(self.asked(fields, headline="Judul saya", **self.TIMES), "mine")
        self.assertEqual(self.changes(), {"headline": "Judul saya"})
        aside = Revision.objects.get(move="set_aside")
        self.assertEqual((aside.by, aside.snapshot["headline"]), (self.budi, "Judul Budi"))
        told = Notice.objects.get(kind="conflict")
        self.assertEqual((told.to, told.story), (self.budi, self.naskah))

    def test_who_goes_on_with_it_replaces_it_unasked_and_twice_does_no_more(self):
        self.send(self.naskah, self.opened(self.naskah), headline="Judul nanti", **self.TIMES)
        ahead = f"{self.address('change', self.naskah)}?waiting=1"
        fields = {**form_of(self.client.get(ahead), "headline")[1], "headline": "Judul yang lain"}
        for _press in range(2):
            response = self.client.post(ahead, fields)
            self.assertEqual(response.status_code, 302, errors(response))
        self.assertEqual(self.changes(), {"headline": "Judul yang lain"})
        told = [str(message) for message in self.client.get(ahead).context["messages"]]
        self.assertIn("Sudah disimpan, persis seperti yang Anda kirim.", told)

    def test_what_changed_at_once_is_in_the_change_that_waits(self):
        fields = self.overtaken(standfirst="Dibetulkan.")
        self.saved(fields, headline="Judul nanti", **self.TIMES)
        self.assertEqual((self.changes(), self.naskah.standfirst), ({"headline": "Judul nanti"}, "Dibetulkan."))

    def test_rows_of_a_change_that_waits_are_gone_on_with(self):
        rows = {"credits-TOTAL_FORMS": 3, "credits-2-role": "contributor", "credits-2-person": self.ananda.pk}
        self.saved(self.opened(self.naskah), **rows, **self.TIMES, **{"credits-2-order": 3})
        ahead = f"{self.address('change', self.naskah)}?waiting=1"
        fields = form_of(self.client.get(ahead), "headline")[1]
        response = self.client.post(ahead, {**fields, "headline": "Judul nanti"})
        self.assertEqual(response.status_code, 302, errors(response))
        self.assertEqual({*self.changes()}, {"headline", "credits", "names"})
        self.assertEqual(Credit.objects.filter(story=self.naskah).count(), 2)


class RevisionInTheFormTest(MergedTest):
    def test_the_words_of_a_revision_stand_in_the_form_and_are_saved_like_others(self):
        pasar = Tag.objects.create(name="Pasar", slug="pasar")
        first = Revision.objects.get()
        rows = {"tag_links-0-tag": pasar.pk, "credits-1-DELETE": "on"}
        self.saved(self.opened(self.naskah), headline="Judul kedua", body="<p>Lain.</p>", **rows)
        response = self.client.get(f"{self.address('change', self.naskah)}?revision={first.pk}")
        self.assertContains(response, "Pasar dibuka")
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Judul kedua")
        address, fields = form_of(response, "headline")
        answer = self.client.post(address, {**fields, "_continue": ""})
        self.assertEqual(answer.status_code, 302, errors(answer))
        self.naskah.refresh_from_db()
        self.assertEqual((self.naskah.headline, self.naskah.body), ("Pasar dibuka", BODY))
        self.assertEqual([link.tag for link in self.naskah.tag_links.all()], [self.rusia])
        self.assertEqual(self.naskah.credits.count(), 2)

    def test_what_was_deleted_since_is_named_and_the_rest_is_there(self):
        first = Revision.objects.get()
        self.naskah.tag_links.all().delete()
        self.rusia.delete()
        response = self.client.get(f"{self.address('change', self.naskah)}?revision={first.pk}")
        self.assertContains(response, "Tag “Rusia” sudah tidak ada")
        self.assertContains(response, "Pasar dibuka")

    def test_one_of_another_story_is_not_shown(self):
        other = self.draft("Yang rahasia")
        revision = publishing.record(other, None, PUBLISHED)
        response = self.client.get(f"{self.address('change', self.naskah)}?revision={revision.pk}")
        self.assertNotContains(response, "Yang rahasia")

    def test_the_history_names_its_story_and_tells_paragraphs_apart_without_ids(self):
        other = self.story("Dermaga ditutup")
        aside = f'<aside data-story="{other.uid}"></aside>'
        figure = f'<figure data-photo="{self.lilin.uid}"><figcaption>Lilin menyala.</figcaption></figure>'
        changed = BODY.replace("pagi", "siang") + aside + figure
        self.saved(self.opened(self.naskah), body=changed)
        page = self.page(f"/admin/articles/revision/?story__id__exact={self.naskah.pk}")
        self.assertIn("<title>Riwayat: Pasar dibuka", page)
        page = self.page(f"/admin/articles/revision/{self.naskah.revisions.first().pk}/change/")
        self.assertIn("Wali kota datang <del>pagi</del> <ins>siang</ins> tadi.</p>", page)
        self.assertIn("Dermaga ditutup", page)
        self.assertIn("Lilin menyala.", page)
        shown = page[page.index('class="difference"') :]
        self.assertNotIn(str(other.uid), shown)
        self.assertNotIn(f">{self.lilin.uid}", shown)
