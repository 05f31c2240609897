"""Errors told to a Sentry (SENTRY_DSN) hold no word that anybody searched, wrote or is called."""

import http.server
import json
import os
import subprocess
import sys
import threading
import zlib

import brotli
import pytest
from django.conf import settings

from newsroom import errors

PRIVATE = ["rahasia9173", "ani@example.com", "203.0.113.9", "kue-rahasia", "nilai-lokal"]
FAILS = """
from unittest import mock
from wsgiref.util import setup_testing_defaults
from django.core.wsgi import get_wsgi_application
def fail(*given, **named):
    local = "nilai-lokal"
    raise ValueError("ani@example.com")
asked = {"PATH_INFO": "/search/", "QUERY_STRING": "q=rahasia9173", "HTTP_COOKIE": "sessionid=kue-rahasia",
         "HTTP_REFERER": "https://x.example/?q=rahasia9173", "HTTP_X_REQUEST_ID": "id-dari-proksi",
         "REMOTE_ADDR": "203.0.113.9", "HTTP_HOST": "localhost"}
setup_testing_defaults(asked)
with mock.patch("articles.middleware.EditionMiddleware.__call__", fail):
    get_wsgi_application()(asked, lambda *words: None)
import sentry_sdk; sentry_sdk.flush()
"""


class Sink(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        unpack = {"gzip": lambda packed: zlib.decompress(packed, 31), "br": brotli.decompress, None: bytes}
        self.server.told.append(unpack[self.headers.get("Content-Encoding")](body).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.mark.wide
def test_an_error_is_told_by_its_kind_its_lines_and_its_request_and_nothing_else(tmp_path):
    with http.server.HTTPServer(("127.0.0.1", 0), Sink) as sink:
        sink.told = []
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        dsn = f"http://key@127.0.0.1:{sink.server_port}/1"
        environ = os.environ | {"VAR": str(tmp_path), "SENTRY_DSN": dsn, "BEHIND_PROXY": "on", "DATABASE_URL": ""}
        environ = {name: value for name, value in environ.items() if value}
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", FAILS]
        subprocess.run(command, cwd=settings.ROOT, env=environ, check=True, capture_output=True)
        sink.shutdown()
    (told,) = sink.told
    assert not [word for word in PRIVATE if word in told], told
    event = json.loads(told.splitlines()[2])
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "fail"
    assert event["request"]["url"].endswith("/search/")
    assert event["tags"]["request_id"] == "id-dari-proksi"


def test_what_a_later_release_of_the_sdk_adds_does_not_leave():
    told = errors.scrubbed({"level": "error", "user": {"email": "x"}, "extra": {}, "breadcrumbs": [], "novel": "x"})
    assert set(told) == {"level", "tags", "exception"}
