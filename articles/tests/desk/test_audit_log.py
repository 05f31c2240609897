"""One log tells who did what, to what, when and from where; nobody changes it, and no text stands in it."""

import datetime
import io
import tempfile

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import audit, permissions
from articles.models import AuditEntry, Edition, Membership, Story
from articles.models.audit_entry import Action

from ..cases import DeskTest
from ..newsroom import LATER, NewsroomTestCase

User = get_user_model()


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

    def test_changed_fields_are_called_as_in_their_form(self):
        audit.write(Action.CHANGED, self.gorontalo, "chief", fields=["responsible", "company"])
        audit.write(Action.CHANGED, self.people["photo"], "chief", fields=["is_staff", "gone_since"])
        self.client.force_login(self.people["chief"])
        page = self.page(reverse("admin:articles_auditentry_changelist"))
        names = [Edition._meta.get_field(name).verbose_name for name in ("responsible", "company")]
        self.assertIn(f">{', '.join(map(str, names))}<", page)
        self.assertIn(", gone_since<", page)
        self.assertNotIn("is_staff", page)

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
