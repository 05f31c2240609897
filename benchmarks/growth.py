"""Does a page cost the same among many stories? Prints each kind of page, not held, and what it costs to publish.

    .venv/bin/python benchmarks/growth.py SMALL.jsonl LARGE.jsonl

Takes each corpus (ninjs, a line a story) into a scratch newsroom, prints each kind of page thirty times in one process,
each time anew, and publishes a story with four tags as often: medians in milliseconds, and large ÷ small.
"""

import io
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIMES = 30


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--here":
        return print(measure(int(sys.argv[2])))
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    small, large = (of_corpus(path) for path in sys.argv[1:])
    print(f"{'':14} {'small':>8} {'large':>8} {'÷':>6}")
    for name, before in small.items():
        print(f"{name:14} {before:8.2f} {large[name]:8.2f} {large[name] / before:6.2f}")


def of_corpus(path):
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"VAR": folder}
        manage = [sys.executable, "manage.py"]
        for words in (["migrate", "-v0"], ["loaddata", "newsroom", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([*manage, *words], cwd=ROOT, env=environ, check=True)
        wanted = [str(pathlib.Path(path).resolve()), "--state", "published", "--edition", "gorontalo"]
        subprocess.run([*manage, "ingest", *wanted], cwd=ROOT, env=environ, check=True)
        here = [sys.executable, __file__, "--here", str(TIMES)]
        told = subprocess.run(here, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout
        return {name: float(took) for name, took in (line.split() for line in told.splitlines())}


def measure(times):
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.utils import timezone

    from articles.cache import cached_rows
    from articles.models import Story, Tag
    from newsroom.wsgi import application

    live = Story.objects.live(timezone.now()).filter(edition__slug="gorontalo").newest()
    newest = live.filter(arrival__isnull=False)[0]
    tag = newest.tag_links.first().tag
    story, section = newest.get_absolute_url(), newest.section.get_absolute_url()
    pages = {
        "front": "/", "latest": "/latest/", "page-50": "/latest/?page=50", "section": section,
        "tag": tag.get_absolute_url(), "tag-page-9": f"{tag.get_absolute_url()}?page=9", "story": story,
        "archive-day": f"/archive{story.rsplit('/', 2)[0]}/", "feed": "/feed/",
        "archive-month": f"/archive{story.rsplit('/', 3)[0]}/",
    }  # fmt: skip
    pages["person"] = newest.credits.first().person.get_absolute_url()

    def took(work):
        return statistics.median(sorted(timed(work) for _ in range(times))) * 1000

    def cold(address):
        application.store.clear()
        cached_rows.clear()
        ask(application, address)

    told = {name: took(lambda address=address: cold(address)) for name, address in pages.items()}
    tags = list(Tag.objects.order_by("pk")[:4])
    told["publish"] = took(lambda: publish(newest, tags))
    return "\n".join(f"{name} {value}" for name, value in told.items())


def timed(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def ask(application, address):
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "gorontalo.localhost",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    status = []
    b"".join(application(environ, lambda line, headers, error=None: status.append(line)))
    if status[0] != "200 OK":
        raise SystemExit(f"{address}: {status[0]}")


def publish(pattern, tags):
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Story, TaggedStory

    now = timezone.now()
    with transaction.atomic():
        story = Story.objects.create(
            headline="Ukur", slug=f"ukur-{now.timestamp()}".replace(".", "-"), standfirst="Ukur.", body="<p>Ukur.</p>",
            edition=pattern.edition, section=pattern.section, state="released", publish_at=now,
            first_published_at=now, day=pattern.edition.day(now),
        )  # fmt: skip
        for order, tag in enumerate(tags):
            TaggedStory.objects.create(content_object=story, tag=tag, order=order)


if __name__ == "__main__":
    main()
