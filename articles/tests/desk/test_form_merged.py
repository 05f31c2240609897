"""A form that was opened before somebody else saved: what does not collide is merged, what does is chosen."""

import pytest

from articles import publishing
from articles.models import Person, Revision, Story, Tag

from ..cases import errors
from ..newsroom import PUBLISHED, make_photo
from ..posting import form_of
from .merging import BODY, MergedTest

pytestmark = pytest.mark.wide


class WithoutCollisionTest(MergedTest):
    def test_other_fields_are_merged_and_it_is_told_what_came_from_whom(self):
        page = self.saved(self.overtaken(headline="Pasar baru dibuka"), standfirst="Ringkasan yang baru.")
        self.assertEqual((self.naskah.headline, self.naskah.standfirst), ("Pasar baru dibuka", "Ringkasan yang baru."))
        self.assertContains(page, "budi (judul)")
        self.assertEqual(self.naskah.version, 3)

    def test_so_are_paragraphs_and_places_within_one(self):
        fields = self.overtaken(body=BODY.replace("pagi tadi", "kemarin").replace("senang", "gembira"))
        self.saved(fields, body=BODY.replace("Wali kota", "Gubernur") + "<p>Hujan turun.</p>")
        self.assertEqual(
            self.naskah.body,
            "<p>Gubernur datang kemarin.</p><p>Ia membuka pasar.</p><p>Warga gembira.</p><p>Hujan turun.</p>",
        )

    def test_so_are_credits_tags_and_gallery_by_item(self):
        budi = Person.objects.create(name="Budi", slug="budi")
        pasar, kota = (Tag.objects.create(name=name, slug=name.lower()) for name in ("Pasar", "Kota"))
        perahu = make_photo(colour="#aa2200", title="Perahu")
        fields = self.overtaken(
            **{
                "credits-TOTAL_FORMS": 3, "credits-2-role": "contributor", "credits-2-person": budi.pk,
                "credits-2-order": 3, "tag_links-TOTAL_FORMS": 2, "tag_links-1-tag": pasar.pk,
                "tag_links-1-order": 2, "gallery-TOTAL_FORMS": 1, "gallery-0-photo": perahu.pk,
                "gallery-0-caption": "Perahu.", "gallery-0-order": 1,
            }
        )  # fmt: skip
        self.saved(
            fields,
            **{
                "credits-1-DELETE": "on", "tag_links-TOTAL_FORMS": 2, "tag_links-1-tag": kota.pk,
                "tag_links-1-order": 2, "gallery-TOTAL_FORMS": 1, "gallery-0-photo": self.lilin.pk,
                "gallery-0-caption": "Lilin.", "gallery-0-order": 1,
            },
        )  # fmt: skip
        credited = [(credit.person, credit.role) for credit in self.naskah.credits.all()]
        self.assertEqual(credited, [(self.nina, "author"), (budi, "contributor")])
        self.assertEqual([link.tag for link in self.naskah.tag_links.all()], [self.rusia, pasar, kota])
        self.assertEqual([use.photo for use in self.naskah.gallery.all()], [perahu, self.lilin])

    def test_a_name_that_one_protects_stays_protected(self):
        self.saved(self.overtaken(protected_names="Ani Sari"), protected_names="Budi Raharjo")
        self.assertEqual(self.naskah.protected, ["Ani Sari", "Budi Raharjo"])

    def test_times_that_nobody_touched_are_no_change(self):
        Story.objects.update(publish_at=PUBLISHED.replace(year=2098, microsecond=123456))
        publishing.record(self.naskah, self.nina_signs, PUBLISHED)
        fields = self.overtaken(publish_at_0="2097-01-01", is_made_with_ai="on")
        self.saved(fields, headline="Judul lain")
        self.assertEqual((self.naskah.publish_at.year, self.naskah.is_made_with_ai), (2097, True))

    def test_the_pressed_move_is_made_with_what_came_out(self):
        fields = self.overtaken(headline="Pasar baru dibuka")
        self.assertEqual(self.send(self.naskah, fields, standfirst="Baru.", _submit="").status_code, 302)
        self.assertEqual((self.naskah.state, self.naskah.headline), ("submitted", "Pasar baru dibuka"))

    def test_a_mistake_brings_the_merged_form_back(self):
        response = self.send(self.naskah, self.overtaken(standfirst="Dari Budi."), headline="", _continue="")
        self.assertContains(response, "Dari Budi.")
        self.assertIn("headline", response.context["adminform"].form.errors)
        self.saved(form_of(response, "headline")[1], headline="Ada judulnya")
        self.assertEqual(self.naskah.standfirst, "Dari Budi.")

    def test_a_double_click_leads_to_the_saved_story(self):
        fields = {**self.opened(self.naskah), "headline": "Sekali saja", "_submit": ""}
        self.send(self.naskah, fields)
        count = Revision.objects.count()
        response = self.send(self.naskah, fields)
        self.assertRedirects(response, self.address("change", self.naskah))
        self.assertEqual((Revision.objects.count(), self.naskah.headline), (count, "Sekali saja"))

    def test_the_same_words_of_somebody_else_do_not_swallow_the_move(self):
        fields = self.overtaken(headline="Sama")
        self.send(self.naskah, fields, headline="Sama", _submit="")
        self.assertEqual(self.naskah.state, "submitted")

    def test_a_photo_editor_merges_the_pictures_alone(self):
        foto, other = self.somebody("photo"), make_photo(colour="#aa2200")
        self.client.force_login(foto)
        fields = form_of(self.client.get(self.address("change", self.naskah)), "lead_photo")[1]
        self.client.force_login(self.budi)
        self.send(self.naskah, self.opened(self.naskah), headline="Judul Budi", **{"credits-1-DELETE": "on"})
        self.client.force_login(foto)
        self.saved(fields, lead_photo=other.pk)
        self.assertEqual((self.naskah.headline, self.naskah.lead_photo), ("Judul Budi", other))
        self.assertEqual(self.naskah.credits.count(), 1)


class CollisionTest(MergedTest):
    def test_the_same_headline_is_chosen_and_nothing_is_saved_before(self):
        page = self.asked(self.overtaken(headline="Judul Budi"), headline="Judul saya")
        self.assertEqual(self.naskah.headline, "Judul Budi")
        self.assertContains(page, "<ins>Judul saya</ins>")
        self.choose(page, "mine")
        self.assertEqual(self.naskah.headline, "Judul saya")
        self.assertFalse(Revision.objects.filter(move="set_aside").exists())  # his stands in the revision of his save

    def test_of_one_paragraph_both_can_stay(self):
        fields = self.overtaken(body=BODY.replace("pagi", "siang"), headline="Judul Budi")
        page = self.asked(fields, body=BODY.replace("pagi", "sore"))
        self.choose(page, "both")
        self.assertEqual(self.naskah.headline, "Judul Budi")
        self.assertTrue(self.naskah.body.startswith(
            "<p>Wali kota datang siang tadi.</p><p>Wali kota datang sore tadi.</p><p>Ia membuka"
        ))  # fmt: skip

    def test_text_that_loses_is_a_revision_set_aside(self):
        fields = self.overtaken(body=BODY.replace("pagi", "siang"))
        self.choose(self.asked(fields, body=BODY.replace("pagi", "sore")), "theirs")
        self.assertIn("siang", self.naskah.body)
        aside = Revision.objects.get(move="set_aside")
        self.assertEqual((aside.by, aside.version), (self.nina_signs, 1))
        self.assertIn("sore", aside.snapshot["body"])
        shown = self.page(f"/admin/articles/revision/{aside.pk}/change/")
        self.assertIn("<del>pagi</del> <ins>sore</ins>", shown)

    def test_what_is_not_chosen_is_asked_again(self):
        page = self.asked(self.overtaken(headline="A", standfirst="B"), headline="C", standfirst="D")
        again = self.choose(page, "mine")
        self.assertContains(again, "masih harus dipilih")
        self.assertEqual([choice["made"] for choice in again.context["choices"]], ["mine", ""])
        self.choose(again, "mine", "theirs")
        self.assertEqual((self.naskah.headline, self.naskah.standfirst), ("C", "B"))

    def test_a_choice_is_not_applied_to_words_that_came_after_it(self):
        page = self.asked(self.overtaken(headline="Judul Budi"), headline="Judul saya")
        self.client.force_login(self.budi)
        self.send(self.naskah, self.opened(self.naskah), headline="Judul Budi yang kedua")
        self.client.force_login(self.nina_signs)
        again = self.choose(page, "mine")
        self.assertContains(again, "yang kedua")
        self.assertEqual(self.naskah.headline, "Judul Budi yang kedua")

    def test_the_way_back_leads_to_the_form_with_what_was_typed(self):
        address, fields = form_of(self.asked(self.overtaken(headline="Judul Budi"), headline="Judul saya"))
        response = self.client.post(address, {**fields, "_back": ""})
        self.assertContains(response, "Judul saya")
        self.assertTemplateUsed(
            self.send(self.naskah, form_of(response, "headline")[1]), "admin/articles/story/merge.html"
        )

    def test_it_is_for_its_writer_and_its_story_alone(self):
        page = self.asked(self.overtaken(headline="Judul Budi"), headline="Judul saya")
        address, fields = form_of(page, "kept_post")
        key = page.context["choices"][0]["key"]
        other = self.draft("Yang lain")
        chosen = {**fields, f"choice-{key}": "mine"}
        self.assertEqual(self.client.post(self.address("change", other), chosen).status_code, 403)
        self.client.force_login(self.budi)
        self.assertEqual(self.client.post(address, chosen).status_code, 403)
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Judul Budi")

    def test_a_photo_and_its_caption_come_from_one_of_them(self):
        Story.objects.update(lead_caption="Lilin menyala.")
        fields = self.overtaken(lead_caption="Lilin menyala di alun-alun.")
        perahu = make_photo(colour="#aa2200", title="Perahu")
        page = self.asked(fields, lead_photo=perahu.pk, lead_caption="Perahu di danau.")
        self.choose(page, "theirs")
        self.assertEqual(
            (self.naskah.lead_photo, self.naskah.lead_caption), (self.lilin, "Lilin menyala di alun-alun.")
        )

    def test_a_story_that_was_published_meanwhile_is_not_changed_unasked(self):
        fields = self.opened(self.naskah)
        publishing.release(self.naskah, self.nina_signs, PUBLISHED)
        page = self.asked(fields, headline="Untuk pembaca")
        self.assertEqual(self.naskah.headline, "Pasar dibuka")
        self.assertContains(page, 'name="may_go_public"')
        address, fields = form_of(page, "kept_post")
        response = self.client.post(address, {**fields, "may_go_public": "on"})
        self.assertEqual(response.status_code, 302, errors(response))
        self.naskah.refresh_from_db()
        self.assertEqual(self.naskah.headline, "Untuk pembaca")

    def test_where_the_beginning_is_not_known_all_that_differs_is_asked(self):
        fields = self.overtaken(headline="Judul Budi", standfirst="Dari Budi.")
        Revision.objects.update(version=None)
        Story.objects.update(version=9)
        page = self.asked(fields, headline="Judul saya")
        self.assertEqual([choice["label"] for choice in page.context["choices"]], ["Judul", "Ringkasan"])

    def test_a_revision_of_a_release_before_is_known_by_the_one_after_it(self):
        fields = self.overtaken(headline="Judul Budi")
        Revision.objects.filter(number=1).update(version=None)
        self.saved(fields, standfirst="Dari saya.")
        self.assertEqual(self.naskah.headline, "Judul Budi")
