"""Tries at once never take the threads of readers: each that costs a hash keeps a room, and there are few."""

import io
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory, override_settings

from articles.delivery.wsgi import PageCache

from ...newsroom import NewsroomTestCase

pytestmark = pytest.mark.wide

TOKEN = "a" * 32
WRONG = urlencode({"username": "nina", "password": "salah", "csrfmiddlewaretoken": TOKEN}).encode()


@override_settings(THREADS=8)
class TriesAtOnceTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        request_started.disconnect(close_old_connections)  # they hold the transaction of the test
        self.addCleanup(request_started.connect, close_old_connections)
        self.enterContext(mock.patch("articles.delivery.bodies.close_old_connections"))
        self.site = PageCache(WSGIHandler())
        self.kept = []  # rooms that were taken while a password was hashed

    def tried(self):
        """The status of a wrong try."""
        environ = (
            RequestFactory(headers={"host": self.host, "cookie": f"csrftoken={TOKEN}"}).post("/admin/login/").environ
        )
        form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(WRONG))}
        answered = []
        with mock.patch.object(MD5PasswordHasher, "encode", side_effect=self.hashed):
            self.site(
                {**environ, **form, "wsgi.input": io.BytesIO(WRONG)}, lambda status, *_rest: answered.append(status)
            )
        return int(answered[0].split()[0])

    def hashed(self, *_args):
        self.kept.append(self.site.rooms.taken)
        return "md5$a$b"

    def test_a_try_keeps_its_room_while_the_password_is_hashed_and_gives_it_back(self):
        self.assertEqual(self.tried(), 200)
        self.assertEqual(self.kept, [1])
        self.assertEqual(self.site.rooms.taken, 0)

    def test_of_eight_at_once_most_are_refused_before_any_hash(self):
        told = {}
        for others in range(8):
            self.site.rooms.taken = others
            told[others] = self.tried()
        self.assertEqual(told, {**dict.fromkeys(range(3), 200), **dict.fromkeys(range(3, 8), 503)})
        self.assertEqual(self.kept, [1, 2, 3])
        self.assertLess(max(self.kept), 8 / 2, "Half of the threads are for readers.")
