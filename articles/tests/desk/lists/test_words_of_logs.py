"""Words are looked for in the newest entries of the audit log and among the newest corrections; days lead further."""

import datetime
from unittest import mock

import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from articles import audit
from articles.models import AuditEntry, Correction
from articles.models.audit_entry import Action

from ...cases import DeskTest

LONG_AGO = datetime.timedelta(days=400)


class WordsOfLogsTest(DeskTest):
    def setUp(self):
        super().setUp()
        self.sign_in("admin")

    def found(self, model, words, **asked):
        page = self.client.get(reverse(f"admin:articles_{model._meta.model_name}_changelist"), {"q": words, **asked})
        return page.context["cl"].result_list

    def at_once(self, model, count):
        return mock.patch.object(admin.site.get_model_admin(model), "searched_at_once", count)

    def test_old_entries_of_the_audit_log_are_found_by_their_year_and_month(self):
        then = timezone.now() - LONG_AGO
        with time_machine.travel(then):
            audit.write(Action.EXPORTED, account="sari")
        audit.write(Action.BACKED_UP, account="tono")
        self.assertEqual([entry.account for entry in self.found(AuditEntry, "sari")], ["sari"])
        with self.at_once(AuditEntry, 1):
            self.assertEqual([entry.account for entry in self.found(AuditEntry, "tono")], ["tono"])
            self.assertEqual(list(self.found(AuditEntry, "sari")), [])
            local = timezone.localtime(then)
            asked = {"written_at__year": local.year}, {"written_at__year": local.year, "written_at__month": local.month}
            for days in asked:
                self.assertEqual([entry.account for entry in self.found(AuditEntry, "sari", **days)], ["sari"])

    def test_old_corrections_are_found_by_their_day(self):
        then = timezone.now() - LONG_AGO
        for at, text in ((then, "Nama walikota"), (timezone.now(), "Nama pelabuhan")):
            Correction.objects.create(story=self.story(text), kind="correction", text=text, at=at)
        self.assertEqual(len(self.found(Correction, "nama")), 2)
        with self.at_once(Correction, 1):
            self.assertEqual([one.text for one in self.found(Correction, "nama")], ["Nama pelabuhan"])
            local = timezone.localtime(then)
            day = {"at__year": local.year, "at__month": local.month, "at__day": local.day}
            self.assertEqual([one.text for one in self.found(Correction, "nama", **day)], ["Nama walikota"])

    def test_the_search_tells_how_far_it_looks(self):
        for model in (AuditEntry, Correction):
            page = self.client.get(reverse(f"admin:articles_{model._meta.model_name}_changelist"))
            self.assertContains(page, "pilih tahun, bulan, atau hari.")
