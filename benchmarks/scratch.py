"""A scratch newsroom to measure: made, filled, served on a private port."""

import contextlib
import http.client
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOST = "gorontalo.localhost"


@contextlib.contextmanager
def newsroom(corpus=None, photos=None):
    """Within it this process is that newsroom's, Django set up. `corpus`: ninjs, beside the fixtures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        sys.path.insert(0, str(ROOT))
        for words in (["migrate", "-v0"], ["loaddata", "newsroom", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            manage(*words)
        if corpus:
            pictures = ["--photos", str(photos)] if photos else []
            manage("ingest", str(corpus), "--state", "published", "--edition", "gorontalo", *pictures)
        import django

        django.setup()
        yield pathlib.Path(folder)


def manage(*words):
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def served(workers=2, **environ):
    """Yields (port, process, seconds until the first 200)."""
    port, began = free_port(), time.monotonic()
    command = [sys.executable, "manage.py", "serve", "--workers", str(workers), "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ, **quiet)
    try:
        yield port, server, first_answer(port, began)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def first_answer(port, began):
    while time.monotonic() - began < 60:
        try:
            if ask(port, "/").status == 200:
                return time.monotonic() - began
        except OSError:
            time.sleep(0.02)
    sys.exit("The server did not start.")


def ask(port, path, **headers):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", path, headers={"Host": f"{HOST}:{port}", **headers})
    return link.getresponse()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def publish(number, pattern, tags=(), by=None):
    """A new story like `pattern`, in one transaction."""
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Credit, Story, TaggedStory

    now = timezone.now()
    with transaction.atomic():
        story = Story.objects.create(
            headline=f"Nomor {number}.", slug=f"nomor-{now:%H%M%S%f}-{number}", standfirst="Ukur.",
            body="<p>Ukur.</p>", edition=pattern.edition, section=pattern.section, state="released", publish_at=now,
            first_published_at=now, day=pattern.edition.day(now),
        )  # fmt: skip
        for order, tag in enumerate(tags):
            TaggedStory.objects.create(content_object=story, tag=tag, order=order)
        if by:
            Credit.objects.create(story=story, person=by, role="author")
    return story
