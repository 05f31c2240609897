"""Are readers sent anything older than what was committed before they asked? Publishes, and reads all the while.

    .venv/bin/python benchmarks/exactness.py [--publications 300] [--seconds-between 0.05] [--workers 2]

Serves a scratch newsroom on a private port. One process changes the headline of a story and publishes new ones, and
notes the time after each commit; readers ask for that story, the front, lists, the tag and a page with the rail. A read
is stale if it shows an older number than was committed before it began; on a server (DATABASE_URL) half a second is
granted, as docs/delivery.md says. Prints how many reads, how many were stale, and how pages came.
"""

import argparse
import collections
import http.client
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOST = "gorontalo.localhost"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--publications", type=int, default=300)
    options.add_argument("--seconds-between", type=float, default=0.05)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--readers", type=int, default=6)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        sys.path.insert(0, str(ROOT))
        manage("migrate", "-v0")
        manage("loaddata", "newsroom", "-v0")
        port = free_port()
        command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(given.workers)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                wait_for(port)
                measure(given, port)
            finally:
                server.send_signal(signal.SIGTERM)


def measure(given, port):
    import django

    django.setup()
    from django.db import connection, transaction
    from django.utils import timezone

    from articles.models import Credit, Person, Story, Tag, TaggedStory

    grace = 0.0 if connection.vendor == "sqlite" else 0.5
    live = Story.objects.live(timezone.now()).filter(edition__slug="gorontalo").newest()
    changed, beside = live[3], live[9]
    tag = Tag.objects.create(name="Ukur", slug="ukur")
    pages = ["/", "/latest/", changed.get_absolute_url(), beside.get_absolute_url(), "/tag/ukur/", "/feed/"]

    def publish(number):
        """A new story, with a tag and a credit; and another headline for one that readers have."""
        now = timezone.now()
        with transaction.atomic():
            new = Story.objects.create(
                headline=f"Nomor {number}.", slug=f"nomor-{number}", standfirst="Ukur.", body="<p>Ukur.</p>",
                edition=changed.edition, section=changed.section, state="released", publish_at=now,
                first_published_at=now, day=changed.edition.day(now),
            )  # fmt: skip
            TaggedStory.objects.create(content_object=new, tag=tag)
            Credit.objects.create(story=new, person=author, role="author")
            Story.objects.filter(pk=changed.pk).update(headline=f"Nomor {number}.")
        committed.append((time.monotonic(), number))

    author = Person.objects.first()
    committed, reads, stale, stop = [], collections.Counter(), [], threading.Event()
    publish(0)

    def read(page):
        link = http.client.HTTPConnection("127.0.0.1", port)
        while not stop.is_set():
            began = time.monotonic()
            link.request("GET", page, headers={"Host": f"{HOST}:{port}"})
            answer = link.getresponse()
            body = answer.read().decode()
            reads[answer.getheader("X-Page")] += 1
            wanted = max((number for at, number in committed if at <= began - grace), default=0)
            shown = [int(number) for number in re.findall(r"Nomor (\d+)\.", body)]
            if answer.status != 200 or max(shown, default=-1) < wanted:
                stale.append((page, answer.status, shown, wanted, answer.getheader("X-Page")))

    readers = [threading.Thread(target=read, args=(page,)) for page in pages[: given.readers]]
    for reader in readers:
        reader.start()
    for number in range(1, given.publications + 1):
        publish(number)
        time.sleep(given.seconds_between)
    stop.set()
    for reader in readers:
        reader.join()
    print(f"{given.publications} publications, {sum(reads.values()):,} reads: {dict(reads)}")
    print(f"stale reads: {len(stale)}{f', for instance {stale[:3]}' if stale else ''}")
    sys.exit(bool(stale))


def manage(*words):
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def wait_for(port):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/", headers={"Host": f"{HOST}:{port}"})
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start.")


if __name__ == "__main__":
    main()
