"""`manage.py doctor` in front of set-ups that are wrong: it names each fault, and says what to do."""

import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import override_settings

from articles.health import data, front, set_up
from articles.models import Edition

from ..cases import DeliveryTestCase
from .healthy import TOKEN

WELL = {"host": "", "is_https": True, "is_forwarded": True, "has_address": True, "has_id": True}
LIVE = {
    "PRODUCTION": True, "BEHIND_PROXY": True, "METRICS_TOKEN": TOKEN, "ALLOWED_HOSTS": [".localhost"],
    "DESK_HOST": "meja.localhost",
}  # fmt: skip
SECRET = "k3-" * 20
AT_START = {  # what a set-up of the environment is refused with, before any command runs
    "no SECRET_KEY": ({"SECRET_KEY": ""}, "SECRET_KEY"),
    "a short SECRET_KEY": ({"SECRET_KEY": "pendek"}, "SECRET_KEY"),
    "no ALLOWED_HOSTS": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
    "any host": ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    "errors that show the program": ({"DEBUG": "on"}, "DEBUG"),
    "a desk at another host": ({"DESK_HOST": "https://meja.example/"}, "DESK_HOST"),
    "a bucket that is none": ({"MEDIA_STORAGE": "https://bucket.example"}, "MEDIA_STORAGE"),
    "mail from nobody": ({"MAIL_URL": "smtp://mail.example"}, "MAIL_FROM"),
    "a token that is guessed": ({"METRICS_TOKEN": "pendek"}, "METRICS_TOKEN"),
    "a replica of SQLite": ({"REPLICA_URL": "postgres://x@y/z"}, "REPLICA_URL"),
    "logs of no kind": ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
    "a second factor for nobody known": ({"REQUIRE_MFA": "semua"}, "REQUIRE_MFA"),
}


@pytest.mark.wide
@pytest.mark.parametrize("case", AT_START)
def test_settings_that_cannot_be_are_refused_in_one_line(case, tmp_path):
    wrong, name = AT_START[case]
    right = {"PRODUCTION": "on", "SECRET_KEY": SECRET + "abcde", "ALLOWED_HOSTS": "gorontalo.example"}
    told = subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        cwd=settings.ROOT,
        env={"PATH": os.environ["PATH"], "VAR": str(tmp_path), **right, **wrong},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert name in told.stderr
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert wrong.get("SECRET_KEY") != "pendek" or "pendek" not in told.stderr


class WrongSetUpsTest(DeliveryTestCase):
    def setUp(self):
        super().setUp()
        User.objects.create_superuser("pengelola")
        self.seen = WELL

    def findings(self, *patches, **changed):
        """{name: Finding} of a set-up in production with all well but what is patched or changed."""
        with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
            (static := pathlib.Path(folder)).joinpath("staticfiles.json").touch()
            stack.enter_context(override_settings(**LIVE | {"STATIC_ROOT": static} | changed))
            stack.enter_context(mock.patch.object(front, "ask", self.answer))
            stack.enter_context(mock.patch.object(set_up.of_django, "run_checks", return_value=[]))
            stack.enter_context(mock.patch.object(set_up.os, "geteuid", return_value=1000))
            for patch in patches:
                stack.enter_context(patch)
            return {one.name: one for one in set_up.findings()}

    def answer(self, host):
        if isinstance(self.seen, Exception):
            raise self.seen
        return 200, self.seen and self.seen | {"host": self.seen["host"] or host}

    def test_a_set_up_that_is_well_is_told_so(self):
        self.assertEqual(set(self.findings()), {"MAIL_URL"})

    def test_each_fault_in_front_has_its_name_and_its_remedy(self):
        import ssl

        expired = ssl.SSLCertVerificationError("x")
        expired.verify_message = "certificate has expired"
        for seen, changed, name, told in (
            (socket.gaierror(), {}, "front", "gaierror"),
            (ConnectionRefusedError(), {}, "front", "ConnectionRefusedError"),
            (expired, {}, "certificate", "certificate has expired"),
            ({}, {}, "front", "200"),
            (WELL | {"host": "127.0.0.1:8000"}, {}, "Host", "Host"),
            (WELL | {"is_https": False}, {}, "X-Forwarded-Proto", "HTTPS"),
            (WELL | {"has_address": False}, {}, "X-Forwarded-For", ".localhost"),
            (WELL | {"has_id": False}, {}, "X-Request-ID", ".localhost"),
            (WELL, {"BEHIND_PROXY": False}, "BEHIND_PROXY", ".localhost"),
            (WELL, {"METRICS_TOKEN": ""}, "METRICS_TOKEN", "Prometheus"),
            (WELL, {"DESK_HOST": ""}, "DESK_HOST", "passkey"),
        ):
            with self.subTest(name, seen=seen):
                self.seen = seen
                found = self.findings(**changed)[name]
                self.assertIn(told, found.what)
                self.assertTrue(found.to_do)

    def test_each_fault_of_this_machine_has_its_name_and_its_remedy(self):
        for name, patch in {
            "static": override_settings(STATIC_ROOT=pathlib.Path("/nowhere")),
            "root": mock.patch.object(set_up.os, "geteuid", return_value=0),
            "storage": mock.patch.dict("articles.health.checks.SOFT", storage=lambda: "not-writable"),
            "DATABASE_URL": of_file(mock.patch.object(data, "kind_of_disk", return_value="nfs4")),
            "WAL": of_file(),
        }.items():
            with self.subTest(name):
                found = self.findings(patch)[name]
                self.assertTrue(found.what and found.to_do)

    def test_an_empty_newsroom(self):
        User.objects.all().delete()
        with mock.patch.object(Edition.objects, "exists", return_value=False):
            found = self.findings()
        self.assertTrue(found["edition"].is_fault and found["superuser"].is_fault)

    def test_the_question_is_answered_to_whoever_has_the_token_and_nobody_else(self):
        with override_settings(METRICS_TOKEN=TOKEN):
            told = self.client.get(front.ADDRESS, headers={"host": "x.example", "authorization": f"Bearer {TOKEN}"})
            self.assertEqual(told.json()["host"], "x.example")
            self.assertFalse(told.json()["is_forwarded"])
            self.assertNotIn("host", self.client.get(front.ADDRESS, headers={"host": "x.example"}).json())


def of_file(*more):
    """SQLite in a file that keeps no WAL, instead of the tests' own in memory."""
    stack = ExitStack()

    class InAFile:
        def __enter__(self):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            file = pathlib.Path(folder) / "newsroom.sqlite3"
            with closing(sqlite3.connect(file)) as link:
                link.execute("CREATE TABLE x (y)")
            of_this = mock.Mock(vendor="sqlite", settings_dict={"NAME": str(file)})
            of_this.is_in_memory_db.return_value = False
            stack.enter_context(mock.patch.object(data, "connection", of_this))
            for patch in more:
                stack.enter_context(patch)

        def __exit__(self, *raised):
            stack.close()

    return InAFile()


def test_the_kind_of_a_disk_is_that_of_the_nearest_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/vda / ext4 rw 0 0\nnas:/x /srv/news\\040room nfs4 rw 0 0\n")
    assert data.kind_of_disk(pathlib.Path("/srv/news room/var/newsroom.sqlite3"), mounts) == "nfs4"
    assert data.kind_of_disk(pathlib.Path("/srv/other"), mounts) == "ext4"
    assert data.kind_of_disk(pathlib.Path("/srv/other"), tmp_path / "none") == ""


def test_each_finding_is_one_object_a_line():
    from articles.management.commands.doctor import as_json

    assert json.loads(as_json(data.Finding("x", "y")))["is_fault"]
