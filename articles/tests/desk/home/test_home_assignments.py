"""The home shows assignments to those who have or plan them, and who writes what now to those who may see it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import assigning
from articles.models import Assignee, Assignment, Presence, Story, WorkingCopy

from .homes import DAY, HOUR, MINUTE, HomeTest


class HomeAssignmentsTest(HomeTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.add_other_desks()

    def assignment(self, headline, people=(), due_in=2 * HOUR, **changes):
        fields = {"section": self.dunia, "created_at": self.now, **changes}
        made = Assignment.objects.create(headline=headline, due_at=self.now + due_in, **fields)
        Assignee.objects.bulk_create(Assignee(assignment=made, user=person) for person in people)
        return made

    def shown(self, user):
        block = self.home(user).get("assignments")
        return (
            {row.assignment.headline: [button.label for button in row.buttons] for row in block.content}
            if block
            else {}
        )

    def test_a_reporter_begins_their_own_by_one_press(self):
        own = self.assignment("Punya saya", [self.reporter])
        self.assignment("Punya orang lain", [self.editor])
        self.assertEqual(self.shown(self.reporter), {"Punya saya": ["Start writing"]})
        self.client.post(reverse("admin:articles_assignment_act", args=[own.pk, "start"]))
        self.assertEqual(Story.objects.get().headline, "Punya saya")
        self.assertEqual(self.shown(self.reporter), {"Punya saya": ["Go on"]})

    def test_an_editor_sees_what_is_overdue_and_what_nobody_has(self):
        self.assignment("Terlambat", [self.reporter], due_in=-HOUR)
        self.assignment("Belum ada orangnya")
        self.assignment("Bulan depan", due_in=30 * DAY)
        self.assignment("Berjalan", [self.reporter])
        self.assertEqual(self.shown(self.editor), {"Terlambat": [], "Belum ada orangnya": ["Give it to somebody"]})
        self.assertEqual(self.home()["assignments"].note, "1 overdue")

    def test_nothing_of_another_edition_or_section_is_shown(self):
        section_editor = self.somebody("editor", name="olahraga", section=self.olahraga)
        self.assignment("Rahasia Jogja", section=self.kota)
        self.assignment("Internasional")
        self.assertEqual(self.shown(section_editor), {})
        self.assertEqual(list(self.shown(self.editor)), ["Internasional"])

    def test_the_poll_notices_what_becomes_of_an_assignment(self):
        own = self.assignment("Punya saya", [self.reporter])
        self.client.force_login(self.editor)
        tag = self.client.get("/admin/").context["tag"]
        for act in (assigning.start, assigning.drop, assigning.reopen):
            act(own, None, self.now)
            now = self.client.get("/admin/").context["tag"]
            self.assertNotEqual(now, tag, act)
            tag = now

    def test_who_writes_what_is_told_to_those_who_may_see_the_story(self):
        story, abroad = self.begun("Naskah Nina"), self.draft("Rahasia", section=self.kota, edition=self.jogja)
        for one in (story, abroad):
            Presence.objects.create(story=one, user=self.reporter, seen_at=self.now)
            WorkingCopy.objects.create(owner=self.reporter, story=one, changed_at=self.now - 5 * MINUTE)
        WorkingCopy.objects.create(owner=self.reporter, changed_at=self.now, headline="Belum pernah disimpan")
        rows = self.home(self.editor)["writing"].content
        self.assertEqual(
            [(row.name, row.headline, row.told) for row in rows], [("reporter", "Naskah Nina", "has it open")]
        )
        self.assertNotContains(self.answer, "Belum pernah disimpan")

    def test_an_assignment_in_hand_tells_its_writer(self):
        own = self.assignment("Banjir", [self.reporter])
        assigning.start(own, self.reporter, self.now)
        (row,) = self.home(self.editor)["writing"].content
        self.assertEqual((row.headline, row.told), ("Banjir", "has the assignment"))

    def test_a_hundred_assignments_ask_as_much_as_three(self):
        def queries():
            self.home(self.editor)
            with CaptureQueriesContext(connection) as asked:
                self.home()
            return len(asked)

        for number in range(3):
            self.assignment(f"Rapat {number}", [self.reporter], due_in=-HOUR)
        few = queries()
        for number in range(100):
            self.assignment(f"Sidang {number}", [self.reporter] if number % 2 else [], due_in=(number - 50) * HOUR)
        self.assertEqual(queries(), few)
        self.assertEqual(len(self.home()["assignments"].content), 8)
