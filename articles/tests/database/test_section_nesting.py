"""No write of any kind makes a section of a section of a section, or one within a section of another edition."""

import json
import tempfile
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from articles.database import section_levels
from articles.models import Section

from ..newsroom import NewsroomTestCase


class SectionNestingTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.eropa = self.section("Eropa", parent=self.dunia)

    def section(self, name, **values):
        row = {"edition": self.gorontalo, "name": name, "slug": name.lower(), **values}
        return Section.objects.create(**row)

    def refused(self, write):
        with self.assertRaises(IntegrityError), transaction.atomic():
            write()

    def test_a_third_level_is_refused(self):
        balkan = Section(edition=self.gorontalo, name="Balkan", slug="balkan", parent=self.eropa)
        self.refused(lambda: Section.objects.bulk_create([balkan]))

    def test_a_section_that_holds_others_is_put_into_none(self):
        bola = self.section("Bola")
        self.refused(lambda: Section.objects.filter(pk=self.dunia.pk).update(parent=bola))

    def test_a_main_section_of_another_edition_is_refused(self):
        bali = self.edition(name="Bali", slug="bali", host="bali.example")
        self.refused(lambda: self.section("Pantai", edition=bali, parent=self.dunia))
        self.refused(lambda: Section.objects.filter(pk=self.dunia.pk).update(edition=bali))

    def test_what_may_be_stays_possible(self):
        self.assertEqual(self.section("Asia", parent=self.dunia).level, 2)
        Section.objects.filter(pk=self.eropa.pk).update(parent=None)
        Section.objects.filter(pk=self.eropa.pk).update(parent=self.dunia, name="Eropa Raya")

    def test_loaddata_tells_the_rule_in_words(self):
        fields = {"edition": ["gorontalo"], "name": "Balkan", "slug": "balkan", "parent": ["gorontalo", "eropa"]}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.json"
            path.write_text(json.dumps([{"model": "articles.section", "fields": fields}]))
            with self.assertRaisesMessage(CommandError, str(Section.kept_by_triggers[section_levels.NAME])):
                call_command("loaddata", str(path), verbosity=0)
        self.assertFalse(Section.objects.filter(slug="balkan").exists())
