"""What the audit log is told: sign-ins, previews, roles, accounts, deletions, exports."""

import io
import os
from unittest import mock

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from articles import audit, publishing
from articles.models import AuditEntry, Membership, Person, Story
from articles.models.audit_entry import Action

from ..cases import DeskTest
from ..newsroom import LATER, PASSWORD, PUBLISHED, NewsroomTestCase, make_photo
from ..posting import form_of

HERE, THERE = "203.0.113.7", "198.51.100.9"
User = get_user_model()


def told(**which):
    """(action, account, kind, key) of each entry, oldest first; without sign-ins, which every test begins with."""
    entries = AuditEntry.objects.filter(**which).exclude(action=Action.SIGNED_IN).order_by("pk")
    return list(entries.values_list("action", "account", "kind", "key"))


class SignInTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.somebody("editor", name="nina")
        self.enterContext(time_machine.travel(PUBLISHED, tick=False))

    def try_in(self, password="salah", name="nina", at=HERE):
        return self.client.post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=at)

    def entries(self):
        return list(AuditEntry.objects.order_by("pk").values_list("action", "account", "key", "network"))

    def test_sign_in_and_sign_out(self):
        self.try_in(PASSWORD)
        self.client.post("/admin/logout/", REMOTE_ADDR=THERE)
        expected = [("signed_in", "nina", "nina", "203.0.113.0/24"), ("signed_out", "nina", "nina", "198.51.100.0/24")]
        self.assertEqual(self.entries(), expected)

    def test_a_refused_try_names_the_account_and_nobody_who_did_it(self):
        self.try_in()
        self.assertEqual(self.entries(), [("sign_in_refused", "", "nina", "203.0.113.0/24")])

    def test_a_password_typed_as_a_name_is_kept_nowhere(self):
        self.try_in(name=PASSWORD)
        self.assertEqual(self.entries(), [("sign_in_refused", "", "", "203.0.113.0/24")])

    @pytest.mark.wide
    def test_of_a_thousand_tries_that_wait_few_are_told(self):
        for _ in range(40):
            self.try_in()
        self.assertEqual([action for action, *_rest in self.entries()], ["sign_in_refused"] * 5 + ["sign_in_blocked"])

    @pytest.mark.wide
    def test_where_the_account_is_known_tries_that_wait_are_few_as_well(self):
        self.try_in(PASSWORD)
        for _ in range(40):
            self.try_in()
        self.assertLess(AuditEntry.objects.exclude(action="signed_in").count(), 10)

    def test_from_where_is_told_by_the_network_that_our_proxy_saw(self):
        table = [("203.0.113.7", "203.0.113.0/24"), ("2001:db8:1:2::7", "2001:db8:1::/48"), ("<b>", ""), ("", "")]
        for remote, expected in table:
            request = RequestFactory().get("/", headers={"X-Forwarded-For": f"1.1.1.1, {remote}"})
            with override_settings(BEHIND_PROXY=True):
                audit.write(Action.EXPORTED, request=request)
            self.assertEqual(AuditEntry.objects.latest("pk").network, expected, remote)


class DeskLogTest(DeskTest):
    def save(self, name, row=None, **typed):
        """Post the form of a row as a browser would, with `typed` in it."""
        args = [row.pk] if row else []
        address = reverse(f"admin:{name}_{'change' if row else 'add'}", args=args)
        _address, fields = form_of(self.client.get(address))
        response = self.client.post(address, {**fields, **typed})
        self.assertEqual(response.status_code, 302, response.context and response.context["errors"])

    def delete(self, row):
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        self.client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})
        self.assertFalse(type(row).objects.filter(pk=row.pk).exists())

    def test_a_preview_of_what_readers_do_not_have(self):
        story = self.draft("Rahasia besar")
        self.sign_in("editor")
        self.page(self.address("preview", story))
        self.assertEqual(told(), [("previewed", "editor", "story", str(story.uid))])
        self.assertNotIn("Rahasia", str(AuditEntry.objects.values()))

    def test_no_preview_of_what_readers_have_and_none_that_was_not_shown(self):
        story, foreign = self.story(), self.draft("Bukan miliknya")
        self.sign_in("reporter")
        self.page(self.address("preview", foreign), 404)
        self.sign_in("editor")
        self.page(self.address("preview", story))
        self.assertEqual(told(), [])

    def test_the_preview_of_a_change_that_waits_though_it_is_rolled_back(self):
        story = self.story()
        wanted = {**publishing.snapshot(Story.objects.for_page().get(pk=story.pk)), "headline": "Nanti"}
        publishing.schedule_change(story, None, timezone.now(), wanted, LATER)
        self.sign_in("editor")
        self.page(f"{self.address('preview', story)}?waiting=1")
        self.assertEqual([action for action, *_rest in told()], ["previewed"])

    def test_a_role_that_is_given_changed_and_taken(self):
        nina = self.somebody("reporter", name="nina")
        membership = nina.memberships.get()
        self.sign_in("chief")
        self.save("articles_membership", membership, role="editor")
        self.delete(membership)
        self.save("articles_membership", user=nina.pk, edition=self.gorontalo.pk, role="photo")
        key = "nina/gorontalo//"
        expected = [("changed", f"{key}editor"), ("deleted", f"{key}editor"), ("added", f"{key}photo")]
        self.assertEqual(told(), [(action, "chief", "membership", key) for action, key in expected])
        self.assertEqual(AuditEntry.objects.get(action="changed").fields, "role")

    def test_roles_that_are_taken_by_the_list(self):
        for name in ("nina", "budi"):
            self.somebody("reporter", name=name)
        chosen = list(Membership.objects.values_list("pk", flat=True))
        self.sign_in("chief")
        posted = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        self.client.post(reverse("admin:articles_membership_changelist"), posted)
        self.assertEqual([action for action, *_rest in told()], ["deleted", "deleted"])

    def test_an_account_that_becomes_a_superuser_and_goes(self):
        nina = self.somebody("reporter", name="nina")
        self.sign_in("admin")
        self.save("auth_user", nina, is_superuser="on")
        self.assertEqual(AuditEntry.objects.get(action="changed").fields, "is_superuser")
        self.delete(nina)
        self.assertEqual(told()[-1], ("deleted", "admin", "account", "nina"))

    def test_a_form_that_changed_nothing_is_not_told(self):
        nina = self.somebody("reporter", name="nina")
        self.sign_in("admin")
        self.save("auth_user", nina)
        self.assertEqual(told(), [])

    def test_a_password_that_somebody_else_sets_and_one_s_own(self):
        nina = self.somebody("reporter", name="nina")
        self.sign_in("admin")
        new = {"password1": "tombol-lampu-9", "password2": "tombol-lampu-9", "usable_password": "true"}
        address = reverse("admin:auth_user_password_change", args=[nina.pk])
        self.client.post(address, {**new, "password2": "lain"})
        self.assertEqual(told(), [])
        self.client.post(address, {**new, "set-password": ""})
        own = {"old_password": PASSWORD, "new_password1": "tombol-lampu-9", "new_password2": "tombol-lampu-9"}
        self.client.post(reverse("admin:password_change"), own)
        keys = [(action, account, key) for action, account, _kind, key in told()]
        self.assertEqual(keys, [("password_set", "admin", "nina"), ("password_set", "admin", "admin")])

    def test_an_edition_that_changed(self):
        self.sign_in("chief")
        self.save("articles_edition", self.gorontalo, tagline="Semboyan baru")
        self.assertEqual(told(), [("changed", "chief", "edition", "gorontalo")])
        self.assertNotIn("Semboyan", str(AuditEntry.objects.values()))

    def test_whose_stories_a_person_s_are(self):
        nina = self.somebody("reporter", name="nina")
        self.sign_in("chief")
        self.save("articles_person", self.nina, title="Wartawan")
        self.assertEqual(told(), [])
        self.save("articles_person", self.nina, user=nina.pk)
        self.assertEqual(told(), [("changed", "chief", "person", str(self.nina.uid))])

    def test_a_photo_a_person_and_a_story_that_are_deleted(self):
        rows = [make_photo(colour="#123456"), Person.objects.create(name="Tak terpakai", slug="tak-terpakai")]
        rows.append(self.draft("Tak jadi"))
        self.sign_in("chief")
        for row in rows:
            self.delete(row)
        kinds = ["photo", "person", "story"]
        expected = [("deleted", "chief", kind, str(row.uid)) for kind, row in zip(kinds, rows, strict=True)]
        self.assertEqual(told(), expected)

    def test_a_deletion_that_was_refused_is_not_told(self):
        story = self.story(lead_photo=self.lilin)
        self.sign_in("chief")
        self.client.post(reverse("admin:articles_photo_delete", args=[story.lead_photo_id]), {"post": "yes"})
        self.assertEqual(told(), [])

    def test_the_log_stays_when_the_account_goes(self):
        nina = self.somebody("reporter", name="nina")
        self.client.login(username="nina", password=PASSWORD)
        nina.delete()
        self.assertEqual(AuditEntry.objects.get(account="nina").action, "signed_in")


class ExportTest(NewsroomTestCase):
    def test_stories_that_leave_and_of_which_edition(self):
        for options in ({}, {"edition": "gorontalo"}):
            call_command("export", "-", stdout=io.StringIO(), stderr=io.StringIO(), **options)
        expected = [("exported", "", "newsroom", ""), ("exported", "", "edition", "gorontalo")]
        self.assertEqual(told(), expected)

    def test_an_export_that_is_refused_is_not_told(self):
        with self.assertRaises(CommandError):
            call_command("export", "-", edition="tidak-ada", stdout=io.StringIO())
        self.assertEqual(told(), [])


class CommandLogTest(NewsroomTestCase):
    def test_an_account_made_by_a_command(self):
        with mock.patch.dict(os.environ, {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}):
            call_command("createsuperuser", username="rina", email="", interactive=False, verbosity=0)
        self.assertEqual(told(), [("added", "", "account", "rina")])

    def test_a_password_set_by_a_command(self):
        self.somebody("reporter", name="nina")
        self.somebody("reporter", name="budi")
        with mock.patch("getpass.getpass", return_value="tombol-lampu-9"):
            call_command("changepassword", "nina", stdout=io.StringIO())
        self.assertEqual(told(), [("password_set", "", "account", "nina")])
        self.assertNotIn("tombol", str(AuditEntry.objects.values()))

    def test_an_account_that_was_refused_is_not_told(self):
        with self.assertRaises(CommandError):
            call_command("createsuperuser", interactive=False, username="", email="")
        self.assertEqual(told(), [])
