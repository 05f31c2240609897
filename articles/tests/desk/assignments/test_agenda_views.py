"""The agenda by day and week: what stands on it, what blocks each row, and another time by a drop or by a form."""

import datetime

from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Credit, Story
from articles.models.desk.assignment import Plan
from articles.models.person import Role
from articles.models.story import State

from ...newsroom import WITA
from .assigned import HOUR, NOW, AssignmentTest

AGENDA = reverse("admin:articles_story_agenda")
DAY = datetime.timedelta(days=1)


def mover(row, kind):
    return reverse("admin:articles_story_agenda_move", args=[row.pk, kind])


class AgendaCase(AssignmentTest):
    """Tomorrow at noon in Gorontalo."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.noon = timezone.localtime(NOW + DAY, WITA).replace(hour=12, minute=0)

    def due(self, headline="Naskah besok", **changes):
        story = self.draft(headline, **changes)
        Story.objects.filter(pk=story.pk).update(publish_at=self.noon)
        return Story.objects.get(pk=story.pk)


class AgendaTest(AgendaCase):
    def shown(self, user, view="day", day=None):
        self.client.force_login(user)
        page = self.client.get(AGENDA, {"view": view, "day": (day or self.noon).date().isoformat()})
        self.assertEqual(page.status_code, 200)
        return {row.headline: row for one in page.context["days"] for row in one.rows}

    def drop(self, row, kind, day, hour=""):
        sent = {"day": day.date().isoformat(), "hour": hour}
        return self.client.post(mover(row, kind), sent, headers={"x-requested-with": "fetch"})

    def test_stories_and_assignments_of_a_day_stand_at_their_hours(self):
        self.due()
        self.assignment("Rapat", [self.reporter], due_at=self.noon)
        self.assignment("Lusa", due_at=self.noon + DAY)
        self.assignment("Batal", due_at=self.noon, state=Plan.DROPPED, closed_at=NOW)
        self.assignment("Rahasia Jogja", due_at=self.noon, section=self.kota)
        rows = self.shown(self.chief)
        self.assertEqual(set(rows), {"Naskah besok", "Rapat"})
        self.assertEqual({row.hour for row in rows.values()}, {12})

    def test_each_row_tells_what_blocks_it(self):
        self.due(standfirst="")
        self.assertEqual([str(one) for one in self.shown(self.chief)["Naskah besok"].warnings], ["Tulis ringkasan."])

    def test_a_week_begins_on_monday_and_holds_seven_days(self):
        self.client.force_login(self.chief)
        days = self.client.get(AGENDA, {"view": "week", "day": "2026-12-03"}).context["days"]
        self.assertEqual([f"{one.day:%d}" for one in days], ["30", "01", "02", "03", "04", "05", "06"])

    def test_a_day_that_is_none_shows_today(self):
        self.client.force_login(self.chief)
        for day in ("2026-02-31", "1", "9999-12-31", "0001-01-01", "x" * 500):
            self.assertEqual(self.client.get(AGENDA, {"view": "week", "day": day}).status_code, 200, day)

    def test_an_assignment_is_dropped_on_another_hour_and_another_day(self):
        given = self.assignment(due_at=self.noon)
        self.client.force_login(self.chief)
        self.assertEqual(self.drop(given, "assignment", self.noon, hour="15").status_code, 200)
        given.refresh_from_db()
        self.assertEqual(given.due_at, self.noon.replace(hour=15))
        self.drop(given, "assignment", self.noon + DAY)
        given.refresh_from_db()
        self.assertEqual(given.due_at, self.noon.replace(hour=15) + DAY, "its clock stays")

    def test_a_story_that_is_due_gets_another_time_and_a_revision(self):
        story = self.due()
        self.client.force_login(self.chief)
        self.drop(story, "story", self.noon, hour="17")
        story.refresh_from_db()
        self.assertEqual(story.publish_at, self.noon.replace(hour=17))
        self.assertEqual(story.revisions.order_by("number").last().by, self.chief)

    def test_a_scheduled_story_is_rescheduled_by_the_same_act(self):
        story = self.due()
        Credit.objects.get_or_create(story=story, person=self.ananda, role=Role.EDITOR)
        publishing.release(story, None, NOW)
        self.client.force_login(self.chief)
        self.drop(story, "story", self.noon, hour="18")
        story.refresh_from_db()
        self.assertEqual((story.state, story.publish_at), (State.RELEASED, self.noon.replace(hour=18)))

    def test_a_time_that_has_passed_is_refused_and_says_why(self):
        story = self.due()
        self.client.force_login(self.chief)
        answer = self.drop(story, "story", self.noon - 9 * DAY)
        self.assertEqual((answer.status_code, answer.json()), (422, {"reasons": ["Waktu ini sudah lewat."]}))
        story.refresh_from_db()
        self.assertEqual(story.publish_at, self.noon)

    def test_the_checks_of_a_story_hold_here_too(self):
        story = self.due()
        Story.objects.filter(pk=story.pk).update(expires_at=self.noon + HOUR)
        self.client.force_login(self.chief)
        answer = self.drop(story, "story", self.noon, hour="20")
        self.assertEqual(answer.status_code, 422)
        self.assertTrue(answer.json()["reasons"])

    def test_who_may_not_change_it_is_told_and_sees_no_handle(self):
        given = self.assignment("Punya Nina", [self.reporter], due_at=self.noon)
        self.assertEqual(self.shown(self.reporter)["Punya Nina"].mover, "")
        answer = self.drop(given, "assignment", self.noon, hour="15")
        self.assertEqual((answer.status_code, len(answer.json()["reasons"])), (422, 1))
        given.refresh_from_db()
        self.assertEqual(given.due_at, self.noon)

    def test_what_is_of_another_edition_is_not_there(self):
        abroad = self.assignment("Rahasia", section=self.kota, due_at=self.noon)
        story = self.due("Rahasia juga", section=self.kota, edition=self.jogja)
        self.client.force_login(self.chief)
        for row, kind in ((abroad, "assignment"), (story, "story")):
            self.assertEqual(self.client.get(mover(row, kind)).status_code, 404)
            self.assertEqual(self.drop(row, kind, self.noon).status_code, 404)

    def test_the_form_does_the_same_without_a_mouse_and_leads_back(self):
        given = self.assignment(due_at=self.noon)
        self.client.force_login(self.chief)
        address, back = mover(given, "assignment"), f"{AGENDA}?view=week"
        self.assertContains(self.client.get(address, {"back": back}), f'value="{back}"')
        sent = {"at_0": f"{self.noon:%d-%m-%Y}", "at_1": "09.30", "back": back}
        self.assertRedirects(self.client.post(address, sent), back)
        given.refresh_from_db()
        self.assertEqual(given.due_at, self.noon.replace(hour=9, minute=30))
        elsewhere = {**sent, "back": "https://example.org/"}
        self.assertRedirects(self.client.post(address, elsewhere), AGENDA, fetch_redirect_response=False)

    def test_junk_moves_nothing(self):
        given = self.assignment(due_at=self.noon)
        self.client.force_login(self.chief)
        for day, hour in (("2026-02-31", ""), ("x", "3"), ("2026-12-01", "99"), ("", "")):
            sent = {"day": day, "hour": hour}
            answer = self.client.post(mover(given, "assignment"), sent, headers={"x-requested-with": "fetch"})
            self.assertEqual(answer.status_code, 422, (day, hour))
        self.assertEqual(self.client.get(mover(given, "nix")).status_code, 404)


class BudgetTest(AgendaCase):
    def lines(self, user):
        self.client.force_login(user)
        page = self.client.get(reverse("admin:articles_assignment_budget"), {"day": self.noon.date().isoformat()})
        return {
            section.name: [(line.row.headline, line.people, line.photo) for line in lines]
            for section, lines in page.context["groups"]
        }

    def test_each_section_has_what_it_plans_with_who_and_whether_a_photo_is_wanted(self):
        self.due()
        self.assignment("Rapat", [self.reporter], due_at=self.noon + HOUR, wants_photo=True)
        self.assignment("Laga", section=self.olahraga, due_at=self.noon)
        self.assignment("Rahasia", section=self.kota, due_at=self.noon)
        expected = {
            "Internasional": [
                ("Naskah besok", "Nina Yuniar", ""),
                ("Rapat", "Nina Yuniar", "perlu foto"),
            ],
            "Olahraga": [("Laga", "belum ada", "")],
        }
        self.assertEqual(self.lines(self.chief), expected)

    def test_an_assignment_and_its_story_are_one_line(self):
        story = self.due("Banjir")
        self.assignment("Banjir di Limboto", [self.reporter], due_at=self.noon, story=story)
        self.assertEqual(self.lines(self.chief), {"Internasional": [("Banjir", "Nina Yuniar", "")]})
