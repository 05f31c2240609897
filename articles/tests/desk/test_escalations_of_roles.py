"""Nobody gets further by the forms of roles, editions, people and sections: refused, and nothing has changed."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import permissions
from articles.models import Credit, Membership, Person, Position, Revision, Series, StoryPhoto, Tag
from articles.models.person import Role

from ..newsroom import make_photo
from .escalations import EscalationCase


class RoleEscalationTest(EscalationCase):
    def give(self, pk=None, **fields):
        address = (
            reverse("admin:articles_membership_change", args=[pk]) if pk else reverse("admin:articles_membership_add")
        )
        return self.client.post(address, fields).status_code

    @pytest.mark.wide
    def test_only_a_chief_gives_roles_and_only_in_their_edition(self):
        for role in ("reporter", "photo", "editor"):
            user = self.as_(role)
            own = user.memberships.get()
            self.assertEqual(self.give(user=user.pk, role="chief", edition=self.gorontalo.pk), 403)
            self.assertIn(self.give(own.pk, user=user.pk, role="chief", edition=self.gorontalo.pk), (302, 403))
            own.refresh_from_db()
            self.assertEqual(own.role, role)
        before = Membership.objects.count()
        user = self.as_("chief", reporter=self.jogja)
        own, abroad = user.memberships.get(role="chief"), user.memberships.get(role="reporter")
        there = {"edition": self.jogja.pk, "role": "chief"}
        for fields in (
            there,
            {"role": "chief", "edition": ""},
            {**there, "edition": self.gorontalo.pk, "section": self.kota.pk},
        ):
            self.assertEqual(self.give(user=user.pk, **fields), 200)
            self.assertEqual(self.give(user=self.colleague.pk, **fields), 200)
            self.assertEqual(self.give(own.pk, user=user.pk, **fields), 200)
        self.assertEqual(self.give(abroad.pk, user=user.pk, **there), 302)  # to the index: no such row
        self.assertEqual(self.client.get("/admin/articles/membership/").context["cl"].result_count, before + 1)
        stranger = self.somebody("reporter", name="orang-jogja", edition=self.jogja)
        self.assertEqual(self.give(user=stranger.pk, role="reporter", edition=self.gorontalo.pk), 200)
        self.assertEqual(self.give(user=self.colleague.pk, role="reporter", edition=self.gorontalo.pk), 302)
        self.assertEqual(user.memberships.get(edition=self.jogja).role, "reporter")
        self.assertEqual(Membership.objects.count(), before + 4)

    def test_a_chief_of_a_section_does_not_become_one_of_the_edition(self):
        user = self.as_("chief", section=self.dunia)
        own = user.memberships.get()
        self.assertEqual(self.give(own.pk, user=user.pk, role="chief", edition=self.gorontalo.pk, section=""), 403)
        self.assertEqual(self.give(user=user.pk, role="chief", edition=self.gorontalo.pk), 403)
        posted = {"name": "X", "slug": "x", "edition": self.gorontalo.pk, "order": 0}
        section = reverse("admin:articles_section_change", args=[self.olahraga.pk])
        self.assertEqual(self.client.post(section, posted).status_code, 403)
        edition = reverse("admin:articles_edition_change", args=[self.gorontalo.pk])
        self.assertEqual(self.client.post(edition, {}).status_code, 403)

    def test_what_decides_who_is_asked_for_an_edition_stays(self):
        self.as_("chief")
        parts = ["positions", "follow_links", "policies"]
        counts = {f"{part}-{name}_FORMS": 0 for part in parts for name in ("TOTAL", "INITIAL")}
        fields = {
            "name": "Nama baru", "slug": "dicuri", "host": "jogja.localhost", "is_default": "", "language": "id",
            "time_zone": "Asia/Makassar", "accent": "#a3161a", "accent_dark": "#ff8a80",
            "ai_use": "open", "idle_minutes": "60", **counts,
        }  # fmt: skip
        address = reverse("admin:articles_edition_change", args=[self.gorontalo.pk])
        self.assertEqual(self.client.post(address, fields).status_code, 302)
        self.gorontalo.refresh_from_db()
        told = (self.gorontalo.name, self.gorontalo.slug, self.gorontalo.host, self.gorontalo.is_default)
        self.assertEqual(told, ("Nama baru", "gorontalo", self.host, True))
        there = reverse("admin:articles_edition_change", args=[self.jogja.pk])
        self.assertEqual(self.client.post(there, fields).status_code, 302)
        self.jogja.refresh_from_db()
        self.assertEqual(self.jogja.name, "TribunJogja.com")

    def test_a_sign_in_of_another_edition_is_not_bound_to_a_name(self):
        stranger = self.somebody("reporter", name="orang-jogja", edition=self.jogja)
        theirs = Person.objects.create(name="Orang Jogja", slug="orang-jogja", user=stranger)
        for role in ("editor", "chief"):
            user = self.as_(role)
            for person, bound in ((theirs, user), (self.nina, stranger)):
                address = reverse("admin:articles_person_change", args=[person.pk])
                self.assertNotIn("orang-jogja</option>", self.page(address))
                posted = {"name": person.name, "slug": person.slug, "user": bound.pk}
                self.client.post(address, posted)
            theirs.refresh_from_db()
            self.nina.refresh_from_db()
            self.assertEqual((theirs.user, self.nina.user), (stranger, None))

    @pytest.mark.wide
    def test_what_another_edition_uses_is_not_deleted_under_it(self):
        series = Series.objects.create(kicker="Bersama", slug="bersama")
        self.foreign(series=series)
        person = Person.objects.create(name="Bersama", slug="bersama")
        Position.objects.create(edition=self.jogja, person=person, title="Redaktur")
        logo, tag = make_photo(colour="#aa2200"), Tag.objects.create(name="Bersama", slug="bersama")
        self.jogja.logo = logo
        self.jogja.save()
        StoryPhoto.objects.create(story=self.foreign("Dengan galeri"), photo=self.lilin)
        self.foreign("Bertag", tags=[tag])
        self.as_("chief")
        for row in (series, person, logo, tag, self.lilin):
            name = row._meta.model_name
            self.client.post(reverse(f"admin:articles_{name}_delete", args=[row.pk]), {"post": "yes"})
            posted = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            self.client.post(reverse(f"admin:articles_{name}_changelist"), posted)
            self.assertTrue(type(row).objects.filter(pk=row.pk).exists(), name)

    def test_a_reader_of_another_edition_as_reporter_has_no_chiefs_view_there(self):
        """Roles do not add up across editions."""
        Membership.objects.create(user=self.colleague, role="editor", edition=self.jogja)
        self.jogja.policies.create(
            title="Rancangan", slug="rancangan", text="<p>x</p>", dated_on=datetime.date(2026, 1, 1)
        )
        self.as_("chief", reporter=self.jogja)
        for model in ("membership", "policy", "address", "readcount"):
            rows = self.client.get(f"/admin/articles/{model}/").context["cl"].result_list
            self.assertFalse([row for row in rows if getattr(row, "edition", None) == self.jogja], model)

    def test_sections_are_not_reordered_by_those_who_may_only_see_them(self):
        self.as_("editor")
        posted = {
            "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": self.dunia.pk, "form-0-order": 9, "_save": "",
        }  # fmt: skip
        self.client.post("/admin/articles/section/", posted)
        self.dunia.refresh_from_db()
        self.assertEqual(self.dunia.order, 0)

    def test_credits_alone_make_a_story_somebodys_own_and_revisions_of_others_do_not(self):
        user = self.as_("reporter")
        story = self.begun(self.colleague)
        Revision.objects.create(story=story, number=2, by=user, at=timezone.now(), snapshot={})
        self.assertFalse(permissions.may(user, "view", story))
        Credit.objects.create(
            story=story, person=Person.objects.create(name="R", slug="r", user=user), role=Role.PHOTOGRAPHER
        )
        self.assertTrue(permissions.may(user, "change", story))
