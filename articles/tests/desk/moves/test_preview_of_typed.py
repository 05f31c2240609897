"""The preview shows what is typed in the form, saved or not, and writes nothing."""

import base64
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from articles import photos
from articles.models import AuditEntry, Person, Photo, Story, Tag

from ...cases import OpenedTest
from ...newsroom import PUBLISHED, make_photo
from ...posting import form_of

pytestmark = pytest.mark.wide

NEW = reverse("admin:articles_story_preview_new")
ADD = reverse("admin:articles_story_add")


class PreviewTest(OpenedTest):
    @classmethod
    def begun(cls):
        return cls.draft(body="<p>Yang tersimpan</p>")

    def preview(self, **typed):
        return self.client.post(self.address("preview", self.naskah), {**self.as_opened, **typed})

    def test_it_shows_unsaved_words_and_rows(self):
        tag = Tag.objects.create(name="Danau Limboto", slug="danau-limboto")
        people = {"credits-0-person": Person.objects.create(name="Rini Puspita", slug="rini").pk}
        rows = {"tag_links-TOTAL_FORMS": 1, "tag_links-0-tag": tag.pk, "tag_links-0-order": 0}
        other = make_photo(title="Perahu", colour="#aa2200", caption="Perahu di danau.")
        words = {"headline": "Yang diketik", "standfirst": "Ringkasan baru.", "body": "<p>Teks baru</p>"}
        page = self.preview(**words, **people, **rows, lead_photo=other.pk, lead_caption="")
        for shown in (*words.values(), "Rini Puspita", "Danau Limboto", "Perahu di danau."):
            self.assertContains(page, shown)
        self.assertNotContains(page, "Yang tersimpan")
        self.assertNotContains(page, "Nina Yuniar</a>")

    def test_it_writes_nothing_and_takes_no_lock(self):
        with CaptureQueriesContext(connection) as asked:
            self.preview(
                headline="Yang diketik", body="<p>Teks baru</p>", publish_at_0="2099-01-01", publish_at_1="10:00"
            )
        wrote = [query["sql"] for query in asked if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
        self.assertEqual(wrote, [])
        self.assertNotIn("FOR UPDATE", str([query["sql"] for query in asked]))
        self.naskah.refresh_from_db()
        self.assertEqual((self.naskah.headline, self.naskah.version), ("Naskah yang belum selesai", 1))
        self.assertFalse(self.naskah.revisions.exists() or AuditEntry.objects.filter(action="previewed").exists())

    def test_what_a_field_refuses_stays_as_it_is_stored(self):
        page = self.preview(headline="", publish_at_0="kemarin", section=999, body="<p>Teks baru</p>")
        self.assertContains(page, "Naskah yang belum selesai")
        self.assertContains(page, "Teks baru")

    def test_markup_that_is_not_ours_is_taken_out(self):
        page = self.preview(body='<p onclick="x()">Teks</p><script>jahat()</script>', headline="<b>Tebal</b>")
        self.assertNotContains(page, "onclick")
        self.assertNotContains(page, "jahat()")
        self.assertContains(page, "&lt;b&gt;Tebal")

    def test_a_row_that_is_to_be_deleted_or_is_none_is_left_out(self):
        typed = {"credits-0-DELETE": "on", "credits-1-person": "9999", "credits-1-order": "x"}
        page = self.preview(**typed)
        self.assertNotContains(page, "Nina Yuniar</a>")
        self.assertContains(self.preview(**{"credits-TOTAL_FORMS": "banyak"}), "Naskah yang belum selesai")

    def test_a_long_text_is_shown_whole(self):
        page = self.preview(body="<p>Awal</p><hr><p>Akhir</p>")
        self.assertContains(page, "Awal")
        self.assertContains(page, "Akhir")

    def test_a_new_story_has_one_before_its_first_save(self):
        fields = form_of(self.client.get(ADD), "headline")[1]
        page = self.client.post(NEW, {**fields, "headline": "Belum disimpan", "body": "<p>Teks</p>"})
        self.assertContains(page, "Belum disimpan")
        self.assertEqual(Story.objects.count(), 1)
        self.assertContains(self.client.post(NEW, {}), "preview-ribbon")

    def test_search_result_and_card_have_title_words_and_address(self):
        for look in ("search", "card"):
            page = self.preview(headline="Yang diketik", slug="yang-diketik", standfirst="Ringkasan.", look=look)
            for shown in ("Yang diketik", "Ringkasan.", "yang-diketik", "gorontalo.localhost"):
                self.assertContains(page, shown)

    def shared(self, **typed):
        """The picture of the card: its address, or a picture where it is drawn."""
        return re.search(r'<img src="([^"]*)"', self.preview(look="card", **typed).text)[1]

    def test_a_card_has_the_part_of_the_photo_that_will_be_shared(self):
        self.assertRegex(self.shared(), r"^/media/r/.*-40x21-50x50-1200\.jpg$")

    def test_without_a_photo_that_may_be_shown_the_card_of_what_is_typed_is_drawn(self):
        first, other = (self.shared(lead_photo="", headline=headline) for headline in ("Pertama", "Kedua"))
        self.assertNotEqual(first, other)
        picture = Image.open(io.BytesIO(base64.b64decode(first.removeprefix("data:image/png;base64,"))))
        self.assertEqual(picture.size, photos.CARD)
        Photo.objects.update(rights_end_at=PUBLISHED)
        self.assertEqual(self.shared(headline="Pertama"), first)

    def test_it_is_no_page_for_strangers(self):
        page = self.preview()
        self.assertEqual(page["X-Robots-Tag"], "noindex")
        self.assertIn("no-store", page["Cache-Control"])
        self.assertEqual(page["X-Frame-Options"], "DENY")

    def test_only_who_may_see_the_story_and_only_who_may_write_sees_what_was_typed(self):
        fields = self.as_opened
        address = self.address("preview", self.naskah)
        self.client.force_login(self.somebody("reporter"))
        self.assertEqual(self.client.post(address, {**fields, "headline": "X"}).status_code, 404)
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.client.force_login(self.somebody("chief", "jogja", edition=jogja))
        self.assertEqual(self.client.post(address, {**fields, "headline": "X"}).status_code, 404)
        self.client.force_login(self.somebody("photo"))
        page = self.client.post(address, {**fields, "headline": "Bukan haknya"})
        self.assertNotContains(page, "Bukan haknya")
        self.assertEqual(self.client.post(NEW, fields).status_code, 403)

    def test_it_shows_no_edition_section_or_photo_that_the_form_does_not_offer(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        kota = jogja.sections.create(name="Kota Jogja", slug="kota")
        page = self.preview(edition=jogja.pk, section=kota.pk)
        self.assertNotContains(page, "TribunJogja.com")
        self.assertNotContains(page, "Kota Jogja")

    def test_a_new_one_is_asked_for_by_a_post_alone(self):
        self.assertEqual(self.client.get(NEW).status_code, 405)
