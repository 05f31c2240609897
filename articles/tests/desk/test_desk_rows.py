"""Tables of rows below a row: how many, what stands twice, what is exchanged; and what the form says of constraints."""

from functools import partial
from unittest import mock

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.constraints import DeskForm
from articles.desk.rows import MOST, Rows
from articles.models import Photo, Section, Story, StoryPhoto, Tag

from ..cases import DeskTest
from ..newsroom import NewsroomTestCase, make_photo


class DeskRowsTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("chief")

    def told(self, response):
        """All that the page says is wrong."""
        forms = [response.context["adminform"].form]
        formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
        rows = [row for formset in formsets for row in formset.forms]
        every = [*forms[0].errors.values(), *(errors for row in rows for errors in row.errors.values())]
        return " ".join(str(error) for errors in [*every, *(f.non_form_errors() for f in formsets)] for error in errors)

    # How many -----------------------------------------------------------------------------

    def gallery(self, story, count):
        """Photos that share one file: what counts here are rows."""
        photo = make_photo()
        fields = {f.name: getattr(photo, f.name) for f in Photo._meta.fields if f.name not in ("id", "uid")}
        photos = Photo.objects.bulk_create(Photo(**fields) for _ in range(count))
        StoryPhoto.objects.bulk_create(StoryPhoto(story=story, photo=row, order=n) for n, row in enumerate(photos))

    @pytest.mark.wide
    def test_a_gallery_of_more_photos_than_a_form_adds_is_saved_again_and_again(self):
        story = self.draft()
        self.gallery(story, MOST + 20)
        for headline in ("Sekali", "Dua kali"):
            self.post(story, headline=headline)
            self.assertEqual((story.headline, story.gallery.count()), (headline, MOST + 20))

    @mock.patch("articles.desk.site.MOST_IN_A_FORM", 5)
    @pytest.mark.wide
    def test_a_gallery_beyond_what_a_form_can_send_stays_and_the_rest_is_saved(self):
        story = self.draft()
        self.gallery(story, 6)
        posted = self.form(story)
        self.assertNotIn("gallery-0-photo", posted)
        self.assertIn("lebih dari 5", self.page(self.address("change", story)))
        self.assertEqual(
            self.client.post(self.address("change", story), {**posted, "headline": "Lain"}).status_code, 302
        )
        story.refresh_from_db()
        self.assertEqual((story.headline, story.gallery.count()), ("Lain", 6))

    @pytest.mark.wide
    def test_too_many_rows_are_refused_before_one_of_them_is_made(self):
        story = self.draft(tags=[self.rusia])
        for prefix in ("credits", "tag_links", "gallery"):
            many = {f"{prefix}-TOTAL_FORMS": 100_000, f"{prefix}-INITIAL_FORMS": 100_000}
            response = self.post(story, status=200, **many)
            made = {row.formset.prefix: len(row.formset.forms) for row in response.context["inline_admin_formsets"]}
            self.assertEqual(made, {"credits": 2, "tag_links": 1, "gallery": 0})
            self.assertIn(str(MOST), self.told(response))
        self.assertEqual(story.version, 1)

    def test_a_list_that_is_written_into_takes_no_more_rows_than_it_shows(self):
        many = {"form-TOTAL_FORMS": 100_000, "form-INITIAL_FORMS": 100_000, "form-0-id": self.dunia.pk, "_save": ""}
        response = self.client.post(reverse("admin:articles_section_changelist"), many)
        self.assertEqual(len(response.context["cl"].formset.forms), 1)

    @pytest.mark.wide
    def test_rows_cost_no_query_each_however_many_they_are(self):
        self.assertEqual(self.photo_queries(2), self.photo_queries(30))

    def photo_queries(self, number):
        """To open the form, and to be given it back."""
        story = self.draft(f"Galeri {number}")
        self.gallery(story, number)
        posted = {**self.form(story), "headline": ""}
        counts = []
        for ask in (self.client.get, partial(self.client.post, data=posted)):
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(ask(self.address("change", story)).status_code, 200)
            counts.append(len([query for query in queries if 'FROM "articles_photo"' in query["sql"]]))
        return counts

    # Twice, and exchanged -------------------------------------------------------------------

    @pytest.mark.wide
    def test_a_tag_that_stands_twice_is_told_as_that(self):
        story = self.draft(tags=[self.rusia, Tag.objects.create(name="Ukraina", slug="ukraina")])
        response = self.post(story, status=200, **{"tag_links-1-tag": self.rusia.pk})
        told = self.told(response)
        self.assertIn("dua kali", told)
        self.assertNotIn("tidak ada", told)

    def test_nothing_that_is_there_is_told_not_to_be_there(self):
        """Django's Indonesian says so."""
        fields = {"edition": self.gorontalo.pk, "name": "Dunia", "slug": self.dunia.slug, "order": 0}
        response = self.client.post(reverse("admin:articles_section_add"), fields)
        self.assertIn("sudah ada", self.told(response))
        self.assertNotIn("tidak ada", self.told(response))

    @pytest.mark.wide
    def test_two_rows_exchange_what_they_hold(self):
        story = self.draft(tags=[self.rusia, Tag.objects.create(name="Ukraina", slug="ukraina")])
        for photo in (make_photo(colour="#112233"), make_photo(colour="#332211")):
            StoryPhoto.objects.create(story=story, photo=photo)
        self.story_rows = (story.credits, story.tag_links, story.gallery)
        posted, pairs = self.form(story), [("credits", "person"), ("tag_links", "tag"), ("gallery", "photo")]
        for prefix, field in pairs:
            first, second = f"{prefix}-0-{field}", f"{prefix}-1-{field}"
            posted[first], posted[second] = posted[second], posted[first]
        posted["credits-0-role"], posted["credits-1-role"] = "author", "author"
        response = self.client.post(self.address("change", story), posted)
        self.assertEqual(response.status_code, 302, response.context and self.told(response))
        for rows, (_prefix, field) in zip(self.story_rows, pairs, strict=True):
            kept = [getattr(row, f"{field}_id") for row in rows.order_by("pk")]
            self.assertEqual(kept, [int(posted[f"{_prefix}-{n}-{field}"]) for n in (0, 1)])

    def test_a_row_is_taken_out_and_put_in_again_and_another_takes_its_place(self):
        story = self.draft()
        self.post(story, **{
            "credits-TOTAL_FORMS": 3, "credits-0-DELETE": "on", "credits-1-person": self.nina.pk,
            "credits-1-role": "author", "credits-2-person": self.ananda.pk, "credits-2-role": "editor",
            "credits-2-order": 3,
        })  # fmt: skip
        kept = set(story.credits.values_list("person", "role"))
        self.assertEqual(kept, {(self.nina.pk, "author"), (self.ananda.pk, "editor")})

    @pytest.mark.wide
    def test_what_somebody_else_added_meanwhile_is_told(self):
        edition = reverse("admin:articles_edition_change", args=[self.gorontalo.pk])
        self.client.force_login(self.somebody("admin"))
        page = self.client.get(edition)
        form = page.context["adminform"].form
        posted = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
        posted |= {
            f"{prefix}-{count}_FORMS": 0
            for prefix in ("positions", "follow_links", "policies")
            for count in ("TOTAL", "INITIAL")
        }
        posted |= {
            "follow_links-TOTAL_FORMS": 1,
            "follow_links-0-channel": "WhatsApp",
            "follow_links-0-url": "https://wa.example/2",
            "follow_links-0-order": 0,
        }
        response = self.client.post(edition, posted)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Sementara itu", self.told(response))


class ConstraintsAreToldTest(DeskTest):
    def test_every_form_of_the_desk_asks_every_constraint(self):
        request = self.client.get("/admin/login/").wsgi_request
        request.user = self.somebody("admin")
        for model, model_admin in admin.site._registry.items():
            if not issubclass(model_admin.form, DeskForm):
                self.fail(f"{model}: its form does not ask its constraints")
            for inline in model_admin.get_inline_instances(request):
                self.assertTrue(issubclass(inline.form, DeskForm) and issubclass(inline.formset, Rows), inline)

    def test_every_check_constraint_says_what_is_wrong_in_words(self):
        for model in admin.site._registry:
            for constraint in model._meta.constraints:
                says = str(constraint.violation_error_message)
                is_plain = (
                    isinstance(constraint, models.UniqueConstraint)
                    and constraint.fields
                    and constraint.condition is None
                )
                self.assertTrue(
                    is_plain or says != str(constraint.default_violation_error_message), f"{constraint.name}: {says}"
                )

    @pytest.mark.wide
    def test_a_story_set_to_verify_itself_is_told_so(self):
        story = self.draft()
        self.sign_in()
        response = self.post(story, status=200, verified_in=story.pk)
        told = str(response.context["adminform"].form.errors)
        self.assertIn("memverifikasi dirinya sendiri", told)
        self.assertIsNone(story.verified_in)

    def test_each_constraint_broken_in_a_form_comes_back_as_its_sentence(self):
        """For every constraint of these models some values that break it, most of them in fields that no form shows."""
        broken = {
            Story: {"story_does_not_verify_itself": "verified_in", "released_has_time_and_address": "publish_at"},
            Section: {"section_not_its_own_parent": "parent"},
        }
        for model, cases in broken.items():
            row = self.story() if model is Story else self.dunia
            for name, field in cases.items():
                form_class = type("Form", (DeskForm,), {"Meta": type("Meta", (), {"model": model, "fields": [field]})})
                value = "" if field == "publish_at" else row.pk
                form = form_class({field: value}, instance=model.objects.get(pk=row.pk))
                constraint = next(c for c in model._meta.constraints if c.name == name)
                self.assertIn(str(constraint.violation_error_message), str(form.errors), name)


class SeveralChosenTest(NewsroomTestCase):
    def test_an_id_of_thirty_digits_is_no_choice(self):
        self.client.force_login(self.somebody("admin"))
        response = self.client.post("/admin/auth/group/add/", {"name": "Grup", "permissions": "1" * 30})
        self.assertEqual(response.status_code, 200)
        self.assertIn("permissions", response.context["adminform"].form.errors)
