"""A form of a new story that is sent twice makes one story, and the second sending loses no word."""

import threading
import uuid
from unittest import mock

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import reverse

from articles.admin.story.copies import once
from articles.models import Story, WorkingCopy

from ...cases import DeskTest
from ...databases import database_in_a_file
from ...newsroom import NewsroomTestCase
from ...posting import form_of
from .copies import TYPED

pytestmark = [pytest.mark.wide, pytest.mark.both_databases]

ADD = reverse("admin:articles_story_add")


def opened(client, case, **typed):
    """What a browser sends from a form of a new story."""
    fields = form_of(client.get(ADD), "headline")[1]
    words = {"headline": "Berita baru", "slug": "berita-baru", "standfirst": "Ringkas.", "body": f"<p>{TYPED}</p>"}
    return {**fields, **words, "section": case.dunia.pk, "edition": case.gorontalo.pk, **typed}


class SentTwiceTest(DeskTest):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.chief = cls.somebody("chief")
        client = Client(headers={"host": cls.host})
        client.force_login(cls.chief)
        cls.form = opened(client, cls)

    def setUp(self):
        super().setUp()
        self.client.force_login(self.chief)

    def fields(self, **typed):
        """What a form sends that was opened anew."""
        return {**self.form, "_copy": str(uuid.uuid4()), **typed}

    def made(self, fields, **changes):
        answer = self.client.post(ADD, {**fields, **changes})
        return Story.objects.get(), answer

    def assert_told(self, answer):
        self.assertIn("sudah disimpan", " ".join(map(str, get_messages(answer.wsgi_request))))

    def test_the_second_is_told_and_led_to_the_story(self):
        for button in ("_continue", "_submit", "_save"):
            fields = self.fields(**{button: ""})
            story, _answer = self.made(fields)
            again, answer = self.made(fields)
            self.assertEqual((again, answer["Location"]), (story, self.address("change", story)), button)
            self.assert_told(answer)
            self.assertFalse(WorkingCopy.objects.exists())
            Story.objects.all().delete()

    def test_one_that_found_none_and_meets_it_while_saving_is_led_there_too(self):
        fields = self.fields(_continue="")
        story, _answer = self.made(fields)
        found = once.made_by
        for late in ([None, None], [None]):  # told by the database, and by a look under the lock
            with mock.patch.object(once, "made_by", side_effect=[*late, *[story] * 3]):
                again, answer = self.made(fields)
            self.assertEqual(again, story)
            self.assert_told(answer)
        self.assertEqual(found(self.chief, fields["_copy"]), story)

    def test_what_was_typed_between_the_two_is_an_unsaved_text(self):
        fields = self.fields(_continue="")
        self.made(fields)
        for headline in ("Berita kedua", "Berita kedua, lagi"):
            self.made(fields, headline=headline)
            copy = WorkingCopy.objects.get()
            self.assertEqual((copy.headline, copy.story), (headline, None))
        page = self.client.post(reverse("admin:articles_story_copy_resume", args=[copy.uid]))
        self.client.post(ADD, {**form_of(page, "headline")[1], "_continue": ""})
        self.assertEqual({*Story.objects.values_list("headline", flat=True)}, {"Berita baru", headline})

    def test_a_save_that_was_refused_has_made_none(self):
        fields = self.fields(_continue="")
        self.client.post(ADD, {**fields, "headline": ""})
        self.assertFalse(Story.objects.exists())
        self.made(fields)

    def test_two_forms_make_two_and_so_do_two_people_with_one(self):
        fields = self.fields(_continue="")
        self.client.post(ADD, fields)
        self.client.post(ADD, self.fields(headline="Lain", slug="lain", _continue=""))
        self.client.force_login(self.somebody("editor"))
        self.client.post(ADD, {**opened(self.client, self, slug="ketiga"), "_copy": fields["_copy"], "_continue": ""})
        self.assertEqual(Story.objects.count(), 3)


class SentAtOnceTest(TransactionTestCase):
    host = NewsroomTestCase.host
    edition, somebody = (classmethod(getattr(NewsroomTestCase, name).__func__) for name in ("edition", "somebody"))

    def test_one_of_them_makes_it_and_both_are_led_there(self):
        NewsroomTestCase.setUpTestData.__func__(type(self))
        with database_in_a_file():
            chief = self.somebody("chief")
            clients = [Client(headers={"host": self.host}) for _ in range(2)]
            for client in clients:
                client.force_login(chief)
            fields, answers, start = opened(clients[0], self, _submit=""), [], threading.Barrier(2)
            threads = [threading.Thread(target=self.send, args=(one, fields, start, answers)) for one in clients]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            story = Story.objects.get()
            self.assertEqual(answers, [reverse("admin:articles_story_change", args=[story.pk])] * 2)

    def send(self, client, fields, start, answers):
        try:
            connection.ensure_connection()  # the pool of PostgreSQL has one ready when the form is sent
            start.wait(60)
            answers.append(client.post(ADD, fields).headers.get("Location"))
        finally:
            connection.close()
