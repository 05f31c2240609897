"""One log tells who did what, to what, when and from where; nobody changes it, and no text stands in it."""

import datetime
import io
import tempfile

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import audit, permissions, publishing
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


class AppendOnlyTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        audit.write(Action.EXPORTED)
        self.entry = AuditEntry.objects.get()

    def refused(self, change):
        before = list(AuditEntry.objects.values())
        with self.assertRaises(IntegrityError), transaction.atomic():
            change()
        self.assertEqual(list(AuditEntry.objects.values()), before)

    def test_no_entry_is_changed(self):
        for values in ({"account": "lain"}, {"written_at": LATER}, {"key": "x"}):
            self.refused(lambda v=values: AuditEntry.objects.update(**v))

    def test_no_entry_is_deleted(self):
        self.refused(self.entry.delete)
        self.refused(AuditEntry.objects.all().delete)

    def test_no_statement_goes_round_the_triggers(self):
        table = AuditEntry._meta.db_table
        ways = {
            "sqlite": [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"],
            "postgresql": [f"TRUNCATE {table}"],
        }
        for statement in [f"DELETE FROM {table}", *ways[connection.vendor]]:
            with connection.cursor() as cursor:
                self.refused(lambda c=cursor, s=statement: c.execute(s))

    def test_an_entry_of_more_than_two_years_goes_with_the_next(self):
        for days in (800, 700):
            with time_machine.travel(timezone.now() - datetime.timedelta(days=days)):
                audit.write(Action.BACKED_UP)
        self.assertEqual(AuditEntry.objects.count(), 3)
        audit.write(Action.EXPORTED)
        self.assertEqual(AuditEntry.objects.filter(action=Action.BACKED_UP).count(), 1)

    def test_a_clock_that_runs_ahead_deletes_nothing(self):
        with time_machine.travel(LATER):
            audit.write(Action.EXPORTED)
        self.assertEqual(AuditEntry.objects.count(), 2)

    def test_an_entry_goes_with_the_transaction_that_it_tells_of(self):
        with transaction.atomic():
            audit.write(Action.BACKED_UP)
            transaction.set_rollback(True)
        self.assertFalse(AuditEntry.objects.filter(action=Action.BACKED_UP).exists())

    def test_it_costs_one_insert(self):
        with self.assertNumQueries(1):
            audit.write(Action.DELETED, self.lilin, "nina")

    def test_the_same_dump_loaded_twice_changes_nothing(self):
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            call_command("dumpdata", "articles.auditentry", natural_primary=True, output=file.name)
            call_command("loaddata", file.name, verbosity=0)
        self.assertEqual(AuditEntry.objects.get(), self.entry)

    def test_an_entry_that_was_changed_is_not_loaded(self):
        with tempfile.NamedTemporaryFile("w+", suffix=".json") as file:
            dump = io.StringIO()
            call_command("dumpdata", "articles.auditentry", stdout=dump)
            file.write(dump.getvalue().replace("exported", "restored"))
            file.flush()
            with self.assertRaisesMessage(CommandError, "append-only"):
                call_command("loaddata", file.name, verbosity=0)

    def test_only_flush_empties_it_and_it_is_kept_again_afterwards(self):
        connection.check_constraints()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        self.assertFalse(AuditEntry.objects.exists())
        audit.write(Action.EXPORTED)
        self.refused(AuditEntry.objects.all().delete)


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
        self.client.force_login(nina)
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


class ReadingTest(DeskTest):
    """Who reads which entry of the log."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.jogja = cls.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        cls.people = {role: cls.somebody(role) for role in ("reporter", "photo", "editor", "chief", "admin")}
        cls.people["desk"] = cls.somebody("chief", name="desk", section=cls.dunia)
        cls.people["jogja"] = cls.somebody("chief", name="jogja", edition=cls.jogja)
        cls.people["network"] = User.objects.create_user("network", is_staff=True)
        Membership.objects.create(user=cls.people["network"], role="chief")
        cls.before_print = cls.draft()
        audit.write(Action.PREVIEWED, cls.before_print, "editor")
        audit.write(Action.CHANGED, cls.jogja, "jogja")
        for name in ("reporter", "jogja", "admin"):
            audit.write(Action.SIGNED_IN, cls.people.get(name), name)
        audit.write(Action.SIGN_IN_REFUSED, cls.people["photo"])
        audit.write(Action.SIGN_IN_REFUSED, User())
        audit.write(Action.BACKED_UP)

    def test_a_chief_reads_what_belongs_to_the_edition_and_its_people(self):
        ours = {("previewed", "editor"), ("signed_in", "reporter"), ("sign_in_refused", "")}
        theirs = {("changed", "jogja"), ("signed_in", "jogja")}
        every = {*ours, *theirs, ("signed_in", "admin"), ("backed_up", "")}
        table = {role: set() for role in ("reporter", "photo", "editor", "desk")}
        table |= {"chief": ours, "jogja": theirs, "network": every, "admin": every}
        for role, expected in table.items():
            read = permissions.audit_entries(self.people[role])
            self.assertEqual(set(read.values_list("action", "account")), expected, role)
        self.assertEqual(permissions.audit_entries(self.people["chief"]).filter(action="sign_in_refused").count(), 1)

    @pytest.mark.wide
    def test_nobody_may_do_anything_but_read(self):
        entry = AuditEntry.objects.filter(action="previewed").get()
        pages = {name: reverse(f"admin:articles_auditentry_{name}", args=[entry.pk]) for name in ("change", "delete")}
        pages |= {name: reverse(f"admin:articles_auditentry_{name}") for name in ("changelist", "add")}
        table = {
            "editor": dict.fromkeys(pages, 403),
            "chief": {"changelist": 200, "change": 200, "delete": 403, "add": 403},
            "admin": {"changelist": 200, "change": 200, "delete": 403, "add": 403},
        }
        for role, expected in table.items():
            self.client.force_login(self.people[role])
            for name, status in expected.items():
                self.assertEqual(self.client.get(pages[name]).status_code, status, (role, name))
            self.client.post(pages["change"], {"account": "lain"})
            posted = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
            self.client.post(pages["changelist"], posted)
        entry.refresh_from_db()
        self.assertEqual(entry.account, "editor")

    def test_an_entry_names_the_story_to_those_who_have_it(self):
        entry, story = AuditEntry.objects.get(action="previewed"), Story.objects.get(pk=self.before_print.pk)
        address = reverse("admin:articles_auditentry_change", args=[entry.pk])
        self.client.force_login(self.people["chief"])
        self.assertIn(story.headline, self.page(address))
        story.delete()
        self.assertNotIn(story.headline, self.page(address))

    def test_the_list_asks_the_same_however_long_it_is(self):
        self.client.force_login(self.people["chief"])
        address = reverse("admin:articles_auditentry_changelist")
        self.page(address)
        asked = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as queries:
                self.page(address)
            asked.append(len(queries))
            for _ in range(20):
                audit.write(Action.PREVIEWED, self.before_print, "editor")
        self.assertEqual(asked[0], asked[1])
