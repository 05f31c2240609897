from unittest import mock

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from articles import permissions
from articles.database import section_levels
from articles.models import Section
from articles.models import section as sections

from ..newsroom import NewsroomTestCase


class SectionLevelsTest(NewsroomTestCase):
    """How deep sections may lie is told in models/section.py; the triggers of the database know it, too."""

    def setUp(self):
        super().setUp()
        self.lift_the_database_rule()
        self.eropa = self.within(self.dunia, "Eropa")
        self.balkan = self.within(self.eropa, "Balkan")
        self.deepest = self.story("Kabar dari Balkan", section=self.balkan)

    def lift_the_database_rule(self):
        """The triggers know of two levels; these tests look at the code, with three."""
        on = f" ON {section_levels.TABLE}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for name in ("placed", "moved"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {section_levels.TABLE}_{name}{on}")

    def within(self, parent, name):
        return Section.objects.create(edition=self.gorontalo, parent=parent, name=name, slug=name.lower())

    def is_reached(self):
        by_chief = permissions.stories(self.somebody("editor", name=f"nina-{sections.LEVELS}", section=self.dunia))
        listed = self.client.get("/section/internasional/").context["stories"]
        return self.deepest in listed, self.deepest in by_chief

    def test_pages_and_rights_reach_as_deep_as_sections_may_lie(self):
        self.assertEqual(self.is_reached(), (False, False))
        with mock.patch.object(sections, "LEVELS", 3):
            self.assertEqual(self.is_reached(), (True, True))
            self.balkan.clean()

    def test_one_that_lies_deeper_is_refused(self):
        with self.assertRaises(ValidationError):
            self.balkan.clean()
        self.eropa.clean()


class StoredLevelsTest(NewsroomTestCase):
    def test_the_database_takes_sections_as_deep_as_the_code(self):
        """Else whoever changes LEVELS meets the triggers of database/section_levels.py at the desk."""
        parent = None
        for level in range(1, sections.LEVELS + 1):
            parent = Section.objects.create(edition=self.gorontalo, parent=parent, name=str(level), slug=f"l{level}")
        with self.assertRaisesMessage(IntegrityError, section_levels.NAME), transaction.atomic():
            Section.objects.create(edition=self.gorontalo, parent=parent, name="Terlalu dalam", slug="terlalu-dalam")
