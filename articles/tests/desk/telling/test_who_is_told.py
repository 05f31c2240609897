"""Each act is told to those whom it concerns, in its own transaction, and never to who did it."""

import datetime
from unittest import mock

from django.contrib.auth import get_user_model
from django.utils import timezone

from articles import permissions, publishing
from articles.models import Notice, Story, WaitingChange
from articles.models.desk.notice import Told
from articles.permissions.who import who_may
from articles.publishing import told

from .tellings import TellingTest


class WhoIsToldTest(TellingTest):
    def test_a_story_that_is_submitted_is_told_to_those_who_may_approve_it(self):
        self.somebody("editor", name="seni", section=self.seni())
        self.somebody("photo", name="foto")
        self.somebody("editor", name="luar", edition=self.edition(slug="jogja", host="jogja.localhost"))
        publishing.submit(self.naskah, self.reporter, self.now)
        self.assertEqual(self.told(), {("edo", "submitted", "rina"), ("citra", "submitted", "rina")})

    def test_what_becomes_of_it_is_told_to_who_wrote_or_submitted_it(self):
        self.nina.user = get_user_model().objects.create(username="nina", is_staff=True)
        self.nina.save()
        story = self.submitted()
        story = publishing.return_to_writer(story, self.editor, self.now, "Sumber kedua?")
        self.assertEqual(self.told(), {("rina", "returned", "edo"), ("nina", "returned", "edo")})
        Notice.objects.all().delete()
        publishing.approve(story, self.chief, self.now)
        self.assertEqual(self.told(), {("rina", "approved", "citra"), ("nina", "approved", "citra")})

    def test_nobody_is_told_of_an_act_of_theirs(self):
        publishing.submit(self.naskah, self.editor, self.now)
        self.assertEqual(self.told(), {("citra", "submitted", "edo")})

    def test_an_account_that_is_closed_is_told_nothing(self):
        get_user_model().objects.filter(pk=self.chief.pk).update(is_active=False)
        publishing.submit(self.naskah, self.reporter, self.now)
        self.assertEqual(self.told(), {("edo", "submitted", "rina")})

    def test_an_act_that_fails_tells_nobody(self):
        with mock.patch.object(told.whom, "of_move"), self.assertRaises(publishing.Refused):
            publishing.return_to_writer(self.submitted(), self.editor, self.now, " ")
        self.assertEqual(self.told(), set())

    def test_a_change_that_could_not_go_out_is_told_to_who_prepared_it(self):
        live = self.story("Tayang")
        WaitingChange.objects.create(
            story=live, changes={"headline": ""}, base={"headline": "Lain"}, goes_out_at=self.now, by=self.editor,
            made_at=self.now,
        )  # fmt: skip
        publishing.apply_due(self.now + datetime.timedelta(seconds=1))
        self.assertEqual(self.told(), {("edo", "blocked", None)})
        self.assertTrue(WaitingChange.objects.get().refusal)

    def test_whose_words_lost_a_choice_is_told(self):
        told.of_words_lost(self.naskah, self.reporter, self.editor, self.now)
        told.of_words_lost(self.naskah, self.editor, self.editor, self.now)
        self.assertEqual(self.told(), {("rina", "conflict", "edo")})

    def test_it_costs_as_much_for_a_hundred_editors_as_for_two(self):
        for number in range(100):
            self.somebody("editor", name=f"e{number}")
        ids = list(get_user_model().objects.values_list("pk", flat=True))
        with self.assertNumQueries(2):
            told.tell(Told.SUBMITTED, ids, None, self.now,
                      story=self.naskah)  # fmt: skip
        self.assertEqual(Notice.objects.count(), get_user_model().objects.filter(is_staff=True).count())


class WhoMayTest(TellingTest):
    def test_it_says_the_same_as_asking_each_account(self):
        seni = self.seni()
        people = [
            self.reporter, self.editor, self.chief, self.somebody("photo", name="foto"),
            self.somebody("editor", name="seni", section=seni),
            self.somebody("editor", name="dunia", section=self.dunia),
            self.somebody("reporter", name="tamu"),
        ]  # fmt: skip
        other = self.draft("Lain", section=seni)
        publishing.record(other, people[5], timezone.now())
        for story in (self.naskah, other, self.story("Tayang")):
            for action in ("view", "change", "submit", "approve", "delete", "take_back"):
                story = Story.objects.select_related("section").get(pk=story.pk)
                with self.subTest(story=story.headline, action=action):
                    expected = {user.username for user in people if permissions.may(user, action, story)}
                    self.assertEqual({user.username for user in who_may(action, story)}, expected)
