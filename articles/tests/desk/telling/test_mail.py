"""E-mail tells people who want it a headline and a link, and nothing that a mail must not hold."""

import datetime
from unittest import mock

from django.core import mail
from django.test import override_settings
from django.utils import timezone

from articles import publishing
from articles.models import DeskPreference, MailChoice, Membership, Notice, QueuedTask, Story
from articles.publishing.told import mail as mailing
from articles.tasks.worker import Worker

from .tellings import TellingTest

DAY = datetime.timedelta(days=1)


@override_settings(MAIL_IS_ON=True, MAIL_FROM="meja@example.com")
class MailTest(TellingTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.with_mail(cls.reporter)
        MailChoice.objects.create(user=cls.reporter, kind="returned", mail="at_once")

    def returned(self, **changes):
        Story.objects.filter(pk=self.naskah.pk).update(**changes)
        return publishing.return_to_writer(self.submitted(), self.editor, self.now, "Sumber kedua belum ada.")

    def sent(self):
        Worker().run_all()
        return mail.outbox

    def test_it_has_headline_act_and_link_in_the_language_of_who_reads_it(self):
        self.returned(standfirst="Ringkasan rahasia")
        (one,) = self.sent()
        self.assertEqual((one.to, one.subject), (["rina@example.com"], self.naskah.headline))
        self.assertIn("edo mengembalikannya", one.body)
        self.assertIn(f"http://{self.host}:8000/admin/told/", one.body)
        for hidden in ("Sumber kedua", "Ringkasan rahasia", "Paragraf pertama"):
            self.assertNotIn(hidden, one.body + one.subject)
        self.assertIsNotNone(Notice.objects.get().mailed_at)

    def test_a_worker_killed_between_sending_and_noting_sends_the_same_mail_again_rather_than_none(self):
        self.returned()
        with mock.patch("articles.publishing.told.mail._note", side_effect=SystemExit), self.assertRaises(SystemExit):
            self.sent()
        self.assertEqual(len(mail.outbox), 1)
        QueuedTask.objects.update(locked_until=timezone.now())
        first, second = self.sent()
        told = first.extra_headers["Message-ID"]
        self.assertEqual(second.extra_headers["Message-ID"], told)
        self.assertRegex(told, r"^<[0-9a-f]{40,}@example\.com>$")
        self.assertEqual(len(self.sent()), 2)

    def test_english_for_who_reads_the_desk_in_english(self):
        DeskPreference.objects.create(user=self.reporter, language="en")
        self.returned()
        self.assertIn("edo returned it", self.sent()[0].body)

    def test_of_a_story_under_embargo_it_says_that_there_is_news_and_nothing_else(self):
        self.returned(embargo_until=timezone.now() + DAY)
        (one,) = self.sent()
        self.assertEqual(one.subject, "Ada berita")
        self.assertNotIn(self.naskah.headline, one.body)
        self.assertNotIn("edo", one.body)

    def test_of_a_headline_with_a_protected_name_it_says_no_more(self):
        self.returned(protected_names="Bunga", headline="Bunga diperiksa")
        (one,) = self.sent()
        self.assertNotIn("Bunga", one.subject + one.body)

    def test_nothing_is_sent_to_who_may_not_see_the_story_any_more(self):
        self.returned()
        Membership.objects.filter(user=self.reporter).delete()
        self.assertEqual(self.sent(), [])

    def test_nothing_is_sent_of_what_was_seen_meanwhile(self):
        self.returned()
        Notice.objects.update(seen_at=timezone.now())
        self.assertEqual(self.sent(), [])

    def test_nothing_is_sent_of_an_act_that_was_not_made(self):
        with mock.patch.object(Story, "save", side_effect=RuntimeError), self.assertRaises(RuntimeError):
            self.returned()
        self.assertEqual(QueuedTask.objects.count(), 0)

    def test_who_chose_never_gets_none(self):
        MailChoice.objects.update(mail="never")
        self.returned()
        mailing.enqueue_digests(timezone.now() + 2 * DAY)
        self.assertEqual(self.sent(), [])

    def test_without_a_mail_server_nothing_waits(self):
        with override_settings(MAIL_IS_ON=False):
            self.returned()
        self.assertEqual(QueuedTask.objects.count(), 0)
        self.assertEqual(Notice.objects.get().mail, "never")

    def test_what_waited_while_no_worker_ran_is_sent_by_the_next(self):
        self.returned()
        self.assertEqual(mail.outbox, [])
        self.assertEqual(len(self.sent()), 1)
        self.assertEqual(len(self.sent()), 1, "it was sent twice")

    def test_a_server_that_refuses_is_asked_again_later(self):
        self.returned()
        with mock.patch.object(mailing.EmailMessage, "send", side_effect=OSError), self.assertLogs("articles.tasks"):
            self.assertEqual(self.sent(), [])
        self.assertIsNone(Notice.objects.get().mailed_at)
        QueuedTask.objects.update(run_after=timezone.now())
        self.assertEqual(len(self.sent()), 1)


@override_settings(MAIL_IS_ON=True, MAIL_FROM="meja@example.com")
class DigestTest(TellingTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.with_mail(cls.editor)
        for number in range(3):
            story = cls.draft(f"Naskah {number}")
            publishing.record(story, cls.reporter, cls.now)
            publishing.submit(story, cls.reporter, cls.now)

    def sent(self, at):
        mailing.enqueue_digests(at)
        Worker().run_all()
        return mail.outbox

    def test_what_nobody_chose_comes_once_a_day_as_one_mail(self):
        tomorrow = timezone.localtime(self.now + DAY, timezone.get_default_timezone()).replace(hour=7, minute=1)
        self.assertEqual(self.sent(tomorrow.replace(hour=6) - DAY), [], "its hour has not come")
        (one,) = self.sent(tomorrow)
        self.assertEqual(one.subject, "3 hal untuk Anda")
        for number in range(3):
            self.assertIn(f"Naskah {number}", one.body)
        self.assertEqual(len(self.sent(tomorrow)), 1)
        self.assertEqual(len(self.sent(tomorrow + DAY)), 1, "there was nothing new")

    def test_one_of_an_hour_that_passed_while_no_worker_ran_comes_late(self):
        late = timezone.localtime(self.now + DAY, timezone.get_default_timezone()).replace(hour=23)
        self.assertEqual(len(self.sent(late)), 1)

    def test_it_leaves_out_what_is_not_theirs_any_more(self):
        Story.objects.filter(headline="Naskah 1").update(section=self.seni())
        Membership.objects.filter(user=self.editor).update(section=self.dunia)
        (one,) = self.sent(self.now + 2 * DAY)
        self.assertNotIn("Naskah 1", one.body)
        self.assertIn("Naskah 2", one.body)
