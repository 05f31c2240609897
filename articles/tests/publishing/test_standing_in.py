"""Who approves a story stands in as its editor, if it has none."""

from django.utils import timezone

from articles import publishing
from articles.models import Credit
from articles.models.person import Role

from ..newsroom import NewsroomTestCase


class StandingInTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.editor = self.somebody("editor")
        self.ananda.user = self.editor
        self.ananda.save()
        self.naskah = self.draft(credited=False)
        Credit.objects.create(story=self.naskah, person=self.nina, role=Role.AUTHOR)
        publishing.record(self.naskah, self.somebody("reporter"), timezone.now())

    def editors(self):
        return [credit.person.name for credit in self.naskah.credits.filter(role=Role.EDITOR)]

    def test_an_approval_names_its_editor(self):
        publishing.approve(self.naskah, self.editor, timezone.now())
        self.assertEqual(self.editors(), ["Ananda Putri Octaviani"])
        recorded = self.naskah.revisions.latest("number").snapshot["credits"]
        self.assertEqual(len(recorded), 2)

    def test_a_release_does_so_too(self):
        publishing.release(self.naskah, self.editor, timezone.now())
        self.assertEqual(self.editors(), ["Ananda Putri Octaviani"])

    def test_an_editor_who_is_named_stays(self):
        other = type(self.nina).objects.create(name="Redaktur lain", slug="redaktur-lain")
        Credit.objects.create(story=self.naskah, person=other, role=Role.EDITOR)
        publishing.approve(self.naskah, self.editor, timezone.now())
        self.assertEqual(self.editors(), ["Redaktur lain"])

    def test_the_only_author_does_not_edit(self):
        self.naskah.credits.update(person=self.ananda)
        with self.assertRaises(publishing.Refused):
            publishing.approve(self.naskah, self.editor, timezone.now())
        self.assertEqual(self.editors(), [])

    def test_nothing_stays_of_an_approval_that_was_refused(self):
        type(self.naskah).objects.filter(pk=self.naskah.pk).update(standfirst="")
        with self.assertRaises(publishing.Refused):
            publishing.approve(self.naskah, self.editor, timezone.now())
        self.assertEqual(self.editors(), [])

    def test_the_form_and_the_list_do_not_ask_for_an_editor_then(self):
        self.assertTrue(publishing.blockers(self.naskah))
        self.assertEqual(publishing.blockers(self.naskah, self.editor), [])
        self.assertEqual(publishing.blockers_of([self.naskah], by=self.editor), {self.naskah.pk: []})
