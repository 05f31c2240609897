"""Pages that were rendered before, walked through in a browser without a newsroom behind it."""

import contextlib
import mimetypes
import pathlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings
from django.contrib.staticfiles import finders

HOST = "gorontalo.localhost"
PICTURE = settings.ROOT / "static" / "site" / "no-picture.svg"  # what photos show is not what is looked for


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes


def html(text, status=200):
    return Answer(status, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


def static(path):
    """A static file, or a picture for anything else; a browser keeps it from one page to the next."""
    found = pathlib.Path((path.startswith("/static/") and finders.find(path.removeprefix("/static/"))) or PICTURE)
    kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    return Answer(200, {"Content-Type": kind, "Cache-Control": "max-age=3600"}, found.read_bytes())


class Walk:
    """Opens pages, {name: answer}, each at an address; `part` gives what they ask for beside."""

    def __init__(self, page, pages, port):
        self.page, self.pages, self.port = page, pages, port

    def open(self, name, address):
        self.asked = name
        self.page.goto(f"http://{HOST}:{self.port}{address}")
        return self.page


@contextlib.contextmanager
def walk(chromium, pages, part=static):
    """A `Walk` in a browser that has axe.

    Answers that a test gives by itself (`route`) would not be kept, and the browser asked for each file of each page.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            is_page = self.headers.get("Sec-Fetch-Dest") == "document"
            answer = walking.pages[walking.asked] if is_page else part(self.path)
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": len(answer.body)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_told):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = chromium.new_context(reduced_motion="reduce")
        context.add_init_script(path=AXE_FILE_PATH)
        walking = Walk(context.new_page(), pages, server.server_port)
        yield walking
        context.close()
        server.shutdown()
