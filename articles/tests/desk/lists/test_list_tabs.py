"""The tabs above the list of stories: mine, waiting, late, live today, all."""

import datetime

from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Person, Story
from articles.models.story import State

from ...newsroom import NewsroomTestCase

LIST = reverse("admin:articles_story_changelist")
HOUR = datetime.timedelta(hours=1)


class ListTabsTest(NewsroomTestCase):
    def listed(self, tab):
        return {story.headline for story in self.client.get(LIST, {"tab": tab}).context["cl"].result_list}

    def tabs(self):
        return {str(tab.title): tab for tab in self.client.get(LIST).context["cl"].tabs}

    def sign_in(self, role):
        user = self.somebody(role)
        self.client.force_login(user)
        return user

    def in_state(self, headline, state, **changes):
        Story.objects.filter(pk=self.draft(headline).pk).update(state=state, **changes)

    def test_mine_are_those_i_began_or_am_credited_for(self):
        editor = self.sign_in("editor")
        begun = self.draft("Saya mulai", credited=False)
        publishing.record(begun, editor, timezone.now())
        self.draft("Orang lain", credited=False)
        Person.objects.filter(pk=self.nina.pk).update(user=editor)
        self.draft("Bernama saya")
        self.assertEqual(self.listed("mine"), {"Saya mulai", "Bernama saya"})

    def test_editors_wait_for_what_was_submitted_and_approved_and_it_is_counted(self):
        self.sign_in("editor")
        for state in (State.SUBMITTED, State.APPROVED, State.RETURNED):
            self.in_state(f"Naskah {state}", state)
        self.assertEqual(self.listed("waiting"), {"Naskah submitted", "Naskah approved"})
        self.assertEqual(self.tabs()["Menunggu"].count, "2")

    def test_reporters_wait_for_what_was_returned_to_them(self):
        reporter = self.sign_in("reporter")
        Person.objects.filter(pk=self.nina.pk).update(user=reporter)
        for state in (State.SUBMITTED, State.RETURNED):
            self.in_state(f"Naskah {state}", state)
        self.assertEqual(self.listed("waiting"), {"Naskah returned"})

    def test_late_are_those_whose_time_passed_before_they_were_released(self):
        self.sign_in("chief")
        now = timezone.now()
        self.in_state("Lewat", State.APPROVED, publish_at=now - HOUR)
        self.in_state("Nanti", State.APPROVED, publish_at=now + HOUR)
        self.assertEqual(self.listed("late"), {"Lewat"})
        self.assertEqual(self.tabs()["Terlambat"].count, "1")
        self.assertContains(self.client.get(LIST), "chip-missing", 1)

    def test_live_today_is_the_day_of_the_edition(self):
        self.sign_in("chief")
        now = timezone.now()
        self.story("Hari ini", publish_at=now, day=self.gorontalo.day(now), first_published_at=now)
        self.story("Dahulu")
        self.assertEqual(self.listed("today"), {"Hari ini"})

    def test_the_tab_that_is_open_is_marked(self):
        self.sign_in("chief")
        self.assertTrue(self.tabs()["Semua"].is_current)
        self.assertContains(self.client.get(LIST, {"tab": "late"}), 'href="?tab=late" aria-current="page"')

    def test_counts_are_of_ones_own_desk(self):
        jogja = self.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        self.story("Di Jogja", edition=jogja, state=State.SUBMITTED)
        self.sign_in("editor")
        self.assertEqual(self.tabs()["Menunggu"].count, "")
